"""Counting: 民法典 arts 200-204, 民事诉讼法 art. 85, and each law's own rule for days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines.model import Counted, Deadline, Moment, NotATermError, OutOfRangeError, Reason, Step
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.calendar import Calendar, Day, DayKind
from zhunsheng.core.law.parameters import Term, Version, Whose
from zhunsheng.core.law.quantities import Period, PeriodUnit, Value

REST_DAY_RULE = "count.rest_day_shift"

BY_NAME = {
    PeriodUnit.WORKING_DAY: Counted.WORKING_DAYS,
    PeriodUnit.MONTH: Counted.MONTHS,
    PeriodUnit.YEAR: Counted.YEARS,
    PeriodUnit.HOUR: Counted.HOURS,
}

WHY = {
    DayKind.WORKING: Reason.WORKING,
    DayKind.MAKE_UP: Reason.MAKE_UP,
    DayKind.WEEKEND: Reason.WEEKEND,
    DayKind.HOLIDAY: Reason.HOLIDAY,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A parameter that runs, as it stands on the start day."""

    name: str
    title: str
    term: Term
    version: Version[Value]
    period: Period

    @classmethod
    def find(cls, name: str, start: date, book: Book) -> "Rule":
        """Read the rule in force on ``start``: a step of procedure takes the law of its day."""
        parameter = book.parameter(name)
        version = parameter.at(start)
        if parameter.term is None or not isinstance(version.value, Period):
            raise NotATermError(name)
        return cls(name, parameter.title, parameter.term, version, version.value)


def deadline(name: str, start: date, book: Book) -> Deadline:
    """Return the end of the term ``name`` that starts with the event of ``start``.

    For a term that counts backwards ``start`` is the day of the later event (the hearing),
    and the result is the last day on which the earlier act is in time.

    Raises:
        UnknownNameError: there is no such parameter.
        NoRuleError: it has no version in force on ``start``.
        NotATermError: it is not a period, or it is one of hours (use ``moment``).
        OutOfRangeError: the end lies beyond what a date can hold.
    """
    rule = Rule.find(name, start, book)
    if rule.period.unit is PeriodUnit.HOUR:
        raise NotATermError(name)
    counted, counting_basis = counting(rule, start, book)
    try:
        steps = tuple(_steps(rule, counted, start, book.calendar))
        raw = steps[-1].day
        shift = _shift(rule, counted, raw, book.calendar)
    except (OverflowError, ValueError) as error:
        message = f"{name} from {start} ends beyond the last possible date"
        raise OutOfRangeError(message) from error
    shifted_to = shift[-1].day if shift else raw
    return Deadline(
        name=name,
        title=rule.title,
        trigger=rule.term.trigger,
        start=start,
        period=rule.period,
        counted=counted,
        raw=raw,
        shifted_to=shifted_to,
        last=shifted_to if rule.term.whose is Whose.PARTY else raw,
        whose=rule.term.whose,
        provisional=_provisional(counted, (*steps, *shift), rule),
        basis=rule.version.basis,
        confidence=rule.version.confidence,
        explanation=(*steps, *shift),
        calendars=_calendars(start, shifted_to, book.calendar),
        counting_basis=counting_basis,
        shift_basis=book.at(REST_DAY_RULE, start).basis if shift else None,
        backwards=rule.term.backwards,
        note=rule.version.note,
    )


def moment(name: str, start: datetime, book: Book) -> Moment:
    """Return the end of a term in hours; it runs from the stated moment (民法典 art. 201(2)).

    Raises:
        UnknownNameError, NoRuleError: as ``deadline``.
        NotATermError: the term is not in hours.
        OutOfRangeError: the end lies beyond what a date can hold.
    """
    rule = Rule.find(name, start.date(), book)
    if rule.period.unit is not PeriodUnit.HOUR:
        raise NotATermError(name)
    try:
        end = start + timedelta(hours=rule.period.length)
    except OverflowError as error:
        message = f"{name} from {start} ends beyond the last possible date"
        raise OutOfRangeError(message) from error
    return Moment(
        name, rule.title, rule.term.trigger, start, rule.period, end,
        rule.term.whose, rule.version.basis, rule.version.confidence,
    )  # fmt: skip


def counting(rule: Rule, day: date, book: Book) -> tuple[Counted, Citation | None]:
    """Return what the rule counts, and the article that turns its days into working days."""
    named = BY_NAME.get(rule.period.unit)
    if named is not None:
        return named, None
    own = book.resolve(rule.version.basis, day).counting
    if own is not None and own.means_working_days(rule.period):
        return Counted.WORKING_DAYS, own.basis
    return Counted.CALENDAR_DAYS, None


def add_months(start: date, months: int) -> tuple[date, bool]:
    """Return the corresponding day and True, or the month's end and False (民法典 art. 202)."""
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(start.day, last)), start.day <= last


def _steps(rule: Rule, counted: Counted, start: date, calendar: Calendar) -> Iterator[Step]:
    yield _step(calendar.at(start), 0, Reason.START)
    if counted in {Counted.MONTHS, Counted.YEARS}:
        months = rule.period.length * (12 if counted is Counted.YEARS else 1)
        end, corresponds = add_months(start, -months if rule.term.backwards else months)
        yield _step(calendar.at(end), rule.period.length, Reason.CORRESPONDING if corresponds else Reason.MONTH_END)
        return
    number = 0
    days = calendar.before(start) if rule.term.backwards else calendar.after(start)
    for day in days:
        if counted is Counted.CALENDAR_DAYS:
            number += 1
            yield _step(day, number, Reason.COUNTED)
        elif day.works:
            number += 1
            yield _step(day, number, WHY[day.kind])
        else:
            yield _step(day, 0, WHY[day.kind])
        if number == rule.period.length:
            return


def _shift(rule: Rule, counted: Counted, raw: date, calendar: Calendar) -> tuple[Step, ...]:
    """Return the days from a last day that is a rest day to the first working day after it.

    Durations (how long a publication stands) and terms that count backwards do not move.
    """
    if counted is Counted.WORKING_DAYS or rule.term.whose is Whose.NOBODY or rule.term.backwards:
        return ()
    if calendar.at(raw).works:
        return ()
    rest = list(takewhile(lambda day: not day.works, calendar.after(raw)))
    first = calendar.at((rest[-1].day if rest else raw) + timedelta(days=1))
    return (*(_step(day, 0, Reason.REST_SHIFT) for day in rest), _step(first, 0, Reason.SHIFTED))


def _step(day: Day, number: int, reason: Reason) -> Step:
    return Step(day.day, number > 0, number, reason, day.kind, day.name, day.published)


def _provisional(counted: Counted, steps: tuple[Step, ...], rule: Rule) -> bool:
    """Tell whether a calendar still to be published could change the result.

    Counted calendar days are the same whatever the notice says: only the end matters,
    and only where it could move.
    """
    if counted is Counted.WORKING_DAYS:
        return not all(step.published for step in steps[1:])
    if rule.term.whose is Whose.NOBODY or rule.term.backwards:
        return False
    moved = {Reason.REST_SHIFT, Reason.SHIFTED}
    raw = [step for step in steps if step.reason not in moved][-1]
    return not all(step.published for step in (raw, *(s for s in steps if s.reason in moved)))


def _calendars(start: date, end: date, calendar: Calendar) -> tuple[str, ...]:
    first, last = sorted((start.year, end.year))
    return tuple(
        calendar.years[year].version if year in calendar.years else f"{year}: unpublished"
        for year in range(first, last + 1)
    )
