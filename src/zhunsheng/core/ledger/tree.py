"""The Merkle tree of RFC 6962: hashes, proofs, and a range that grows.

Building and checking walk the tree the same way, by ``split``, the k of the RFC, so a
reader can hold both beside section 2.1. Building needs only some stored hashes, read
through ``HashReader`` (O(log n) of them); checking needs only the proof.

Checking refuses proofs with hashes left over: otherwise two different proofs could pass
for one fact. ``subtree`` proofs (draft-ietf-plants-merkle-tree-certs) are the general
case of consistency proofs, start = 0 being the RFC's.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final, NamedTuple, Protocol, TypeAlias

from zhunsheng.core.errors import ZhunshengError

Hash: TypeAlias = bytes  # 32 bytes
Proof: TypeAlias = Sequence[Hash]  # as the RFC orders it: from the leaf upwards

EMPTY_ROOT: Final[Hash] = hashlib.sha256(b"").digest()
MAX_SIZE: Final = 1 << 63  # beyond it no log can be; keeps hostile sizes from costing time


class ProofInvalidError(ZhunshengError):
    """The proof does not prove what it was given for."""

    code: ClassVar[str] = "proof-invalid"


class Node(NamedTuple):
    """A perfect subtree: the leaves from ``number << level`` on, ``1 << level`` of them."""

    level: int
    number: int


class Span(NamedTuple):
    """``size`` leaves from ``start`` on, as ``split`` cuts them out."""

    start: int
    size: int


class HashReader(Protocol):
    """Where a tree keeps the hashes of its perfect subtrees."""

    def read(self, nodes: Sequence[Node]) -> Sequence[Hash]:
        """Return the hash of each node, in the same order. Raises if one is not there."""


def leaf_hash(entry: bytes) -> Hash:
    """SHA-256(0x00 || entry). RFC 6962, section 2.1."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """SHA-256(0x01 || left || right). RFC 6962, section 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Largest power of two smaller than ``size`` (the RFC's k); ``size`` >= 2."""
    return 1 << ((size - 1).bit_length() - 1)


def root(leaves: Iterable[Hash]) -> Hash:
    """MTH of leaf hashes. RFC 6962, section 2.1."""
    grown = CompactRange()
    for leaf in leaves:
        grown.append(leaf)
    return grown.root()


# --- The range that grows ----------------------------------------------------------------


def peaks(span: Span) -> Iterator[Node]:
    """The perfect subtrees that make up ``span``, largest first."""
    start = span.start
    for level in reversed(range(span.size.bit_length())):
        if span.size >> level & 1:
            yield Node(level, start >> level)
            start += 1 << level


class CompactRange:
    """The peaks of a tree: all that is needed to append to it, O(log n) hashes."""

    def __init__(self, size: int = 0, hashes: Sequence[Hash] = ()) -> None:
        """Continue a tree of ``size`` leaves whose peaks, largest first, are ``hashes``."""
        if len(hashes) != size.bit_count():
            raise ValueError(f"{size} leaves have {size.bit_count()} peaks, not {len(hashes)}")
        self._size = size
        self._hashes = list(hashes)

    @classmethod
    def load(cls, size: int, reader: HashReader) -> "CompactRange":
        """Read the peaks of a stored tree."""
        return cls(size, reader.read(list(peaks(Span(0, size)))))

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._size

    @property
    def hashes(self) -> tuple[Hash, ...]:
        """The peaks, largest first."""
        return tuple(self._hashes)

    def append(self, leaf: Hash) -> list[tuple[Node, Hash]]:
        """Add one leaf; return the subtrees it completes, the leaf itself first."""
        index, level, top = self._size, 0, leaf
        done = [(Node(0, index), leaf)]
        while index >> level & 1:  # a peak of this level is waiting for its right half
            top = node_hash(self._hashes.pop(), top)
            level += 1
            done.append((Node(level, index >> level), top))
        self._hashes.append(top)
        self._size += 1
        return done

    def root(self) -> Hash:
        """MTH of everything appended."""
        return _fold(self._hashes) if self._hashes else EMPTY_ROOT


def _fold(hashes: Sequence[Hash]) -> Hash:
    """Join peaks, right to left: the right edge of the RFC's tree."""
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


# --- Building ----------------------------------------------------------------------------


def root_at(size: int, reader: HashReader) -> Hash:
    """MTH of the first ``size`` leaves of a stored tree."""
    return CompactRange.load(size, reader).root()


def inclusion_proof(index: int, size: int, reader: HashReader) -> list[Hash]:
    """PATH(index, D[0:size]). RFC 6962, section 2.1.1.

    Raises:
        ValueError: the leaf is not in a tree of this size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return _read(_spans(index, index + 1, size), reader)


def consistency_proof(old: int, new: int, reader: HashReader) -> list[Hash]:
    """PROOF(old, D[0:new]). RFC 6962, section 2.1.2. Empty when ``old`` is 0.

    Raises:
        ValueError: ``old`` is larger than ``new``.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not extend one of {old}")
    return _read(_spans(0, old, new), reader) if old else []


def _spans(start: int, stop: int, size: int) -> list[Span]:
    """The parts of a tree of ``size`` that a proof for leaves start..stop is made of."""
    parts: list[Span] = []
    base, complete = 0, True  # complete: what is left is the subtree itself (the RFC's b)
    while (start, stop) != (0, size):
        k = split(size)
        if stop <= k:
            parts.append(Span(base + k, size - k))
            size = k
        else:
            parts.append(Span(base, k))
            complete = complete and start >= k
            start, stop, base, size = max(start - k, 0), stop - k, base + k, size - k
    if not complete:
        parts.append(Span(base, size))
    return parts[::-1]


def _read(spans: Sequence[Span], reader: HashReader) -> list[Hash]:
    """Hash each span from stored peaks, all read at once."""
    nodes = [list(peaks(span)) for span in spans]
    hashes = iter(reader.read([node for group in nodes for node in group]))
    return [_fold([next(hashes) for _ in group]) for group in nodes]


# --- Checking ----------------------------------------------------------------------------


def implied_root(leaf: Hash, index: int, size: int, proof: Proof) -> Hash:
    """Root that ``proof`` implies for a tree of ``size`` leaves with ``leaf`` at ``index``.

    Raises:
        ProofInvalidError: the proof is longer or shorter than the path, or not of hashes.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise ProofInvalidError
    _hashes((leaf,))
    return _implied(Span(index, 1), size, _hashes(proof), leaf)[1]


def check_inclusion(leaf: Hash, index: int, size: int, proof: Proof, expected: Hash) -> None:
    """Accept that ``leaf`` is number ``index`` under the root ``expected``.

    Raises:
        ProofInvalidError: it is not, or the proof does not show it.
    """
    if implied_root(leaf, index, size, proof) != expected:
        raise ProofInvalidError


def check_consistency(old: int, old_root: Hash, new: int, new_root: Hash, proof: Proof) -> None:
    """Accept that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

    Every tree extends the empty one; that needs no proof, so none may be given.

    Raises:
        ProofInvalidError: it does not, or the proof does not show it.
    """
    _hashes((new_root,))
    check_subtree(Span(0, old), old_root, new, new_root, proof)
    if new == 0 and new_root != EMPTY_ROOT:
        raise ProofInvalidError


def check_subtree(part: Span, part_root: Hash, size: int, expected: Hash, proof: Proof) -> None:
    """Accept that the leaves of ``part`` lie in the tree of ``size`` leaves.

    Raises:
        ProofInvalidError: they do not, the proof does not show it, or ``part`` is no
            subtree: its start must be a multiple of its size rounded up to a power of two.
            The empty part lies in every tree, by an empty proof.
    """
    start, length = part
    if not (min(start, length) >= 0 and start + length <= size <= MAX_SIZE):
        raise ProofInvalidError
    if length == 0:
        if proof or part_root != EMPTY_ROOT:
            raise ProofInvalidError
        return
    if start % (1 << (length - 1).bit_length()):
        raise ProofInvalidError
    _hashes((part_root,))
    if _implied(part, size, _hashes(proof), part_root) != (part_root, expected):
        raise ProofInvalidError


def _hashes(proof: Proof) -> Proof:
    if any(len(item) != len(EMPTY_ROOT) for item in proof):
        raise ProofInvalidError
    return proof


def _implied(part: Span, size: int, proof: Proof, known: Hash | None) -> tuple[Hash, Hash]:
    """Roots that ``proof`` implies for the leaves of ``part`` and for the tree of ``size``.

    ``known`` is the root of the part as long as it was not cut; once it was, its last
    piece comes first in the proof.
    """
    start, length = part
    if part == (0, size):
        whole, unused = (known, proof) if known is not None else (proof[0] if proof else None, proof[1:])
        if whole is None or unused:  # unused hashes would let two proofs differ and both pass
            raise ProofInvalidError
        return whole, whole
    if not proof:
        raise ProofInvalidError
    k, rest, last = split(size), proof[:-1], proof[-1]
    if start + length <= k:
        old, new = _implied(part, k, rest, known)
        return old, node_hash(new, last)
    if start >= k:
        old, new = _implied(Span(start - k, length), size - k, rest, known)
        return old, node_hash(last, new)
    old, new = _implied(Span(0, start + length - k), size - k, rest, None)
    return node_hash(last, old), node_hash(last, new)
