"""What may be imposed on whom: item, sanction, amount, age, limitation (行政处罚法 arts 30, 36, 37, 51, 68)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.core.casefile.facts import ONSITE_RECORD, OnsiteRecord, SpotDecision
from zhunsheng.core.casefile.people import PartyKind
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures.conditions import ADULT, party_age
from zhunsheng.core.procedures.milder import Applicable, applicable
from zhunsheng.core.procedures.model import Gate, Look, Severity

PUNISHABLE_FROM: Final = 14  # 行政处罚法 art. 30
CITIZEN_LIMIT: Final = "simple.fine_max.citizen"
ORGANISATION_LIMIT: Final = "simple.fine_max.organisation"
BUSINESS_KIND: Final = "individual_business.fined_as"
CASH_LIMIT: Final = "simple.cash_max"
CASH_GROUNDS: Final = frozenset({"hard-to-enforce", "asked-in-remote-area"})
LIMITATION: Final = "limitation"
LIMITATION_GRAVE: Final = "limitation.grave"


def text_of(look: Look, decision: SpotDecision) -> Applicable | None:
    """Return the text that fixes this penalty (从旧兼从轻); None while the decision does not say enough."""
    item = look.ctx.items.get(decision.item)
    if item is None or decision.violated_on is None:
        return None
    decided = decision.made_on or look.day
    return applicable(item, decision.violated_on, decided, look.ctx.items.values())


def cause_and_basis(look: Look) -> Iterator[Fault]:
    """A decision names its 案由, and a provision in force (P3.1: cause and basis not empty)."""
    decision = SpotDecision.of(look.content)
    item = look.ctx.items.get(decision.item)
    if item is None:
        yield look.fault("cause-missing", "item", item=decision.item)
        return
    violated = decision.violated_on
    if violated is None:
        return  # ``facts_and_evidence`` asks for the day
    if not item.in_force(violated):
        yield look.fault("basis-not-in-force", "item", basis=item.basis, cause=item.cause, day=violated)
    elif text_of(look, decision) is None:
        facts = {"cause": item.cause, "day": decision.made_on or look.day}
        yield look.fault("no-longer-punished", "item", basis=Citation("xzcff", 37), **facts)


def sanction_allowed(look: Look) -> Iterator[Fault]:
    decision = SpotDecision.of(look.content)
    if decision.penalty is None:
        yield look.fault("penalty-missing", "penalty")
        return
    text = text_of(look, decision)
    for word in decision.penalty.sanctions if text else ():
        if text and word not in text.item.sanctions:
            allowed = "、".join(text.item.sanctions)
            yield look.fault("sanction-not-in-article", "penalty", basis=text.item.basis, found=word, allowed=allowed)


def fine_stated(look: Look) -> Iterator[Fault]:
    decision = SpotDecision.of(look.content)
    if decision.penalty is None:
        return
    if decision.penalty.has_fine and not (decision.fine and decision.fine > 0):
        yield look.fault("fine-missing", "fine")
    if not decision.penalty.has_fine and decision.fine:
        yield look.fault("fine-without-penalty", "fine", found=Fen(decision.fine).yuan())


def fine_in_range(look: Look) -> Iterator[Fault]:
    decision = SpotDecision.of(look.content)
    text, fine = text_of(look, decision), _fine(decision)
    # Without a range the article sets no amount: the limit of the procedure is the only one.
    if text is None or fine is None or text.range is None or text.item.allows(fine, text.day):
        return
    high = text.range.high.yuan() if text.range.high is not None else ""
    facts = {"found": fine.yuan(), "low": text.range.low.yuan(), "high": high, "words": text.range.words}
    yield look.fault("fine-out-of-range", "fine", basis=text.item.basis, **facts)


def fine_within_simple_limit(look: Look) -> Iterator[Fault]:
    """The limit of the procedure is that of the day of the decision, by kind of party."""
    decision = SpotDecision.of(look.content)
    fine = _fine(decision)
    if fine is None or decision.party is None:
        return
    name = _limit_for(decision.party.kind, look)
    try:
        limit = look.ctx.book.fen(name, look.day)
    except NoRuleError:
        yield look.fault("rule-unknown", "made_at", rule=name, day=look.day)
        return
    if fine > limit:
        yield look.fault("fine-over-simple-limit", "fine", found=fine.yuan(), limit=limit.yuan())


def _limit_for(kind: PartyKind, look: Look) -> str:
    """Return the parameter for this kind of party; how 个体工商户 counts is itself a dated choice (A-01)."""
    if kind is PartyKind.BUSINESS:
        try:
            citizen = look.ctx.book.choice(BUSINESS_KIND, look.day) == PartyKind.CITIZEN
        except NoRuleError:
            citizen = True  # the lower limit, when nobody has settled the question for that day
        return CITIZEN_LIMIT if citizen else ORGANISATION_LIMIT
    return CITIZEN_LIMIT if kind is PartyKind.CITIZEN else ORGANISATION_LIMIT


def payment_way(look: Look) -> Iterator[Fault]:
    """Cash only up to the limit, or for a ground the law names (arts 68, 69)."""
    decision = SpotDecision.of(look.content)
    fine = _fine(decision)
    if fine is None:
        return
    if decision.pay_way not in {"bank", "cash"}:
        yield look.fault("pay-way-missing", "pay_way", basis=Citation("xzcff", 67, 3))
    if decision.pay_way == "cash" and decision.cash_ground not in CASH_GROUNDS:
        try:
            limit = look.ctx.book.fen(CASH_LIMIT, look.day)
        except NoRuleError:
            yield look.fault("rule-unknown", "made_at", rule=CASH_LIMIT, day=look.day)
            return
        if fine > limit:
            yield look.fault("cash-over-limit", "pay_way", found=fine.yuan(), limit=limit.yuan())


def _fine(decision: SpotDecision) -> Fen | None:
    """Return the fine where the penalty has one."""
    if decision.penalty is None or not decision.penalty.has_fine or not decision.fine:
        return None
    return Fen(decision.fine)


def of_age(look: Look) -> Iterator[Fault]:
    """不满十四周岁 on the day of the act: no penalty; the guardian is told to keep order."""
    age = _age(look)
    if age is not None and age < PUNISHABLE_FROM:
        yield look.fault("party-under-fourteen", "party_code", age=age)


def minor(look: Look) -> Iterator[Fault]:
    """14 to 17: lighter or mitigated, never published. Kept in view, stops nothing."""
    age = _age(look)
    if age is not None and PUNISHABLE_FROM <= age < ADULT:
        yield look.fault("party-minor", "party_code", age=age)


def _age(look: Look) -> int | None:
    decision = SpotDecision.of(look.content)
    return party_age(decision.party, decision.violated_on) if decision.violated_on else None


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day to discover the act, and what it was counted from."""

    last: date
    discovered: date
    from_end: bool  # counted from an end of the act that the officer stated

    @property
    def over(self) -> bool:
        return self.discovered > self.last


