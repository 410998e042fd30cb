"""One event a request through the service, as every command does it: replay, lock, append, commit."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from bench import anchors
from bench.clients import clients
from bench.common import Measure, Target, compare, size
from zhunsheng.apps.journal.commands import append, lock, once
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.ledger.canonical import sha256
from zhunsheng.infra import clock

TEXT: Final = "x" * 420
DAY: Final = date(2026, 3, 2)


def job(client: int) -> Callable[[], int]:
    """Open a stream; return what appends to it for some seconds."""
    ref, actor, numbers = Ref("bench", "note", token_hex(8)), f"client-{client}", count()
    new = [New("note.taken", {"t": "note", "p": TEXT}, DAY)]

    def first() -> list[Event]:
        return append(ref, new, actor=actor, at=clock.now(), create=True)

    def one() -> list[Event]:
        return append(ref, new, actor=actor, at=clock.now(), key=key, request_digest=digest, expected=lock(ref))

    key, digest = f"{ref.key}/open", sha256(b"open")
    once(first, actor=actor, key=key, request_digest=digest)

    def run() -> int:
        nonlocal key, digest
        until, done = perf_counter() + size().seconds, 0
        while perf_counter() < until:
            key = f"{ref.key}/{next(numbers)}"
            digest = sha256(key.encode())
            once(one, actor=actor, key=key, request_digest=digest)
            done += 1
        return done

    return run


def main() -> None:
    """Measure at one and at eight clients."""
    settings = anchors.settings()
    with TemporaryDirectory() as folder:
        pgbench = anchors.Pgbench(Path(folder))
        for number, target in ((1, Target(0.25, 0.45)), (8, Target(0.10, 0.25))):
            measure = Measure(
                f"event.append.{number}", "events/s", f"pgbench insert, {number} clients", "higher", target
            )
            with clients("appending", number) as many:
                compare(
                    measure,
                    many.rate,
                    lambda number=number: pgbench.commits(number, size().seconds),  # type: ignore[misc]
                    n=number,
                    settings=settings,
                    seconds=size().seconds,
                    row_bytes=anchors.ROW,
                )
