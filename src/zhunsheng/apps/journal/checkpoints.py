"""The ledger's heads as the database keeps them: signed by the log, cosigned by witnesses, and how late."""

from dataclasses import dataclass
from typing import Any, Final

from zhunsheng.apps.journal.sql import fetch, run

HEAD: Final = """
SELECT c.size, c.root, c.note, coalesce((
    SELECT string_agg(w.line || chr(10), '' ORDER BY w.witness) FROM journal_cosignature w
     WHERE w.checkpoint_id = c.size), '')
  FROM journal_checkpoint c """
NEWEST: Final = HEAD + "ORDER BY c.size DESC LIMIT 1"
AT: Final = HEAD + "WHERE c.size = %s"
ENOUGH: Final = """
 WHERE c.size > %s AND (SELECT count(*) FROM journal_cosignature w WHERE w.checkpoint_id = c.size) >= %s
 ORDER BY c.size DESC LIMIT 1"""
COSIGNED: Final = HEAD + ENOUGH
ADD: Final = """
INSERT INTO journal_cosignature (checkpoint_id, witness, line) VALUES (%s, %s, %s)
ON CONFLICT (checkpoint_id, witness) DO NOTHING"""

# The longest an event that is not witnessed yet has waited, by the database's own clock, and how many wait.
OPEN: Final = """
WITH seen AS (
    SELECT coalesce(max(c.size), 0) AS size FROM journal_checkpoint c
     WHERE (SELECT count(*) FROM journal_cosignature w WHERE w.checkpoint_id = c.size) >= %(quorum)s
)
SELECT extract(epoch FROM clock_timestamp() - least(
           (SELECT min(queued_at) FROM journal_pending),
           (SELECT min(oldest_at) FROM journal_checkpoint, seen WHERE journal_checkpoint.size > seen.size))),
       (SELECT count(*) FROM journal_pending)
           + coalesce((SELECT max(index) + 1 FROM journal_leaf), 0) - (SELECT size FROM seen)"""
CLOSED: Final = """
SELECT max(seconds), percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) FROM (
    SELECT extract(epoch FROM (
        SELECT min(w.collected_at) FROM journal_cosignature w WHERE w.checkpoint_id >= c.size) - c.oldest_at) AS seconds
      FROM journal_checkpoint c ORDER BY c.size DESC LIMIT %s) AS recent WHERE seconds IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Committed:
    """A checkpoint as the database has it."""

    size: int
    root: bytes
    note: str  # with the log's signatures alone
    cosignatures: str = ""  # whole lines

    def signed(self) -> bytes:
        """Return the note with all signatures collected so far; nothing for the empty tree."""
        return (self.note + self.cosignatures).encode()


@dataclass(frozen=True, slots=True)
class Window:
    """How long an event stays where the database owner could change it unseen. Seconds."""

    now: float  # the longest an event waits at this moment; 0 if all are witnessed
    waiting: int  # events not witnessed
    p95: float | None  # of the recent batches, from the first event to the witness's signature
    longest: float | None


def newest() -> Committed | None:
    """Return what the ledger has committed to, published or not."""
    return _one(fetch(NEWEST))


def at(size: int) -> Committed | None:
    """Return the checkpoint of a tree of ``size``, if there ever was one."""
    return _one(fetch(AT, [size]))


def cosigned(index: int, quorum: int) -> Committed | None:
    """Return the newest checkpoint with enough cosignatures whose tree holds leaf ``index``."""
    return _one(fetch(COSIGNED, [index, quorum]))


def add_cosignature(size: int, witness: str, line: str) -> bool:
    """Keep the signature of a witness; say whether it is new."""
    return run(ADD, [size, witness, line]) == 1


def window(quorum: int = 1, recent: int = 200) -> Window:
    """Measure the unwitnessed window: what waits now, and what the ``recent`` batches took."""
    seconds, waiting = fetch(OPEN, {"quorum": max(quorum, 1)})[0]
    longest, p95 = fetch(CLOSED, [recent])[0]
    return Window(
        now=max(float(seconds or 0), 0.0),
        waiting=int(waiting),
        p95=None if p95 is None else float(p95),
        longest=None if longest is None else float(longest),
    )


def _one(rows: list[tuple[Any, ...]]) -> Committed | None:
    return Committed(int(rows[0][0]), bytes(rows[0][1]), str(rows[0][2]), str(rows[0][3])) if rows else None
