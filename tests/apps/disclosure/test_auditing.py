"""What is public is what was approved: the audit compares portal, deliveries and case files."""

import pytest

from tests.apps.disclosure.test_publishing import approved
from zhunsheng.apps.disclosure import auditing
from zhunsheng.apps.disclosure.models import Delivery
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.portal.models import Publication
from zhunsheng.cli import delivering

pytestmark = pytest.mark.usefixtures("world", "bureau")


@pytest.fixture
def public() -> str:
    """A publication that stands on the portal."""
    _number, publication = approved()
    ledger.tick()
    assert delivering.deliver()
    assert [*auditing.findings(), *delivering.differences()] == []
    return publication


def test_a_changed_public_text_is_named(public: str) -> None:
    row = Publication.objects.get(pk=public)
    Publication.objects.filter(pk=public).update(content=row.content.replace("警告", "罚款"))
    assert [(one.code, one.record) for one in delivering.differences()] == [("publication-changed", f"公示 {public}")]


def test_a_swapped_public_pdf_is_named(public: str) -> None:
    Publication.objects.filter(pk=public).update(pdf=b"%PDF-1.7 another")
    assert [one.record for one in delivering.differences()] == [f"公示 {public} 的 PDF"]


def test_a_result_taken_from_the_portal_is_missed(public: str) -> None:
    Publication.objects.filter(pk=public).delete()
    assert [one.code for one in delivering.differences()] == ["publication-missing"]


def test_a_result_that_nobody_approved_is_found(public: str) -> None:
    row = Publication.objects.get(pk=public)
    row.pk, row.change = "p" + "0" * 16, row.change + 1
    row.save(force_insert=True)
    assert [one.expected for one in delivering.differences()] == ["nothing approved"]


def test_a_delivery_of_another_case_is_named(public: str) -> None:
    Delivery.objects.filter(pk=public).update(case="厦海卫案〔2026〕9号")
    assert [one.record for one in auditing.findings()] == [f"公示 {public}"]


def test_deliveries_can_be_rebuilt_and_are_delivered_again_without_harm(public: str) -> None:
    Delivery.objects.all().delete()
    assert [one.found for one in auditing.findings()] == ["none"]
    assert auditing.rebuild() == 1
    assert delivering.deliver()
    assert [*auditing.findings(), *delivering.differences()] == []
    assert Publication.objects.get(pk=public).proof == "witnessed"
