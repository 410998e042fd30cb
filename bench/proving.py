"""An inclusion proof from the published tiles, against a tree rebuilt for it and against nodes kept in SQLite."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench import anchors
from bench.common import Measure, compare, seconds, size
from zhunsheng.apps.journal import proofs
from zhunsheng.apps.journal.tilestore import TileStore, leaves
from zhunsheng.core.ledger.tiles import TileHashes
from zhunsheng.core.ledger.tree import inclusion_proof
from zhunsheng.infra import datadir


def main() -> None:
    """Measure a proof alone and a proof as the service gives it, with checkpoint and cosignatures."""
    head, store, settings = proofs.head(), TileStore(datadir.current().log), anchors.settings()
    if head is None:
        raise SystemExit("nothing is in the ledger")
    hashes = list(leaves(store.fetch, head.size))
    asked = [head.size * place // size().requests for place in range(size().requests)]

    def each(act: object) -> float:
        if not callable(act):
            raise TypeError
        return 1000 * seconds(lambda: [act(index) for index in asked]) / len(asked)

    def bare(index: int) -> object:
        return inclusion_proof(index, head.size, TileHashes(head.size, store.fetch))

    def whole(index: int) -> object:
        return proofs.proof_of("", index)

    def rebuilt(index: int) -> object:
        return anchors.rebuilt_path(hashes, index)

    more = {"n": len(asked), "settings": settings, "leaves": head.size}
    with TemporaryDirectory() as folder:
        nodes = anchors.StoredNodes(Path(folder) / "nodes.sqlite", hashes)
        few = asked[:: max(1, len(asked) // 3)]
        compare(
            Measure("proof.tiles", "ms", "tree rebuilt in Python for each proof", "lower"),
            lambda: each(bare),
            lambda: 1000 * seconds(lambda: [rebuilt(index) for index in few]) / len(few),
            **more,  # type: ignore[arg-type]
        )
        for name, act in (("proof.tiles.stored", bare), ("proof.service", whole)):
            measure = Measure(name, "ms", "SQLite, one SELECT a stored node", "lower")
            compare(measure, lambda act=act: each(act), lambda: each(nodes.path), **more)  # type: ignore[misc, arg-type]
