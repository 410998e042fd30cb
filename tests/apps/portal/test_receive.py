"""The portal's only door: what it lets in, what it refuses, and that it never shows two things under one address."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from tests.apps.portal.published import NOON, SHEET, bundle, content, publish
from tests.core.ledger.makers import COSIGNER, LOG, OLD_LOG, POLICY, SECOND
from zhunsheng.apps.portal import queries
from zhunsheng.apps.portal.commands import BundleRefusedError, receive
from zhunsheng.core.ledger.canonical import canonical
from zhunsheng.core.ledger.policy import DatedKey, Policy

pytestmark = pytest.mark.usefixtures("fresh_db")


def shown() -> list[str]:
    return [row.id for row in queries.listing().rows]


def refuse(given: bytes, pdf: bytes = SHEET) -> None:
    before = [(row.id, row.proof, row.change) for row in queries.changes(0)]
    with pytest.raises(BundleRefusedError):
        receive(given, pdf, policy=POLICY, at=NOON)
    assert [(row.id, row.proof, row.change) for row in queries.changes(0)] == before


def test_a_witnessed_bundle_is_shown_with_its_bytes() -> None:
    given = bundle(content(), COSIGNER)
    receipt = receive(given, SHEET, policy=POLICY, at=NOON)
    assert (receipt.address, receipt.proof, receipt.change) == ("/p/p1", "witnessed", 1)
    found = queries.detail("p1")
    assert found is not None
    assert found.bundle.encode() == given
    assert found.content == canonical(content()).decode()
    assert queries.pdf("p1") == SHEET


def test_the_same_bundle_twice_changes_nothing() -> None:
    first = publish()
    assert publish(at=NOON.replace(hour=9)) == first
    assert [row.published_at for row in queries.changes(0)] == [NOON]


def test_a_pending_proof_grows_into_a_witnessed_one_and_the_feed_says_so() -> None:
    assert publish(witnessed=False).proof == "pending"
    receipt = publish(at=NOON.replace(hour=9))
    assert (receipt.proof, receipt.change) == ("witnessed", 2)
    assert [(row.change, row.published_at) for row in queries.changes(1)] == [(2, NOON)]


def test_a_lesser_proof_never_replaces_a_better_one() -> None:
    publish()
    assert publish(witnessed=False).proof == "witnessed"
    nobody = Policy(POLICY.logs, (), 0)
    assert receive(bundle(content()), SHEET, policy=nobody, at=NOON).proof == "witnessed"
    found = queries.detail("p1")
    assert found is not None
    assert found.bundle.encode() == bundle(content(), COSIGNER)


def test_without_witnesses_in_the_policy_the_proof_is_called_signed() -> None:
    assert receive(bundle(content()), SHEET, policy=Policy(POLICY.logs, (), 0), at=NOON).proof == "signed"


def test_it_refuses_other_content_under_the_same_id() -> None:
    publish()
    refuse(bundle(content(result="罚款 500.00 元"), COSIGNER))
    assert queries.listing().rows[0].result == "警告"


def test_it_refuses_a_text_changed_after_the_ledger_committed_to_it() -> None:
    refuse(bundle(content(), COSIGNER).replace("沁园春".encode(), "如梦令".encode()))
    assert shown() == []


def test_it_refuses_a_log_that_the_policy_does_not_name() -> None:
    refuse(bundle(content(), COSIGNER, log=OLD_LOG))


def test_a_witness_of_nobody_is_no_witness() -> None:
    assert receive(bundle(content(), SECOND), SHEET, policy=POLICY, at=NOON).proof == "pending"


def test_a_retired_log_key_without_witnesses_is_refused() -> None:
    retired = Policy((DatedKey(LOG.key, until=NOON.date()),), POLICY.witnesses, 1)
    with pytest.raises(BundleRefusedError):
        receive(bundle(content()), SHEET, policy=retired, at=NOON)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 another sheet", SHEET + b"\n"])
def test_it_refuses_a_pdf_that_was_not_approved(pdf: bytes) -> None:
    refuse(bundle(content(), COSIGNER), pdf)


def test_it_refuses_a_pdf_that_the_content_does_not_name() -> None:
    page = content()
    del page["pdf_sha256"]
    refuse(bundle(page, COSIGNER))
    assert receive(bundle(page, COSIGNER), b"", policy=POLICY, at=NOON).proof == "witnessed"


@pytest.mark.parametrize(
    "given",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format":"zhunsheng-bundle/1"}', b"\0" * 10],
    ids=["empty", "object", "list", "null", "no-utf8", "deep", "bare", "nul"],
)
def test_it_refuses_what_is_no_bundle(given: bytes) -> None:
    refuse(given)


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "zhunsheng-publication/2"},
        {"publication": "../../etc"},
        {"publication": ""},
        {"publication": "p" * 41},
        {"title": None},
        {"title": "a\0b"},
        {"decided_on": "2026-13-01"},
        {"decided_on": 20261120},
        {"party": {"name": ["x"]}},
        {"agency": {}},
    ],
    ids=str,
)
def test_it_refuses_content_that_lists_cannot_show(changed: dict[str, Any]) -> None:
    refuse(bundle(content(**changed), COSIGNER))


def test_content_that_is_no_object_is_refused() -> None:
    members = json.loads(bundle(content(), COSIGNER)) | {"content": "[1]"}
    refuse(canonical(members))


def test_a_very_long_title_and_a_very_long_figure_are_shown() -> None:
    publish(title="长" * 5000, cause="9" * 5000)
    assert [row.id for row in queries.listing("99999").rows] == ["p1"]


def test_workers_that_receive_at_once_show_it_once() -> None:
    def worker(n: int) -> int:
        try:
            return publish("p1", witnessed=n % 2 == 0).change
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(worker, range(8)))
    rows = queries.changes(0)
    assert [(row.id, row.proof) for row in rows] == [("p1", "witnessed")]
    assert set(given) <= {1, 2}


def test_workers_that_receive_different_ones_number_the_changes_without_gap() -> None:
    def worker(n: int) -> int:
        try:
            return publish(f"p{n}").change
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        given = sorted(pool.map(worker, range(16)))
    assert given == list(range(1, 17))
    assert [row.change for row in queries.changes(0)] == given
