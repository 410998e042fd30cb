"""The events against the ledger: leaves, tiles, roots, signatures, and the checkpoint that was published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from zhunsheng.apps.journal.audit.findings import Finding
from zhunsheng.apps.journal.audit.streams import Leaves
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.apps.journal.tilestore import TileMissingError, TileStore
from zhunsheng.core.ledger.entry import Entry, EntryError
from zhunsheng.core.ledger.keys import VerifierKey
from zhunsheng.core.ledger.note import (
    Checkpoint,
    NoteError,
    SignatureInvalidError,
    open_note,
    parse_checkpoint,
)
from zhunsheng.core.ledger.tiles import WIDTH, Tile, TileError, decode_entries, split_hashes
from zhunsheng.core.ledger.tree import CompactRange, leaf_hash

CHECKPOINTS: Final = "SELECT size, root, note FROM journal_checkpoint ORDER BY size"
LATE: Final = "SELECT count(*) FROM journal_checkpoint WHERE size > %s AND made_at < now() - %s"
ORPHANS: Final = """
SELECT l.index FROM journal_leaf l LEFT JOIN journal_event e ON e.id = l.event_id WHERE e.id IS NULL ORDER BY 1"""
SIGNATURES: Final = 1000  # of the newest checkpoints whose signatures are checked; older ones are covered by roots
PATIENCE: Final = timedelta(minutes=1)
MISSING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Published:
    """The checkpoint that was published when the audit began, or why there is none that counts."""

    checkpoint: Checkpoint | None
    finding: Finding | None = None


def published(store: TileStore, keys: Sequence[VerifierKey]) -> Published:
    """Read what the log shows. Done before the snapshot, so that the database can only be ahead."""
    data = store.checkpoint()
    if data is None:
        return Published(None)
    try:
        note, checkpoint = parse_checkpoint(data)
        if open_note(note, keys).verified:
            return Published(checkpoint)
        reason = "no signature of the log"
    except (NoteError, SignatureInvalidError) as error:
        reason = str(error)
    return Published(None, Finding("checkpoint-signature", "published checkpoint", "signed by the log", reason))


def log_findings(store: TileStore, keys: Sequence[VerifierKey], shown: Published, leaves: Leaves) -> Iterator[Finding]:
    """Yield where database and published log do not say the same."""
    if shown.finding:
        yield shown.finding
    heads = [(int(size), bytes(root), str(note)) for size, root, note in fetch(CHECKPOINTS)]
    committed = heads[-1][0] if heads else 0
    for (index,) in fetch(ORPHANS):
        yield Finding("leaf-orphaned", f"leaf {index}", "an event", MISSING)
    yield from _notes(keys, heads)
    size = shown.checkpoint.size if shown.checkpoint else 0
    entries = _Entries(store, size)
    # Bounded by what is really there: a planted index or size of a billion must not keep the audit busy.
    yield from _leaves(entries, leaves, max(size, min(committed, size + len(leaves.hashes))))
    for index in sorted(index for index in leaves.hashes if index >= committed):
        yield Finding("leaf-uncommitted", leaves.record(index), f"a leaf below {committed}", f"leaf {index}")
    yield from _roots(heads, shown, leaves)
    yield from _behind(heads, shown)


def _notes(keys: Sequence[VerifierKey], heads: Sequence[tuple[int, bytes, str]]) -> Iterator[Finding]:
    for size, root, text in heads[-SIGNATURES:]:
        record = f"checkpoint {size}"
        try:
            note, checkpoint = parse_checkpoint(text.encode())
            if not open_note(note, keys).verified:
                yield Finding("checkpoint-signature", record, "signed by the log", "no signature of the log")
        except (NoteError, SignatureInvalidError) as error:
            yield Finding("checkpoint-signature", record, "signed by the log", f"{error}")
            continue
        if (checkpoint.size, checkpoint.root) != (size, root):
            yield Finding(
                "checkpoint-changed", record, f"{checkpoint.size} {checkpoint.root.hex()}", f"{size} {root.hex()}"
            )


class _Entries:
    """The published entries and leaf hashes, bundle by bundle."""

    def __init__(self, store: TileStore, size: int) -> None:
        self._store = store
        self.size = size
        self.findings: list[Finding] = []

    def bundle(self, number: int) -> tuple[list[bytes], list[bytes]]:
        """Return (entries, hashes) of bundle ``number``; short lists where the files are not there."""
        width = min(WIDTH, self.size - number * WIDTH)
        if width <= 0:
            return [], []
        return self._entries(Tile(None, number, width)), self._hashes(Tile(0, number, width))

    def _entries(self, tile: Tile) -> list[bytes]:
        try:
            return decode_entries(self._store.fetch(tile.path), tile.width)
        except (TileMissingError, TileError) as error:
            self.findings.append(Finding("tile-damaged", tile.path, f"{tile.width} entries", f"{error}"))
            return []

    def _hashes(self, tile: Tile) -> list[bytes]:
        try:
            return split_hashes(self._store.fetch(tile.path), tile.width)
        except (TileMissingError, TileError) as error:
            self.findings.append(Finding("tile-damaged", tile.path, f"{tile.width} hashes", f"{error}"))
            return []


def _leaves(log: _Entries, leaves: Leaves, size: int) -> Iterator[Finding]:
    for number in range(-(-size // WIDTH)):
        start = number * WIDTH
        entries, hashes = log.bundle(number)
        yield from log.findings
        log.findings.clear()
        mine = [leaves.hashes.get(start + n) for n in range(len(hashes))]
        if len(hashes) == WIDTH and mine == hashes and [leaf_hash(entry) for entry in entries] == hashes:
            continue  # the common case: a full bundle, all of it as it should be
        for n in range(min(WIDTH, size - start)):
            yield from _leaf(start + n, entries[n : n + 1], hashes[n : n + 1], leaves)


def _leaf(index: int, entries: Sequence[bytes], hashes: Sequence[bytes], leaves: Leaves) -> Iterator[Finding]:
    mine = leaves.hashes.get(index)
    expected = _commitment(entries[0]) if entries else (hashes[0].hex() if hashes else "an event")
    if entries and hashes and leaf_hash(entries[0]) != hashes[0]:
        yield Finding("entry-changed", f"leaf {index}", hashes[0].hex(), leaf_hash(entries[0]).hex())
    if mine is None:
        yield Finding("leaf-missing", f"leaf {index}", expected, MISSING)
    elif hashes and mine != hashes[0]:
        yield Finding("leaf-changed", leaves.record(index), expected, leaves.commitments[index].hex())


def _commitment(entry: bytes) -> str:
    try:
        return Entry.parse(entry).commitment.hex()
    except EntryError:
        return leaf_hash(entry).hex()


def _roots(heads: Sequence[tuple[int, bytes, str]], shown: Published, leaves: Leaves) -> Iterator[Finding]:
    """Recompute every root that was ever signed from the events as they are now."""
    wanted = [(size, root, f"checkpoint {size}", "root-changed") for size, root, _ in heads]
    if shown.checkpoint:
        wanted.append((shown.checkpoint.size, shown.checkpoint.root, "published checkpoint", "checkpoint-forked"))
    grown, committed = CompactRange(), heads[-1][0] if heads else 0
    for size, root, record, code in sorted(wanted):
        while grown.size < size and grown.size in leaves.hashes:
            grown.append(leaves.hashes[grown.size])
        if grown.size < size:
            if code == "root-changed":
                yield Finding(code, record, f"{root.hex()} of {size}", f"events for {grown.size} leaves")
            elif size > committed:
                yield Finding("checkpoint-ahead", record, f"{root.hex()} of {size}", f"database at {committed}")
        elif grown.root() != root:
            yield Finding(code, record, root.hex(), grown.root().hex())


def _behind(heads: Sequence[tuple[int, bytes, str]], shown: Published) -> Iterator[Finding]:
    if not heads or shown.finding:
        return
    size = shown.checkpoint.size if shown.checkpoint else 0
    if int(fetch(LATE, [size, PATIENCE])[0][0]):
        code = "log-behind" if shown.checkpoint else "log-missing"
        yield Finding(code, "published checkpoint", f"size {heads[-1][0]}", f"size {size}")
