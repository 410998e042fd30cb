"""The audit of case rows: each is made anew from its case file and compared column by column.

A list that shows a case in another stage than its file, or a document under another
number, is found here with the case and the column named.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from zhunsheng.apps.cases import projections
from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.models import CaseRow, DocumentRow
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.audit import Finding, register_check
from zhunsheng.core.casefile.fold import CaseState, fold
from zhunsheng.core.procedures.model import Ctx
from zhunsheng.infra import lawdata

CODE = "case-row-altered"
BY_LAW = frozenset({"due", "due_on", "cause"})
"""Columns that depend on the law data of the day they were written."""


def register() -> None:
    """Have ``zhunsheng audit`` ask us too."""
    register_check("projection-case", findings)


def findings() -> Iterator[Finding]:
    """Yield what differs between the rows of cases and their files. The surroundings are read once for each unit."""
    rows = {row.number: row for row in CaseRow.objects.all()}
    documents: dict[int, dict[str, DocumentRow]] = {}
    for known in DocumentRow.objects.all():
        documents.setdefault(known.case_id, {})[known.document] = known
    surroundings: dict[tuple[str, str], Ctx] = {}
    for ref in journal.streams("case"):
        events = journal.events(ref)
        state = fold(events)
        row = rows.pop(ref.key, None)
        if row is None:
            yield Finding(CODE, f"案件 {ref.key}", "a row", "none")
            continue
        place = (state.agency, state.unit)
        if place not in surroundings:
            surroundings[place] = context_for(*place, (), at=events[-1].recorded_at)
        yield from _of_row(state, row, surroundings[place], at=events[-1].recorded_at)
        yield from _of_documents(state, documents.get(row.pk, {}))
    for number in rows:
        yield Finding(CODE, f"案件 {number}", "no row: there is no such case file", "a row")


def _of_row(state: CaseState, row: CaseRow, ctx: Ctx, *, at: datetime) -> Iterator[Finding]:
    same_law = all(document.lawdata == lawdata.digest() for document in state.documents)
    for column, value in projections.values(state, at=at, ctx=ctx).items():
        if column in BY_LAW and not same_law:
            continue  # computed from other numbers; ``rebuild`` brings the row up to date
        found = getattr(row, column)
        if found != value:
            yield Finding(CODE, f"案件 {state.number}：{column}", str(value), str(found))


def _of_documents(state: CaseState, rows: Mapping[str, DocumentRow]) -> Iterator[Finding]:
    for document in state.documents:
        row = rows.get(document.id)
        for column, value in projections.document_values(document).items():
            found = getattr(row, column, None)
            if found != value:
                yield Finding(CODE, f"案件 {state.number} 文书 {document.id}：{column}", str(value), str(found))
