"""Deliberation, approval, prior notice, defence and its reconsideration (行政处罚法 arts 44, 45, 57, 62, 63)."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.casefile.names import APPROVAL, DEFENCE_RECORD, DELIBERATION_RECORD, PRIOR_NOTICE
from zhunsheng.core.casefile.ordinary import Deliberation, Reconsideration, Waiver
from zhunsheng.core.casefile.outcome import Outcome, substance
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures.deriving import needs_of
from zhunsheng.core.procedures.gates.investigating import EVIDENCE
from zhunsheng.core.procedures.model import Gate, Look

MINIMUM: Final = "deliberation.minimum"
POSITION: Final = "review.position"
TOLD: Final = Citation("xzcff", 44)
HEARD: Final = Citation("xzcff", 45, 1)
NOT_HEAVIER: Final = Citation("xzcff", 45, 2)
CONCLUDED: Final = Citation("xzcff", 57, 1)


def enough_deliberate(look: Look) -> Iterator[Fault]:
    """合议: a chair, at least three people, a view of each, a conclusion."""
    record = Deliberation.of(look.content)
    sat = {officer for officer, _ in record.attendees if officer}
    try:
        needed = look.ctx.book.number(MINIMUM, look.day)
    except NoRuleError:
        needed = 3  # 卫生行政处罚程序 art. 25, as the practice of every year since has it
    if len(sat) < needed:
        yield look.fault("deliberators-too-few", "attendees", found=len(sat), needed=needed)
    if any(not view for _, view in record.attendees):
        yield look.fault("view-missing", "attendees")
    if not record.chair:
        yield look.fault("chair-missing", "chair")
    if not record.conclusion:
        yield look.fault("conclusion-missing", "conclusion")


def as_deliberated(look: Look) -> Iterator[Fault]:
    """What is put to the head is what the panel concluded; another result needs another deliberation."""
    yield from _same(look, look.latest(DELIBERATION_RECORD), "differs-from-deliberation")


def as_approved(look: Look) -> Iterator[Fault]:
    """What is told, or decided, is what the head approved."""
    yield from _same(look, look.latest(APPROVAL), "differs-from-approval")


def _same(look: Look, other: Document | None, code: str) -> Iterator[Fault]:
    if look.filing and other and substance(other.content) != substance(look.content):
        yield look.fault(code, "facts_text", basis=None, **difference(other, look))


def difference(other: Document, look: Look) -> dict[str, str]:
    """Return what differs, in words of the two documents, for whoever must mend it."""
    there, here = Outcome.of(other.content), Outcome.of(look.content)
    pairs = {
        "item": (there.item, here.item),
        "facts_text": (there.facts_text, here.facts_text),
        "sanctions": ("、".join(there.sanctions), "、".join(here.sanctions)),
        "fine": (Fen(there.fine or 0).yuan(), Fen(here.fine or 0).yuan()),
    }
    differing = [name for name, (left, right) in pairs.items() if left != right] or ["party_name"]
    first = differing[0]
    left, right = pairs.get(first, ("", ""))
    return {"number": other.number or other.id, "fields": "、".join(differing), "there": left, "here": right}


def notice_complete(look: Look) -> Iterator[Fault]:
    """G5: facts, reasons, basis, content, and where the party can answer."""
    if not read.text(look.content, "defence_place"):
        yield look.fault("place-missing", "defence_place")
    if not read.text(look.content, "defence_contact"):
        yield look.fault("contact-missing", "defence_contact")


def hearing_right_told(look: Look) -> Iterator[Fault]:
    """Where art. 63 applies the notice names the right to a hearing."""
    if look.filing is None or read.yes(look.content, "hearing_right"):
        return
    due = needs_of(look.state, Outcome.of(look.content), look.filing, look.ctx)
    for ground in due.hearing:
        yield look.fault("hearing-right-missing", "hearing_right", basis=ground.basis, words=ground.words)


def review_before_notice(look: Look) -> Iterator[Fault]:
    """Where the bureau reviews before the notice, the notice waits for it."""
    if position(look) in {"before-notice", "both"} and look.place.sub("review") in {
        "due", "submitted", "returned", "opposed", "referred",
    }:  # fmt: skip
        yield look.fault("review-not-passed", sub="法制审核", stage=look.place.sub("review"))


def position(look: Look) -> str:
    """Return when the bureau reviews: before-notice, before-decision, both."""
    try:
        return look.ctx.book.choice(POSITION, look.day)
    except NoRuleError:
        return "before-decision"


def waiver_clear(look: Look) -> Iterator[Fault]:
    """Only a clear statement gives up the right (art. 62)."""
    waiver = Waiver.of(look.content)
    if not (waiver.defence or waiver.hearing):
        yield look.fault("waiver-unclear", "waives_defence")
    if not waiver.signed:
        yield look.fault("waiver-not-signed", "party_signature")


def reconsidered(look: Look) -> Iterator[Fault]:
    """Facts, reasons and evidence of the party are looked at again, with a result and reasons (art. 45)."""
    answer = Reconsideration.of(look.content)
    if not answer.adopted:
        yield look.fault("adoption-missing", "adopted")
    if not answer.reasons:
        yield look.fault("reasons-missing", "reasons")
    if answer.adopted in {"all", "part"} and answer.proposed == "keep":
        yield look.fault("adopted-without-effect", "proposed")


def heavier(now: Outcome, told: Outcome) -> tuple[str, str, str] | None:
    """Return (field, told, found) of the first respect in which a result is heavier; None if in none."""
    more = [word for word in now.sanctions if word not in told.sanctions]
    if more:
        return "sanctions", "、".join(told.sanctions), "、".join(more)
    if (now.fine or 0) > (told.fine or 0):
        return "fine", Fen(told.fine or 0).yuan(), Fen(now.fine or 0).yuan()
    if (now.confiscated_gains or 0) > (told.confiscated_gains or 0):
        return "confiscated_gains", Fen(told.confiscated_gains or 0).yuan(), Fen(now.confiscated_gains or 0).yuan()
    goods = [name for name in now.goods if name not in told.goods]
    return ("goods", "、".join(told.goods), "、".join(goods)) if goods else None


def not_heavier(look: Look) -> Iterator[Fault]:
    """Never above the last served notice, and never because the party defended itself (art. 45(2))."""
    notice = look.latest(PRIOR_NOTICE)
    worse = heavier(Outcome.of(look.content), Outcome.of(notice.content)) if notice and look.filing else None
    if worse is None:
        return
    field, told, found = worse
    yield look.fault("above-notice", field, told=told, found=found)


def not_heavier_anew(look: Look) -> Iterator[Fault]:
    """A heavier result after a notice needs new evidence; a defence alone is none (spec law 2.4)."""
    notice = look.latest(PRIOR_NOTICE)
    worse = heavier(Outcome.of(look.content), Outcome.of(notice.content)) if notice and look.filing else None
    if notice is None or worse is None:
        return
    field, told, found = worse
    later = [known for known in look.counted if known.position > notice.position]
    if any(known.form in EVIDENCE for known in later):
        return
    defended = any(known.form == DEFENCE_RECORD for known in later)
    code = "heavier-after-defence" if defended else "heavier-without-new-facts"
    yield look.fault(code, field, told=told, found=found)


GATES: Final = (
    Gate(
        "enough-deliberate",
        enough_deliberate,
        CONCLUDED,
        ("deliberators-too-few", "view-missing", "chair-missing", "conclusion-missing"),
        parameters=(MINIMUM,),
    ),
    Gate("as-deliberated", as_deliberated, CONCLUDED, ("differs-from-deliberation",)),
    Gate("as-approved", as_approved, CONCLUDED, ("differs-from-approval",)),
    Gate("notice-complete", notice_complete, TOLD, ("place-missing", "contact-missing")),
    Gate("hearing-right-told", hearing_right_told, Citation("xzcff", 63, 1), ("hearing-right-missing",)),
    Gate(
        "review-before-notice",
        review_before_notice,
        Citation("xzcff", 58, 1),
        ("review-not-passed",),
        parameters=(POSITION,),
    ),
    Gate("waiver-clear", waiver_clear, Citation("xzcff", 62), ("waiver-unclear", "waiver-not-signed")),
    Gate("reconsidered", reconsidered, HEARD, ("adoption-missing", "reasons-missing", "adopted-without-effect")),
    Gate("not-heavier", not_heavier, NOT_HEAVIER, ("above-notice",)),
    Gate("not-heavier-anew", not_heavier_anew, NOT_HEAVIER, ("heavier-after-defence", "heavier-without-new-facts")),
)
