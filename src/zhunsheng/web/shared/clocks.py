"""A deadline as a page shows it: a tag, a last day, and the arithmetic that leads there.

All numbers come from ``core.deadlines``; this module only turns its explanation into
words. Working days are drawn as a strip of days, longer terms as sums by month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import Counted, Deadline, NotATermError, Reason, Step
from zhunsheng.core.deadlines.count import Rule, counting
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.calendar import Calendar
from zhunsheng.core.law.cite import short
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.core.law.parameters import NoRuleError, Whose
from zhunsheng.web.shared import words

STRIP_LIMIT: Final = 16  # days that fit side by side in the narrow column
SOON: Final = 3  # days left from which a term is near

REST: Final = frozenset({Reason.WEEKEND, Reason.HOLIDAY, Reason.REST_SHIFT})
AFTER: Final = frozenset({Reason.REST_SHIFT, Reason.SHIFTED})


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the strip. ``kind`` is a class of the components: ``off``, ``last`` or empty."""

    day: int
    word: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    word: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a term stands today: the tag's words and its tone (``late``, ``now``, ``soon``, ``done``, "")."""

    status: str
    tone: str


@dataclass(frozen=True, slots=True)
class Clock:
    """What ``shared/_clock.html`` shows."""

    name: str
    label: str
    last: date
    status: str
    tone: str
    sentence: str
    strip: tuple[Cell, ...] = ()
    strip_label: str = ""
    sums: tuple[Line, ...] = ()
    article: str = ""
    citation: Citation | None = None
    calendar: str = ""
    provisional: bool = False


def standing(deadline: Deadline, today: date, calendar: Calendar, *, met_on: date | None = None) -> Standing:
    """Return how ``deadline`` stands on ``today``, or how it was met on ``met_on``."""
    working = deadline.counted is Counted.WORKING_DAYS
    if met_on is not None:
        left = days_left(deadline.last, met_on, calendar, working=working)
        late = f"超 {_count(-left, working=working)}完成"
        return Standing("按期完成", "done") if left >= 0 else Standing(late, "late")
    return standing_of(deadline.last, today, calendar, working=working)


def standing_of(last: date, today: date, calendar: Calendar, *, working: bool) -> Standing:
    """Return how a term that ends on ``last`` stands on ``today``; ``working`` when it counts working days."""
    left = days_left(last, today, calendar, working=working)
    if left < 0:
        return Standing(f"超 {_count(-left, working=working)}", "late")
    if left == 0:
        return Standing("今天", "now")
    return Standing(f"还剩 {_count(left, working=working)}", "soon" if left <= SOON else "")


def counts_working_days(term: str, day: date, book: Book) -> bool:
    """Tell whether the term of that name counts working days under the law of ``day``."""
    try:
        rule = Rule.find(term, day, book)
    except (NoRuleError, NotATermError):
        return False
    return counting(rule, day, book)[0] is Counted.WORKING_DAYS


def days_left(last: date, day: date, calendar: Calendar, *, working: bool) -> int:
    """Return the days of the term's own kind from ``day`` to ``last``; negative once it has passed."""
    if not working:
        return (last - day).days
    first, end = sorted((day, last))
    worked = 0
    for step in calendar.after(first):
        if step.day > end:
            break
        worked += step.works
    if day > last:
        return -max(worked, 1)
    # On a rest day before the end there may be no working day left to count, yet today is not the last day.
    return max(worked, 1) if day < last else 0


def _count(days: int, *, working: bool) -> str:
    return f"{days} 个工作日" if working else f"{days} 日"


def clock(deadline: Deadline, today: date, book: Book, *, label: str = "", met_on: date | None = None) -> Clock:
    """Return ``deadline`` with its arithmetic in words, as it stands on ``today``."""
    stands = standing(deadline, today, book.calendar, met_on=met_on)
    strip = _strip(deadline)
    return Clock(
        name=deadline.name.replace(".", "-").replace("_", "-"),
        label=label or deadline.title,
        last=deadline.last,
        status=stands.status,
        tone=stands.tone,
        sentence=_sentence(deadline),
        strip=strip,
        strip_label=f"从{words.short_day(deadline.start)}起的计数",
        sums=() if strip else _sums(deadline),
        article=article_words(deadline.basis, deadline.start, book),
        citation=deadline.basis,
        calendar=_calendar(deadline, book.calendar),
        provisional=deadline.provisional,
    )


