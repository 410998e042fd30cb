"""Rest days and make-up days, against two calendars that others keep."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from zhunsheng.core.law.calendar import DayKind
from zhunsheng.infra import lawdata

CALENDAR = lawdata.book().calendar
YEARS = range(2018, 2027)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_the_published_package(year: int) -> None:
    day, wrong = date(year, 1, 1), []
    while day.year == year:
        if CALENDAR.at(day).works != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_every_listed_day_agrees_with_the_notices(vectors: Path) -> None:
    listed = [json.loads(path.read_text()) for path in sorted((vectors / "calendar").glob("20*.json"))]
    listed.append(json.loads((vectors / "calendar" / "carried-over.json").read_text()))
    days = [entry for year in listed for entry in year["days"]]
    assert len(days) > 100
    for entry in days:
        found = CALENDAR.at(date.fromisoformat(entry["date"]))
        assert (found.works, found.name) == (not entry["isOffDay"], entry["name"])


def test_a_make_up_day_is_a_weekend_day_that_is_worked() -> None:
    found = CALENDAR.at(date(2026, 10, 10))
    assert (found.kind, found.name, found.works) == (DayKind.MAKE_UP, "国庆节", True)


def test_a_weekday_named_as_worked_is_a_plain_working_day() -> None:
    found = CALENDAR.at(date(2020, 2, 3))
    assert (found.kind, found.works) == (DayKind.WORKING, True)


def test_an_unpublished_year_follows_the_week_and_says_so() -> None:
    assert CALENDAR.last_published == 2026
    national_day, saturday = CALENDAR.at(date(2027, 10, 1)), CALENDAR.at(date(2027, 10, 2))
    assert (national_day.kind, national_day.published) == (DayKind.WORKING, False)
    assert (saturday.kind, saturday.published) == (DayKind.WEEKEND, False)


def test_days_that_only_the_next_years_notice_ruled_on_are_there() -> None:
    assert CALENDAR.at(date(2018, 12, 29)).kind is DayKind.MAKE_UP
    assert CALENDAR.at(date(2018, 12, 31)).kind is DayKind.HOLIDAY
