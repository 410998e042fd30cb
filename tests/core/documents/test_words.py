"""Money, days and times in the words of a document."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.documents.words import Piece, capitals, day_words, figures, money_words, plain, time_words

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [  # 支付结算办法, annex 1, and the corners of the number system
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (1070 * 10**2 + 53, "壹仟零柒拾元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (1000, "壹拾元整"),
        (20000, "贰佰元整"),
        (300000, "叁仟元整"),
        (10**6, "壹万元整"),
        (10_000_500, "壹拾万零伍元整"),
        (10**10, "壹亿元整"),
        (10**10 + 100, "壹亿零壹元整"),
        (10_010_000 * 100, "壹仟零壹万元整"),
    ],
)
def test_formal_capitals(fen: int, words: str) -> None:
    assert capitals(fen) == words


def _value(words: str) -> int:
    """Read formal capitals back, by the rules a clerk reads them with: yuan and fen as fen."""
    yuan, _, small = words.removesuffix("整").rpartition("元")
    total = group = digit = 0
    for char in yuan:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in UNITS:
            group, digit = group + digit * UNITS[char], 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[char], 0, 0
    fen = (total + group + digit) * 100
    for char in small:
        if char in DIGITS:
            digit = DIGITS.index(char)
        else:
            fen += digit * {"角": 10, "分": 1}[char]
    return fen


@given(st.integers(1, 10**13))
def test_capitals_say_the_same_as_the_figures(fen: int) -> None:
    assert _value(capitals(fen)) == fen
    assert round(float(figures(fen).removesuffix("元").replace(",", "")) * 100) == fen
    assert "零零" not in capitals(fen)


def test_figures_and_capitals_stand_together() -> None:
    assert money_words(360050) == "3,600.50元（大写：人民币叁仟陆佰元伍角整）"


def test_days_and_times_have_no_leading_zero_but_in_the_minutes() -> None:
    assert day_words(date(2026, 1, 8)) == "2026年1月8日"
    assert time_words(datetime(2026, 10, 8, 9, 5)) == "2026年10月8日9时05分"  # noqa: DTZ001  local, as written on the sheet


def test_pieces_become_one_sentence() -> None:
    pieces: list[Piece] = ["于", {"time": "2026-10-08T09:05"}, "罚", {"money": 100}, "（", {"yuan": 100}]
    pieces += [{"date": "2026-10-08"}, "）", {"cite": "xzcff:51", "text": "《行政处罚法》"}]
    pieces += [{"del": "甲", "ins": "乙", "n": 1}, {"pages": True}]
    assert plain(pieces) == "于2026年10月8日9时05分罚1元（大写：人民币壹元整）（1元2026年10月8日）《行政处罚法》乙"
    assert plain("一句话") == "一句话"
