"""Where a case stands: its documents walked through the table.

``after`` is the whole machine: one row at a time, over any table. ``place`` applies it to
a case file. A document that has no row from where the case stood then (a record of fact
filed out of turn) is kept in the file and moves nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.events import Content, EventKind
from zhunsheng.core.casefile.fold import CaseState, Document, Opinion, Publication, PublicationState
from zhunsheng.core.procedures.conditions import CONDITIONS
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import EXEMPT, FormRule, Place, Procedure, Row, Severity, Sub

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


ABOUT: Final = "about:"
"""Before the name of a form: the question whether the step speaks of a document of that form."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A place, and the documents that led to it, each with the opinions that counted."""

    place: Place
    counted: tuple[Document, ...] = ()


def start(procedure: Procedure) -> Place:
    """Return where every case of ``procedure`` begins."""
    return _opened(procedure, Place(procedure.first), lambda _name: False)


def rows_from(procedure: Procedure, place: Place, form: str) -> tuple[Row, ...]:
    """Return the rows of ``form`` that begin where the case stands, whatever they depend on."""
    return tuple(row for row in procedure.rows_of(form) if _begins(row, place))


def _begins(row: Row, place: Place) -> bool:
    if row.sub is None:
        return place.stage == row.stage
    return place.sub(row.sub) == row.stage and (not row.at or place.stage in row.at)


def fits(row: Row, holds: Holds) -> bool:
    """Return whether the row is meant for this document: its condition holds, its subject is the right one."""
    return (not row.when or holds(row.when)) and (not row.about or holds(ABOUT + row.about))


def unmet(procedure: Procedure, place: Place, row: Row) -> tuple[Sub, ...]:
    """Return the sub-procedures the row must wait for."""
    waiting = []
    for name in row.requires:
        key, _, exact = name.partition(":")
        sub, stage = procedure.sub(key), place.sub(key)
        if stage != exact if exact else not sub.over(stage):
            waiting.append(sub)
    return tuple(waiting)


def after(procedure: Procedure, place: Place, form: str, holds: Holds) -> Place | None:
    """Return where ``form`` leads from ``place``; None when no row leads anywhere.

    Args:
        holds: answers whether a named condition holds once the form has been filed, and
            (``about:<form>``) of which form the document is that it speaks of.
    """
    return led_by(rows_from(procedure, place, form), procedure, place, holds)


def led_by(rows: Sequence[Row], procedure: Procedure, place: Place, holds: Holds) -> Place | None:
    """Return where these rows, which begin at ``place``, lead; see ``after``."""
    taken: dict[str | None, Row] = {}
    for row in rows:
        if row.sub not in taken and fits(row, holds):
            taken[row.sub] = row
    if not taken or any(unmet(procedure, place, row) for row in taken.values()):
        return None  # a step that must wait in one respect is not taken in another
    moved = place
    for row in taken.values():
        moved = replace(moved, stage=row.to) if row.sub is None else _with_sub(moved, row.sub, row.to)
    for row in taken.values():
        moved = _reset(procedure, moved, row, holds)
    return _closed(procedure, _opened(procedure, moved, holds))


def place(procedure: Procedure, state: CaseState) -> Place:
    """Return where the case stands."""
    return walk(procedure, state).place


def walk(procedure: Procedure, state: CaseState) -> Walk:
    """Return where the case stands and which documents brought it there."""
    current = Walk(start(procedure))
    for document, opinion in _in_order(state):
        step = _filed if opinion is None else _opined
        current = step(procedure, current, document, opinion)
    for kind in _publication_steps(state, current.counted):
        current = replace(current, place=_moved(procedure, current, kind))
    flags = {flag for document in current.counted for flag in _flags(procedure, document)}
    return replace(current, place=replace(current.place, flags=frozenset(flags)))


