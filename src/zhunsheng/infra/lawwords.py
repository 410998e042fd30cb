"""Numbers, periods and deadlines in Chinese: for pages and for the command line.

个工作日 and 日 are never mixed; a date that rests on an unpublished calendar is 暂定.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from zhunsheng.core.deadlines import Counted, Deadline, Moment, Reason, Step
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.calendar import DayKind
from zhunsheng.core.law.cite import short
from zhunsheng.core.law.parameters import Confidence, Whose
from zhunsheng.core.law.quantities import Choice, Fen, Number, Percent, Period, PeriodUnit, Value

WEEK: Final = "一二三四五六日"
WHOSE: Final = {Whose.PARTY: "当事人的期限", Whose.AGENCY: "机关的期限", Whose.NOBODY: "持续的时间"}
UNITS: Final = {
    PeriodUnit.DAY: "日",
    PeriodUnit.WORKING_DAY: "个工作日",
    PeriodUnit.MONTH: "个月",
    PeriodUnit.YEAR: "年",
    PeriodUnit.HOUR: "小时",
}
CONFIDENCE: Final = {
    Confidence.SEED: "源文件写明",
    Confidence.TEXT: "已对照法律文本",
    Confidence.PAGE: "公开网页所见，未见全文",
    Confidence.CODE: "实际系统的做法，不是法律文本",
    Confidence.BACKGROUND: "凭一般了解，待法制人员确认",
}


def day(value: date) -> str:
    """Return ``2026年11月22日（星期日）``."""
    return f"{value.year}年{value.month}月{value.day}日（星期{WEEK[value.weekday()]}）"


def value(found: Value) -> str:
    """Return a quantity with its unit; a choice by its stable word."""
    match found:
        case Fen():
            return f"{found.yuan()} 元"
        case Period():
            return f"{found.length} {UNITS[found.unit]}"
        case Percent():
            return f"{found.hundredths}%"
        case Number():
            return str(found.count)
        case Choice():
            return found.word


def length(found: Deadline) -> str:
    """Return the period as it is counted: ``5 个工作日``, though the law writes 五日."""
    if found.counted is Counted.WORKING_DAYS:
        return f"{found.period.length} 个工作日"
    return value(found.period)


def explanation(found: Deadline, book: Book) -> list[str]:
    """Return why the deadline falls where it falls, a sentence a line."""
    lines = [f"{day(found.start)}是起算的事由发生之日，当天不算。"]
    if found.counting_basis is not None:
        rule = short(found.counting_basis, found.start, book)
        lines.append(f"{rule}：这里的 {found.period.length} 日指工作日。")
    steps = [step for step in found.explanation if step.reason is not Reason.START]
    lines += _working(steps) if found.counted is Counted.WORKING_DAYS else _calendar(found, steps)
    if found.shifted:
        lines += _shift(found, book)
    if found.provisional:
        lines.append(f"{found.last.year}年放假安排还没有公布，日期暂定。")
    return lines


def _working(steps: Sequence[Step]) -> list[str]:
    """Group equal neighbours: a week of working days is one sentence, so is a holiday."""
    lines = []
    for counted, group in groupby(steps, key=lambda step: (step.counted, step.reason, step.name)):
        days = list(group)
        span = day(days[0].day) if len(days) == 1 else f"{day(days[0].day)}至{day(days[-1].day)}"
        if counted[0]:
            numbers = f"第 {days[0].number}" + (f"–{days[-1].number}" if len(days) > 1 else "") + " 个工作日"
            lines.append(f"{span}：{numbers}{_why(days[0])}。")
        else:
            lines.append(f"{span}：{_why(days[0]).strip('（）')}，不算。")
    return lines


def _why(step: Step) -> str:
    match step.reason:
        case Reason.MAKE_UP:
            return f"（{step.name}调休上班）"
        case Reason.HOLIDAY:
            return f"（{step.name}放假）"
        case Reason.WEEKEND:
            return "（周末）"
        case _:
            return ""


def _calendar(found: Deadline, steps: Sequence[Step]) -> list[str]:
    """Days as a sum by months; months and years by the corresponding day."""
    counted = [step for step in steps if step.counted]
    if found.counted is Counted.CALENDAR_DAYS:
        months = [(month, len(list(g))) for month, g in groupby(counted, key=lambda s: (s.day.year, s.day.month))]
        parts = "＋".join(f"{month}月 {count} 天" for (_, month), count in months)
        return [f"{parts}＝{found.period.length} 天，到{day(found.raw)}。"]
    if counted[-1].reason is Reason.MONTH_END:
        return [f"{value(found.period)}以后没有对应的日子，到月末：{day(found.raw)}。"]
    return [f"{value(found.period)}以后的对应日：{day(found.raw)}。"]


def _shift(found: Deadline, book: Book) -> list[str]:
    rest = next(step for step in found.explanation if step.day == found.raw)
    why = f"{rest.name}放假" if rest.kind is DayKind.HOLIDAY else "周末"
    basis = f"（{short(found.shift_basis, found.start, book)}）" if found.shift_basis else ""
    if found.whose is Whose.PARTY:
        return [f"原始日 {day(found.raw)}是休息日（{why}），顺延到{day(found.shifted_to)}{basis}。"]
    doubt = "机关自己的期限能不能顺延有争议，仅供参考"
    raw = f"原始日 {day(found.raw)}是休息日（{why}），按这一天提醒"
    return [f"{raw}；顺延后是{day(found.shifted_to)}，{doubt}{basis}。"]


def deadline(found: Deadline, book: Book) -> list[str]:
    """Return the deadline in full for the command line."""
    mark = "（暂定）" if found.provisional else ""
    lines = [
        f"{found.title}：{length(found)}，{found.trigger}{'' if found.backwards else '起'}（{WHOSE[found.whose]}）",
        f"{'最迟' if found.backwards else '最后一日'}：{day(found.last)}{mark}",
    ]
    if found.shifted:
        lines.append(f"原始日：{day(found.raw)}；顺延后：{day(found.shifted_to)}")
    lines.append(f"依据：{short(found.basis, found.start, book)}（{CONFIDENCE[found.confidence]}）")
    lines += [f"  {line}" for line in explanation(found, book)]
    if found.note:
        lines.append(f"说明：{found.note}")
    lines.append("日历：" + "、".join(_calendar_name(version) for version in found.calendars))
    return lines


def _calendar_name(version: str) -> str:
    year, _, digest = version.partition("-")
    return f"{year}年（版本 {digest}）" if digest else f"{year.partition(':')[0]}年（还没有公布）"


def moment(found: Moment, book: Book) -> list[str]:
    """Return a term in hours for the command line."""
    return [
        f"{found.title}：{value(found.period)}，{found.trigger}起（{WHOSE[found.whose]}）",
        f"最迟：{day(found.end.date())} {found.end:%H:%M}",
        f"依据：{short(found.basis, found.start.date(), book)}（{CONFIDENCE[found.confidence]}）",
        "  按小时计算，从规定的时刻起算，休息日也算。",
    ]
