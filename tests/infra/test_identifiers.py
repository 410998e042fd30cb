"""Credit codes and resident numbers, against codes of others and the examples of the standards."""

import json
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.infra.identifiers import birth_date, is_credit_code, is_resident_number, party_code_fault

TODAY = date(2026, 11, 20)
SAMPLE = "11010519491231002X"  # GB 11643, the standard's own example


def test_credit_codes_of_others(vectors: Path) -> None:
    rows = json.loads((vectors / "identifiers" / "uscc.json").read_text(encoding="utf-8"))
    assert len(rows) > 100
    wrong = [row for row in rows if row["valid"] is not None and is_credit_code(row["code"]) != row["valid"]]
    assert wrong == []


def test_resident_numbers_of_others(vectors: Path) -> None:
    rows = json.loads((vectors / "identifiers" / "resident-id.json").read_text(encoding="utf-8"))
    # Accepted on purpose: the region of a number is the one of the day it was given out, not of the birth.
    lenient = "area code did not exist yet in the birth year"
    wrong = [row for row in rows if row["why"] != lenient and is_resident_number(row["id"].upper()) != row["valid"]]
    assert wrong == []


@pytest.mark.parametrize("code", ["9144030071526726XG", "91330100799655058B", "911101085923662400"])
def test_the_credit_codes_of_the_standard(code: str) -> None:
    assert is_credit_code(code)
    assert not is_credit_code(code[:-1] + ("1" if code[-1] != "1" else "2"))
    assert not is_credit_code(code.lower()) or code.isdigit()
    assert not is_credit_code(code[:-1])


def test_the_sample_number_of_the_standard() -> None:
    assert is_resident_number(SAMPLE)
    assert birth_date(SAMPLE) == date(1949, 12, 31)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002x",
        "110105194912310021",
        "11010519490231002X",
        "1１010519491231002X",
        "110105491231002",
        "abc",
    ],
)
def test_it_refuses_a_number_that_is_none(number: str) -> None:
    assert not is_resident_number(number)


def test_nobody_is_born_in_the_future() -> None:
    born = "20260101"
    number = next(f"110105{born}002{c}" for c in "0123456789X" if is_resident_number(f"110105{born}002{c}"))
    assert party_code_fault("citizen", number, today=TODAY) is None
    assert party_code_fault("citizen", number, today=date(2025, 12, 31)) == "bad-resident-number"


@pytest.mark.parametrize(
    ("kind", "code", "fault"),
    [
        ("citizen", SAMPLE, None),
        ("citizen", "91330100799655058B", "bad-resident-number"),
        ("business", SAMPLE, "bad-credit-code"),
        ("organisation", "91330100799655058B", None),
        ("organisation", "91330100799655058C", "bad-credit-code"),
        ("", SAMPLE, None),
        ("", "91330100799655058B", None),
        ("", "91330100799655058C", "bad-party-code"),
    ],
)
def test_the_kind_of_party_says_which_number_it_must_be(kind: str, code: str, fault: str | None) -> None:
    assert party_code_fault(kind, code, today=TODAY) == fault


@pytest.mark.parametrize("number", ["99999919491231002X", "00000019491231002X"])
def test_a_region_that_never_was_is_refused(number: str) -> None:
    assert not any(is_resident_number(number[:-1] + digit) for digit in "0123456789X")
    assert birth_date("not a number") is None
