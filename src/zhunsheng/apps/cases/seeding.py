"""The rows of many new cases in two statements, for the bulk seeder; the audit compares them as it does all others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.apps.cases.models import CaseRow, DocumentRow


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of one case's row and of its documents' rows, as ``projections`` names them."""

    case: Mapping[str, Any]
    documents: Sequence[Mapping[str, Any]]


def save_new(cases: Sequence[Rows]) -> None:
    """Write the rows of cases that have none yet, inside the caller's transaction.

    Raises:
        IntegrityError: one of them has a row, or a document's number is taken.
    """
    made = CaseRow.objects.bulk_create([CaseRow(**each.case) for each in cases])
    DocumentRow.objects.bulk_create(
        DocumentRow(case=row, **document) for row, each in zip(made, cases, strict=True) for document in each.documents
    )
