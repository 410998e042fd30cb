"""The worker: one failing step never stops the others, and everybody can see that it fails."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhunsheng.infra import datadir, env, worker


@pytest.fixture(autouse=True)
def own_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZHUNSHENG_DATA", str(tmp_path))
    env.current.cache_clear()
    datadir.current().create()
    monkeypatch.setattr(worker._registry, "steps", {})
    yield
    env.current.cache_clear()


def work_until(done: threading.Event, seconds: float = 5) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    done.wait(seconds)
    stop.set()
    thread.join()


def test_a_failing_step_does_not_keep_others_from_their_work() -> None:
    done = threading.Event()

    def fail() -> bool:
        raise RuntimeError("broken")

    def work() -> bool:
        done.set()
        return False

    worker.register("broken", fail, every=0.1)
    worker.register("working", work, every=0.1)
    work_until(done)
    assert done.is_set()


def test_a_failing_step_is_named_in_the_health_and_its_text_is_not() -> None:
    failed = threading.Event()

    def fail() -> bool:
        failed.set()
        raise RuntimeError("许霜降")

    worker.register("broken", fail, every=0.1)
    assert worker.health() == {"state": "silent"}
    work_until(failed)
    health = worker.health()
    assert (health["state"], health["failing"]) == ("failing", {"broken": "RuntimeError"})


def test_a_busy_step_is_called_again_at_once() -> None:
    calls: list[int] = []
    done = threading.Event()

    def busy() -> bool:
        calls.append(1)
        if len(calls) == 50:
            done.set()
        return len(calls) < 50

    worker.register("busy", busy, every=60)
    work_until(done)
    assert len(calls) == 50
    assert worker.health()["state"] == "ok"
