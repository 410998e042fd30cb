"""How a tree lies in files (C2SP tlog-tiles): 256 hashes a tile, 256 entries a bundle.

    tile/<level>/<index>[.p/<width>]      hashes of the nodes at height 8 * level
    tile/entries/<index>[.p/<width>]      entries: 16-bit length, bytes, and so on

A tile is named with its width until it is full, so no name ever changes its content:
tiles can be copied, cached and served by anything. ``grow`` says which files a batch
adds; ``TileHashes`` reads a tree back out of them, O(log n) files for a proof.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.tree import EMPTY_ROOT, CompactRange, Hash, Node, leaf_hash, node_hash

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
MAX_ENTRY_SIZE: Final = (1 << 16) - 1  # bytes
_HASH: Final = len(EMPTY_ROOT)
_ENTRIES: Final = "entries"
_PATH: Final = re.compile(
    r"tile/(?P<level>entries|0|[1-9]|[1-5][0-9]|6[0-3])"
    r"/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)

Fetch: TypeAlias = Callable[[str], bytes]
"""Returns the bytes at a path; raises whatever its store raises when there are none."""


class TileError(ZhunshengError):
    """A tile or bundle does not have the shape its name promises."""

    code: ClassVar[str] = "tile-malformed"


@dataclass(frozen=True, slots=True)
class Tile:
    """One file. ``level`` is None for a bundle of entries."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The name, for example ``tile/0/x001/x234/067`` or ``tile/entries/000.p/12``."""
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        name = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        level = _ENTRIES if self.level is None else self.level
        return f"tile/{level}/{name}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """Read what ``path`` writes, and nothing else.

        Raises:
            TileError: not a name of a tile, or not its only spelling.
        """
        found = _PATH.fullmatch(path)
        if found is None:
            raise TileError("not the path of a tile")
        level = None if found["level"] == _ENTRIES else int(found["level"])
        tile = cls(level, int(re.sub("[x/]", "", found["index"])), int(found["width"] or WIDTH))
        if tile.path != path:
            raise TileError("not the only spelling of a path")
        return tile


def tile_at(level: int, index: int, size: int) -> Tile:
    """Return the tile ``index`` of ``level`` in a tree of ``size``, with its width there.

    Raises:
        ValueError: a tree of this size does not have it.
    """
    width = min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH)
    if index < 0 or width <= 0:
        raise ValueError(f"a tree of {size} has no tile {index} at level {level}")
    return Tile(level, index, width)


def new_tiles(old: int, new: int, height: int = HEIGHT) -> list[Tile]:
    """Return the tiles of hashes that a tree growing from ``old`` to ``new`` must publish.

    ``height`` other than 8 is for checking the rule against logs that use another.
    """
    tiles, level, width = [], 0, 1 << height
    while new >> (height * level):
        before, after = old >> (height * level), new >> (height * level)
        full = range(before // width, after // width)
        tiles += [Tile(level, index, width) for index in full]
        if before != after and after % width:
            tiles.append(Tile(level, after // width, after % width))
        level += 1
    return tiles


class TileHashes:
    """A ``HashReader`` over the tiles of a tree. Fetches each tile once."""

    def __init__(self, size: int, fetch: Fetch) -> None:
        self._size = size
        self._fetch = fetch
        self._tiles: dict[tuple[int, int], Sequence[Hash]] = {}

    def read(self, nodes: Sequence[Node]) -> list[Hash]:
        """Return the hash of each node.

        Raises:
            TileError: a tile is not as long as its width.
            ValueError: the tree has no such node.
        """
        return [self._node(node) for node in nodes]

    def _node(self, node: Node) -> Hash:
        level, above = divmod(node.level, HEIGHT)
        first = node.number << above  # of 2**above hashes at the tile's own height
        hashes = self._tile(level, first // WIDTH)[first % WIDTH :][: 1 << above]
        if len(hashes) != 1 << above:
            raise ValueError(f"a tree of {self._size} has no {node}")
        while len(hashes) > 1:
            hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    def _tile(self, level: int, index: int) -> Sequence[Hash]:
        if (level, index) not in self._tiles:
            tile = tile_at(level, index, self._size)
            self._tiles[level, index] = split_hashes(self._fetch(tile.path), tile.width)
        return self._tiles[level, index]


def split_hashes(data: bytes, width: int) -> list[Hash]:
    """Cut the bytes of a tile into its ``width`` hashes.

    Raises:
        TileError: another length.
    """
    if len(data) != width * _HASH:
        raise TileError(f"{len(data)} bytes in a tile of {width} hashes")
    return [data[i : i + _HASH] for i in range(0, len(data), _HASH)]


def encode_entries(entries: Sequence[bytes]) -> bytes:
    """Return the bundle of ``entries``.

    Raises:
        ValueError: an entry is longer than 65,535 bytes.
    """
    if any(len(entry) > MAX_ENTRY_SIZE for entry in entries):
        raise ValueError("an entry is longer than a bundle can say")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_entries(data: bytes, width: int) -> list[bytes]:
    """Read a bundle of exactly ``width`` entries.

    Raises:
        TileError: it ends early, or goes on after the last.
    """
    entries, at = [], 0
    for _ in range(width):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data) or start > len(data):
            raise TileError("a bundle ends inside an entry")
        entries.append(data[start:at])
    if at != len(data):
        raise TileError("a bundle goes on after its last entry")
    return entries


@dataclass(frozen=True, slots=True)
class Growth:
    """What a batch makes of a tree. Write ``files``, then show a checkpoint of size and root."""

    size: int
    root: Hash
    files: tuple[tuple[str, bytes], ...]  # (path, bytes), bundles first, then tiles upwards


def grow(old: int, entries: Sequence[bytes], fetch: Fetch) -> Growth:
    """Append ``entries`` to the stored tree of ``old`` leaves; O(log n) files are read.

    Raises:
        TileError: a stored file does not have the shape of its name.
    """
    hashes = TileHashes(old, fetch)
    grown = CompactRange.load(old, hashes)
    at_level: dict[int, list[Hash]] = {}
    for entry in entries:
        for node, value in grown.append(leaf_hash(entry)):
            if node.level % HEIGHT == 0:
                at_level.setdefault(node.level // HEIGHT, []).append(value)
    files = [*_bundles(old, entries, fetch), *_hash_tiles(old, grown.size, at_level, fetch)]
    return Growth(grown.size, grown.root(), tuple(files))


def _hash_tiles(old: int, new: int, added: dict[int, list[Hash]], fetch: Fetch) -> Iterator[tuple[str, bytes]]:
    for level, values in sorted(added.items()):
        before = old >> (HEIGHT * level)
        kept: list[Hash] = []
        if before % WIDTH:
            kept = split_hashes(fetch(tile_at(level, before // WIDTH, old).path), before % WIDTH)
        for index, part in _cut(before // WIDTH, kept + values):
            yield tile_at(level, index, new).path, b"".join(part)


def _bundles(old: int, entries: Sequence[bytes], fetch: Fetch) -> Iterator[tuple[str, bytes]]:
    kept: list[bytes] = []
    if old % WIDTH and entries:
        kept = decode_entries(fetch(Tile(None, old // WIDTH, old % WIDTH).path), old % WIDTH)
    for index, part in _cut(old // WIDTH, kept + list(entries)):
        yield Tile(None, index, len(part)).path, encode_entries(part)


def _cut(first: int, items: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    for start in range(0, len(items), WIDTH):
        yield first + start // WIDTH, items[start : start + WIDTH]
