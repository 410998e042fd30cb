"""Keeping a few processes alive, and ending them all, whatever happens to any of them.

1. Each child leads a process group of its own, so Ctrl-C reaches the supervisor alone
   and the supervisor ends the children in order.
2. The kernel sends each child a signal when the supervisor ends, even by ``kill -9``.
3. A child that ends is started again, after a pause that grows while it keeps failing;
   what its group left is killed first, so that nothing holds its port.
4. Who runs is on record (``DATA/run/children.json``) with start times, so that the next
   start can end what a crash left behind without hitting a stranger's process.
"""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import structlog

from zhunsheng.infra import durable, processes
from zhunsheng.infra.unprivileged import dying_with_parent

Process: TypeAlias = "subprocess.Popen[bytes]"

_log: Final = structlog.get_logger("supervisor")
_POLL_SECONDS: Final = 0.1
_STOP_SECONDS: Final = 15.0
_PAUSES_SECONDS: Final = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
_STEADY_SECONDS: Final = 30.0  # a child that lived so long has not been failing


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep alive. ``start`` makes it and may wait until it is ready."""

    name: str
    start: Callable[[], Process]
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass(slots=True)
class _Running:
    child: Child
    process: Process
    since: float
    failures: int = 0
    again_at: float = 0.0  # by time.monotonic, once it has ended


@dataclass(slots=True)
class Supervisor:
    """Starts children in order, watches them, ends them in the opposite order."""

    record: Path
    on_change: Callable[[Mapping[str, int]], None] = lambda _pids: None
    stop: threading.Event = field(default_factory=threading.Event)
    _running: list[_Running] = field(default_factory=list)

    def listen(self) -> None:
        """End when asked by a signal: Ctrl-C, ``kill``, a closed terminal."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop.set())

    def start(self, child: Child) -> None:
        """Start ``child`` and keep it alive from now on while ``watch`` runs."""
        self._running.append(_Running(child, child.start(), time.monotonic()))
        self._write()

    def pids(self) -> dict[str, int]:
        """Return the process id of each child by name."""
        return {one.child.name: one.process.pid for one in self._running}

    def watch(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Start again whatever ends, until ``stop`` is set or ``until`` says so."""
        while not self.stop.wait(_POLL_SECONDS) and not until():
            for one in self._running:
                if one.process.poll() is not None:
                    self._revive(one)

    def end(self) -> None:
        """End all children, the last started first, and wait for each."""
        for one in reversed(self._running):
            self._end(one)
        self._running.clear()
        self.record.unlink(missing_ok=True)

    def _revive(self, one: _Running) -> None:
        now = time.monotonic()
        if not one.again_at:
            processes.send_group(one.process.pid, signal.SIGKILL)
            one.failures = 1 if now - one.since > _STEADY_SECONDS else one.failures + 1
            one.again_at = now + _PAUSES_SECONDS[min(one.failures - 1, len(_PAUSES_SECONDS) - 1)]
            _log.warning("child ended", child=one.child.name, status=one.process.returncode, failures=one.failures)
        if now < one.again_at:
            return
        one.process, one.since, one.again_at = one.child.start(), time.monotonic(), 0.0
        _log.info("child started again", child=one.child.name)
        self._write()

    def _end(self, one: _Running) -> None:
        processes.send(one.process.pid, one.child.stop_signal)
        try:
            one.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            _log.warning("child does not end, killing it", child=one.child.name)
        processes.send_group(one.process.pid, signal.SIGKILL)
        one.process.wait()

    def _write(self) -> None:
        # A child whose record is not written yet and whose parent is killed now ends by the kernel's signal.
        known = {one.child.name: [one.process.pid, processes.start_time(one.process.pid)] for one in self._running}
        durable.write(self.record, json.dumps(known).encode(), mode=0o644)
        self.on_change(self.pids())


def spawn(words: Sequence[str], environment: Mapping[str, str]) -> Process:
    """Start a program of ours as a child: own group, ends with us, stderr is ours."""
    return subprocess.Popen(  # noqa: S603  (our own program, by its path)
        list(words),
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        process_group=0,
        # Between fork and exec it makes one system call and takes no lock of Python's.
        preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509
    )


def end_recorded(record: Path, *, seconds: float = _STOP_SECONDS) -> list[str]:
    """End the children that a killed supervisor left and return their names."""
    if not record.exists():
        return []
    known: dict[str, list[int]] = json.loads(record.read_bytes())
    left = {name: pid for name, (pid, since) in known.items() if processes.start_time(pid) == since}
    for pid in left.values():
        processes.send(pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while any(processes.start_time(known[name][0]) == known[name][1] for name in left):
        if time.monotonic() > deadline:
            break
        time.sleep(_POLL_SECONDS)
    for pid in left.values():
        processes.send_group(pid, signal.SIGKILL)
    record.unlink()
    return sorted(left)
