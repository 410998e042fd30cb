"""The rows of a case, made from its fold alone, in the transaction that changed it; ``rebuild`` makes them all anew."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.models import CaseRow, DocumentRow
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.journal import queries as journal
from zhunsheng.core import procedures
from zhunsheng.core.casefile.facts import SPOT_DECISION
from zhunsheng.core.casefile.fold import CaseState, Document, PublicationState, fold
from zhunsheng.core.procedures.model import EXEMPT, Ctx
from zhunsheng.infra import lawdata


def save(state: CaseState, *, at: datetime, ctx: Ctx | None = None) -> None:
    """Write the rows of one case as its file stands now: two statements, however long the file is."""
    row = CaseRow(number=state.number, **values(state, at=at, ctx=ctx))
    CaseRow.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["number"], update_fields=_others(CaseRow, "number")
    )
    rows = [
        DocumentRow(case=row, document=document.id, agency=state.agency, **document_values(document))
        for document in state.documents
    ]
    DocumentRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case", "document"],
        update_fields=_others(DocumentRow, "case", "document"),
    )


def _others(model: type[Model], *key: str) -> list[str]:
    """Return the columns of ``model`` that are neither its number nor part of ``key``."""
    return [field.name for field in model._meta.local_concrete_fields if field.name not in {"id", *key}]  # noqa: SLF001  (Django's public habit)


def values(state: CaseState, *, at: datetime, ctx: Ctx | None = None) -> dict[str, object]:
    """Return the columns of the case's row. ``ctx`` spares looking up the surroundings again."""
    table = table_of(state)
    place = procedures.place(table, state)
    due = _next_due(state, ctx or context_for(state.agency, state.unit, (), at=at))
    item = lawdata.book().items.get(state.item)
    decision = state.latest(SPOT_DECISION)
    return {
        "agency": state.agency,
        "unit": state.unit,
        "procedure": table.name,
        "stage": place.stage,
        "open_subs": [sub.key for sub in table.subs if place.sub(sub.key) not in {"", EXEMPT, sub.last}],
        "party": state.party.name if state.party else "",
        "cause": item.cause if item else "",
        "decision": (decision.number or "") if decision else "",
        "officers": sorted({officer for document in state.documents for officer in document.officers}),
        "unsigned": sorted({officer for document in _in_force(state) for officer in document.unsigned}),
        "publication": _publication(state, place.sub("publication")),
        "due": due[0],
        "due_on": due[1],
        "opened_on": state.opened_on,
        "position": state.position,
    }


def rebuild() -> int:
    """Make every row anew from the case streams; return how many cases there are."""
    with transaction.atomic():
        DocumentRow.objects.all().delete()
        CaseRow.objects.all().delete()
        refs = journal.streams("case")
        for ref in refs:
            events = journal.events(ref)
            save(fold(events), at=events[-1].recorded_at)
    return len(refs)


def _in_force(state: CaseState) -> list[Document]:
    return [document for document in state.documents if not document.voided]


def document_values(document: Document) -> Mapping[str, object]:
    """Return the columns of a document's row."""
    return {
        "form": document.form,
        "number": document.number or "",
        "made_on": document.made_on,
        "pdf": next((file.sha256 for file in document.files if file.role == "pdf"), ""),
        "voided": document.voided,
    }


def _next_due(state: CaseState, ctx: Ctx) -> tuple[str, date | None]:
    """Return rule and raw day of the nearest term that still runs: the agency is warned on the raw day."""
    running = [
        (missing.due.raw, missing.sub or "")
        for missing in procedures.missing(table_of(state), state, ctx)
        if missing.due is not None
    ]
    day, sub = min(running, default=(None, ""))
    return (sub, day)


def _publication(state: CaseState, stage: str) -> str:
    if stage in {"", EXEMPT}:
        return ""
    newest = max(state.publications.values(), key=lambda known: known.proposed_at, default=None)
    if newest is None or newest.state is PublicationState.RETURNED:
        return "due"
    return newest.state.value
