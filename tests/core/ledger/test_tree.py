"""The Merkle tree against RFC 6962 samples, other logs' probes, and itself."""

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.ledger.tree import (
    EMPTY_ROOT,
    MAX_SIZE,
    CompactRange,
    Hash,
    Node,
    ProofInvalidError,
    Span,
    check_consistency,
    check_inclusion,
    check_subtree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    peaks,
    root,
    root_at,
)


class Stored:
    """Every perfect subtree of a tree, by node: what a log keeps. Counts what is read."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self.nodes: dict[Node, Hash] = {}
        self.reads = 0
        grown = CompactRange()
        for entry in entries:
            self.nodes.update(grown.append(leaf_hash(entry)))

    def read(self, nodes: Sequence[Node]) -> list[Hash]:
        self.reads += len(nodes)
        return [self.nodes[node] for node in nodes]


def entries_of(size: int) -> list[bytes]:
    return [str(i).encode() for i in range(size)]


def recursive_root(leaves: Sequence[Hash]) -> Hash:
    """MTH as RFC 6962 writes it down, shared with nothing under test."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


def probes(vectors: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (vectors / f"merkle/probes-{name}.jsonl").read_text().splitlines()]


def hashes(items: Sequence[str] | None) -> list[bytes]:
    return [base64.b64decode(item) for item in items or []]


def accepted(check: Callable[..., None], *args: object) -> bool:
    try:
        check(*args)
    except ProofInvalidError:
        return False
    return True


# --- Vectors ---


def test_the_eight_leaves_of_the_rfc_have_their_roots(vectors: Path) -> None:
    sample = json.loads((vectors / "merkle/rfc6962-8-leaves.json").read_text())
    leaves = [leaf_hash(bytes.fromhex(text)) for text in sample["leaf_inputs_hex"]]
    assert [leaf.hex() for leaf in leaves] == sample["leaf_hashes_hex"]
    stored = Stored([bytes.fromhex(text) for text in sample["leaf_inputs_hex"]])
    assert [root(leaves[:size]).hex() for size in range(9)] == sample["root_hashes_by_size_hex"]
    assert [stored.nodes[Node(1, i)].hex() for i in range(4)] == sample["level1_hex"]
    assert [stored.nodes[Node(2, i)].hex() for i in range(2)] == sample["level2_hex"]


def test_inclusion_probes(vectors: Path) -> None:
    all_probes = probes(vectors, "inclusion")
    for p in all_probes:
        leaf, expected = hashes([p["leafHash"], p["root"]])
        got = accepted(check_inclusion, leaf, p["leafIdx"], p["treeSize"], hashes(p["proof"]), expected)
        assert got is not p["wantErr"], p["file"]
    assert len(all_probes) == 60


def test_consistency_probes(vectors: Path) -> None:
    all_probes = probes(vectors, "consistency")
    for p in all_probes:
        old, new = hashes([p["root1"], p["root2"]])
        got = accepted(check_consistency, p["size1"], old, p["size2"], new, hashes(p["proof"]))
        assert got is not p["wantErr"], p["file"]
    assert len(all_probes) == 52


def test_subtree_consistency_probes(vectors: Path) -> None:
    all_probes = probes(vectors, "subtreeconsistency")
    for p in all_probes:
        part, whole = hashes([p["root1"], p["root2"]])
        span = Span(p["start"], p["end"] - p["start"])
        got = accepted(check_subtree, span, part, p["size"], whole, hashes(p["proof"]))
        assert got is not p["wantErr"], p["file"]
    assert len(all_probes) == 63


def test_subtree_inclusion_probes(vectors: Path) -> None:
    all_probes = probes(vectors, "subtreeinclusion")
    for p in all_probes:
        leaf, expected = hashes([p["leafHash"], p["root"]])
        at, size = p["leafIdx"] - p["start"], p["end"] - p["start"]
        got = accepted(check_inclusion, leaf, at, size, hashes(p["proof"]), expected)
        assert got is not p["wantErr"], p["file"]
    assert len(all_probes) == 120


def test_entries_of_a_real_public_log(vectors: Path) -> None:
    lines = (vectors / "merkle/rekor-inclusion.jsonl").read_text().splitlines()
    for case in map(json.loads, lines):
        leaf = leaf_hash(base64.b64decode(case["leaf_b64"]))
        proof, expected = hashes(case["proof_b64"]), base64.b64decode(case["root_b64"])
        got = accepted(check_inclusion, leaf, case["log_index"], case["tree_size"], proof, expected)
        assert got is case["inclusion_verifies"], case["source"]
    assert len(lines) == 27


# --- Properties ---


@given(st.integers(0, 300))
def test_the_growing_range_has_the_root_of_the_rfc(size: int) -> None:
    leaves = [leaf_hash(entry) for entry in entries_of(size)]
    assert root(leaves) == recursive_root(leaves)


@given(st.data(), st.integers(1, 300))
def test_every_leaf_can_be_proved_with_few_reads(data: st.DataObject, size: int) -> None:
    entries = entries_of(size)
    index = data.draw(st.integers(0, size - 1))
    stored = Stored(entries)
    proof = inclusion_proof(index, size, stored)
    assert stored.reads <= 2 * size.bit_length()
    check_inclusion(leaf_hash(entries[index]), index, size, proof, root_at(size, stored))


