"""Headers, commitments and entries: one value, one spelling, and the bytes fixed for ever."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.ledger.makers import NOON, header
from zhunsheng.core.ledger.canonical import canonical, parse_object, sha256
from zhunsheng.core.ledger.commitment import (
    Header,
    HeaderError,
    digest_from_hex,
    event_commitment,
    instant,
    payload_commitment,
)
from zhunsheng.core.ledger.entry import Entry, EntryError
from zhunsheng.core.ledger.tree import leaf_hash

SALT, HASH = b"\x05" * 32, b"\xab" * 32
HEADER = replace(header(2, "document.filed", HASH), claimed_at=NOON - timedelta(minutes=3))
VECTOR_HEADER = (
    b'{"actor":"account-7","agency":"agency-1","claimed_at":null,"idempotency_key":"key-1","kind'
    b'":"case.opened","lawdata":"abababababababababababababababababababababababababababababababa'
    b'b","legal_date":"2026-03-02","payload":"7df2ae35da50ab0351f226c1e2449bbc0b3ea24db9c1961a4e'
    b'3d3129495a5c7f","position":1,"recorded_at":"2026-03-02T04:00:00.000000Z","request_digest":'
    b'"1f58b9145b24d108d7ac38887338b3ea3229833b9c1e418250343f907bfd1047","schema":1,"stream":{"k'
    b'ey":"case-1","kind":"case"},"suite":"zs1"}'
)
PUBLICATION = Entry(HASH, sha256(b"page"), sha256(b"decision"))


def test_the_bytes_of_suite_zs1_never_change() -> None:
    """The vector of docs/spec/ledger-entry.md: whoever changes it breaks every proof given out."""
    payload = payload_commitment(SALT, b'{"number":"1"}')
    assert payload.hex() == "7df2ae35da50ab0351f226c1e2449bbc0b3ea24db9c1961a4e3d3129495a5c7f"
    head = header(1, "case.opened", payload).encode()
    assert head == VECTOR_HEADER
    assert event_commitment(head).hex() == "6c81557c18599dfddfe89fb88b20ff8f3d2bff783adb6c01c8d27f168f45b1c8"
    entry = Entry(event_commitment(head)).encode()
    assert leaf_hash(entry).hex() == "cecabbc6609656d926d715d208cfcd48d1532fd7b734b7fb4127b8c497bc79d4"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        payload_commitment(b"x" * size, b"body")


def test_equal_payloads_do_not_show_as_equal() -> None:
    assert payload_commitment(SALT, b"{}") != payload_commitment(b"\x06" * 32, b"{}")


def test_a_header_reads_as_it_was_written() -> None:
    assert Header.parse(HEADER.encode()) == HEADER
    bare = replace(HEADER, claimed_at=None, idempotency_key=None, request_digest=None)
    assert Header.parse(bare.encode()) == bare


def test_no_byte_of_a_header_can_change_without_changing_the_commitment_or_being_refused() -> None:
    data = HEADER.encode()
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert event_commitment(changed) != event_commitment(data)
        with suppress(HeaderError):
            assert Header.parse(changed) != HEADER


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("suite", "zs2"),
        ("position", "2"),
        ("position", True),
        ("position", 2**60),
        ("position", 2.5),
        ("schema", None),
        ("kind", 1),
        ("stream", "case"),
        ("stream", {"kind": "case"}),
        ("stream", {"kind": "case", "key": "case-1", "more": 1}),
        ("legal_date", "2026-02-30"),
        ("legal_date", "20260302"),
        ("recorded_at", "2026-03-02T04:00:00Z"),
        ("recorded_at", "2026-03-02T04:00:00.000000+00:00"),
        ("claimed_at", 5),
        ("request_digest", "AB"),
        ("request_digest", "xy"),
        ("payload", "AB" * 32),
        ("payload", "ab" * 31),
        ("payload", None),
        ("more", 1),
    ],
)
def test_a_header_of_another_shape_is_refused(member: str, value: object) -> None:
    raw: dict[str, object] = dict(parse_object(HEADER.encode()))
    raw[member] = value
    # Written plainly: canonical() would refuse some of these.
    data = json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(HeaderError):
        Header.parse(data)


@pytest.mark.parametrize("member", sorted(parse_object(HEADER.encode())))
def test_a_header_without_a_member_is_refused(member: str) -> None:
    raw = parse_object(HEADER.encode())
    del raw[member]
    with pytest.raises(HeaderError):
        Header.parse(canonical(raw))


def test_spaces_are_another_spelling_and_refused() -> None:
    with pytest.raises(HeaderError, match="canonical"):
        Header.parse(HEADER.encode() + b" ")
    with pytest.raises(EntryError, match="canonical"):
        Entry.parse(PUBLICATION.encode() + b" ")


def test_times_are_written_in_utc_whatever_zone_they_came_in() -> None:
    china = timezone(timedelta(hours=8))
    assert instant(datetime(2026, 3, 2, 12, tzinfo=china)) == instant(NOON) == "2026-03-02T04:00:00.000000Z"
    assert instant(datetime(999, 1, 1, tzinfo=UTC)) == "0999-01-01T00:00:00.000000Z"
    with pytest.raises(ValueError, match="zone"):
        instant(datetime(2026, 3, 2, 12))  # noqa: DTZ001  # the mistake under test


@given(st.datetimes(timezones=st.just(UTC)), st.dates(), st.text(), st.integers(1, 2**53 - 1))
def test_every_header_reads_as_it_was_written(at: datetime, day: date, text: str, position: int) -> None:
    head = replace(HEADER, recorded_at=at, legal_date=day, stream_key=text, position=position)
    assert Header.parse(head.encode()) == head


# --- Entries ---


def test_an_entry_reads_as_it_was_written_and_names_nobody() -> None:
    plain = Entry(HASH)
    assert plain.encode() == b'{"commitment":"' + HASH.hex().encode() + b'","suite":"zs1"}'
    assert (Entry.parse(plain.encode()), Entry.parse(PUBLICATION.encode())) == (plain, PUBLICATION)
    assert set(parse_object(PUBLICATION.encode())) == {"commitment", "suite", "public", "of"}


def test_half_a_publication_is_no_entry() -> None:
    with pytest.raises(ValueError, match="together"):
        Entry(HASH, public=HASH)
    with pytest.raises(EntryError):
        Entry.parse(canonical({"commitment": HASH.hex(), "suite": "zs1", "of": HASH.hex()}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"suite":"zs1"}',
        b'{"commitment":"' + b"AB" * 32 + b'","suite":"zs1"}',
        b'{"commitment":"' + b"ab" * 32 + b'","suite":"zs2"}',
        b'{"commitment":"' + b"ab" * 32 + b'","more":1,"suite":"zs1"}',
        b'{"commitment":"' + "é".encode() * 64 + b'","suite":"zs1"}',
        b'{"commitment":"' + b"ab" * 2000 + b'","suite":"zs1"}',
    ],
)
def test_an_entry_of_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(EntryError):
        Entry.parse(data)


@pytest.mark.parametrize("value", ["AB" * 32, "ab" * 33, "zz" * 32, " " + "ab" * 32, None, 5])
def test_a_digest_has_one_spelling(value: str | int | None) -> None:
    with pytest.raises(ValueError, match=r"hex|non-hexadecimal"):
        digest_from_hex(value)
