"""Commits events to the ledger: stage, commit, publish, in this order, by one process.

What is true if we stop
    after *stage*: nobody was promised anything; the batch is staged again, perhaps with more in it.
    after *commit*: the batch is in the ledger. ``recover`` publishes it before anything else happens.
    within *publish*: tiles lie there that no checkpoint names yet. ``recover`` writes them again.

Why it may refuse
    A log that shows two histories is worthless, even if by accident. Before each batch the database is compared
    with what was published: a database that lags behind (a restored backup), or differs, gets no signature.
    The refusal is an alarm, both sides are kept as evidence, and a human decides (docs/how-to/back-up-and-restore.md).

The advisory lock makes us the only one on this database, the lock of the folder the only one on these files; the
unique index of the leaves would stop a second one even if both failed.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

import structlog
from django.db import transaction

from zhunsheng.apps.journal import checkpoints
from zhunsheng.apps.journal.checkpoints import Committed
from zhunsheng.apps.journal.encoding import entry
from zhunsheng.apps.journal.sql import fetch, run
from zhunsheng.apps.journal.tilestore import TileMissingError, TileStore
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.keys import Signer
from zhunsheng.core.ledger.note import (
    Checkpoint,
    NoteError,
    SignatureInvalidError,
    open_note,
    parse_checkpoint,
    signed_checkpoint,
)
from zhunsheng.core.ledger.tiles import Growth, TileError, TileHashes, grow
from zhunsheng.core.ledger.tree import EMPTY_ROOT, root_at
from zhunsheng.infra import durable

LOCK: Final = 0x7A68756E  # "zhun": the number of our advisory lock
BATCH: Final = 4096  # events

PENDING: Final = """
SELECT p.event_id, e.commitment, e.public_digest, e.of_commitment, p.queued_at
  FROM journal_pending p JOIN journal_event e ON e.id = p.event_id ORDER BY p.event_id LIMIT %s"""
OF_LEAVES: Final = """
SELECT e.commitment, e.public_digest, e.of_commitment FROM journal_leaf l JOIN journal_event e ON e.id = l.event_id
 WHERE l.index >= %s AND l.index < %s ORDER BY l.index"""
COMMIT_CHECKPOINT: Final = """
INSERT INTO journal_checkpoint (size, root, note, oldest_at)
SELECT %s, %s, %s, %s WHERE coalesce((SELECT max(size) FROM journal_checkpoint), 0) = %s"""
COMMIT_LEAVES: Final = """
INSERT INTO journal_leaf (index, event_id)
SELECT %s + place - 1, id FROM unnest(%s::bigint[]) WITH ORDINALITY AS batch (id, place)"""

_log: Final = structlog.get_logger("sequencer")


class LogBrokenError(ZhunshengError):
    """The log must not be continued. ``reason`` is one of the codes of ``docs/reference/errors.md``."""

    code: ClassVar[str] = "ledger-broken"

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}: {detail}")


class NotTheOnlyOneError(ZhunshengError):
    """Another sequencer works on this database."""

    code: ClassVar[str] = "sequencer-busy"


class _Batch(NamedTuple):
    ids: list[int]
    entries: list[bytes]
    oldest_at: object


@dataclass(frozen=True, slots=True)
class Sequencer:
    """The log's own half of the ledger: its files, and who signs for it (two while a key is being replaced)."""

    store: TileStore
    origin: str
    signers: Sequence[Signer]
    batch: int = BATCH

    def run_once(self) -> int:
        """Publish what was committed, then one batch of what waits; return the number of events in it.

        Raises:
            LogBrokenError: database and published log do not fit. Nothing was signed.
            NotTheOnlyOneError, StoreBusyError: somebody else is at it.
        """
        with self.store.lock(), _only_one():
            try:
                committed = self.recover()
            except LogBrokenError as error:
                self.alarm(error)
                raise
            (self.store.root / "alarm.json").unlink(missing_ok=True)
            batch = _pending(self.batch)
            if batch.ids:
                self._sequence(committed, batch)
            return len(batch.ids)

    def recover(self) -> Committed:
        """Bring the published log up to the committed checkpoint, and return that.

        Raises:
            LogBrokenError: they do not fit.
        """
        committed = checkpoints.newest() or Committed(0, EMPTY_ROOT, "")
        published = self._published()
        self._compare(published, committed)
        if published.size < committed.size:
            self._publish(committed, self._growth(published, committed))
        elif committed.signed() != (self.store.checkpoint() or b""):
            self.store.show(committed.signed())
        self.store.unstage()
        return committed

    def alarm(self, error: LogBrokenError) -> None:
        """Keep both sides as evidence and say so, in the log and in ``alarm.json``."""
        newest = checkpoints.newest()
        files = {
            "published": self.store.checkpoint() or b"",
            "committed": (newest.note if newest else "").encode(),
        }
        folder = self.store.keep_evidence(error.reason, files.items())
        _log.critical("the log is not continued", reason=error.reason, detail=str(error), evidence=folder.name)
        content = {"reason": error.reason, "detail": str(error), "evidence": str(folder)}
        durable.write(self.store.root / "alarm.json", json.dumps(content).encode(), mode=0o644)

    def _sequence(self, committed: Committed, batch: _Batch) -> None:
        growth = grow(committed.size, batch.entries, self.store.fetch)
        new = Checkpoint(self.origin, growth.size, growth.root)

        # 1. Stage, without a signature: if we stop here there is nothing that could contradict the next batch.
        self.store.stage(new, batch.entries)

        # 2. Commit. The signature exists from here on, and so does the promise.
        note = signed_checkpoint(new, self.signers).encode().decode()
        _commit(committed, new, note, batch)

        # 3. Publish: bundles, tiles, then the checkpoint that names them.
        self._publish(Committed(new.size, new.root, note), growth)
        self.store.unstage()

    def _publish(self, committed: Committed, growth: Growth) -> None:
        self.store.put(growth.files)
        self.store.show(committed.signed())

    def _published(self) -> Checkpoint:
        data = self.store.checkpoint()
        if data is None:
            return Checkpoint(self.origin, 0, EMPTY_ROOT)
        try:
            note, checkpoint = parse_checkpoint(data)
            opened = open_note(note, [signer.key for signer in self.signers])
        except (NoteError, SignatureInvalidError) as error:
            raise LogBrokenError("checkpoint-unreadable", str(error)) from error
        if checkpoint.origin != self.origin or not opened.verified:
            raise LogBrokenError("checkpoint-foreign", f"published by {checkpoint.origin}, not signed by us")
        return checkpoint

    def _compare(self, published: Checkpoint, committed: Committed) -> None:
        """Refuse unless the database continues what was published."""
        leaves = int(fetch("SELECT coalesce(max(index) + 1, 0) FROM journal_leaf")[0][0])
        if leaves != committed.size:
            raise LogBrokenError("leaves-not-committed", f"{leaves} leaves, checkpoint of {committed.size}")
        if published.size == 0:
            return
        if published.size > committed.size:
            detail = f"published {published.size}, the database has {committed.size}: a restored backup?"
            raise LogBrokenError("checkpoint-ahead", detail)
        known = checkpoints.at(published.size)
        if known is None or known.root != published.root:
            raise LogBrokenError("checkpoint-forked", f"the database has another tree of {published.size}")
        try:
            stored = root_at(published.size, TileHashes(published.size, self.store.fetch))
        except (TileMissingError, TileError) as error:
            raise LogBrokenError("tiles-damaged", str(error)) from error
        if stored != published.root:
            raise LogBrokenError("tiles-damaged", f"the tiles are not those of the checkpoint of {published.size}")

    def _growth(self, published: Checkpoint, committed: Committed) -> Growth:
        """Return the files between the two, from the staged batch or else from the database."""
        target = Checkpoint(self.origin, committed.size, committed.root)
        staged = self.store.staged(target, committed.size - published.size)
        for entries in (staged, _entries(published.size, committed.size)):
            if entries is not None and len(entries) == committed.size - published.size:
                growth = grow(published.size, entries, self.store.fetch)
                if growth.root == committed.root:
                    return growth
        raise LogBrokenError("entries-changed", f"the events do not lead to the committed tree of {committed.size}")


