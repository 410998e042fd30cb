"""Trees in files: other logs' folders rebuilt, names, growth batch by batch."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.core.ledger.keys import VerifierKey
from zhunsheng.core.ledger.note import open_note, parse_checkpoint
from zhunsheng.core.ledger.tiles import (
    MAX_ENTRY_SIZE,
    WIDTH,
    Growth,
    Tile,
    TileError,
    TileHashes,
    decode_entries,
    encode_entries,
    grow,
    new_tiles,
    split_hashes,
    tile_at,
)
from zhunsheng.core.ledger.tree import (
    EMPTY_ROOT,
    CompactRange,
    Node,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    root_at,
)


class Folder:
    """A log's files in memory. Counts fetches."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.size = 0

    def fetch(self, path: str) -> bytes:
        self.fetched.append(path)
        return self.files[path]

    def add(self, *entries: bytes) -> Growth:
        growth = grow(self.size, entries, self.fetch)
        self.files.update(growth.files)
        self.size = growth.size
        return growth


def numbered(start: int, stop: int) -> list[bytes]:
    return [f"entry {i}".encode() for i in range(start, stop)]


# --- Vectors ---


@pytest.mark.parametrize("size", range(16))
def test_a_log_of_fifteen_is_rebuilt_from_its_files(vectors: Path, size: int) -> None:
    folder = vectors / "merkle/tlog-tiles-log15"
    note, checkpoint = parse_checkpoint((folder / f"checkpoint.{size}").read_bytes())
    assert len(open_note(note, [VerifierKey.parse((folder / "vkey.txt").read_text().strip())]).verified) == 1
    leaves = [text.encode() for text in json.loads((folder / "leaves.json").read_text())[:size]]
    assert (checkpoint.size, checkpoint.root) == (size, root(map(leaf_hash, leaves)))
    if size:
        assert root_at(size, TileHashes(size, lambda path: (folder / path).read_bytes())) == checkpoint.root
        assert decode_entries((folder / f"tile/entries/000.p/{size}").read_bytes(), size) == leaves


def test_our_files_are_those_of_the_log_of_fifteen(vectors: Path) -> None:
    folder = vectors / "merkle/tlog-tiles-log15"
    ours = Folder()
    for text in json.loads((folder / "leaves.json").read_text()):
        ours.add(text.encode())
    theirs = {str(p.relative_to(folder)): p.read_bytes() for p in (folder / "tile").rglob("*") if p.is_file()}
    assert ours.files == theirs


def test_a_mirror_of_three_hundred_is_rebuilt_from_its_files(vectors: Path) -> None:
    (folder,) = (p for p in (vectors / "merkle/sunlight-mirror-300").iterdir() if p.is_dir())
    _, checkpoint = parse_checkpoint((folder / "checkpoint").read_bytes())
    assert root_at(300, TileHashes(300, lambda path: (folder / path).read_bytes())) == checkpoint.root
    # Its bundles are placeholders, as their text says; its tiles are real.
    leaves = [leaf for name in ("000", "001.p/44") for leaf in cut((folder / "tile/0" / name).read_bytes())]
    grown = CompactRange()
    nodes = dict(done for leaf in leaves for done in grown.append(leaf))
    assert (len(leaves), grown.root()) == (300, checkpoint.root)
    assert nodes[Node(8, 0)] == (folder / "tile/1/000.p/1").read_bytes()


def cut(tile: bytes) -> list[bytes]:
    return split_hashes(tile, len(tile) // 32)


def test_as_many_new_tiles_as_other_logs_count(vectors: Path) -> None:
    for case in json.loads((vectors / "merkle/tile-math.json").read_text())["new_tiles_height10"]:
        assert len(new_tiles(case["old"], case["new"], height=10)) == case["tiles"], case


# --- Names ---


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(3, 999, 1), "tile/3/999.p/1"),
        (Tile(None, 1000, 255), "tile/entries/x001/000.p/255"),
        (Tile(None, 7), "tile/entries/007"),
    ],
)
def test_a_tile_has_one_name(tile: Tile, path: str) -> None:
    assert (tile.path, Tile.parse(path)) == (path, tile)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/../../000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/٠٠٠",
    ],
)
def test_another_spelling_is_no_name(path: str) -> None:
    with pytest.raises(TileError):
        Tile.parse(path)