def limitation_of(look: Look) -> Limitation | None:
    """Return the limitation of the act (art. 36); None while a date is missing, or no rule is known."""
    decision = SpotDecision.of(look.content)
    began = decision.violation_ended_on or decision.violated_on
    record = look.latest(ONSITE_RECORD)
    seen = OnsiteRecord.of(record.content).started_at if record else None
    discovered = seen.date() if seen else decision.made_on
    if began is None or discovered is None:
        return None
    try:
        last = deadline(_limitation_rule(decision, began, look), began, look.ctx.book).raw
    except NoRuleError:
        return None
    return Limitation(last, discovered, decision.violation_ended_on is not None)


def _limitation_rule(decision: SpotDecision, began: date, look: Look) -> str:
    """Five years for acts against life and health with harmful consequences.

    Only for acts since the law says so: for earlier ones the two years are the milder rule (art. 37).
    """
    if not decision.harmful:
        return LIMITATION
    try:
        look.ctx.book.at(LIMITATION_GRAVE, began)
    except NoRuleError:
        return LIMITATION
    return LIMITATION_GRAVE


def within_limitation(look: Look) -> Iterator[Fault]:
    found = limitation_of(look)
    if found and found.over and found.from_end:
        yield look.fault("limitation-expired", "violated_at", last=found.last, discovered=found.discovered)


def limitation_doubtful(look: Look) -> Iterator[Fault]:
    """A computed date alone refuses nothing: the act may have gone on (spec law 2.4)."""
    found = limitation_of(look)
    if found and found.over and not found.from_end:
        yield look.fault("limitation-doubtful", "violation_ended_on", last=found.last, discovered=found.discovered)


SIMPLE: Final = Citation("xzcff", 51)
_CONTENT: Final = Citation("xzcff", 52, 2)
_LIMITS: Final = (CITIZEN_LIMIT, ORGANISATION_LIMIT, BUSINESS_KIND)

GATES: Final = (
    Gate("cause-and-basis", cause_and_basis, _CONTENT, ("cause-missing", "basis-not-in-force", "no-longer-punished")),
    Gate("sanction-allowed", sanction_allowed, SIMPLE, ("penalty-missing", "sanction-not-in-article")),
    Gate("fine-stated", fine_stated, _CONTENT, ("fine-missing", "fine-without-penalty")),
    Gate("fine-in-range", fine_in_range, Citation("xzcff", 37), ("fine-out-of-range",)),
    Gate(
        "fine-within-simple-limit",
        fine_within_simple_limit,
        SIMPLE,
        ("fine-over-simple-limit", "rule-unknown"),
        parameters=_LIMITS,
    ),
    Gate(
        "payment-way",
        payment_way,
        Citation("xzcff", 68),
        ("pay-way-missing", "cash-over-limit", "rule-unknown"),
        parameters=(CASH_LIMIT,),
    ),
    Gate("of-age", of_age, Citation("xzcff", 30), ("party-under-fourteen",)),
    Gate("minor", minor, Citation("xzcff", 30), ("party-minor",), Severity.FLAG),
    Gate(
        "within-limitation",
        within_limitation,
        Citation("xzcff", 36, 1),
        ("limitation-expired",),
        parameters=(LIMITATION, LIMITATION_GRAVE),
    ),
    Gate(
        "limitation-doubtful",
        limitation_doubtful,
        Citation("xzcff", 36, 2),
        ("limitation-doubtful",),
        Severity.FLAG,
        parameters=(LIMITATION, LIMITATION_GRAVE),
    ),
)
