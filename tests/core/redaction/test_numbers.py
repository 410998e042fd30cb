"""Check digits, on numbers published by others."""

import json
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.core.redaction.numbers import born_on, is_credit_code, is_resident_number, passes_luhn


def test_credit_codes_of_others(vectors: Path) -> None:
    rows = json.loads((vectors / "identifiers" / "uscc.json").read_text(encoding="utf-8"))
    wrong = [row for row in rows if row["valid"] and not is_credit_code(row["code"])]
    assert wrong == []


def test_resident_numbers_with_a_wrong_check_digit_are_refused(vectors: Path) -> None:
    rows = json.loads((vectors / "identifiers" / "resident-id.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in rows if row["valid"] and not is_resident_number(row["id"])] == []
    assert [row["id"] for row in rows if row["checksum_ok"] is False and is_resident_number(row["id"])] == []


@pytest.mark.parametrize("code", ["9144030071526726XG", "91330100799655058B", "911101085923662400"])
def test_credit_codes_of_the_fact_sheet(code: str) -> None:
    assert is_credit_code(code)
    assert not is_credit_code(code[:-1] + ("1" if code[-1] == "0" else "0"))


def test_a_code_with_a_letter_the_alphabet_lacks_is_no_code() -> None:
    assert not is_credit_code("9144030071526726IG")


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("11010519491231002X", date(1949, 12, 31)),
        ("1101 0519 4912 3100 2x", date(1949, 12, 31)),
        ("130503670401001", date(1967, 4, 1)),
        ("110105194913310020", None),
        ("not a number", None),
    ],
)
def test_the_birth_date_in_a_number(number: str, born: date | None) -> None:
    assert born_on(number) == born


def test_a_number_with_no_real_date_or_region_is_no_resident_number() -> None:
    assert is_resident_number("11010519491231002X")
    assert not is_resident_number("01010519491231002X")
    assert not is_resident_number("11010519491331002X")


@pytest.mark.parametrize(("digits", "right"), [("4111111111111111", True), ("4111111111111112", False), ("", False)])
def test_card_numbers(digits: str, right: bool) -> None:  # noqa: FBT001
    assert passes_luhn(digits) is right