@given(st.none() | st.integers(0, 63), st.integers(0, 10**15), st.integers(1, 256))
def test_every_name_reads_as_it_was_written(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path) == tile


@pytest.mark.parametrize(("level", "index", "size"), [(0, 1, 256), (1, 0, 255), (0, -1, 5), (0, 0, 0)])
def test_a_tile_the_tree_does_not_have_is_not_made_up(level: int, index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no tile"):
        tile_at(level, index, size)


# --- Growth ---


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=4))
def test_batch_by_batch_or_at_once_the_tree_is_the_same(batches: list[int]) -> None:
    folder, before = Folder(), EMPTY_ROOT
    for count in batches:
        old = folder.size
        growth = folder.add(*numbered(old, old + count))
        assert {path for path, _ in growth.files if "entries" not in path} == {
            t.path for t in new_tiles(old, growth.size)
        }
        proof = consistency_proof(old, growth.size, TileHashes(growth.size, folder.fetch))
        check_consistency(old, before, growth.size, growth.root, proof)
        before = growth.root
    assert before == root(map(leaf_hash, numbered(0, sum(batches))))
    at_once = Folder()
    at_once.add(*numbered(0, sum(batches)))
    assert at_once.files.items() <= folder.files.items()


def test_a_proof_in_a_large_tree_reads_few_tiles() -> None:
    folder = Folder()
    size = WIDTH * WIDTH + 300
    growth = folder.add(*numbered(0, size))
    folder.fetched.clear()
    reader = TileHashes(size, folder.fetch)
    proof = inclusion_proof(70, size, reader)
    check_inclusion(leaf_hash(b"entry 70"), 70, size, proof, growth.root)
    assert len(folder.fetched) <= 5
    folder.fetched.clear()
    folder.add(b"one more")
    assert len(folder.fetched) <= 8  # not one for each leaf


def test_every_file_keeps_its_name_and_content_for_ever() -> None:
    folder = Folder()
    folder.add(*numbered(0, 250))
    before = dict(folder.files)
    folder.add(*numbered(250, 600))
    assert before.items() <= folder.files.items()


def test_an_empty_batch_writes_nothing() -> None:
    folder = Folder()
    folder.add(*numbered(0, 3))
    assert folder.add() == Growth(3, root(map(leaf_hash, numbered(0, 3))), ())


# --- Damaged files ---


def test_a_tile_of_another_length_is_refused() -> None:
    folder = Folder()
    folder.add(*numbered(0, 5))
    folder.files["tile/0/000.p/5"] += b"x"
    with pytest.raises(TileError):
        root_at(5, TileHashes(5, folder.fetch))


@pytest.mark.parametrize("node", [Node(0, 5), Node(2, 1), Node(8, 0)])
def test_a_node_beyond_the_tree_is_refused(node: Node) -> None:
    folder = Folder()
    folder.add(*numbered(0, 5))
    with pytest.raises(ValueError, match="has no"):
        TileHashes(5, folder.fetch).read([node])


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x05abc", b"\x00\x01ab", b"\x00\x01a\x00"])
def test_a_bundle_that_does_not_end_with_its_last_entry_is_refused(data: bytes) -> None:
    with pytest.raises(TileError):
        decode_entries(data, 1)


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_a_bundle_reads_as_it_was_written(entries: list[bytes]) -> None:
    assert decode_entries(encode_entries(entries), len(entries)) == entries


def test_an_entry_too_long_for_a_bundle_is_refused() -> None:
    assert encode_entries([b"x" * MAX_ENTRY_SIZE])
    with pytest.raises(ValueError, match="longer"):
        encode_entries([b"x" * (MAX_ENTRY_SIZE + 1)])


def test_hashes_are_cut_at_their_length() -> None:
    assert split_hashes(b"a" * 32 + b"b" * 32, 2) == [b"a" * 32, b"b" * 32]
