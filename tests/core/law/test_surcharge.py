"""Three per cent a day, never more than the fine, and not while a remedy runs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.law.surcharge import days_late, for_days
from zhunsheng.infra import lawdata

BOOK = lawdata.book()
NOW = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "percent", "capped"),
    [(0, 0, False), (1, 3, False), (33, 99, False), (34, 100, True), (35, 100, True), (1_000, 100, True)],
)
def test_golden_ceiling(days: int, percent: int, *, capped: bool) -> None:
    found = for_days(Fen.of_yuan(2_000), days, NOW, BOOK)
    assert (found.amount, found.capped) == (Fen.of_yuan(20) * percent, capped)


@given(st.integers(0, 10**10), st.integers(0, 2_000))
def test_it_never_exceeds_the_fine_and_never_shrinks(fine: int, days: int) -> None:
    today, tomorrow = (for_days(Fen(fine), n, NOW, BOOK).amount for n in (days, days + 1))
    assert 0 <= today <= tomorrow <= fine


def test_a_fraction_of_a_fen_is_dropped() -> None:
    assert for_days(Fen(50), 1, NOW, BOOK).amount == 1  # 1.5 fen


def test_the_basis_is_that_of_the_day() -> None:
    assert str(for_days(Fen(100), 1, NOW, BOOK).basis) == "xzcff:72.1.1"
    assert str(for_days(Fen(100), 1, date(2018, 6, 22), BOOK).basis) == "xzcff:51"
    with pytest.raises(NoRuleError):
        for_days(Fen(100), 1, date(2017, 1, 1), BOOK)


@pytest.mark.parametrize(("fine", "days"), [(-1, 1), (1, -1)])
def test_nothing_is_negative(fine: int, days: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        for_days(Fen(fine), days, NOW, BOOK)


def test_days_of_a_remedy_do_not_count() -> None:
    due, paid = date(2026, 10, 8), date(2026, 10, 20)
    assert days_late(due, paid) == 12
    assert days_late(due, due) == 0
    assert days_late(due, date(2026, 10, 1)) == 0
    assert days_late(due, paid, [(date(2026, 10, 10), date(2026, 10, 14))]) == 7
    overlapping = [(date(2026, 10, 10), date(2026, 10, 14)), (date(2026, 10, 12), date(2026, 10, 16))]
    assert days_late(due, paid, overlapping) == 5
    assert days_late(due, paid, [(date(2026, 1, 1), date(2026, 12, 31))]) == 0
