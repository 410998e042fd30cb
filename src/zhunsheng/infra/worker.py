"""What the background process does, again and again: a list of steps, each registered by its app.

A step is a function that does a little and says whether it did anything. Steps that did
something are called again at once; idle ones at their interval. A step that fails is
logged, named in ``/healthz`` and tried again later: it never stops the others.
"""

import json
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeAlias

import structlog

from zhunsheng.infra import datadir, durable

Step: TypeAlias = Callable[[], bool]

_log: Final = structlog.get_logger("worker")
_RETRY_SECONDS: Final = (1.0, 2.0, 5.0, 15.0, 60.0)
_STALE_SECONDS: Final = 30.0


@dataclass(slots=True)
class _Registered:
    name: str
    run: Step
    every: float  # seconds between two calls while there is nothing to do
    due: float = 0.0  # by time.monotonic
    failures: int = 0
    error: str = ""


@dataclass(slots=True)
class _Registry:
    steps: dict[str, _Registered] = field(default_factory=dict)


_registry: Final = _Registry()


def register(name: str, step: Step, *, every: float) -> None:
    """Have ``step`` called by the worker, ``every`` so many seconds when idle. Apps do it in ``ready``.

    The order of registration is the order of calls. A name registered again replaces the old step.
    """
    _registry.steps[name] = _Registered(name, step, every)


def names() -> tuple[str, ...]:
    """Return the names of the registered steps, in order."""
    return tuple(_registry.steps)


def run_once() -> bool:
    """Call each step once, whatever its interval; say whether any did something. Errors are raised. For tests."""
    did = [step.run() for step in _registry.steps.values()]
    return any(did)


def run(stop: threading.Event, *, before: Callable[[], None] = lambda: None) -> None:
    """Call the steps until ``stop`` is set, ``before`` each round: it lets go of dead connections."""
    written = 0.0
    while not stop.is_set():
        before()
        at = time.monotonic()
        for step in _registry.steps.values():
            if step.due <= at and not stop.is_set():
                _call(step)
        if time.monotonic() - written > 1:
            _write_health()
            written = time.monotonic()
        rest = min((step.due for step in _registry.steps.values()), default=at + 1) - time.monotonic()
        stop.wait(min(max(rest, 0.0), 1.0))


def stop_on_signals() -> threading.Event:
    """Return an event that is set when the process is asked to end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def health() -> dict[str, object]:
    """Return what the worker last wrote about itself: ``state`` is ok, failing, or silent when it is not running."""
    with suppress(FileNotFoundError, json.JSONDecodeError):
        content: dict[str, object] = json.loads((datadir.current().run / "worker.json").read_bytes())
        age = datetime.now(UTC) - datetime.fromisoformat(str(content["at"]))
        return content if age.total_seconds() < _STALE_SECONDS else {**content, "state": "silent"}
    return {"state": "silent"}


def _call(step: _Registered) -> None:
    try:
        busy = step.run()
    except Exception as error:  # noqa: BLE001  (the last caller)
        # The worker is the last caller: whatever a step raises is kept here, shown, and tried again.
        wait = _RETRY_SECONDS[min(step.failures, len(_RETRY_SECONDS) - 1)]
        step.failures += 1
        step.error = type(error).__name__
        step.due = time.monotonic() + wait
        _log.exception("step failed", step=step.name, failures=step.failures, retry_seconds=wait)
        return
    step.failures, step.error = 0, ""
    step.due = time.monotonic() + (0.0 if busy else step.every)


def _write_health() -> None:
    failing = {step.name: step.error for step in _registry.steps.values() if step.failures}
    content = {"state": "failing" if failing else "ok", "failing": failing, "at": datetime.now(UTC).isoformat()}
    durable.write(datadir.current().run / "worker.json", json.dumps(content).encode(), mode=0o644)
