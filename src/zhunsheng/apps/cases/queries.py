"""Reads of case files: one file as its page shows it, lists and to-do by keyset. No model leaves this module.

A case page folds one stream: its cost grows with the file, not with the archive. A list
reads only rows: two statements, whatever the number of cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, F, Min, Q, QuerySet

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer, scope, sees
from zhunsheng.apps.cases import filing
from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.models import CaseRow, DocumentRow
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal import readings
from zhunsheng.apps.journal.refs import Ref, StreamMissingError
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Event, Json
from zhunsheng.core.casefile.fold import CaseState, Document, fold
from zhunsheng.core.deadlines import Deadline
from zhunsheng.core.documents import FormDef, normalise
from zhunsheng.core.law.items import Item
from zhunsheng.core.procedures.model import EXEMPT, Ctx, Missing, Place, Procedure, Step
from zhunsheng.infra import datadir, forms
from zhunsheng.infra.blobs import Blobs

PAGE: Final = 20
COUNT_LIMIT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the case: of which sub-procedure, when it ends, and whether it was met."""

    sub: str
    label: str
    deadline: Deadline
    met: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case file as one person may see it now."""

    state: CaseState
    events: tuple[Event, ...]
    committed: int  # positions up to this one are in the ledger
    procedure: Procedure
    place: Place
    stage: str  # label
    steps: tuple[Step, ...]  # those the viewer's roles may take, allowed or not
    others: tuple[Step, ...]  # those that other roles may take
    missing: tuple[Missing, ...]
    terms: tuple[Term, ...]
    to_sign: tuple[Document, ...]  # documents that wait for the viewer's own signature
    item: Item | None
    ctx: Ctx


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of a list of cases."""

    number: str
    procedure: str
    stage: str
    party: str
    cause: str
    decision: str
    officers: tuple[str, ...]
    unsigned: tuple[str, ...]
    open_subs: tuple[str, ...]
    publication: str
    due: str
    due_on: date | None
    opened_on: date
    unit: str
    cursor: str


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[CaseLine, ...]
    more: bool
    total: int | None  # None: more than COUNT_LIMIT


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; it stays in the address."""

    text: str = ""
    stage: str = ""
    mine: bool = False
    publication: tuple[str, ...] = ()
    due: str = ""  # the sub-procedure whose term runs out next
    overdue_on: date | None = None  # only cases whose nearest term ended before this day


@dataclass(frozen=True, slots=True)
class Risk:
    """How many cases are past their nearest term, by what is due, and since when."""

    due: str
    count: int
    earliest: date


@dataclass(frozen=True, slots=True)
class Todo:
    """What waits for a person: signatures, publications, steps by their term. Each list is cut at ``PAGE``."""

    to_sign: tuple[CaseLine, ...]
    to_propose: tuple[CaseLine, ...]
    to_check: tuple[CaseLine, ...]
    due: tuple[CaseLine, ...]  # cases of mine with a running term, the nearest first
    open: tuple[CaseLine, ...]  # cases of mine that are not finished and have no term


def load(number: str, *, viewer: Viewer) -> tuple[CaseState, tuple[Event, ...]]:
    """Return the fold and the events of a case the viewer may see.

    Raises:
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    ref = Ref(viewer.agency, "case", normalise(number))
    events = tuple(journal.events(ref))
    state = fold(events)
    if not events or not sees(viewer, agency=state.agency, unit=state.unit):
        raise StreamMissingError(ref)
    return state, events


def state_of(agency: str, number: str) -> CaseState:
    """Return the fold of a case for the program itself, whoever may see it."""
    return fold(journal.events(Ref(agency, "case", number)))


