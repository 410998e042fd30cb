"""Every golden example of the legal fact sheet, and what no example shows."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.deadlines import (
    Counted,
    NotATermError,
    OutOfRangeError,
    Reason,
    add_months,
    deadline,
    moment,
)
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.calendar import DayKind
from zhunsheng.core.law.parameters import NoRuleError, UnknownNameError, Whose
from zhunsheng.infra import lawdata

BOOK = lawdata.book()


def day(words: str) -> date:
    return date.fromisoformat(words)


@pytest.mark.clause("P6.1", partly="computed and explained; early warning and the overdue list are shown elsewhere")
@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        ("hearing.request", "2026-09-28", "2026-10-10"),
        ("hearing.request", "2026-02-13", "2026-02-27"),
        ("publish.result", "2018-09-20", "2018-09-30"),
        ("disclosure.proactive", "2018-09-20", "2018-10-24"),
        ("publish.lists_update", "2018-09-20", "2018-10-24"),
        ("publish.result", "2026-04-30", "2026-05-13"),
        ("publish.other", "2026-09-18", "2026-10-22"),
        ("disclosure.proactive", "2026-09-18", "2026-10-22"),
        ("evidence.preservation", "2026-04-28", "2026-05-11"),
        ("publish.withdraw", "2026-09-30", "2026-10-10"),
        ("enforcement.demand", "2026-09-24", "2026-10-15"),
        ("enforcement.demand", "2026-09-25", "2026-10-15"),
        ("permit.decide", "2026-01-23", "2026-02-27"),
        ("permit.extend", "2026-02-27", "2026-03-12"),
    ],
)
def test_golden_working_days(rule: str, start: str, last: str) -> None:
    found = deadline(rule, day(start), BOOK)
    assert (found.raw, found.shifted_to, found.last) == (day(last),) * 3
    assert (found.counted, found.provisional, found.shifted) == (Counted.WORKING_DAYS, False, False)


@pytest.mark.parametrize(
    ("rule", "start", "raw", "shifted", "whose"),
    [
        ("pay", "2026-09-20", "2026-10-05", "2026-10-08", Whose.PARTY),
        ("decide", "2026-07-04", "2026-10-02", "2026-10-08", Whose.AGENCY),
        ("reconsideration", "2026-08-05", "2026-10-04", "2026-10-08", Whose.PARTY),
        ("litigation", "2026-08-31", "2027-02-28", "2027-03-01", Whose.PARTY),
        ("credit.min", "2026-11-30", "2027-02-28", "2027-02-28", Whose.NOBODY),
        ("credit.serious_min", "2024-02-29", "2025-02-28", "2025-02-28", Whose.NOBODY),
        ("credit.max", "2024-02-29", "2027-02-28", "2027-02-28", Whose.NOBODY),
    ],
)
def test_golden_calendar_terms(rule: str, start: str, raw: str, shifted: str, whose: Whose) -> None:
    found = deadline(rule, day(start), BOOK)
    assert (found.raw, found.shifted_to, found.whose) == (day(raw), day(shifted), whose)


def test_only_the_partys_term_moves_by_itself() -> None:
    party, agency = deadline("pay", day("2026-09-20"), BOOK), deadline("decide", day("2026-07-04"), BOOK)
    assert party.last == party.shifted_to == day("2026-10-08")
    assert agency.last == agency.raw == day("2026-10-02")
    assert party.shifted
    assert agency.shifted
    assert str(party.shift_basis) == "mfd:203.1"


def test_a_duration_never_moves() -> None:
    found = deadline("credit.min", day("2026-11-30"), BOOK)
    assert found.raw.weekday() == 6
    assert (found.last, found.shifted, found.provisional) == (found.raw, False, False)


@pytest.mark.parametrize(
    ("rule", "start", "provisional"),
    [
        ("litigation", "2026-08-31", True),  # ends on a Sunday of a year without a notice
        ("litigation", "2026-09-03", True),  # ends on a Wednesday: it may turn out to be a holiday
        ("hearing.request", "2026-12-24", False),  # ends on 2026-12-31
        ("hearing.request", "2026-12-25", True),
        ("reconsideration", "2026-10-20", False),  # counts to 2026-12-19 and moves within the year
        ("enforcement.demand", "2017-12-31", None),  # before the first day of the book
    ],
)
def test_beyond_the_published_calendar_a_result_is_provisional(
    rule: str, start: str, *, provisional: bool | None
) -> None:
    if provisional is None:
        with pytest.raises(NoRuleError):
            deadline(rule, day(start), BOOK)
    else:
        assert deadline(rule, day(start), BOOK).provisional is provisional


def test_each_law_has_its_own_rule_for_days() -> None:
    start = day("2026-03-02")
    counted = {name: deadline(name, start, BOOK).counted for name in ("pay", "service", "hearing.request", "decide")}
    assert counted == {
        "pay": Counted.CALENDAR_DAYS,  # 15: not among 2, 3, 5, 7
        "service": Counted.WORKING_DAYS,  # 7
        "hearing.request": Counted.WORKING_DAYS,  # 5
        "decide": Counted.CALENDAR_DAYS,  # 90
    }
    assert deadline("seizure", start, BOOK).counted is Counted.CALENDAR_DAYS  # 30 > 10
    assert deadline("enforcement.demand", start, BOOK).counted is Counted.WORKING_DAYS  # 10
    assert deadline("permit.joint", start, BOOK).counted is Counted.WORKING_DAYS  # 45, all of them
    assert deadline("reconsideration.forward", start, BOOK).counted is Counted.WORKING_DAYS  # 5
    assert deadline("litigation.after_reconsideration", start, BOOK).counted is Counted.CALENDAR_DAYS
    assert deadline("transfer.decide", start, BOOK).counted is Counted.CALENDAR_DAYS  # 国令310 has no such rule


def test_the_same_days_counted_otherwise_before_2021() -> None:
    old, new = deadline("service", day("2021-07-14"), BOOK), deadline("service", day("2021-07-15"), BOOK)
    assert (old.counted, old.counting_basis) == (Counted.CALENDAR_DAYS, None)
    assert (new.counted, str(new.counting_basis)) == (Counted.WORKING_DAYS, "xzcff:85")
    assert deadline("hearing.request", day("2018-06-08"), BOOK).raw == day("2018-06-11")


def test_the_explanation_names_every_day_and_why() -> None:
    found = deadline("hearing.request", day("2026-09-28"), BOOK)
    assert [(step.day.day, step.counted, step.reason, step.name) for step in found.explanation] == [
        (28, False, Reason.START, ""),
        (29, True, Reason.WORKING, ""),
        (30, True, Reason.WORKING, ""),
        *((number, False, Reason.HOLIDAY, "国庆节") for number in range(1, 8)),
        (8, True, Reason.WORKING, ""),
        (9, True, Reason.WORKING, ""),
        (10, True, Reason.MAKE_UP, "国庆节"),
    ]
    assert [step.number for step in found.explanation if step.counted] == [1, 2, 3, 4, 5]


def test_the_explanation_of_a_shift_ends_on_the_first_working_day() -> None:
    found = deadline("pay", day("2026-09-20"), BOOK)
    tail = [(step.day, step.reason) for step in found.explanation if step.day >= found.raw]
    assert tail == [
        (day("2026-10-05"), Reason.COUNTED),
        (day("2026-10-06"), Reason.REST_SHIFT),
        (day("2026-10-07"), Reason.REST_SHIFT),
        (day("2026-10-08"), Reason.SHIFTED),
    ]
    assert next(step for step in found.explanation if step.day == found.raw).kind is DayKind.HOLIDAY


def test_a_notice_counts_backwards_and_never_moves_later() -> None:
    found = deadline("hearing.notice", day("2026-10-20"), BOOK)
    assert (found.last, found.backwards) == (day("2026-10-10"), True)
    old = deadline("hearing.notice", day("2018-10-08"), BOOK)  # seven calendar days before: a holiday
    assert (old.raw, old.last, old.shifted) == (day("2018-10-01"), day("2018-10-01"), False)


def test_hours_run_from_the_moment_and_know_no_rest_day() -> None:
    found = moment("seizure.urgent_report", datetime(2026, 9, 30, 22, 15), BOOK)  # noqa: DTZ001  wall time
    assert found.end == datetime(2026, 10, 1, 22, 15)  # noqa: DTZ001
    with pytest.raises(NotATermError):
        deadline("seizure.urgent_report", day("2026-09-30"), BOOK)
    with pytest.raises(NotATermError):
        moment("pay", datetime(2026, 9, 30, 22, 15), BOOK)  # noqa: DTZ001


def test_what_cannot_be_computed_says_so() -> None:
    with pytest.raises(UnknownNameError) as unknown:
        deadline("no.such.rule", day("2026-01-01"), BOOK)
    assert "pay" in unknown.value.known
    with pytest.raises(NotATermError):
        deadline("simple.fine_max.citizen", day("2026-01-01"), BOOK)
    with pytest.raises(OutOfRangeError):
        deadline("pay", date.max, BOOK)
    with pytest.raises(OutOfRangeError):
        deadline("limitation.grave", date.max, BOOK)
    with pytest.raises(OutOfRangeError):
        moment("transfer.hand_over", datetime(9999, 12, 31, 1, 0), BOOK)  # noqa: DTZ001  wall time


@pytest.mark.parametrize(
    ("start", "months", "end", "corresponds"),
    [
        ("2026-08-31", 6, "2027-02-28", False),
        ("2023-08-31", 6, "2024-02-29", False),
        ("2026-01-31", 1, "2026-02-28", False),
        ("2026-12-15", 1, "2027-01-15", True),
        ("2024-02-29", 12, "2025-02-28", False),
        ("2024-02-29", 48, "2028-02-29", True),
        ("2026-03-31", -1, "2026-02-28", False),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_end(
    start: str, months: int, end: str, *, corresponds: bool
) -> None:
    assert add_months(day(start), months) == (day(end), corresponds)


STARTS = st.dates(day("2021-07-15"), day("2026-11-30"))


@given(STARTS)
def test_working_days_agree_with_a_count_made_the_other_way(start: date) -> None:
    found = deadline("hearing.request", start, BOOK)
    span = [start + timedelta(days=n) for n in range(1, (found.last - start).days + 1)]
    assert sum(BOOK.calendar.at(one).works for one in span) == 5
    assert BOOK.calendar.at(found.last).works


@given(STARTS, st.sampled_from(["pay", "service", "reconsideration", "litigation", "decide", "publish.result"]))
def test_a_later_start_never_ends_earlier(start: date, rule: str) -> None:
    assert deadline(rule, start, BOOK).last <= deadline(rule, start + timedelta(days=1), BOOK).last


@given(STARTS)
def test_a_shifted_day_is_the_first_working_day_not_before_the_raw_one(start: date) -> None:
    found = deadline("pay", start, BOOK)
    assert found.raw == start + timedelta(days=15)
    between = [found.raw + timedelta(days=n) for n in range((found.shifted_to - found.raw).days)]
    assert not any(BOOK.calendar.at(one).works for one in between)
    assert BOOK.calendar.at(found.shifted_to).works


def test_days_left_are_counted_to_the_day_to_act() -> None:
    assert deadline("pay", day("2026-09-20"), BOOK).days_left(day("2026-10-09")) == -1


def test_every_term_of_the_book_can_be_computed(lawbook: Book) -> None:
    for name, parameter in lawbook.parameters.items():
        if parameter.term is not None and "report" not in name and "hand_over" not in name and "upload" not in name:
            assert deadline(name, day("2026-06-15"), lawbook).raw != day("2026-06-15")
