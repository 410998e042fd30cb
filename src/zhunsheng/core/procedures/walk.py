"""Where a case stands: its documents walked through the table.

``after`` is the whole machine: one row at a time, over any table. ``place`` applies it to
a case file. A document that has no row from where the case stood then (a record of fact
filed out of turn) is kept in the file and moves nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.events import EventKind
from zhunsheng.core.casefile.fold import CaseState, Document, Publication, PublicationState
from zhunsheng.core.procedures.conditions import CONDITIONS
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import EXEMPT, FormRule, Place, Procedure, Row, Severity

Holds: TypeAlias = Callable[[str], bool]

_PUBLICATION_STEPS: Final = {
    PublicationState.PROPOSED: (EventKind.PUBLICATION_PROPOSED,),
    PublicationState.RETURNED: (EventKind.PUBLICATION_PROPOSED, EventKind.PUBLICATION_RETURNED),
    PublicationState.APPROVED: (EventKind.PUBLICATION_PROPOSED, EventKind.PUBLICATION_APPROVED),
    PublicationState.DELIVERED: (
        EventKind.PUBLICATION_PROPOSED,
        EventKind.PUBLICATION_APPROVED,
        EventKind.PUBLICATION_DELIVERED,
    ),
}


@dataclass(frozen=True, slots=True)
class Walk:
    """A place, and the documents that led to it."""

    place: Place
    counted: tuple[Document, ...] = ()


def start(procedure: Procedure) -> Place:
    """Return where every case of ``procedure`` begins."""
    return Place(procedure.first)


def rows_from(procedure: Procedure, place: Place, form: str) -> tuple[Row, ...]:
    """Return the rows of ``form`` that begin where the case stands, whatever their conditions."""
    return tuple(
        row for row in procedure.rows_of(form) if (place.stage if row.sub is None else place.sub(row.sub)) == row.stage
    )


def after(procedure: Procedure, place: Place, form: str, holds: Holds) -> Place | None:
    """Return where ``form`` leads from ``place``; None when no row leads anywhere.

    Args:
        holds: answers whether a named condition holds once the form has been filed.
    """
    row = next((row for row in rows_from(procedure, place, form) if not row.when or holds(row.when)), None)
    if row is None:
        return None
    moved = replace(place, stage=row.to) if row.sub is None else _with_sub(place, row.sub, row.to)
    return _closed(procedure, _opened(procedure, moved, holds))


def place(procedure: Procedure, state: CaseState) -> Place:
    """Return where the case stands."""
    return walk(procedure, state).place


def walk(procedure: Procedure, state: CaseState) -> Walk:
    """Return where the case stands and which documents brought it there."""
    current = Walk(start(procedure))
    for document in state.documents:
        if not document.voided:
            current = _filed(procedure, current, document)
    for kind in _publication_steps(state, current.counted):
        current = replace(current, place=_moved(procedure, current, kind))
    flags = {flag for document in current.counted for flag in _flags(procedure, document)}
    return replace(current, place=replace(current.place, flags=frozenset(flags)))


def unsound(procedure: Procedure, document: Document) -> tuple[str, ...]:
    """Return the codes of a record's faults that would have refused an act."""
    refusing = {
        code
        for row in procedure.rows_of(document.form)
        for name in row.gates
        if GATES[name].severity is Severity.REFUSE
        for code in GATES[name].codes
    }
    return tuple(fault.code for fault in document.faults if fault.code in refusing)


def _filed(procedure: Procedure, current: Walk, document: Document) -> Walk:
    rule = procedure.form(document.form)
    if rule is None or (rule.sound and unsound(procedure, document)) or not _about(rule, document, current.counted):
        return current
    counted = (*current.counted, document)
    moved = after(procedure, current.place, document.form, lambda name: CONDITIONS[name](counted))
    return current if moved is None else Walk(moved, counted)


def _about(rule: FormRule, document: Document, counted: Sequence[Document]) -> bool:
    """Return whether the document speaks of the one that counts, where it must speak of one."""
    if not rule.about:
        return True
    subject = next((known for known in reversed(counted) if known.form == rule.about), None)
    return subject is not None and text(document.content, "document") == subject.id


def _moved(procedure: Procedure, current: Walk, kind: str) -> Place:
    moved = after(procedure, current.place, kind, lambda name: CONDITIONS[name](current.counted))
    return current.place if moved is None else moved


def _publication_steps(state: CaseState, counted: Sequence[Document]) -> Iterator[EventKind]:
    ids = {document.id for document in counted}
    publications: list[Publication] = [known for known in state.publications.values() if known.document in ids]
    for publication in publications:
        yield from _PUBLICATION_STEPS[publication.state]


def _opened(procedure: Procedure, moved: Place, holds: Holds) -> Place:
    """Begin the sub-procedures that the main stage opens and that have not begun."""
    for sub in procedure.subs:
        if sub.opens_at == moved.stage and not moved.sub(sub.key):
            moved = _with_sub(moved, sub.key, sub.first if not sub.when or holds(sub.when) else EXEMPT)
    return moved


def _closed(procedure: Procedure, moved: Place) -> Place:
    """Move to the final stage when nothing is open any more."""
    if moved.stage != procedure.closes_from:
        return moved
    done = all(moved.sub(sub.key) in {sub.last, EXEMPT} for sub in procedure.subs)
    return replace(moved, stage=procedure.final) if done else moved


def _with_sub(moved: Place, key: str, stage: str) -> Place:
    return replace(moved, subs=tuple(sorted({**dict(moved.subs), key: stage}.items())))


def _flags(procedure: Procedure, document: Document) -> Iterator[str]:
    if unsound(procedure, document):
        yield f"unsound:{document.id}"
    if document.late:
        yield f"late:{document.id}"
    if not CONDITIONS["party-adult"]((document,)):
        yield "minor"
