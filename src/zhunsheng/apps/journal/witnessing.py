"""A witness: looks at a log it does not control, signs what extends what it saw, and keeps proof of what does not.

Its folder is laid out like the log's own: ``checkpoint`` (the newest one believed, with the witness's signature
under the log's), ``tile/…`` (every hash and entry it has seen: with them a rewritten log can be compared leaf by
leaf), ``log.vkey`` (the log's keys, pinned at the first look), ``vkey`` (its own), ``evidence/``. So a witness is
also a mirror, and ``audit --witness DIR`` needs nothing else.

The order of writes: tiles, then the checkpoint, which is belief and signature in one file. If we stop between,
there are tiles no checkpoint names; the next look writes them again.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Final

from zhunsheng.apps.journal.sources import Source
from zhunsheng.apps.journal.tilestore import TileMissingError, TileStore, entries, leaves
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.canonical import canonical
from zhunsheng.core.ledger.keys import Signer, VerifierKey
from zhunsheng.core.ledger.note import (
    Checkpoint,
    Note,
    NoteError,
    SignatureInvalidError,
    cosign_line,
    open_note,
    parse_checkpoint,
)
from zhunsheng.core.ledger.policy import Policy, PolicyError
from zhunsheng.core.ledger.tiles import TileError, TileHashes, grow
from zhunsheng.core.ledger.tree import EMPTY_ROOT, consistency_proof, root_at
from zhunsheng.core.ledger.trust import LedgerError
from zhunsheng.core.ledger.trust import Witness as Belief
from zhunsheng.infra import durable

CHUNK: Final = 1 << 15  # entries taken over at once
MOST_DIFFERENCES: Final = 1000  # indexes listed in a report
FIRST_LOOK: Final = "first-look"
"""Mark of a first look that goes on, or was cut off: tiles without a checkpoint are then no loss."""


class LogUnreadableError(ZhunshengError):
    """What the log shows cannot be judged: not its signature, or files that are not those of its checkpoint."""

    code: ClassVar[str] = "log-unreadable"


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness at work. ``now`` gives the seconds since 1970 that its signatures carry."""

    store: TileStore
    signer: Signer
    now: Callable[[], int]

    def look(self, log: Source) -> Checkpoint | None:
        """Look once; return the checkpoint that is new and now signed, or None if nothing is new.

        Raises:
            RollbackError, ForkError: the log broke its promise. Both sides are kept under ``evidence/``.
            LogUnreadableError: not signed by the log, or its files do not fit its checkpoint.
            SourceError: nobody answers.
        """
        with self.store.lock():
            self._show_key()
            believed = believed_by(self.store)
            data = log.checkpoint()
            if data is None and believed is None:
                return None
            note, offered = self._opened(log, data, believed)
            if offered != believed:
                self._advance(log, note, offered, believed or Checkpoint(offered.origin, 0, EMPTY_ROOT))
            # Only now: whoever finds tiles without a checkpoint must know whether one was ever there.
            (self.store.root / FIRST_LOOK).unlink(missing_ok=True)
            (self.store.root / "alarm.json").unlink(missing_ok=True)
            return None if offered == believed else offered

    def keys(self) -> list[VerifierKey]:
        """Return the keys of the log, as pinned; none before the first look."""
        path = self.store.root / "log.vkey"
        return [VerifierKey.parse(line) for line in path.read_text().split()] if path.exists() else []

    def _show_key(self) -> None:
        path, text = self.store.root / "vkey", f"{self.signer.key}\n".encode()
        if not path.exists() or path.read_bytes() != text:
            durable.write(path, text, mode=0o644)

    def pin(self, keys: list[VerifierKey]) -> None:
        """Believe these keys of the log and no others."""
        text = "".join(f"{key}\n" for key in keys)
        durable.write(self.store.root / "log.vkey", text.encode(), mode=0o644)

    def _advance(self, log: Source, note: Note, offered: Checkpoint, old: Checkpoint) -> None:
        belief = Belief(old)
        try:
            belief.advance(offered, self._proof(log, offered, old))
        except LedgerError as error:
            self._alarm(log, error, note, old, offered)
            raise
        if self.store.checkpoint() is None:
            durable.write(self.store.root / FIRST_LOOK, b"", mode=0o644)
        self._copy(log, old.size, offered)
        line = cosign_line(note.text, self.signer, self.now())
        # Belief and signature become durable together: a witness never signs what it does not remember.
        self.store.show(note.with_lines(line).encode())

    def _opened(self, log: Source, data: bytes | None, believed: Checkpoint | None) -> tuple[Note, Checkpoint]:
        """Return what the log shows, with no signatures but its own."""
        if data is None:
            raise LogUnreadableError("the log shows nothing any more")
        try:
            note, offered = parse_checkpoint(data)
            keys = self.keys() or self._first_keys(log, offered.origin)
            signed = {verified.key for verified in open_note(note, keys).verified}
        except (NoteError, SignatureInvalidError, PolicyError) as error:
            raise LogUnreadableError(str(error)) from error
        if not signed or (believed and believed.origin != offered.origin):
            raise LogUnreadableError(f"the checkpoint of {offered.origin} is not signed by the log we watch")
        own = {(key.name, key.hint) for key in signed}
        return Note(note.text, tuple(line for line in note.signatures if (line.name, line.hint) in own)), offered

    def _first_keys(self, log: Source, origin: str) -> list[VerifierKey]:
        """Trust on first use, for a witness that was not told the keys: pinned, and never asked again."""
        text = log.policy()
        keys = [dated.key for dated in Policy.parse(text).logs if dated.key.name == origin] if text else []
        if not keys:
            raise LogUnreadableError("no key of the log is known; give one with --policy")
        self.pin(keys)
        return keys

    def _proof(self, log: Source, offered: Checkpoint, old: Checkpoint) -> list[bytes]:
        """Return the consistency proof, built from the log's own tiles, which must fit its own checkpoint."""
        if offered.size <= old.size:
            return []
        hashes = TileHashes(offered.size, log.fetch)
        try:
            if root_at(offered.size, hashes) != offered.root:
                raise LogUnreadableError(f"the tiles are not those of the checkpoint of {offered.size}")
            return consistency_proof(old.size, offered.size, hashes)
        except (TileMissingError, TileError) as error:
            raise LogUnreadableError(f"tiles of {offered.size}: {error}") from error

    def _copy(self, log: Source, size: int, offered: Checkpoint) -> None:
        """Take over the new entries. Hashes are computed from them, not copied."""
        root = EMPTY_ROOT
        try:
            rest = entries(log.fetch, size, offered.size)
            while chunk := list(islice(rest, CHUNK)):
                growth = grow(size, chunk, self.store.fetch)
                self.store.put(growth.files)
                size, root = growth.size, growth.root
        except (TileMissingError, TileError) as error:
            raise LogUnreadableError(f"entries of {offered.size}: {error}") from error
        if root != offered.root:
            raise LogUnreadableError(f"the entries are not those of the checkpoint of {offered.size}")

    def _alarm(self, log: Source, error: LedgerError, note: Note, old: Checkpoint, offered: Checkpoint) -> None:
        differing = list(islice(differences(self.store, old, log, offered), MOST_DIFFERENCES))
        report: dict[str, Json] = {
            "code": error.code,
            "detail": str(error),
            "believed": {"size": old.size, "root": old.root.hex()},
            "offered": {"size": offered.size, "root": offered.root.hex()},
            "differing_leaves": [
                {"index": index, "believed": mine.hex(), "offered": None if other is None else other.hex()}
                for index, mine, other in differing
            ],
        }
        files = {"believed": self.store.checkpoint() or b"", "offered": note.encode(), "report.json": canonical(report)}
        folder = self.store.keep_evidence(error.code, files.items())
        content = {"reason": error.code, "detail": str(error), "evidence": str(folder)}
        durable.write(self.store.root / "alarm.json", json.dumps(content).encode(), mode=0o644)


def believed_by(store: TileStore) -> Checkpoint | None:
    """Return the checkpoint a witness's folder believes, or None before its first look.

    Raises:
        NoteError: the file is not a checkpoint.
    """
    data = store.checkpoint()
    return None if data is None else parse_checkpoint(data)[1]


def differences(
    mine: TileStore, old: Checkpoint, log: Source, offered: Checkpoint
) -> Iterator[tuple[int, bytes, bytes | None]]:
    """Yield (index, leaf hash seen before, leaf hash shown now or None) where the two logs differ."""
    shown = _as_far_as_there(leaves(log.fetch, min(old.size, offered.size)))
    for index, leaf in enumerate(leaves(mine.fetch, old.size)):
        other = next(shown, None)
        if other != leaf:
            yield index, leaf, other


def _as_far_as_there(hashes: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from hashes
    except (TileMissingError, TileError):
        return
