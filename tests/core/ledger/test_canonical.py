"""RFC 8785 against the vectors of its authors, and strict reading against a parser corpus."""

import base64
import json
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.ledger.canonical import (
    MAX_DEPTH,
    CanonicalError,
    Json,
    JsonError,
    canonical,
    canonical_plain,
    parse,
    parse_object,
    sha256,
)

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-(2.0**53) + 1, 2.0**53 - 1)  # beyond, a whole double prints as an integer nobody may write
    | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=20,
)


def double(bits: str) -> float:
    value: float = struct.unpack(">d", bytes.fromhex(bits.zfill(16)))[0]
    return value


@pytest.mark.parametrize("name", ["arrays", "structures", "unicode", "values"])
def test_the_authors_outputs_are_ours(vectors: Path, name: str) -> None:
    got = canonical(parse((vectors / "jcs/input" / f"{name}.json").read_bytes()))
    assert got == (vectors / "jcs/output" / f"{name}.json").read_bytes()
    assert got == bytes.fromhex((vectors / "jcs/outhex" / f"{name}.txt").read_text())


def test_six_thousand_numbers_are_printed_as_ecmascript_prints_them(vectors: Path) -> None:
    lines = (vectors / "jcs/es6-numbers-1-6000.csv").read_text().split()
    wrong = [line for line in lines if canonical(double(line.split(",")[0])).decode() != line.split(",")[1]]
    assert (len(lines), wrong) == (6000, [])


def test_the_numbers_of_appendix_b_are_printed_or_refused(vectors: Path) -> None:
    for sample in json.loads((vectors / "jcs/rfc8785-appendix-b-numbers.json").read_text()):
        value = double(sample["ieee754_hex"])
        if sample["json"] is None:
            with pytest.raises(CanonicalError):
                canonical(value)
        else:
            assert canonical(value).decode() == sample["json"]


def test_what_a_strict_parser_must_reject_is_rejected(vectors: Path) -> None:
    lines = (vectors / "jcs/json-parsing.jsonl").read_text().splitlines()
    cases = [json.loads(line) for line in lines]
    assert sum(case["class"] == "must_reject" for case in cases) == 114
    for case in cases:
        data = base64.b64decode(case["bytes_b64"])
        accepted = accepts(data)
        assert accepted or case["class"] != "must_accept" or "duplicated_key" in case["name"], case["name"]
        assert not accepted or case["class"] != "must_reject", case["name"]


def accepts(data: bytes) -> bool:
    try:
        parse(data)
    except JsonError:
        return False
    return True


@pytest.mark.parametrize(
    "hostile",
    [
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b"1e999",
        rb'"\ud800"',
        rb'{"\udfff":1}',
        b"\xef\xbb\xbf{}",
        b"\xff",
        '"é"'.encode("utf-16"),
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"[" * 100_000,
        b"9" * 5000,
        b"{} {}",
        b"",
    ],
)
def test_what_two_readers_could_read_differently_is_refused(hostile: bytes) -> None:
    with pytest.raises(JsonError):
        parse(hostile)


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)


def test_nothing_longer_than_the_limit_is_even_decoded() -> None:
    with pytest.raises(JsonError, match="5 bytes, at most 4"):
        parse(b"\xff" * 5, max_bytes=4)


def test_an_object_is_asked_for_and_a_list_refused() -> None:
    assert parse_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(JsonError, match="not an object"):
        parse_object(b"[]")


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), "\ud800", {"\ud800": 1}, {"a": float("inf")}])
def test_a_value_without_canonical_form_is_refused(value: Json) -> None:
    with pytest.raises(CanonicalError):
        canonical(value)


def test_a_value_nested_without_end_is_refused_and_does_not_crash() -> None:
    value: list[Json] = []
    value.append(value)
    with pytest.raises(CanonicalError):
        canonical(value)


@given(JSON_VALUES)
def test_reading_and_writing_again_changes_no_byte(value: Json) -> None:
    data = canonical(value)
    assert canonical(parse(data)) == data


def test_sha256_is_sha256() -> None:
    assert sha256(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(
    st.dictionaries(
        st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12),
        st.none()
        | st.text(max_size=40)
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.dictionaries(st.text("abcz_", min_size=1, max_size=4), st.text(max_size=10), max_size=3),
        max_size=14,
    )
)
def test_the_fast_way_writes_the_bytes_of_the_standard(value: dict[str, str | int | dict[str, str] | None]) -> None:
    try:
        expected = canonical(value)
    except CanonicalError:
        with pytest.raises(CanonicalError):
            canonical_plain(value)
    else:
        assert canonical_plain(value) == expected


@pytest.mark.parametrize("value", [{"a": 2**53}, {"a": -(2**53)}, {"a": "\ud800"}])
def test_the_fast_way_refuses_what_the_standard_refuses(value: dict[str, str | int | dict[str, str] | None]) -> None:
    with pytest.raises(CanonicalError):
        canonical_plain(value)