def rebuild(log: Sequencer) -> int:
    """Write all tiles anew from the database, after the loss of the log's folder; return the size of the tree.

    Raises:
        LogBrokenError: the events do not lead to the committed tree.
    """
    with log.store.lock(), _only_one():
        committed = checkpoints.newest()
        if committed is None:
            return 0
        growth = grow(0, _entries(0, committed.size), log.store.fetch)
        if growth.root != committed.root:
            raise LogBrokenError("entries-changed", f"the events do not lead to the committed tree of {committed.size}")
        log.store.put(growth.files)
        log.store.show(committed.signed())
        return committed.size


@contextmanager
def _only_one() -> Iterator[None]:
    if not fetch("SELECT pg_try_advisory_lock(%s)", [LOCK])[0][0]:
        raise NotTheOnlyOneError("another sequencer works on this database")
    try:
        yield
    finally:
        fetch("SELECT pg_advisory_unlock(%s)", [LOCK])


def _pending(limit: int) -> _Batch:
    """Return what waits. Ids rise with positions inside a stream, so its events keep their order."""
    rows = fetch(PENDING, [limit])
    entries = [_entry(row[1:4]) for row in rows]
    return _Batch([int(row[0]) for row in rows], entries, min((row[4] for row in rows), default=None))


def _entries(start: int, size: int) -> list[bytes]:
    return [_entry(row) for row in fetch(OF_LEAVES, [start, size])]


def _entry(row: Sequence[bytes | None]) -> bytes:
    commitment, public, of = (None if digest is None else bytes(digest) for digest in row)
    return entry(commitment or b"", public, of)


def _commit(old: Committed, new: Checkpoint, note: str, batch: _Batch) -> None:
    with transaction.atomic(durable=True):
        if run(COMMIT_CHECKPOINT, [new.size, new.root, note, batch.oldest_at, old.size]) != 1:
            raise NotTheOnlyOneError("the ledger grew while we prepared a batch")
        run(COMMIT_LEAVES, [old.size, batch.ids])
        run("DELETE FROM journal_pending WHERE event_id = ANY(%s)", [batch.ids])
