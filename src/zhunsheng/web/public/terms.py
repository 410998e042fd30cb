"""The statutory term of publication in the words of the portal: a dated parameter, never a number typed here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from zhunsheng.core.deadlines import deadline
from zhunsheng.infra import clock, lawdata
from zhunsheng.web.shared import clocks, words

PUBLISH: Final = "publish.result"


@dataclass(frozen=True, slots=True)
class Term:
    """Within how long a decision of ``today`` must be shown, and the last day for it."""

    length: str  # 7 个工作日
    last: date


def publication() -> Term:
    """Return the term for a decision made today."""
    counted = deadline(PUBLISH, clock.today(), lawdata.book())
    return Term(clocks.length_words(counted), counted.last)


def kept(decided_on: date, due_on: object, published_at: datetime) -> str:
    """Return whether a result was published in time, in words; "" when its last day is not known.

    Args:
        decided_on: the day of the decision; the term is the law's of that day.
        due_on: the last day as the published content states it.
        published_at: when the portal first showed it.
    """
    last, day = words.read_day(due_on), words.read_day(published_at)
    if last is None or day is None:
        return ""
    book = lawdata.book()
    length = clocks.length_words(deadline(PUBLISH, decided_on, book))
    if day <= last:
        return f"{length}内，按期"
    late = -clocks.days_left(last, day, book.calendar, working=True)
    return f"{length}内，超期 {late} 个工作日"
