"""The only place that asks what time it is.

In a demonstration the clock can be moved forward, so that a period of seven days can be
walked in one sitting; never backwards, or a later event would carry an earlier time.
The offset is a file (``DATA/run/clock.json``), read again when it changes, so that all
processes of the demo agree. Outside a demonstration the file is not looked at.
"""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import datadir, durable, env

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The legal day of the whole country. A fixed offset: there has been no daylight saving since 1991."""

LAST_YEAR: Final = 2199
"""Where the demo's clock ends: terms, sessions and cookies still need years after it."""


class ClockError(ZhunshengError):
    """The clock cannot be moved like that."""

    code: ClassVar[str] = "clock-not-movable"


def now() -> datetime:
    """Return the time of this moment, aware, UTC, with the demo's offset."""
    return datetime.now(UTC) + offset()


def today() -> date:
    """Return the day in Asia/Shanghai: the day of the law."""
    return now().astimezone(BEIJING).date()


def offset() -> timedelta:
    """Return by how much the demo clock is ahead; zero outside a demonstration."""
    if not env.current().demo:
        return timedelta(0)
    path = _path()
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    return _read(path, changed)


def move(to: datetime) -> timedelta:
    """Move the demo clock forward to ``to`` and return the new offset.

    Raises:
        ClockError: as ``check``.
    """
    check(to)
    ahead = to - datetime.now(UTC)
    durable.write(_path(), json.dumps({"offset_seconds": ahead.total_seconds()}).encode(), mode=0o644)
    return ahead


def check(to: datetime) -> None:
    """Refuse a time the clock cannot be moved to.

    Raises:
        ClockError: this is no demonstration, ``to`` has no time zone, or it lies in the past or too far ahead.
    """
    if not env.current().demo:
        raise ClockError("only a demonstration has a clock that moves (ZHUNSHENG_DEMO=1)")
    if to.tzinfo is None:
        raise ClockError("the time needs a zone, for example 2026-11-30T09:00:00+08:00")
    if to < now():
        raise ClockError("the demo clock goes forward only")
    if to.year > LAST_YEAR:
        raise ClockError(f"the demo clock ends with the year {LAST_YEAR}")  # it could not be moved back


def _path() -> Path:
    return datadir.current().run / "clock.json"


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> timedelta:  # noqa: ARG001  (the time of change is the key that renews the answer)
    content = json.loads(path.read_bytes())
    return timedelta(seconds=float(content["offset_seconds"]))
