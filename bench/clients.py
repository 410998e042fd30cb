"""Clients of the service: processes with threads, started once, run together again and again.

Python runs one thread at a time in a process, so eight clients are two processes of four
threads: what two cores of an office server would run.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter
from typing import IO, Final, TypeAlias

from django.db import connections

Job: TypeAlias = Callable[[int], Callable[[], int]]
"""Makes ready what a client (by its number) needs, and returns what is timed: it tells how many things it did."""

PROCESSES: Final = 2
WARM: Final = 1000  # clients of the warm-up have numbers of their own


class Clients:
    """Some clients that wait for the word."""

    def __init__(self, program: str, count: int) -> None:
        """Start them; they have connected and warmed up when this returns."""
        self.count = count
        processes = min(count, PROCESSES)
        self._processes = [
            subprocess.Popen(  # noqa: S603  (our own program)
                [sys.executable, "-m", "bench.program", program, str(number), str(count // processes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(processes)
        ]
        for process in self._processes:
            _read(process)

    def rate(self) -> float:
        """Have all of them do their job once, at the same time; return things a second."""
        self._all("ready")
        answers = self._all("go")
        return sum(answer["done"] for answer in answers) / max(answer["seconds"] for answer in answers)

    def _all(self, word: str) -> list[dict[str, float]]:
        for process in self._processes:
            _pipe(process.stdin).write(f"{word}\n")
            _pipe(process.stdin).flush()
        return [_read(process) for process in self._processes]

    def end(self) -> None:
        """Let them go."""
        for process in self._processes:
            _pipe(process.stdin).close()
            process.wait(timeout=30)
            _pipe(process.stdout).close()


@contextmanager
def clients(program: str, count: int) -> Iterator[Clients]:
    """Have ``count`` clients that run the job of ``program``."""
    one = Clients(program, count)
    try:
        yield one
    finally:
        one.end()


def serve(job: Job, number: int, threads: int) -> None:
    """Be one of the processes: on "ready" prepare, on "go" run, after each say so; end with the input.

    The threads stay: what a thread keeps for itself (a connection, a compiler) is there from the first round on.
    """
    pool = [ThreadPoolExecutor(max_workers=1) for _ in range(threads)]
    _each(pool, [lambda place=place: job(WARM + number * threads + place)() for place in range(threads)])  # type: ignore[misc]
    _answer({"done": 0, "seconds": 0.0})
    prepared: list[Callable[[], int]] = []
    for line in sys.stdin:
        if line.strip() == "ready":
            prepared = [job(number * threads + place) for place in range(threads)]
            _answer({"done": 0, "seconds": 0.0})
        else:
            began = perf_counter()
            done = sum(_each(pool, prepared))
            _answer({"done": done, "seconds": perf_counter() - began})
    _each(pool, [_leave] * threads)


def _each(pool: Sequence[ThreadPoolExecutor], acts: Sequence[Callable[[], int]]) -> list[int]:
    """Have each thread do one act, all at once."""
    underway = [thread.submit(act) for thread, act in zip(pool, acts, strict=True)]
    return [each.result() for each in underway]


def _leave() -> int:
    connections.close_all()
    return 0


def _answer(content: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


def _read(process: "subprocess.Popen[str]") -> dict[str, float]:
    line = _pipe(process.stdout).readline()
    if not line:
        raise RuntimeError("a client has ended")
    answer: dict[str, float] = json.loads(line)
    return answer


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("no pipe to the client")
    return stream
