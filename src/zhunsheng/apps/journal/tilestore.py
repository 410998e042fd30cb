"""The ledger as files: ``checkpoint`` and ``tile/…`` as C2SP tlog-tiles lays them out, and a place for what comes next.

A file has its content before it has its name and is durable when its writer returns, so that whatever a
checkpoint names can be read, after a crash too. A folder of this kind is what the log publishes and what a
witness keeps; nothing here knows a database.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.canonical import sha256
from zhunsheng.core.ledger.note import Checkpoint
from zhunsheng.core.ledger.tiles import WIDTH, Fetch, Tile, TileError, decode_entries, encode_entries
from zhunsheng.infra import durable

PUBLIC_FILE: Final = 0o644
HASH_BYTES: Final = 32


class TileMissingError(ZhunshengError):
    """The store has no such file, nor a wider one it could be cut from."""

    code: ClassVar[str] = "tile-missing"


class StoreBusyError(ZhunshengError):
    """Another process writes to this folder."""

    code: ClassVar[str] = "log-busy"


@dataclass(frozen=True, slots=True)
class TileStore:
    root: Path

    def checkpoint(self) -> bytes | None:
        """Return the published checkpoint, or None before the first."""
        with suppress(FileNotFoundError):
            return (self.root / "checkpoint").read_bytes()
        return None

    def show(self, note: bytes) -> None:
        """Publish a checkpoint. All it names must have been ``put`` before."""
        self._write(self.root / "checkpoint", note)

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a tile or bundle.

        A narrow tile is removed once a full one stands beside it; it is then cut from the wider one, which
        begins with the same hashes.

        Raises:
            TileMissingError: it is not there.
            TileError: ``path`` is not the name of a tile, or the file has another shape than its name says.
        """
        wanted = Tile.parse(path)
        for candidate in self._wider(wanted):
            with suppress(FileNotFoundError):
                return cut((self.root / candidate.path).read_bytes(), candidate, wanted.width)
        raise TileMissingError(path)

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write tiles and bundles. Doing it twice is harmless."""
        full = []
        for path, content in files:
            tile = Tile.parse(path)
            self._write(self.root / path, content)
            if tile.width == WIDTH:
                full.append(tile)
        for tile in full:
            self._drop_narrower(tile)

    def stage(self, checkpoint: Checkpoint, entries: Sequence[bytes]) -> None:
        """Keep a batch by the checkpoint it leads to: by root and not only by size, so none is taken for another."""
        self._write(self._staged(checkpoint), encode_entries(entries))

    def staged(self, checkpoint: Checkpoint, count: int) -> list[bytes] | None:
        """Return the batch of ``count`` entries that leads to ``checkpoint``, or None if it is not here whole."""
        try:
            return decode_entries(self._staged(checkpoint).read_bytes(), count)
        except (FileNotFoundError, TileError):
            return None

    def unstage(self) -> None:
        """Forget every staged batch: what was committed has been published."""
        for path in (self.root / "staging").glob("*"):
            path.unlink(missing_ok=True)

    def keep_evidence(self, name: str, files: Iterable[tuple[str, bytes]]) -> Path:
        """Keep files under ``evidence/``; the same evidence is kept once. Return its folder."""
        content = dict(files)
        digest = sha256(b"".join(sha256(part) for part in content.values())).hex()[:16]
        folder = self.root / "evidence" / f"{name}-{digest}"
        for file, part in content.items():
            if not (folder / file).exists():
                self._write(folder / file, part)
        return folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer of this folder; the lock ends with the process.

        Raises:
            StoreBusyError: somebody else is.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StoreBusyError(str(self.root)) from None
        try:
            yield
        finally:
            os.close(descriptor)

    def _write(self, path: Path, content: bytes) -> None:
        """The one place that writes: tests count its calls and cut the power before each."""
        missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in missing:
            durable.sync_folder(folder.parent)
        durable.write(path, content, mode=PUBLIC_FILE)

    def _staged(self, checkpoint: Checkpoint) -> Path:
        return self.root / "staging" / f"{checkpoint.size}-{checkpoint.root.hex()}"

    def _wider(self, tile: Tile) -> Iterator[Tile]:
        yield tile
        if tile.width == WIDTH:
            return
        full = Tile(tile.level, tile.index)
        yield full
        partial = self.root / f"{full.path}.p"
        widths = sorted(int(path.name) for path in partial.glob("[0-9]*") if path.name.isdigit())
        for width in widths:
            if width > tile.width:
                yield Tile(tile.level, tile.index, width)

    def _drop_narrower(self, full: Tile) -> None:
        partial = self.root / f"{full.path}.p"
        if partial.is_dir():
            for path in partial.iterdir():
                path.unlink(missing_ok=True)
            with suppress(OSError):
                partial.rmdir()


def cut(data: bytes, tile: Tile, width: int) -> bytes:
    """Return the first ``width`` hashes or entries of what ``tile`` holds.

    Raises:
        TileError: ``data`` is not what ``tile`` promises.
    """
    if tile.level is None:
        entries = decode_entries(data, tile.width)
        return data if width == tile.width else encode_entries(entries[:width])
    if len(data) != tile.width * HASH_BYTES:
        raise TileError(f"{len(data)} bytes in a tile of {tile.width} hashes")
    return data[: width * HASH_BYTES]


def leaves(fetch: Fetch, size: int) -> Iterator[bytes]:
    """Yield the leaf hashes of a stored tree, in order."""
    for tile in _cover(0, 0, size):
        data = fetch(tile.path)
        yield from (data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))


def entries(fetch: Fetch, start: int, size: int) -> Iterator[bytes]:
    """Yield the entries of a stored tree from leaf ``start`` on, in order."""
    for tile in _cover(None, start, size):
        skip = max(start - tile.index * WIDTH, 0)
        yield from decode_entries(fetch(tile.path), tile.width)[skip:]


def _cover(level: int | None, start: int, size: int) -> Iterator[Tile]:
    for index in range(start // WIDTH, -(-size // WIDTH)):
        yield Tile(level, index, min(WIDTH, size - index * WIDTH))
