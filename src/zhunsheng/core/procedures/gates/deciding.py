"""The decision (行政处罚法 arts 33, 44, 45, 57-63): G6, what must have happened and what it must equal."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.names import (
    COLLECTIVE_DISCUSSION,
    DEFENCE_RECONSIDERATION,
    DEFENCE_WAIVER,
    HEARING_REPORT,
    PRIOR_NOTICE,
    REVIEW_OPINION,
    REVIEW_SUBMISSION,
)
from zhunsheng.core.casefile.ordinary import NoPenalty, ReviewOpinion, Waiver
from zhunsheng.core.casefile.outcome import Outcome, substance
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.deriving import needs_of
from zhunsheng.core.procedures.gates.hearings import REQUEST, notice_served, term
from zhunsheng.core.procedures.gates.telling import difference
from zhunsheng.core.procedures.gates.times import late
from zhunsheng.core.procedures.model import EXEMPT, Gate, Look, Severity

TOLD: Final = Citation("xzcff", 62)
REVIEW: Final = Citation("xzcff", 58, 1)
DEFENCE: Final = "defence"
EDUCATED: Final = frozenset({"minor-corrected", "first-violation", "no-fault", "under-age", "limitation"})
"""Grounds for which art. 33(3) asks that the party be educated; of the other there is nobody to educate."""


def windows_closed(look: Look) -> Iterator[Fault]:
    """The days to answer have run since service, or were clearly given up; a request for a hearing ends its own."""
    served = notice_served(look)
    if look.filing is None:
        return
    if served is None:
        yield look.fault("notice-not-served", basis=Citation("xzcff", 44))
        return
    waivers = _waivers(look)
    windows = [(DEFENCE, "defence-window-open", any(waiver.defence for waiver in waivers))]
    if look.place.sub("hearing") == "offered":
        windows.append((REQUEST, "hearing-window-open", any(waiver.hearing for waiver in waivers)))
    for name, code, waived in windows:
        last = term(name, served, look)
        if last and not waived and look.day <= last.last:
            yield look.fault(code, basis=last.basis, last=last.last, served=served, today=look.day)


def _waivers(look: Look) -> list[Waiver]:
    notice = look.latest(PRIOR_NOTICE)
    found = (Waiver.of(known.content) for known in look.all(DEFENCE_WAIVER))
    return [waiver for waiver in found if notice and waiver.document == notice.id]


def needs_still_met(look: Look) -> Iterator[Fault]:
    """The catalogues of today ask again: what they need now and the case did not go through stops it."""
    if look.filing is None:
        return
    due = needs_of(look.state, Outcome.of(look.content), look.filing, look.ctx)
    if look.place.sub("review") == EXEMPT:
        for ground in due.review:
            yield look.fault("review-needed", basis=ground.basis, words=ground.words)
    if look.place.sub("discussion") == EXEMPT:
        for ground in due.discussion:
            yield look.fault("discussion-needed", basis=ground.basis, words=ground.words)
    notice = look.latest(PRIOR_NOTICE)
    if notice and not read.yes(notice.content, "hearing_right"):
        for ground in due.hearing:
            yield look.fault("hearing-right-missing", basis=ground.basis, words=ground.words)


def as_reviewed(look: Look) -> Iterator[Fault]:
    """The review rests on the same facts, law and result as the decision."""
    passed = look.latest(REVIEW_SUBMISSION) if look.place.sub("review") == "passed" else None
    if look.filing and passed and substance(passed.content) != substance(look.content):
        yield look.fault("differs-from-review", "facts_text", basis=None, **difference(passed, look))


def as_discussed(look: Look) -> Iterator[Fault]:
    held = look.latest(COLLECTIVE_DISCUSSION) if look.place.sub("discussion") == "held" else None
    if look.filing and held and substance(held.content) != substance(look.content):
        yield look.fault("differs-from-discussion", "facts_text", basis=None, **difference(held, look))


def review_last(look: Look) -> Iterator[Fault]:
    """The last passed review is later than the hearing report and the reconsideration (spec law 2.4).

    The rows of the table already send the review back; this asks the documents themselves.
    """
    opinion = look.latest(REVIEW_OPINION)
    if look.place.sub("review") != "passed" or opinion is None:
        return
    if ReviewOpinion.of(opinion.content).opinion != "pass":
        yield look.fault("review-not-passed", sub="法制审核", stage=look.place.sub("review"))
    later = [
        known
        for form in (HEARING_REPORT, DEFENCE_RECONSIDERATION)
        for known in look.all(form)
        if known.position > opinion.position
    ]
    for known in later:
        yield look.fault("review-before-answer", number=known.number or known.id)


def decision_complete(look: Look) -> Iterator[Fault]:
    """The decision tells how the party was told, what it said and what became of it (art. 59)."""
    if not read.text(look.content, "defence_course"):
        yield look.fault("defence-not-recorded", "defence_course")
    if look.latest(HEARING_REPORT) and not read.text(look.content, "hearing_course"):
        yield look.fault("hearing-not-recorded", "hearing_course")


def no_penalty_grounded(look: Look) -> Iterator[Fault]:
    """不予处罚: a ground of the law, reasons, and education where somebody is to be educated (art. 33)."""
    decision = NoPenalty.of(look.content)
    if decision.party is None:
        yield look.fault("party-missing", "party_name")
    if not decision.ground:
        yield look.fault("ground-missing", "no_penalty_ground")
    if not decision.reason:
        yield look.fault("reasons-missing", "reason_text")
    if decision.ground in EDUCATED and not decision.education:
        yield look.fault("education-missing", "education", basis=Citation("xzcff", 33, 3))


GATES: Final = (
    Gate(
        "windows-closed",
        windows_closed,
        TOLD,
        ("notice-not-served", "defence-window-open", "hearing-window-open"),
        parameters=(DEFENCE, REQUEST),
    ),
    Gate(
        "needs-still-met",
        needs_still_met,
        REVIEW,
        ("review-needed", "discussion-needed", "hearing-right-missing"),
    ),
    Gate("as-reviewed", as_reviewed, REVIEW, ("differs-from-review",)),
    Gate("as-discussed", as_discussed, Citation("xzcff", 57, 2), ("differs-from-discussion",)),
    Gate("review-last", review_last, REVIEW, ("review-not-passed", "review-before-answer")),
    Gate(
        "decision-complete",
        decision_complete,
        Citation("xzcff", 59, 1),
        ("defence-not-recorded", "hearing-not-recorded"),
    ),
    Gate(
        "no-penalty-grounded",
        no_penalty_grounded,
        Citation("xzcff", 33, 1),
        ("party-missing", "ground-missing", "reasons-missing", "education-missing"),
    ),
    Gate(
        "decision-in-time",
        late("clock", "decision-late"),
        Citation("xzcff", 60),
        ("decision-late",),
        Severity.LATE,
        parameters=("decide",),
    ),
)