def _in_order(state: CaseState) -> list[tuple[Document, Opinion | None]]:
    """Return documents in force and the opinions on them, as they came."""
    steps: list[tuple[int, Document, Opinion | None]] = []
    for document in state.documents:
        if not document.voided:
            steps.append((document.position, document, None))
            steps.extend((opinion.position, document, opinion) for opinion in document.opinions)
    return [(document, opinion) for _, document, opinion in sorted(steps, key=lambda step: step[0])]


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


def _filed(procedure: Procedure, current: Walk, document: Document, _opinion: Opinion | None) -> Walk:
    rule = procedure.form(document.form)
    if rule is None or (rule.sound and unsound(procedure, document)) or not _about(rule, document, current.counted):
        return current
    counted = (*current.counted, replace(document, opinions=()))
    moved = after(procedure, current.place, document.form, asked(procedure, counted, document.content))
    return current if moved is None else Walk(moved, counted)


def _opined(procedure: Procedure, current: Walk, document: Document, opinion: Opinion | None) -> Walk:
    """Let an opinion move the case; one on a document that does not count moves nothing."""
    known = next((known for known in current.counted if known.id == document.id), None)
    if known is None or opinion is None:
        return current
    judged = replace(known, opinions=(*known.opinions, opinion))
    counted = tuple(judged if each.id == judged.id else each for each in current.counted)
    if not _stands(procedure, judged, counted):
        return current
    key, content = f"{document.form}.{opinion.opinion}", document.content
    moved = after(procedure, current.place, key, asked(procedure, counted, content))
    return current if moved is None else Walk(moved, counted)


def asked(procedure: Procedure, counted: Sequence[Document], content: Content) -> Holds:
    """Return who answers conditions for a step with ``content``, after ``counted``."""

    def holds(name: str) -> bool:
        if not name.startswith(ABOUT):
            return CONDITIONS[name](counted)
        subject = next((known for known in counted if known.id == text(content, "document")), None)
        return subject is not None and subject.form == name[len(ABOUT) :] and _stands(procedure, subject, counted)

    return holds


def _stands(procedure: Procedure, document: Document, counted: Sequence[Document]) -> bool:
    """Return whether no newer document of its form took the place of ``document``."""
    rule = procedure.form(document.form)
    newest = next(known for known in reversed(counted) if known.form == document.form)
    return newest.id == document.id or bool(rule and rule.each)


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


def _reset(procedure: Procedure, moved: Place, row: Row, holds: Holds) -> Place:
    for key in row.resets:
        sub = procedure.sub(key)
        if moved.sub(key):
            moved = _with_sub(moved, key, sub.first if not sub.when or holds(sub.when) else EXEMPT)
    return moved


def _closed(procedure: Procedure, moved: Place) -> Place:
    """Move to the final stage when nothing is open any more."""
    if moved.stage != procedure.closes_from:
        return moved
    done = all(_over(sub, moved.sub(sub.key)) for sub in procedure.subs)
    return replace(moved, stage=procedure.final) if done else moved


def _over(sub: Sub, stage: str) -> bool:
    return sub.over(stage) or sub.lapses or (sub.optional and not stage)


def _with_sub(moved: Place, key: str, stage: str) -> Place:
    return replace(moved, subs=tuple(sorted({**dict(moved.subs), key: stage}.items())))


def _flags(procedure: Procedure, document: Document) -> Iterator[str]:
    if unsound(procedure, document):
        yield f"unsound:{document.id}"
    if document.late:
        yield f"late:{document.id}"
    if not CONDITIONS["party-adult"]((document,)):
        yield "minor"


def resting_on(procedure: Procedure, state: CaseState, document_id: str) -> tuple[Document, ...]:
    """Return the documents that would no longer count if this one were voided.

    Voiding takes a document out of the walk; what was filed because of it then stands
    nowhere. A command that voids asks this first and refuses, or voids all of them.
    """
    kept = replace(state, documents=tuple(known for known in state.documents if known.id != document_id))
    still = {document.id for document in walk(procedure, kept).counted}
    return tuple(known for known in walk(procedure, state).counted if known.id != document_id and known.id not in still)
