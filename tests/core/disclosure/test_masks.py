"""Hiding: everywhere the same, nothing left over, nothing invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.disclosure.masks import Mask, hide, mark, numbered, plain, strings

NAME = Mask(1, "郑秋分", "从业人员甲", "个人信息：姓名")
WITH_ROLE = Mask(2, "从业人员郑秋分", "从业人员甲", "个人信息：姓名")


def test_every_occurrence_is_hidden() -> None:
    hidden = hide(["郑秋分说：", {"date": "2026-11-20"}, "郑秋分不在。"], [NAME])
    assert "郑秋分" not in "".join(strings(hidden))
    assert str(hidden).count("'mask': 1") == 2


def test_the_longer_original_is_hidden_before_the_name_inside_it() -> None:
    assert plain("安排从业人员郑秋分理发", [NAME, WITH_ROLE]) == "安排从业人员甲理发"


def test_the_publisher_sees_what_the_public_does_not() -> None:
    assert mark("店员郑秋分", [NAME]) == ["店员", {"mark": 1, "original": "郑秋分"}]


def test_equal_originals_share_a_number_and_empty_ones_are_dropped() -> None:
    found = numbered([("甲乙", "一", "理由"), ("", "二", "理由"), ("甲乙", "三", "理由"), ("丙", "四", "理由")])
    assert [(mask.n, mask.original, mask.shown) for mask in found] == [(1, "甲乙", "一"), (2, "丙", "四")]


def test_the_public_part_of_a_mask_says_nothing_of_the_original() -> None:
    assert "郑秋分" not in str(NAME.public())


@given(st.text("甲乙丙丁.*+[(", max_size=30), st.text("甲乙.*+[(", min_size=1, max_size=4))
def test_no_text_keeps_an_original_whatever_its_characters(text: str, original: str) -> None:
    hidden = hide(text, [Mask(1, original, "隐去", "理由")])
    pieces = hidden if isinstance(hidden, list) else [hidden]
    assert all(original not in piece for piece in pieces if isinstance(piece, str))


@pytest.mark.parametrize("masks", [[], [NAME]])
def test_a_text_without_originals_stays_as_it_is(masks: list[Mask]) -> None:
    assert hide("没有名字", masks) == "没有名字"
