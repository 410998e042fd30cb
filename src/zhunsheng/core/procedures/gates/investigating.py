"""From acceptance to the end of the investigation (行政处罚法 arts 36, 40, 54-56)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.facts import ONSITE_RECORD, party_of
from zhunsheng.core.casefile.names import CASE_ACCEPTANCE, FILING_REPORT, INQUIRY_RECORD
from zhunsheng.core.casefile.ordinary import Preservation
from zhunsheng.core.casefile.outcome import Outcome
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.procedures.gates.times import late
from zhunsheng.core.procedures.model import Gate, Look, Severity

FILING: Final = Citation("xzcff", 54, 2)
CLEAR: Final = Citation("xzcff", 40)
KEPT: Final = Citation("xzcff", 56)
EVIDENCE: Final = (ONSITE_RECORD, INQUIRY_RECORD)
BEFORE_FILING: Final = "case.verify_before_filing"


def acceptance_complete(look: Look) -> Iterator[Fault]:
    yield from _wanted(look, ("source", "source-missing"), ("summary", "facts-missing"))
    if party_of(look.content) is None:
        yield look.fault("party-missing", "party_name")


def filing_complete(look: Look) -> Iterator[Fault]:
    """G2: a source, a party, what is suspected, and when it was done."""
    yield from acceptance_complete(look)
    if read.day(look.content, "violated_at") is None:
        yield look.fault("date-missing", "violated_at")


def _wanted(look: Look, *fields: tuple[str, str]) -> Iterator[Fault]:
    for name, code in fields:
        if not read.text(look.content, name):
            yield look.fault(code, name)


def no_open_case(look: Look) -> Iterator[Fault]:
    """One act, one case (G2)."""
    outcome = Outcome.of(look.content)
    for prior in look.ctx.priors:
        same = prior.item == outcome.item and prior.violated_on == outcome.violated_on
        if same and not prior.closed and prior.decided_on is None:
            yield look.fault("case-open-already", "item", number=prior.number)


def filing_promptly(look: Look) -> Iterator[Fault]:
    accepted = look.latest(CASE_ACCEPTANCE)
    if accepted is None:
        return
    try:
        due = deadline(BEFORE_FILING, accepted.made_on, look.ctx.book)
    except NoRuleError:
        return
    if look.day > due.last:
        yield look.fault("filing-late", "late_reason", last=due.last, found=look.day, days=(look.day - due.last).days)


def same_party_as_filed(look: Look) -> Iterator[Fault]:
    filed, found = look.latest(FILING_REPORT), party_of(look.content)
    known = party_of(filed.content) if filed else None
    if found is None:
        yield look.fault("party-missing", "party_name")
    elif known and (known.code, known.name) != (found.code, found.name):
        facts = {"recorded": f"{known.name}（{known.code}）", "found": f"{found.name}（{found.code}）"}
        yield look.fault("party-differs", "party_code", basis=None, **facts)


def evidence_sound(look: Look) -> Iterator[Fault]:
    """At least one record of fact carries the case; records with grave faults carry nothing (art. 46)."""
    records = [document for document in look.counted if document.form in EVIDENCE]
    if not records:
        yield look.fault("evidence-missing", "evidence")
    elif all(look.faulty.get(document.id) for document in records):
        codes = dict.fromkeys(code for document in records for code in look.faulty[document.id])
        yield look.fault("record-unsound", "evidence", faults="、".join(codes))


def facts_complete(look: Look) -> Iterator[Fault]:
    outcome = Outcome.of(look.content)
    if outcome.party is None:
        yield look.fault("party-missing", "party_name")
    if not outcome.facts_text:
        yield look.fault("facts-missing", "facts_text")
    if not outcome.evidence_text:
        yield look.fault("evidence-missing", "evidence_text")
    if outcome.violated_at is None:
        yield look.fault("date-missing", "violated_at")


def something_asked(look: Look) -> Iterator[Fault]:
    if not read.text(look.content, "asked_name"):
        yield look.fault("party-missing", "asked_name")
    if not any(read.text(row, "answer") for row in read.rows(look.content, "qa")):
        yield look.fault("findings-missing", "qa")
    started, ended = read.moment(look.content, "started_at"), read.moment(look.content, "ended_at")
    if started and ended and ended < started:
        facts = {"after": started.isoformat(" "), "found": ended.isoformat(" ")}
        yield look.fault("times-out-of-order", "ended_at", basis=None, **facts)


def in_order_of_days(look: Look) -> Iterator[Fault]:
    """No step is dated before the step it follows (veto item of case-file evaluation)."""
    steps = [known for known in look.counted if known.form not in EVIDENCE and known.form != "payment-record"]
    last: date | None = max((known.made_on for known in steps), default=None)
    if last and look.filing and look.filing.made_on < last:
        yield look.fault("times-out-of-order", "made_on", after=last, found=look.filing.made_on)


def preservation_complete(look: Look) -> Iterator[Fault]:
    order = Preservation.of(look.content)
    if not order.reason:
        yield look.fault("facts-missing", "reason")
    if not order.goods:
        yield look.fault("goods-missing", "goods")


def disposal_complete(look: Look) -> Iterator[Fault]:
    if not read.text(look.content, "disposal"):
        yield look.fault("disposal-missing", "disposal")


def correction_complete(look: Look) -> Iterator[Fault]:
    if not read.text(look.content, "correction_text"):
        yield look.fault("correction-missing", "correction_text")
    if read.day(look.content, "correct_by") is None:
        yield look.fault("date-missing", "correct_by")


def termination_grounded(look: Look) -> Iterator[Fault]:
    if not read.text(look.content, "ground") or not read.text(look.content, "reason_text"):
        yield look.fault("reasons-missing", "reason_text")


GATES: Final = (
    Gate("acceptance-complete", acceptance_complete, FILING, ("source-missing", "facts-missing", "party-missing")),
    Gate(
        "filing-complete",
        filing_complete,
        FILING,
        ("source-missing", "facts-missing", "party-missing", "date-missing"),
    ),
    Gate("no-open-case", no_open_case, Citation("xzcff", 29), ("case-open-already",)),
    Gate("filing-promptly", filing_promptly, FILING, ("filing-late",), Severity.LATE, parameters=(BEFORE_FILING,)),
    Gate("same-party-as-filed", same_party_as_filed, CLEAR, ("party-missing", "party-differs")),
    Gate("evidence-sound", evidence_sound, CLEAR, ("evidence-missing", "record-unsound"), standing=True),
    Gate(
        "facts-complete",
        facts_complete,
        CLEAR,
        ("party-missing", "facts-missing", "evidence-missing", "date-missing"),
    ),
    Gate(
        "something-asked",
        something_asked,
        Citation("xzcff", 55, 2),
        ("party-missing", "findings-missing", "times-out-of-order"),
    ),
    Gate("in-order-of-days", in_order_of_days, Citation("xzcff", 47), ("times-out-of-order",)),
    Gate("preservation-complete", preservation_complete, KEPT, ("facts-missing", "goods-missing")),
    Gate("disposal-complete", disposal_complete, KEPT, ("disposal-missing",)),
    Gate(
        "disposal-in-time",
        late("preservation", "preservation-late"),
        KEPT,
        ("preservation-late",),
        Severity.LATE,
        parameters=("evidence.preservation",),
    ),
    Gate("correction-complete", correction_complete, Citation("xzcff", 28, 1), ("correction-missing", "date-missing")),
    Gate("termination-grounded", termination_grounded, Citation("xzcff", 57, 1), ("reasons-missing",)),
)
