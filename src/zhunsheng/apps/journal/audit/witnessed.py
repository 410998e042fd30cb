"""The database and the published log against what a witness has seen.

The operator holds every key and can rewrite events, digests, tree and checkpoints so that they fit each other. What
he cannot rewrite is the witness's folder: each leaf it has seen is compared with the leaf the database has now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhunsheng.apps.journal.audit.findings import Finding
from zhunsheng.apps.journal.audit.log import Published
from zhunsheng.apps.journal.audit.streams import Leaves
from zhunsheng.apps.journal.tilestore import TileMissingError, TileStore, entries
from zhunsheng.apps.journal.witnessing import FIRST_LOOK
from zhunsheng.core.ledger.entry import Entry, EntryError
from zhunsheng.core.ledger.keys import VerifierKey
from zhunsheng.core.ledger.note import Checkpoint, Note, NoteError, SignatureInvalidError, open_note, parse_checkpoint
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.tiles import TileError, TileHashes
from zhunsheng.core.ledger.tree import leaf_hash, root, root_at


@dataclass(frozen=True, slots=True)
class Seen:
    """What a witness has seen, read before the database's snapshot."""

    checkpoint: Checkpoint
    entries: tuple[bytes, ...]  # by leaf
    hashes: tuple[bytes, ...]
    finding: Finding | None  # the witness's own folder is not in order


def seen_by(folder: Path, rules: Policy) -> Seen | None:
    """Read a witness's folder, or None before its first look.

    Raises:
        FileNotFoundError: there is no such folder, or no witness has ever worked in it.
    """
    if not folder.is_dir():
        raise FileNotFoundError(str(folder))
    store = TileStore(folder)
    data = store.checkpoint()
    if data is None and (folder / "tile").exists() and not (folder / FIRST_LOOK).exists():
        lost = Finding("witness-damaged", str(folder), "a checkpoint", "nothing")
        return Seen(Checkpoint(rules.origin, 0, root([])), (), (), lost)
    if data is None and not (folder / "vkey").exists():
        raise FileNotFoundError(f"{folder}: no witness has worked here")  # clean would say that one was asked
    if data is None:
        return None
    try:
        note, checkpoint = parse_checkpoint(data)
        seen = tuple(entries(store.fetch, 0, checkpoint.size))
    except (NoteError, TileMissingError, TileError) as error:
        damaged = Finding("witness-damaged", str(folder), "a witness's own files", f"{error}")
        return Seen(Checkpoint(rules.origin, 0, root([])), (), (), damaged)
    hashes = tuple(leaf_hash(entry) for entry in seen)
    return Seen(checkpoint, seen, hashes, _own_fault(folder, rules, note, checkpoint, hashes))


def _own_fault(
    folder: Path, rules: Policy, note: Note, checkpoint: Checkpoint, hashes: Sequence[bytes]
) -> Finding | None:
    """Say what is wrong with the witness's folder itself, if anything is."""
    if root(hashes) != checkpoint.root:
        return Finding("witness-damaged", str(folder), checkpoint.root.hex(), root(hashes).hex())
    expected = "signed by the log and by the witness"
    try:
        verified = {one.key for one in open_note(note, [*_logs(rules), *_witnesses(folder, rules)]).verified}
    except SignatureInvalidError as error:
        return Finding("witness-signature", str(folder), expected, f"{error}")
    signed = verified.intersection(_logs(rules)) and verified.intersection(_witnesses(folder, rules))
    return None if signed else Finding("witness-signature", str(folder), expected, "not signed")


def _logs(rules: Policy) -> list[VerifierKey]:
    return [dated.key for dated in rules.logs]


def _witnesses(folder: Path, rules: Policy) -> list[VerifierKey]:
    """Return the keys a folder may be signed with: its own, which the auditor brought along, or the policy's."""
    path = folder / "vkey"
    own = [VerifierKey.parse(path.read_text(encoding="utf-8").strip())] if path.exists() else []
    return own or [dated.key for dated in rules.witnesses]


def witness_findings(folder: Path, seen: Seen, shown: Published, log: TileStore, leaves: Leaves) -> Iterator[Finding]:
    """Yield where database and log contradict the witness."""
    if seen.finding:
        yield seen.finding
    if (folder / "alarm.json").exists():
        evidence = (folder / "alarm.json").read_text(encoding="utf-8")
        yield Finding("witness-alarm", str(folder), "no refusal", evidence)
    yield from _published(seen, shown, log)
    yield from _leaves(seen, leaves)


def _published(seen: Seen, shown: Published, log: TileStore) -> Iterator[Finding]:
    size = shown.checkpoint.size if shown.checkpoint else 0
    if size < seen.checkpoint.size:
        yield Finding("witness-rollback", "published checkpoint", f"size {seen.checkpoint.size}", f"size {size}")
        return
    if seen.checkpoint.size == 0:
        return
    try:
        found = root_at(seen.checkpoint.size, TileHashes(seen.checkpoint.size, log.fetch))
    except (TileMissingError, TileError):
        return  # the damaged tile has its own finding
    if found != seen.checkpoint.root:
        record = f"published log, first {seen.checkpoint.size} leaves"
        yield Finding("log-rewritten", record, seen.checkpoint.root.hex(), found.hex())


def _leaves(seen: Seen, leaves: Leaves) -> Iterator[Finding]:
    size = len(seen.hashes)
    if all(leaves.hashes.get(index) == seen.hashes[index] for index in range(size)):
        return
    then = [_commitment(entry) for entry in seen.entries]
    now = {commitment: index for index, commitment in leaves.commitments.items()}
    known = set(then)
    gone = {index for index in range(size) if then[index] not in now}
    new = {index for index, commitment in leaves.commitments.items() if index < size and commitment not in known}
    for index in sorted(gone | new):
        yield _difference(index, then[index].hex(), leaves, gone=index in gone, new=index in new)
    yield from _moved(then, now, leaves)
    yield from _same_event_other_leaf(then, seen.hashes, now, leaves)


def _commitment(entry: bytes) -> bytes:
    try:
        return Entry.parse(entry).commitment
    except EntryError:
        return leaf_hash(entry)  # never an event's: found as one that is gone


def _difference(index: int, expected: str, leaves: Leaves, *, gone: bool, new: bool) -> Finding:
    if gone and new:
        return Finding("witness-changed", leaves.record(index), expected, leaves.commitments[index].hex())
    if gone:
        return Finding("witness-missing", f"leaf {index}", expected, "no such event")
    return Finding("witness-foreign", leaves.record(index), expected, leaves.commitments[index].hex())


def _moved(then: Sequence[bytes], now: Mapping[bytes, int], leaves: Leaves) -> Iterator[Finding]:
    """Yield the events both know whose order among themselves is another."""
    common = [commitment for commitment in then if commitment in now]
    for before, after in zip(common, sorted(common, key=now.__getitem__), strict=True):
        if before != after:
            yield Finding("witness-reordered", leaves.record(now[after]), before.hex(), after.hex())


def _same_event_other_leaf(
    then: Sequence[bytes], hashes: Sequence[bytes], now: Mapping[bytes, int], leaves: Leaves
) -> Iterator[Finding]:
    """Yield the publications whose public text was exchanged: same event, other leaf."""
    for commitment, leaf in zip(then, hashes, strict=True):
        index = now.get(commitment)
        if index is not None and leaves.hashes[index] != leaf:
            yield Finding("witness-changed", leaves.record(index), leaf.hex(), leaves.hashes[index].hex())
