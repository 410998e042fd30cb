"""A legal number has a date, a unit and a source; a repeal is an entry."""

from datetime import date

import pytest

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.parameters import Confidence, Dated, NoRuleError, Repeal, RepealedRuleError, Version
from zhunsheng.core.law.quantities import Fen, Period, PeriodUnit
from zhunsheng.infra import lawdata

BOOK = lawdata.book()
BASIS = Citation("xzcff", 51)


def version(since: date, yuan: int) -> Version[Fen]:
    return Version(since, Fen.of_yuan(yuan), BASIS, Confidence.TEXT, "test")


@pytest.mark.parametrize(
    ("name", "day", "yuan"),
    [
        ("simple.fine_max.citizen", date(2018, 6, 4), 50),
        ("simple.fine_max.citizen", date(2021, 7, 14), 50),
        ("simple.fine_max.citizen", date(2021, 7, 15), 200),
        ("simple.fine_max.organisation", date(2021, 7, 14), 1_000),
        ("simple.fine_max.organisation", date(2021, 7, 15), 3_000),
        ("simple.cash_max", date(2021, 7, 14), 20),
        ("simple.cash_max", date(2030, 1, 1), 100),
    ],
)
def test_money_the_day_before_and_the_day_of_the_change(name: str, day: date, yuan: int) -> None:
    assert BOOK.fen(name, day) == Fen.of_yuan(yuan)


@pytest.mark.parametrize(
    ("name", "day", "period"),
    [
        ("hearing.request", date(2021, 7, 14), Period(3, PeriodUnit.DAY)),
        ("hearing.request", date(2021, 7, 15), Period(5, PeriodUnit.DAY)),
        ("decide", date(2021, 7, 14), Period(3, PeriodUnit.MONTH)),
        ("decide", date(2021, 7, 15), Period(90, PeriodUnit.DAY)),
        ("service.public_notice", date(2021, 12, 31), Period(60, PeriodUnit.DAY)),
        ("service.public_notice", date(2022, 1, 1), Period(30, PeriodUnit.DAY)),
        ("disclosure.answer", date(2019, 5, 14), Period(15, PeriodUnit.WORKING_DAY)),
        ("disclosure.answer", date(2019, 5, 15), Period(20, PeriodUnit.WORKING_DAY)),
        ("publish.result", date(2018, 6, 4), Period(7, PeriodUnit.WORKING_DAY)),
        ("credit.max", date(2026, 3, 31), Period(3, PeriodUnit.YEAR)),
        ("credit.max", date(2026, 4, 1), Period(1, PeriodUnit.YEAR)),
    ],
)
def test_periods_the_day_before_and_the_day_of_the_change(name: str, day: date, period: Period) -> None:
    assert BOOK.period(name, day) == period


def test_the_order_of_remedies_changes_in_2024() -> None:
    name = "simple.reconsideration_first"
    assert (BOOK.choice(name, date(2023, 12, 31)), BOOK.choice(name, date(2024, 1, 1))) == ("choice", "first")
    body = "reconsideration.body"
    assert BOOK.choice(body, date(2023, 12, 31)) == "government-or-superior"
    assert BOOK.choice(body, date(2024, 1, 1)) == "government"


def test_no_rule_yet_and_rule_repealed_are_two_answers() -> None:
    dated: Dated[Fen] = Dated(
        "limit",
        [
            version(date(2018, 1, 1), 50),
            Repeal(date(2020, 1, 1), BASIS, Confidence.TEXT, "test"),
            version(date(2022, 1, 1), 200),
        ],
    )
    with pytest.raises(NoRuleError) as early:
        dated.at(date(2017, 12, 31))
    assert early.value.code == "no-rule"
    with pytest.raises(RepealedRuleError, match="repealed") as gone:
        dated.at(date(2021, 12, 31))
    assert (gone.value.code, gone.value.since) == ("rule-repealed", date(2020, 1, 1))
    assert dated.at(date(2019, 12, 31)).value == 5_000
    assert dated.at(date(2022, 1, 1)).value == 20_000
    assert dated.until(date(2018, 5, 1)) == date(2020, 1, 1)
    assert dated.until(date(2022, 5, 1)) is None


@pytest.mark.parametrize("days", [[], [date(2020, 1, 1), date(2018, 1, 1)], [date(2018, 1, 1), date(2018, 1, 1)]])
def test_entries_out_of_order_do_not_start(days: list[date]) -> None:
    with pytest.raises(ValueError, match="sorted"):
        Dated("limit", [version(day, 1) for day in days])


def test_a_number_asked_for_in_the_wrong_unit_is_our_own_slip() -> None:
    with pytest.raises(TypeError, match="not a Fen"):
        BOOK.fen("pay", date(2026, 1, 1))
    with pytest.raises(TypeError, match="not a Period"):
        BOOK.period("officers.minimum", date(2026, 1, 1))
    assert BOOK.number("officers.minimum", date(2026, 1, 1)) == 2


def test_a_period_lasts_at_least_one_unit() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Period(0, PeriodUnit.DAY)


def test_every_entry_says_where_it_comes_from() -> None:
    for name, parameter in BOOK.parameters.items():
        for entry in parameter.dated.entries:
            assert entry.source.strip(), name
            assert BOOK.resolve(entry.basis, entry.since).id == entry.basis.instrument, name