@given(st.data(), st.integers(0, 300))
def test_every_older_tree_can_be_proved_with_few_reads(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(0, new))
    stored = Stored(entries_of(new))
    proof = consistency_proof(old, new, stored)
    assert stored.reads <= 3 * new.bit_length()
    check_consistency(old, root_at(old, stored), new, root_at(new, stored), proof)


@given(st.data(), st.integers(2, 120))
def test_no_other_proof_index_size_or_leaf_passes(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    stored = Stored(entries_of(size))
    proof, leaf, top = inclusion_proof(index, size, stored), stored.nodes[Node(0, index)], root_at(size, stored)
    at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    flipped = bytearray(proof[at])
    flipped[bit // 8] ^= 1 << bit % 8
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
    for changed in (
        (leaf, index, size, [*proof[:at], bytes(flipped), *proof[at + 1 :]], top),
        (leaf, index, size, proof[:-1], top),
        (leaf, index, size, [*proof, top], top),
        (leaf, other, size, proof, top),
        (leaf_hash(b"other"), index, size, proof, top),
        (leaf, index, size, proof, leaf),
    ):
        assert not accepted(check_inclusion, *changed)


@given(st.data(), st.integers(2, 120))
def test_no_other_history_passes_as_the_older_tree(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new - 1))
    stored, forged = Stored(entries_of(new)), Stored([b"forged", *entries_of(new)[1:]])
    proof = consistency_proof(old, new, stored)
    assert not accepted(check_consistency, old, root_at(old, forged), new, root_at(new, stored), proof)
    assert not accepted(check_consistency, old, root_at(old, stored), new, root_at(new, forged), proof)
    proof = consistency_proof(old, new, forged)
    assert not accepted(check_consistency, old, root_at(old, stored), new, root_at(new, forged), proof)


@given(st.integers(0, 200), st.integers(0, 100))
def test_a_range_can_be_laid_down_and_taken_up_again(size: int, more: int) -> None:
    stored = Stored(entries_of(size))
    resumed = CompactRange.load(size, stored)
    assert resumed.size == size
    for entry in entries_of(size + more)[size:]:
        resumed.append(leaf_hash(entry))
    assert resumed.root() == root(leaf_hash(entry) for entry in entries_of(size + more))
    assert len(resumed.hashes) == resumed.size.bit_count()


@given(st.integers(0, 10_000), st.integers(0, 20))
def test_peaks_cover_the_span_without_gap(size: int, shift: int) -> None:
    start = shift << size.bit_length()
    at = start
    for node in peaks(Span(start, size)):
        assert node.number << node.level == at
        at += 1 << node.level
    assert at == start + size


# --- Refusals ---


@pytest.mark.parametrize("index", [-1, 3, 10**30])
def test_a_leaf_outside_the_tree_has_no_proof(index: int) -> None:
    stored = Stored(entries_of(3))
    with pytest.raises(ValueError, match="is not in a tree of 3"):
        inclusion_proof(index, 3, stored)
    assert not accepted(check_inclusion, stored.nodes[Node(0, 0)], index, 3, [], EMPTY_ROOT)


@pytest.mark.parametrize(("old", "new"), [(4, 3), (-1, 3)])
def test_a_smaller_tree_extends_nothing(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="does not extend"):
        consistency_proof(old, new, Stored(entries_of(4)))
    assert not accepted(check_consistency, old, EMPTY_ROOT, new, EMPTY_ROOT, [])


def test_a_size_no_log_can_have_costs_no_time() -> None:
    leaf = leaf_hash(b"x")
    assert not accepted(check_inclusion, leaf, 0, MAX_SIZE + 1, [leaf] * 100_000, leaf)
    assert not accepted(check_inclusion, leaf, 0, 8, [leaf] * 100_000, leaf)
    assert not accepted(check_consistency, 1, leaf, MAX_SIZE * 2, leaf, [leaf])


def test_a_hash_of_another_length_is_refused() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert accepted(check_inclusion, left, 0, 2, [right], node_hash(left, right))
    assert not accepted(check_inclusion, left, 0, 2, [right + b"x"], node_hash(left, right + b"x"))
    assert not accepted(check_consistency, 0, EMPTY_ROOT, 2, b"short", [])


def test_the_empty_tree_has_one_root() -> None:
    assert accepted(check_consistency, 0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert not accepted(check_consistency, 0, EMPTY_ROOT, 0, leaf_hash(b""), [])
    assert not accepted(check_consistency, 0, leaf_hash(b""), 5, leaf_hash(b""), [])
    assert not accepted(check_consistency, 0, EMPTY_ROOT, 5, leaf_hash(b""), [EMPTY_ROOT])


def test_a_part_that_is_no_subtree_is_refused() -> None:
    stored = Stored(entries_of(8))
    two = node_hash(stored.nodes[Node(0, 1)], stored.nodes[Node(0, 2)])
    assert not accepted(check_subtree, Span(1, 2), two, 8, root_at(8, stored), [])


def test_a_range_with_the_wrong_number_of_peaks_is_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves have 2 peaks, not 1"):
        CompactRange(3, [EMPTY_ROOT])
