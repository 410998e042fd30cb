"""From the queue into the signed ledger: leaves, tree, tiles, checkpoint, durable, against the hashing alone."""

from datetime import date
from secrets import token_bytes, token_hex
from typing import Final

from bench import anchors
from bench.common import Measure, Target, compare, rate, size
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.apps.journal.seeding import Filed, Story, seed
from zhunsheng.infra import clock

A_STREAM: Final = 10
ENTRY: Final = 101  # bytes of a ledger entry


def main() -> None:
    """Measure."""
    drain()
    count = size().sequenced
    measure = Measure("ledger.sequence", "events/s", "RFC 6962 streaming hash, Python", "higher", Target(0.1, 0.4))
    leaves = [token_bytes(ENTRY) for _ in range(count)]
    compare(
        measure,
        lambda: _sequenced(count),
        lambda: rate(count, lambda: anchors.stream_tree(leaves)),
        n=count,
        settings=anchors.settings(),
        batch=ledger.sequencer().batch,
    )


def drain() -> None:
    """Sequence whatever waits."""
    while ledger.sequencer().run_once():
        pass


def _sequenced(count: int) -> float:
    at = clock.now()
    notes = [New("note.taken", {"t": "note"}, date(2026, 3, 2))] * A_STREAM
    seed(Story(Ref("bench", "note", token_hex(8)), [Filed(notes, "bench", at)]) for _ in range(count // A_STREAM))
    return rate(count, drain)
