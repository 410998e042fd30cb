"""The acts on a case file. Documents enter through one command, ``file_document``, whatever their form.

Each command is one transaction: lock the stream, ask whether this very request was
answered before, fold, judge, take the number, make the PDF, append, bring the rows up to
date, commit. A rollback gives the number back; a file whose transaction failed is an
orphan that a sweep removes a day later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer, sees
from zhunsheng.apps.cases import filing, issuing, projections
from zhunsheng.apps.cases.filing import Prepared, Submission
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.commands import append, lock, once
from zhunsheng.apps.journal.counters import next_number
from zhunsheng.apps.journal.refs import New, PositionMovedError, Ref, StreamMissingError
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.fold import CaseState, Document, fold
from zhunsheng.core.documents import case_number
from zhunsheng.core.documents.numbers import CASE_SERIES
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.infra.clock import BEIJING

CASE = "case"
"""Kind of the streams that are case files."""

OPENED = frozenset({"penalty-simple"})
"""Procedures whose case files can be kept from first to last step. The table of the ordinary penalty is there
to be read (``zhunsheng law procedure penalty-ordinary``); its opinions and hearings have no command yet, and a
case that cannot be finished must not be begun."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing led to. ``position`` is that of the case file now."""

    case: str
    document: str
    number: str | None
    pdf: str  # SHA-256 of the issued bytes, "" for a form without a sheet
    position: int
    flagged: tuple[Fault, ...]


def open_case(procedure: str, *, viewer: Viewer, at: datetime, key: str) -> str:
    """Open an empty case file for the viewer's unit and return its number.

    Raises:
        RefusedError: the viewer is no officer of a unit, or no case file is opened by this procedure yet.
        UnknownProcedureError: there is no such procedure.
        IdempotencyConflictError: the key was used for another request.
    """
    table = procedures.get(procedure)
    if table.name not in OPENED:
        raise RefusedError([Fault("procedure-not-open", facts=(("procedure", table.title),))])
    _need(viewer, Role.OFFICER)
    digest = _digest({"open": procedure, "unit": viewer.unit})

    def act() -> list[Event]:
        today = at.astimezone(BEIJING).date()
        area = registry.agency(viewer.agency).area_short
        number = case_number(area=area, year=today.year, serial=next_number(viewer.agency, CASE_SERIES, today.year))
        payload: dict[str, Json] = {
            "number": number,
            "unit": viewer.unit,
            "procedure": f"{table.name}@{table.version}",
            "agency": viewer.agency,
        }
        new = New(EventKind.CASE_OPENED, payload, today)
        ref = Ref(viewer.agency, CASE, number)
        events = append(ref, [new], actor=viewer.account, at=at, key=key, request_digest=digest, create=True)
        projections.save(fold(events), at=at)
        return events

    opened = once(act, actor=viewer.account, key=key, request_digest=digest)
    return str((opened[0].payload or {})["number"])


