"""Working days and rest days by the yearly notices of the State Council.

A day not listed in a notice follows the week. A year without a published notice follows the
week too, and whatever was computed through it is *provisional*.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SATURDAY = 5  # date.weekday()


class DayKind(StrEnum):
    WORKING = "working"
    MAKE_UP = "make-up"  # 调休上班: a weekend day that is worked
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # off by notice, whether statutory holiday or shifted rest day


@dataclass(frozen=True, slots=True)
class Day:
    """One day and why it is worked or not. ``name`` is the holiday's (国庆节), or empty."""

    day: date
    kind: DayKind
    name: str = ""
    published: bool = True  # False: no notice for its year is known

    @property
    def works(self) -> bool:
        """Whether it is a working day."""
        return self.kind in {DayKind.WORKING, DayKind.MAKE_UP}


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """What the notices say about one year."""

    year: int
    version: str  # changes whenever the file's content changes
    notice: str  # title of the State Council notice
    off: Mapping[date, str]  # day -> holiday it belongs to
    worked: Mapping[date, str]  # make-up day -> holiday it makes up for
    url: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    years: Mapping[int, CalendarYear]

    def at(self, day: date) -> Day:
        """Return what ``day`` is."""
        year = self.years.get(day.year)
        if year is not None and day in year.off:
            return Day(day, DayKind.HOLIDAY, year.off[day])
        if year is not None and day in year.worked:
            # A notice may also name a weekday (2020-02-03, after the prolonged Spring Festival).
            kind = DayKind.MAKE_UP if day.weekday() >= SATURDAY else DayKind.WORKING
            return Day(day, kind, year.worked[day])
        kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING
        return Day(day, kind, published=year is not None)

    def after(self, day: date) -> Iterator[Day]:
        """Yield the days after ``day``, one by one."""
        while True:
            day += timedelta(days=1)
            yield self.at(day)

    def before(self, day: date) -> Iterator[Day]:
        """Yield the days before ``day``, nearest first."""
        while True:
            day -= timedelta(days=1)
            yield self.at(day)

    @property
    def last_published(self) -> int:
        """The last year with a notice; 0 when there is none."""
        return max(self.years, default=0)
