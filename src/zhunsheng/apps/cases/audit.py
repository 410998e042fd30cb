"""The audit of case rows: each is made anew from its case file and compared column by column.

A list that shows a case in another stage than its file, or a document under another
number, is found here with the case and the column named.
"""

from collections.abc import Iterator

from zhunsheng.apps.cases import projections
from zhunsheng.apps.cases.models import CaseRow, DocumentRow
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.audit import Finding, register_check
from zhunsheng.core.casefile.fold import fold
from zhunsheng.infra import lawdata

CODE = "case-row-altered"
BY_LAW = frozenset({"due", "due_on", "cause"})
"""Columns that depend on the law data of the day they were written."""


def register() -> None:
    """Have ``zhunsheng audit`` ask us too."""
    register_check("projection-case", findings)


def findings() -> Iterator[Finding]:
    """Yield what differs between the rows of cases and their files."""
    rows = {row.number: row for row in CaseRow.objects.all()}
    for ref in journal.streams("case"):
        events = journal.events(ref)
        state = fold(events)
        row = rows.pop(ref.key, None)
        if row is None:
            yield Finding(CODE, f"案件 {ref.key}", "a row", "none")
            continue
        expected = projections.values(state, at=events[-1].recorded_at)
        same_law = all(document.lawdata == lawdata.digest() for document in state.documents)
        for column, value in expected.items():
            if column in BY_LAW and not same_law:
                continue  # computed from other numbers; ``rebuild`` brings the row up to date
            found = getattr(row, column)
            if found != value:
                yield Finding(CODE, f"案件 {ref.key}：{column}", str(value), str(found))
        documents = {known.document: known for known in DocumentRow.objects.filter(case=row)}
        for document in state.documents:
            for column, value in projections.document_values(document).items():
                found = getattr(documents.get(document.id), column, None)
                if found != value:
                    yield Finding(CODE, f"案件 {ref.key} 文书 {document.id}：{column}", str(value), str(found))
    for number in rows:
        yield Finding(CODE, f"案件 {number}", "no row: there is no such case file", "a row")
