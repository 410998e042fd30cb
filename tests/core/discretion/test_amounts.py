"""Amounts of an article and of its benchmark, in fen."""

from datetime import date

import pytest

from zhunsheng.core.discretion import benchmark_for, bounds, choices, fitting, step_of
from zhunsheng.core.law.items import FineRange
from zhunsheng.core.law.quantities import Fen
from zhunsheng.infra import lawdata

DAY = date(2026, 6, 1)
MULTIPLE = FineRange("违法所得二倍以上十倍以下", times=(2, 10), base_floor=Fen(1_000_000))


@pytest.mark.parametrize(("gains", "low", "high"), [(0, 2_000_000, 10_000_000), (1_000_001, 2_000_002, 10_000_010)])
def test_a_multiple_is_never_taken_of_less_than_the_floor(gains: int, low: int, high: int) -> None:
    (tier,) = bounds((MULTIPLE,), Fen(gains))
    assert (tier.low, tier.high) == (low, high)
    assert tier.allows(Fen(low))
    assert tier.allows(Fen(high))
    assert not tier.allows(Fen(low - 1))
    assert not tier.allows(Fen(high + 1))


def test_nothing_is_no_fine() -> None:
    (tier,) = bounds((FineRange("5000元以下", high=Fen(500_000)),), Fen(0))
    assert not tier.allows(Fen(0))


def test_the_tier_for_being_overdue_is_open_to_the_overdue_alone() -> None:
    tiers = bounds(lawdata.book().item("waste-sorting").fines, Fen(0))
    assert [tier.when for tier in fitting(tiers, overdue=False)] == [""]
    assert len(fitting(tiers, overdue=True)) == 2


def test_a_step_of_a_multiple_rounds_towards_the_inside() -> None:
    step = step_of("physician-unqualified.1", "physician-unqualified", DAY, lawdata.book())
    assert step is not None
    assert step.bounds(Fen(1_000_003)) == (Fen(2_000_006), Fen(4_000_012))


def test_an_item_without_benchmark_offers_no_choice() -> None:
    book = lawdata.book()
    assert benchmark_for("waste-training", DAY, book) is None
    assert choices("waste-training", DAY, book) == ()
    assert step_of("waste-sorting.1", "waste-training", DAY, book) is None
    assert [step.label for step in choices("waste-sorting", DAY, book)] == ["较轻", "一般", "较重", "逾期不改正"]


def test_a_benchmark_of_a_later_law_is_not_used_before() -> None:
    assert benchmark_for("physician-unqualified", date(2020, 1, 1), lawdata.book()) is None