def article_words(citation: Citation | None, day: date, book: Book) -> str:
    """Return the article's short name on ``day``; its id when the instrument is not known then; "" for none."""
    if citation is None:
        return ""
    try:
        return short(citation, day, book)
    except CitationError:
        return str(citation)


def _strip(deadline: Deadline) -> tuple[Cell, ...]:
    steps = deadline.explanation
    if deadline.counted is not Counted.WORKING_DAYS or len(steps) > STRIP_LIMIT:
        return ()
    return tuple(_cell(step, last=step.day == deadline.last) for step in steps)


def _cell(step: Step, *, last: bool) -> Cell:
    if step.reason is Reason.START:
        return Cell(step.day.day, "起")
    if not step.counted:
        return Cell(step.day.day, "休", "off")
    return Cell(step.day.day, str(step.number), "last" if last else "")


def _sums(deadline: Deadline) -> tuple[Line, ...]:
    counted = [step for step in deadline.explanation if step.counted]
    lines = [Line(f"{_from(deadline)}，当天不算", "起")]
    if deadline.counted in {Counted.WORKING_DAYS, Counted.CALENDAR_DAYS}:
        lines.append(Line("＋".join(_months(counted)), f"共 {len(counted)} {_unit(deadline)}"))
    if deadline.shifted:
        raw_counts = deadline.last == deadline.raw
        lines.append(Line(f"原始日 {_day(deadline.raw)}", "按此提醒" if raw_counts else "休息日"))
        lines.append(Line(f"顺延后 {_day(deadline.shifted_to)}", "仅供参考" if raw_counts else "期限届满"))
    else:
        lines.append(Line(f"最后一天 {_day(deadline.last)}", "期限届满"))
    return tuple(lines)


def _months(steps: Sequence[Step]) -> list[str]:
    by_month = groupby(steps, key=lambda step: (step.day.year, step.day.month))
    return [f"{month}月 {len(list(days))} 天" for (_, month), days in by_month]


def _unit(deadline: Deadline) -> str:
    return "个工作日" if deadline.counted is Counted.WORKING_DAYS else "天"


def _from(deadline: Deadline) -> str:
    return f"{deadline.trigger.removesuffix('起')}（{words.short_day(deadline.start)}）起"


def _day(day: date) -> str:
    return f"{words.short_day(day)}（{words.weekday(day)}）"


def _sentence(deadline: Deadline) -> str:
    length = length_words(deadline) + ("，按自然日" if deadline.counted is Counted.CALENDAR_DAYS else "")
    said = f"{_from(deadline)}，当天不算；{length}。"
    if deadline.shifted and deadline.whose is Whose.AGENCY:
        said += "本机关的期限能否顺延有争议，所以按原始日提醒。"
    return said


def length_words(deadline: Deadline) -> str:
    """Return the length of a term as the law counts it: ``7 个工作日``, ``60 日``, ``6 个月``."""
    unit = {
        Counted.WORKING_DAYS: "个工作日",
        Counted.CALENDAR_DAYS: "日",
        Counted.MONTHS: "个月",
        Counted.YEARS: "年",
        Counted.HOURS: "小时",
    }[deadline.counted]
    return f"{deadline.period.length} {unit}"


def _calendar(deadline: Deadline, calendar: Calendar) -> str:
    notices = (calendar.years[year].notice for year in _years(deadline) if year in calendar.years)
    named = "、".join(f"《{notice.strip('《》')}》" for notice in notices)
    return f"日历：{named}。" if named else ""


def _years(deadline: Deadline) -> Sequence[int]:
    return sorted({step.day.year for step in deadline.explanation})