def file_document(number: str, submission: Submission, *, viewer: Viewer, at: datetime) -> Filed:
    """File one document: the author signs it, and it is part of the case file from then on.

    Raises:
        RefusedError: the law, the form or a rule of the house refuses it; nothing was written.
        PositionMovedError: what the form had shown has changed meanwhile; nothing was written.
        IdempotencyConflictError: the key was used for another request.
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    ref = Ref(viewer.agency, CASE, number)
    digest = _digest(
        {
            "case": number,
            "form": submission.form,
            "raw": _plain(submission.raw),
            "files": [dict(file) for file in submission.files],
        }
    )

    def act() -> list[Event]:
        lock(ref)
        events = journal.events(ref)
        state = _visible(fold(events), ref, viewer)
        prepared = filing.prepare(state, submission, viewer=viewer, at=at)
        _not_behind(ref, events, submission.position, prepared, state)
        _raise_refusals(prepared, viewer, state)
        issued = issuing.issue(state, prepared, submission)
        author = {"document": issued.document, "officer": viewer.officer, "strokes": None}
        new = [New(EventKind.DOCUMENT_FILED, issued.payload, prepared.made_on, claimed_at=submission.claimed_at)]
        new += [New(EventKind.DOCUMENT_SIGNED, author, prepared.made_on)] if viewer.officer in prepared.officers else []
        written = append(
            ref, new, actor=viewer.account, at=at, key=submission.key, request_digest=digest, expected=state.position
        )
        projections.save(fold([*events, *written]), at=at, ctx=prepared.ctx)
        return written

    return _filed(number, once(act, actor=viewer.account, key=submission.key, request_digest=digest))


def sign_document(number: str, document: str, *, viewer: Viewer, at: datetime, key: str) -> int:
    """Sign as one of the officers a document names. A second press adds nothing. Returns the position.

    Raises:
        RefusedError: the document does not name the viewer, or was voided.
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    ref = Ref(viewer.agency, CASE, number)
    digest = _digest({"sign": document, "case": number})

    def act() -> list[Event]:
        lock(ref)
        events = journal.events(ref)
        state = _visible(fold(events), ref, viewer)
        found = _signable(state, document, viewer)
        if viewer.officer not in found.unsigned:
            return events[-1:]
        payload: dict[str, Json] = {"document": document, "officer": viewer.officer, "strokes": None}
        new = New(EventKind.DOCUMENT_SIGNED, payload, at.astimezone(BEIJING).date())
        written = append(
            ref, [new], actor=viewer.account, at=at, key=key, request_digest=digest, expected=state.position
        )
        projections.save(fold([*events, *written]), at=at)
        return written

    return once(act, actor=viewer.account, key=key, request_digest=digest)[-1].position


def _signable(state: CaseState, document: str, viewer: Viewer) -> Document:
    found = state.document(document)
    if found is None or found.voided or viewer.officer not in found.officers:
        raise RefusedError([Fault("not-yours-to-sign", facts=(("document", document),))])
    return found


def _visible(state: CaseState, ref: Ref, viewer: Viewer) -> CaseState:
    if not sees(viewer, agency=state.agency, unit=state.unit):
        raise StreamMissingError(ref)  # who may not see a case is not told that it exists
    return state


def _not_behind(ref: Ref, events: Sequence[Event], seen: int | None, prepared: Prepared, state: CaseState) -> None:
    """Let an old tab through unless something it showed has changed; the gates judge the rest anew."""
    if seen is None or seen == state.position:
        return
    if seen > state.position:  # of another file, or of this one before a backup was restored
        raise PositionMovedError(ref, seen, state.position)
    before = fold(event for event in events if event.position <= seen)
    if filing.shown_changed(before, state, prepared.form):
        raise PositionMovedError(ref, seen, state.position)


def _raise_refusals(prepared: Prepared, viewer: Viewer, state: CaseState) -> None:
    rule = table_of(state).form(prepared.form.id)
    roles = {Role(role) for role in rule.roles} if rule else {Role.OFFICER}
    misplaced = [] if viewer.has(*roles) else [Fault("role-missing", facts=(("roles", ", ".join(sorted(roles))),))]
    absent = []
    if "officers" in prepared.form.names and viewer.officer not in prepared.officers:
        absent = [Fault("author-not-named", field="officers")]
    refused = [*misplaced, *absent, *prepared.refused]
    if refused:
        raise RefusedError(refused)


def _filed(number: str, events: Sequence[Event]) -> Filed:
    payload = events[0].payload or {}
    state = fold([events[0]])
    document = state.documents[0]
    pdf = next((file.sha256 for file in document.files if file.role == "pdf"), "")
    given = payload.get("number")
    return Filed(
        number, document.id, given if isinstance(given, str) else None, pdf, events[-1].position, document.faults
    )


def _need(viewer: Viewer, *roles: Role) -> None:
    if not viewer.has(*roles) or not viewer.unit:
        raise RefusedError([Fault("role-missing", facts=(("roles", ", ".join(roles)),))])


def _digest(asked: Content) -> bytes:
    return sha256(canonical(dict(asked)))


def _plain(value: object) -> Json:
    """Return ``value`` as JSON, so that equal requests have equal digests whatever door they came through."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) < 2**53 else str(value)
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case _:
            return str(value)