def case_view(number: str, *, viewer: Viewer, at: datetime, upto: int | None = None) -> CaseView:
    """Return the case page's content; the reading is recorded. ``upto`` shows the file as it stood after that event.

    Raises:
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    state, events = load(number, viewer=viewer)
    readings.record(viewer.account, Ref(state.agency, "case", state.number), at=at)
    if upto is not None:
        events = events[: max(upto, 1)]
        state = fold(events)
    table = table_of(state)
    officers = sorted({officer for document in state.documents for officer in document.officers})
    ctx = context_for(state.agency, state.unit, officers, at=at)
    place = procedures.place(table, state)
    steps = procedures.steps(table, state, ctx)
    mine = [step for step in steps if viewer.has(*(Role(role) for role in step.roles))]
    return CaseView(
        state=state,
        events=events,
        committed=journal.committed(Ref(state.agency, "case", state.number)),
        procedure=table,
        place=place,
        stage=dict(table.stages)[place.stage],
        steps=tuple(mine),
        others=tuple(step for step in steps if step not in mine),
        missing=procedures.missing(table, state, ctx),
        terms=_terms(table, state, place, ctx),
        to_sign=tuple(d for d in state.documents if not d.voided and viewer.officer and viewer.officer in d.unsigned),
        item=ctx.items.get(state.item),
        ctx=ctx,
    )


def blank(number: str, form: str, *, viewer: Viewer) -> tuple[CaseState, FormDef, dict[str, Json]]:
    """Return the case, the form and what earlier documents already answer.

    Raises:
        StreamMissingError: there is no such case, or the viewer may not see it.
        KeyError: there is no such form.
    """
    state, _events = load(number, viewer=viewer)
    definition = forms.form(form)
    return state, definition, filing.offered(state, definition)


def find_by_number(text: str, *, viewer: Viewer) -> str | None:
    """Return the case that holds the document of this number, however it was typed."""
    number = normalise(text)
    visible = CaseRow.objects.filter(scope(viewer))
    found = visible.filter(number=number).values_list("number", flat=True).first()
    if found is None:
        rows = DocumentRow.objects.filter(agency=viewer.agency, number=number, case__in=visible)
        found = rows.values_list("case__number", flat=True).first()
    return found


def case_list(only: Filter, *, viewer: Viewer, after: str = "", limit: int = PAGE) -> Page:
    """Return the newest cases the viewer may see, by key: two statements."""
    rows = _narrowed(only, viewer)
    total = None if after else rows.order_by()[: COUNT_LIMIT + 1].count()
    ordered = rows.order_by("-opened_on", "-id")
    if place := _place(after):
        ordered = ordered.filter(Q(opened_on__lt=place[0]) | Q(opened_on=place[0], id__lt=place[1]))
    found = _lines(ordered, limit + 1)
    counted = None if total is None or total > COUNT_LIMIT else total
    return Page(found[:limit], len(found) > limit, counted)


def todo(*, viewer: Viewer) -> Todo:
    """Return what waits for the viewer: at most five statements, each cut at ``PAGE`` lines."""
    mine = CaseRow.objects.filter(scope(viewer))
    own = mine.filter(officers__contains=[viewer.officer]) if viewer.officer else CaseRow.objects.none()
    unfinished = own.exclude(stage="done")
    publisher, checker = viewer.has(Role.PUBLISHER), viewer.has(Role.CHECKER)
    return Todo(
        to_sign=_lines(mine.filter(unsigned__contains=[viewer.officer]), PAGE) if viewer.officer else (),
        to_propose=_by_term(mine.filter(publication="due")) if publisher else (),
        to_check=_by_term(mine.filter(publication="proposed")) if checker else (),
        due=_by_term(unfinished.filter(due_on__isnull=False)),
        open=_lines(unfinished.filter(due_on__isnull=True).order_by("-opened_on", "-id"), PAGE),
    )


def risks(*, viewer: Viewer, today: date) -> tuple[Risk, ...]:
    """Return what is overdue among the cases the viewer may see, the longest overdue first: one statement."""
    late = CaseRow.objects.filter(scope(viewer), due_on__lt=today)
    found = late.values("due").annotate(count=Count("id"), earliest=Min("due_on")).order_by("earliest")
    return tuple(Risk(row["due"], row["count"], row["earliest"]) for row in found)


def _narrowed(only: Filter, viewer: Viewer) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.filter(scope(viewer))
    if only.text:
        number = normalise(only.text)
        rows = rows.filter(
            Q(number=number) | Q(decision=number) | Q(party__contains=only.text) | Q(cause__contains=only.text)
        )
    if only.stage:
        rows = rows.filter(stage=only.stage)
    if only.mine:
        rows = rows.filter(officers__contains=[viewer.officer or "-"])
    if only.due:
        rows = rows.filter(due=only.due)
    if only.overdue_on:
        rows = rows.filter(due_on__lt=only.overdue_on)
    if only.publication:
        rows = rows.filter(publication__in=only.publication)
    return rows


def _terms(table: Procedure, state: CaseState, place: Place, ctx: Ctx) -> tuple[Term, ...]:
    found = procedures.deadlines(table, state, ctx)
    return tuple(Term(sub.key, sub.label, term, place.sub(sub.key) in {sub.last, EXEMPT}) for sub, term in found)


def _by_term(rows: QuerySet[CaseRow]) -> tuple[CaseLine, ...]:
    return _lines(rows.order_by(F("due_on").asc(nulls_last=True), "id"), PAGE)


def _place(after: str) -> tuple[date, int] | None:
    day, tilde, key = after.partition("~")
    try:
        return (date.fromisoformat(day), int(key)) if tilde and len(key) < 19 else None  # noqa: PLR2004  (a bigint)
    except ValueError:
        return None


def _lines(rows: QuerySet[CaseRow], limit: int) -> tuple[CaseLine, ...]:
    return tuple(_line(row) for row in rows.values(*_FIELDS)[:limit])


_FIELDS: Final[Sequence[str]] = (
    "id", "number", "procedure", "stage", "party", "cause", "decision", "officers", "unsigned", "open_subs",
    "publication", "due", "due_on", "opened_on", "unit",
)  # fmt: skip


def _line(row: Mapping[str, object]) -> CaseLine:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name != "id"}
    return CaseLine(**values, cursor=f"{row['opened_on']}~{row['id']}")  # type: ignore[arg-type]  # names are the columns


def pdf(number: str, document: str, *, viewer: Viewer, at: datetime) -> bytes | None:
    """Return the kept bytes of an issued document, or None when it has no sheet. The reading is recorded.

    Raises:
        StreamMissingError: there is no such case or document, or the viewer may not see it.
        BlobDamagedError: the bytes on disk are not those that were issued.
    """
    state, _events = load(number, viewer=viewer)
    found = state.document(document)
    if found is None:
        raise StreamMissingError(Ref(viewer.agency, "case", number))
    readings.record(viewer.account, Ref(state.agency, "case", state.number), at=at)
    digest = next((file.sha256 for file in found.files if file.role == "pdf"), None)
    return Blobs(datadir.current().blobs).read(digest) if digest else None
