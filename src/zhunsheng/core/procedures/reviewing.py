"""What the program can say to the eleven points of a legal review before a person reads the file (clause L3).

It answers a point with "no" where a gate finds something, or where a document of the file
carries a fault that bears on it; with "yes" only where nothing is left for judgement. The
other points stay open, with the documents to read. The reviewer may change every answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.casefile.names import INQUIRY_RECORD, REVIEW_SUBMISSION
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.gates.investigating import EVIDENCE
from zhunsheng.core.procedures.judging import ask
from zhunsheng.core.procedures.model import ACT, Ctx, Filing, Procedure
from zhunsheng.core.procedures.walk import unsound, walk
from zhunsheng.core.review.points import CODES

YES: Final = "yes"
NO: Final = "no"
OPEN: Final = ""  # a person must look


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """One point as the program sees it. ``documents`` are the ids of the pages to look at."""

    point: str
    answer: str
    faults: tuple[Fault, ...] = ()
    documents: tuple[str, ...] = ()


GATES_OF: Final[dict[str, tuple[str, ...]]] = {
    "subject": ("unit-may-penalise",),
    "officers": ("officers-known", "certificates", "exams", "recusals", "enough-officers"),
    "evidence": ("evidence-sound",),
    "facts": ("facts-complete",),
    "law": ("cause-and-basis", "sanctions-in-article", "fine-in-article", "gains-and-goods"),
    "discretion": ("within-benchmark",),
    "powers": ("of-age", "within-limitation", "fined-once"),
    "procedure": ("in-order-of-days", "not-heavier"),
}
SETTLED: Final = frozenset({"subject", "officers", "powers", "documents"})
"""Points on which a clean check leaves nothing to judge; of the others it is only a beginning."""

BEARS_ON: Final[dict[str, tuple[str, ...]]] = {
    "subject": ("unit-not-competent", "mandate-expired"),
    "officers": ("officer", "certificate"),
    "procedure": ("recusal-not-told", "rights-not-told", "certificates-not-shown", "times-out-of-order"),
    "evidence": ("findings-missing", "party-missing"),
}
"""Beginnings of the fault codes in documents of the file that bear on a point."""


def checked_by_program(procedure: Procedure, state: CaseState, submission: Content, ctx: Ctx) -> tuple[SelfCheck, ...]:
    """Return the eleven points in their order, each with what the program found.

    Args:
        submission: content of the 送审函, filed or about to be: it states facts, law and result.
    """
    handlers = tuple(str(key) for key in named) if isinstance(named := submission.get("officers"), list) else ()
    filing = Filing(REVIEW_SUBMISSION, ACT, submission, handlers, state.unit, ctx.today)
    names = tuple(dict.fromkeys(name for gates in GATES_OF.values() for name in gates))
    found = ask(procedure, state, filing, ctx, names)
    counted = walk(procedure, state).counted
    return tuple(_point(code, found, procedure, counted) for code in CODES)


def _point(
    code: str, found: Mapping[str, tuple[Fault, ...]], procedure: Procedure, counted: tuple[Document, ...]
) -> SelfCheck:
    faults = [fault for name in GATES_OF.get(code, ()) for fault in found[name]]
    pages = list(_pages(code, procedure, counted))
    marred = [known for known in pages if _bears(code, known)]
    faults += [fault for known in marred for fault in known.faults if _begins(code, fault)]
    if code == "documents":
        marred = [known for known in counted if known.unsigned]
        pages = marred
    if faults or marred:
        shown = marred or pages
        return SelfCheck(code, NO, tuple(dict.fromkeys(faults)), tuple(known.id for known in shown))
    return SelfCheck(code, YES if code in SETTLED else OPEN, (), tuple(known.id for known in pages))


def _pages(code: str, procedure: Procedure, counted: tuple[Document, ...]) -> Iterator[Document]:
    """Yield the documents a reviewer reads for a point."""
    for known in counted:
        if code in {"facts", "evidence"}:
            if known.form in EVIDENCE and (code == "evidence" or known.form == INQUIRY_RECORD or not known.faults):
                yield known
        elif code == "procedure":
            if known.late or unsound(procedure, known):
                yield known
        elif _bears(code, known):
            yield known


def _bears(code: str, known: Document) -> bool:
    return any(_begins(code, fault) for fault in known.faults)


def _begins(code: str, fault: Fault) -> bool:
    return fault.code.startswith(BEARS_ON.get(code, ("-",)))
