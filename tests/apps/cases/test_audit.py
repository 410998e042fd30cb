"""Rows of cases are derived: a changed one is named with its column."""

import pytest

from tests.apps.cases import story
from zhunsheng.apps.cases import audit, projections
from zhunsheng.apps.cases.models import CaseRow, DocumentRow

pytestmark = pytest.mark.usefixtures("fresh_db", "bureau")


@pytest.fixture
def number() -> str:
    """A finished case whose rows are as they should be."""
    made = story.finished()
    assert list(audit.findings()) == []
    return made


@pytest.mark.parametrize(
    ("column", "value"), [("stage", "done"), ("party", "别的店"), ("due_on", "2030-01-01"), ("unsigned", [])]
)
def test_a_changed_column_of_a_case_is_named(number: str, column: str, value: object) -> None:
    CaseRow.objects.filter(number=number).update(**{column: value})
    assert [finding.record for finding in audit.findings()] == [f"案件 {number}：{column}"]


def test_a_changed_number_of_a_document_is_named(number: str) -> None:
    DocumentRow.objects.filter(document="d2").update(number="厦海卫公当罚〔2026〕9号")
    assert [finding.record for finding in audit.findings()] == [f"案件 {number} 文书 d2：number"]


def test_a_hidden_and_an_invented_case_are_found(number: str) -> None:
    DocumentRow.objects.all().delete()
    CaseRow.objects.filter(number=number).update(number="厦海卫案〔2026〕9号")
    assert {finding.found for finding in audit.findings()} == {"none", "a row"}


def test_the_rows_can_be_dropped_and_rebuilt(number: str) -> None:
    before = list(CaseRow.objects.values("number", "stage", "due_on", "unsigned", "publication", "position"))
    assert projections.rebuild() == 1
    assert list(CaseRow.objects.values("number", "stage", "due_on", "unsigned", "publication", "position")) == before
    assert list(audit.findings()) == []
    assert number
