"""A backup can be older than the policy that names the witness: the log's own signature counts against it then."""

import pytest

from tests.apps.journal.world import ORIGIN, SHOP, World
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.sequencer import LogBrokenError
from zhunsheng.core.ledger.note import Checkpoint, signed_checkpoint
from zhunsheng.infra.keys import KeyRing

pytestmark = pytest.mark.postgres


@pytest.fixture
def unknown_witness(world: World) -> World:
    """An installation that was restored with the policy of its first day, and told where a witness is."""
    world.file(SHOP, "现场笔录")
    ledger.tick()
    world.data.policy.write_text(f"log {KeyRing(world.data).log_signer().key}\nquorum 0\n", encoding="utf-8")
    seen = world.data.root / "seen"
    seen.mkdir()
    note = signed_checkpoint(Checkpoint(ORIGIN, 7, b"x" * 32), world.log.signers)
    (seen / "checkpoint").write_bytes(note.encode())
    (world.data.root / "witnesses").write_text(f"{seen}\n", encoding="utf-8")
    return world


def test_the_sequencer_stops_at_its_own_signature_under_a_longer_history(unknown_witness: World) -> None:
    before = unknown_witness.published()
    unknown_witness.file(SHOP, "送达回证")
    with pytest.raises(LogBrokenError, match="witness-ahead"):
        ledger.tick()
    assert unknown_witness.published() == before


def test_a_stranger_who_claims_more_stops_nobody(unknown_witness: World) -> None:
    other = KeyRing(unknown_witness.data)
    other.path("log.key").rename(other.path("real.key"))
    other.make(ORIGIN)
    note = signed_checkpoint(Checkpoint(ORIGIN, 7, b"x" * 32), other.log_signers())
    other.path("real.key").replace(other.path("log.key"))
    (unknown_witness.data.root / "seen" / "checkpoint").write_bytes(note.encode())
    unknown_witness.file(SHOP, "送达回证")
    assert ledger.tick()
