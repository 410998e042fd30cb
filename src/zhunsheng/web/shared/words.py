"""Days, times and money in Chinese words, as every page writes them.

Days are local days (Asia/Shanghai). A moment given in UTC is turned into local time
here and nowhere else, so that no page shows an hour of another zone.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Shanghai")
WEEKDAYS: Final = "一二三四五六日"
HONEST_COUNT: Final = 10_000  # above it a count says only "more than"

AREAS: Final = {
    "350000": "福建省",
    "350200": "厦门市",
    "350203": "厦门市思明区",
    "350205": "厦门市海沧区",
    "350206": "厦门市湖里区",
    "350211": "厦门市集美区",
    "350212": "厦门市同安区",
    "350213": "厦门市翔安区",
}
"""GB/T 2260 codes of the province, the city and its districts (spec law 6.3): where certificates come from here."""


def local(moment: datetime) -> datetime:
    """Return ``moment`` on the wall clock of the agency; naive times are local already."""
    return moment if moment.tzinfo is None else moment.astimezone(LOCAL)


def weekday(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


def short_day(day: date) -> str:
    """Return ``11月22日``: for lists, where the year is plain."""
    return f"{day.month}月{day.day}日"


def plain_day(day: date) -> str:
    """Return ``2026年11月22日``."""
    return f"{day.year}年{short_day(day)}"


def long_day(day: date) -> str:
    """Return ``2026年11月22日（星期日）``."""
    return f"{day.year}年{day.month}月{day.day}日（{weekday(day)}）"


def wall_time(moment: datetime) -> str:
    """Return ``11月22日 09:40`` on the agency's wall clock."""
    at = local(moment)
    return f"{short_day(at.date())} {at:%H:%M}"


def read_day(value: object) -> date | None:
    """Read a day, a moment, or their ISO text; None when it is none of them."""
    if isinstance(value, datetime):
        return local(value).date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def read_moment(value: object) -> datetime | None:
    """Read a moment or its ISO text (``2026-11-22T09:40``); None when it is neither."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def yuan(fen: int) -> str:
    """Return ``4,000.00 元`` for 400000 fen."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d} 元"


def count(number: int, unit: str = "件") -> str:
    """Return ``96 件``, and ``超过 10,000 件`` where counting on would cost more than it tells."""
    if number > HONEST_COUNT:
        return f"超过 {HONEST_COUNT:,} {unit}"
    return f"{number:,} {unit}"
