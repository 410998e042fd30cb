"""Numbers as they are printed, and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.documents.numbers import Numbering, case_number, normalise

DECISION = Numbering("spot-decision", "{area}卫{mark}当罚〔{year}〕{serial}号")
RECORD = Numbering("onsite-record", "{year}—{serial:04}")


def test_a_symbol_has_hexagonal_brackets_and_no_leading_zeros() -> None:
    assert DECISION.number(area="厦海", mark="公", year=2026, serial=1) == "厦海卫公当罚〔2026〕1号"


def test_a_plain_number_has_four_digits() -> None:
    assert RECORD.number(area="厦海", mark="公", year=2026, serial=1) == "2026—0001"


def test_a_preview_leaves_the_serial_open() -> None:
    assert DECISION.open_number(area="厦海", mark="公", year=2026) == "厦海卫公当罚〔2026〕__号"
    assert RECORD.open_number(area="厦海", mark="公", year=2026) == "2026—__"


def test_a_case_has_a_number_of_its_own() -> None:
    assert case_number(area="厦海", year=2026, serial=12) == "厦海卫案〔2026〕12号"


@pytest.mark.parametrize(
    "typed",
    [
        "厦海卫公当罚〔2026〕1号",
        "厦海卫公当罚【2026】1号",
        "厦海卫公当罚[2026]001号",
        "厦海卫公当罚［2026］1号",
        "厦海卫公当罚（2026）1号",
        "厦海卫公当罚(2026)1",
        " 厦海卫公当罚 〔２０２６〕 第1 号 ",
        "厦海卫公当罚〔2026〕\u30001号",
    ],
)
def test_any_bracket_and_any_space_finds_the_document(typed: str) -> None:
    assert normalise(typed) == "厦海卫公当罚〔2026〕1号"


@pytest.mark.parametrize("typed", ["2026—0001", "2026-1", "2026 - 0001", "２０２６－０００１", "2026——0001"])
def test_any_dash_finds_the_record(typed: str) -> None:
    assert normalise(typed) == "2026—0001"


@pytest.mark.parametrize("typed", ["", "浣溪沙", "〔〕号", "2026", "厦海卫公当罚〔26〕1号", "厦海卫公当罚〔2026〕__号"])
def test_what_is_no_number_stays_what_it_is(typed: str) -> None:
    assert normalise(typed) == typed


@given(st.integers(1, 10**8), st.integers(1949, 9999))
def test_a_printed_number_is_its_own_normal_form(serial: int, year: int) -> None:
    for numbering in (DECISION, RECORD):
        number = numbering.number(area="厦海", mark="医", year=year, serial=serial)
        assert normalise(number) == number


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


NOTICE = Numbering("penalty", "{area}卫{mark}罚告〔{year}〕{serial}号")
PENALTY = Numbering("penalty", "{area}卫{mark}罚〔{year}〕{serial}号", follows="prior-notice")


@pytest.mark.parametrize("typed", ["厦海卫医罚告〔2026〕12号", "厦海卫医罚告【2026】012号", "厦海卫医罚告（2026）12"])
def test_the_decision_takes_over_the_number_of_its_notice(typed: str) -> None:
    assert PENALTY.after(typed, area="厦海", mark="医") == "厦海卫医罚〔2026〕12号"


def test_a_report_takes_over_the_number_of_the_filing() -> None:
    assert RECORD.after("2026—0041", area="厦海", mark="医") == "2026—0041"


def test_the_number_of_a_notice_of_last_year_stays_of_last_year() -> None:
    notice = NOTICE.number(area="厦海", mark="医", year=2026, serial=120)
    assert PENALTY.after(notice, area="厦海", mark="医") == "厦海卫医罚〔2026〕120号"


@pytest.mark.parametrize("text", ["", "没有文号", "厦海卫医罚告〔2026〕__号"])
def test_what_is_no_number_is_followed_by_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        PENALTY.after(text, area="厦海", mark="医")
