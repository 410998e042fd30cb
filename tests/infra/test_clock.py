"""The clock: forward only, in a demonstration only, the same for all processes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from zhunsheng.infra import clock, datadir, env


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZHUNSHENG_DATA", str(tmp_path))
    monkeypatch.setenv("ZHUNSHENG_DEMO", "1")
    env.current.cache_clear()
    datadir.current().create()
    yield
    env.current.cache_clear()


@pytest.mark.usefixtures("demo")
def test_it_moves_forward_and_goes_on_running() -> None:
    target = clock.now() + timedelta(days=7)
    clock.move(target)
    assert timedelta(0) <= clock.now() - target < timedelta(seconds=5)
    assert clock.offset() > timedelta(days=6)


@pytest.mark.usefixtures("demo")
def test_it_never_moves_backwards() -> None:
    clock.move(clock.now() + timedelta(days=7))
    with pytest.raises(clock.ClockError, match="ends with the year"):
        clock.move(datetime(9999, 12, 31, tzinfo=UTC))
    with pytest.raises(clock.ClockError, match="forward only"):
        clock.move(clock.now() - timedelta(seconds=1))
    assert clock.offset() > timedelta(days=6), "nothing changed"


@pytest.mark.usefixtures("demo")
def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(clock.ClockError, match="zone"):
        clock.move(datetime(2099, 1, 1))  # noqa: DTZ001  (that is the point)


@pytest.mark.usefixtures("demo")
def test_outside_a_demonstration_neither_moved_nor_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock.move(clock.now() + timedelta(days=7))
    monkeypatch.setenv("ZHUNSHENG_DEMO", "0")
    env.current.cache_clear()
    assert clock.offset() == timedelta(0), "the file of an old demonstration is not looked at"
    with pytest.raises(clock.ClockError, match="demonstration"):
        clock.move(clock.now() + timedelta(days=1))


@pytest.mark.usefixtures("demo")
def test_the_legal_day_begins_at_midnight_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2026, 9, 30)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 30, 16, 0, tzinfo=UTC))
    assert clock.today() == date(2026, 10, 1)
