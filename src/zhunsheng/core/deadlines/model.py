"""What a computed deadline is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.law.calendar import DayKind
from zhunsheng.core.law.parameters import Confidence, Whose
from zhunsheng.core.law.quantities import Period


class NotATermError(ZhunshengError, LookupError):
    """The parameter exists but is not a period that runs from a day."""

    code: ClassVar[str] = "not-a-term"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is not a term")


class OutOfRangeError(ZhunshengError, ValueError):
    """The term ends beyond the years a date can hold."""

    code: ClassVar[str] = "date-out-of-range"


class Counted(StrEnum):
    """What the term counts."""

    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class Reason(StrEnum):
    """Why a day was counted or passed over."""

    START = "start"  # the day of the event itself: not counted
    COUNTED = "counted"  # a calendar day, whatever it is
    WORKING = "working-day"
    MAKE_UP = "make-up-day"  # a weekend day that is worked
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CORRESPONDING = "corresponding-day"  # same day of the last month
    MONTH_END = "month-end"  # there is no such day in the last month
    REST_SHIFT = "last-day-is-rest"  # passed over because the last day is a rest day
    SHIFTED = "shifted"  # the first working day after it


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the explanation. ``number`` counts from 1; 0 for a day that does not count."""

    day: date
    counted: bool
    number: int
    reason: Reason
    kind: DayKind = DayKind.WORKING
    name: str = ""  # the holiday's name
    published: bool = True  # False: its year has no published calendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a term and how it was found.

    ``last`` is the day to act on: for a party's term ``shifted_to``; for a term of the
    agency ``raw``, because moving an agency's own term past a holiday is arguable
    (assumption A-05); both are always shown.
    """

    name: str
    title: str
    trigger: str
    start: date
    period: Period
    counted: Counted
    raw: date
    shifted_to: date
    last: date
    whose: Whose
    provisional: bool
    basis: Citation
    confidence: Confidence
    explanation: tuple[Step, ...]
    calendars: tuple[str, ...]  # versions of the yearly calendars it was counted by
    counting_basis: Citation | None = None  # the article that makes days working days
    shift_basis: Citation | None = None  # the article that moves a last day
    backwards: bool = False
    note: str = ""

    @property
    def shifted(self) -> bool:
        """Whether the last day is a rest day, so that there is a second date to show."""
        return self.shifted_to != self.raw

    def days_left(self, today: date) -> int:
        """Calendar days from ``today`` to ``last``; negative when it has passed."""
        return (self.last - today).days


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a term in hours: it begins at the stated moment and passes over nothing."""

    name: str
    title: str
    trigger: str
    start: datetime
    period: Period
    end: datetime
    whose: Whose
    basis: Citation
    confidence: Confidence
