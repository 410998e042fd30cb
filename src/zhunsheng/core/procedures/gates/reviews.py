"""Legal review and collective discussion (行政处罚法 arts 57, 58; clauses L1 to L5)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.names import (
    HEARING_RECORD,
    PRIOR_NOTICE,
    REVIEW_OPINION,
    REVIEW_SUBMISSION,
)
from zhunsheng.core.casefile.ordinary import Deliberation, ReviewOpinion, Submission
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.gates.hearings import notice_served
from zhunsheng.core.procedures.gates.opinions import investigators
from zhunsheng.core.procedures.gates.telling import POSITION, position
from zhunsheng.core.procedures.gates.times import late
from zhunsheng.core.procedures.model import Gate, Look, Severity
from zhunsheng.core.review.points import CODES, MATERIALS

REVIEW: Final = Citation("xzcff", 58, 1)
QUALIFIED: Final = Citation("xzcff", 58, 2)
NOTHING_SETTLED: Final = frozenset({"return", "oppose", "refer"})
FIRST_TIME: Final = date(2018, 1, 1)  # before that day no certificate was asked of a first-time reviewer


def review_in_position(look: Look) -> Iterator[Fault]:
    """The review comes when the bureau has set it: after the party was told, unless set otherwise."""
    if position(look) == "before-decision" and (look.latest(PRIOR_NOTICE) is None or notice_served(look) is None):
        yield look.fault("review-too-early")
    open_subs = [key for key in ("defence", "hearing") if not _over(look, key)]
    for key in open_subs:
        sub = look.procedure.sub(key)
        yield look.fault(sub.pending, basis=sub.basis, sub=sub.label, stage=look.place.sub(key))


def _over(look: Look, key: str) -> bool:
    stage = look.place.sub(key)
    return not stage or look.procedure.sub(key).over(stage)


def materials_complete(look: Look) -> Iterator[Fault]:
    """Incomplete materials: the submission is refused, its clock does not start."""
    given = {material.kind for material in Submission.of(look.content).materials}
    wanted = (*MATERIALS, "hearing-record") if look.latest(HEARING_RECORD) else MATERIALS
    for kind in wanted:
        if kind not in given:
            yield look.fault("material-missing", "materials", kind=kind)
    known = {document.id for document in look.state.documents if not document.voided}
    for material in Submission.of(look.content).materials:
        if material.document and material.document not in known:
            yield look.fault("document-not-in-force", "materials", found=material.document)


def findings_answered(look: Look) -> Iterator[Fault]:
    """After a round that did not pass, the handlers say what they did about it."""
    last = look.latest(REVIEW_OPINION)
    if last is None or ReviewOpinion.of(last.content).opinion not in NOTHING_SETTLED:
        return
    answered = any(known.form == REVIEW_SUBMISSION and known.position > last.position for known in look.counted)
    if not answered and not Submission.of(look.content).reply:
        yield look.fault("findings-not-answered", "handler_reply", number=last.number or last.id)


def reviewer_qualified(look: Look) -> Iterator[Fault]:
    """A first-time reviewer holds the national qualification (art. 58(2))."""
    opinion = ReviewOpinion.of(look.content)
    person = look.ctx.officers.get(opinion.reviewer)
    if not opinion.reviewer:
        yield look.fault("reviewer-missing", "reviewer")
    elif person is None:
        yield look.fault("officer-unknown", "reviewer", officer=opinion.reviewer)
    elif not person.legal_qualification and not (person.reviewer_since and person.reviewer_since < FIRST_TIME):
        yield look.fault("reviewer-unqualified", "reviewer", officer=person.name)


def reviewer_independent(look: Look) -> Iterator[Fault]:
    """Nobody reviews a case he handled, presided over or approved."""
    reviewer = ReviewOpinion.of(look.content).reviewer
    person = look.ctx.officers.get(reviewer)
    name = person.name if person else reviewer
    if reviewer in investigators(look):
        yield look.fault("reviewer-handled", "reviewer", officer=name)
    approved = {opinion.officer for known in look.counted for opinion in known.opinions}
    if reviewer and reviewer in approved:
        yield look.fault("reviewer-approved", "reviewer", officer=name)


def points_answered(look: Look) -> Iterator[Fault]:
    """All eleven points, each with an answer; a "no" with words."""
    given = {point.code: point for point in ReviewOpinion.of(look.content).points}
    for code in CODES:
        point = given.get(code)
        if point is None or not point.answer:
            yield look.fault("point-missing", "points", point=code)
        elif point.answer == "no" and not point.text:
            yield look.fault("point-without-words", "points", point=code)


def opinion_reasoned(look: Look) -> Iterator[Fault]:
    """同意, or 存在问题 with every problem named; a pass leaves no point answered "no"."""
    opinion = ReviewOpinion.of(look.content)
    if not opinion.opinion:
        yield look.fault("review-opinion-missing", "opinion")
    if opinion.opinion in NOTHING_SETTLED and not opinion.findings:
        yield look.fault("findings-missing", "findings")
    refused = [point.code for point in opinion.points if point.answer == "no"]
    if opinion.opinion == "pass" and refused:
        yield look.fault("passed-with-problems", "points", points="、".join(refused))


def discussion_recorded(look: Look) -> Iterator[Fault]:
    """Who sat, what each one said, what was concluded (art. 57(2))."""
    record = Deliberation.of(look.content)
    if not record.chair:
        yield look.fault("chair-missing", "chair")
    sat = {officer for officer, _ in record.attendees if officer}
    if len(sat) < 2:  # noqa: PLR2004  负责人集体: more than one
        yield look.fault("leaders-too-few", "attendees", found=len(sat))
    if any(not view for _, view in record.attendees):
        yield look.fault("view-missing", "attendees")
    if not record.conclusion:
        yield look.fault("conclusion-missing", "conclusion")
    if read.text(look.content, "agreed") == "" and "agreed" not in look.content:
        yield look.fault("agreement-missing", "agreed")


GATES: Final = (
    Gate(
        "review-in-position",
        review_in_position,
        REVIEW,
        ("review-too-early", "defence-not-reconsidered", "hearing-not-finished"),
        standing=True,
        parameters=(POSITION,),
    ),
    Gate("materials-complete", materials_complete, REVIEW, ("material-missing", "document-not-in-force")),
    Gate("findings-answered", findings_answered, REVIEW, ("findings-not-answered",)),
    Gate(
        "reviewer-qualified",
        reviewer_qualified,
        QUALIFIED,
        ("reviewer-missing", "officer-unknown", "reviewer-unqualified"),
    ),
    Gate("reviewer-independent", reviewer_independent, REVIEW, ("reviewer-handled", "reviewer-approved")),
    Gate("points-answered", points_answered, REVIEW, ("point-missing", "point-without-words")),
    Gate(
        "opinion-reasoned",
        opinion_reasoned,
        REVIEW,
        ("review-opinion-missing", "findings-missing", "passed-with-problems"),
    ),
    Gate(
        "review-in-time", late("review", "review-late"), REVIEW, ("review-late",), Severity.LATE,
        parameters=("review.limit",),
    ),
    Gate(
        "discussion-recorded",
        discussion_recorded,
        Citation("xzcff", 57, 2),
        ("chair-missing", "leaders-too-few", "view-missing", "conclusion-missing", "agreement-missing"),
    ),
)  # fmt: skip
