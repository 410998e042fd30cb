"""Who looked at what: an append-only table of its own, committed in batches, never part of a case stream.

A page is answered only after its reading is committed, so that nobody has read anything unrecorded. Readings
that arrive while a commit is running share the next one: the price of a reading falls as their number grows.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection

from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.journal.sql import fetch, run

WRITE: Final = """
INSERT INTO journal_reading (agency, actor, kind, key, what, read_at)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])"""

OF_STREAM: Final = """
SELECT actor, what, read_at FROM journal_reading
 WHERE agency = %s AND kind = %s AND key = %s ORDER BY id DESC LIMIT %s"""

WHAT_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Read:
    """One reading, as the page of a case shows it."""

    actor: str
    what: str
    at: datetime


@dataclass(slots=True)
class _Batch:
    """Readings that share a commit, and the outcome their readers wait for."""

    rows: list[tuple[str, str, str, str, str, datetime]] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None


class Readings:
    """Collects readings and commits them together. One for each process."""

    def __init__(self) -> None:
        self._collecting = threading.Lock()
        self._committing = threading.Lock()
        self._open = _Batch()

    def record(self, actor: str, ref: Ref, *, at: datetime, what: str = "") -> None:
        """Record that ``actor`` reads ``ref``; return when that is durable.

        Raises:
            RuntimeError: called inside a transaction, whose rollback would take the record along.
        """
        if connection.in_atomic_block:
            raise RuntimeError("a reading is recorded outside of transactions")
        with self._collecting:
            mine = self._open
            mine.rows.append((ref.agency, actor, ref.kind, ref.key, what[:WHAT_LIMIT], at))
        with self._committing:
            # Whoever comes first writes for all who waited; the others find their batch done.
            if not mine.done.is_set():
                self._commit()
        if mine.error is not None:
            raise mine.error

    def _commit(self) -> None:
        with self._collecting:
            batch, self._open = self._open, _Batch()
        try:
            run(WRITE, [list(column) for column in zip(*batch.rows, strict=True)])
        except Exception as error:  # noqa: BLE001  (raised again by everyone who waited)
            batch.error = error  # every reader of the batch must hear of it, not only the one who wrote
        batch.done.set()


_readings: Final = Readings()
record: Final = _readings.record


def recent(ref: Ref, limit: int = 100) -> Sequence[Read]:
    """Return the newest readings of a stream."""
    return [Read(*row) for row in fetch(OF_STREAM, [ref.agency, ref.kind, ref.key, limit])]
