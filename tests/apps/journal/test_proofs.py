import time

from tests.apps.journal.world import CLINIC, SHOP, World
from zhunsheng.apps.journal import ledger, proofs, queries
from zhunsheng.core.ledger.commitment import Header, event_commitment, payload_commitment
from zhunsheng.core.ledger.note import parse_checkpoint
from zhunsheng.core.ledger.tree import check_inclusion, leaf_hash


def checked(proof: proofs.Proof | None) -> proofs.Proof:
    assert proof is not None
    _note, checkpoint = parse_checkpoint(proof.checkpoint.encode())
    hashes = [bytes.fromhex(value) for value in proof.hashes]
    check_inclusion(leaf_hash(proof.entry.encode()), proof.index, proof.size, hashes, checkpoint.root)
    assert (checkpoint.size, checkpoint.origin) == (proof.size, proof.origin)
    return proof


def test_an_event_is_proved_to_a_stranger(world: World) -> None:
    world.file(SHOP, *map(str, range(300)))
    ledger.tick()
    proof = checked(proofs.proof(SHOP, 277))
    assert proof.witnessed
    assert queries.commitment(SHOP, 277) in proof.entry


def test_before_the_sequencer_there_is_no_proof(world: World) -> None:
    world.file(SHOP, "a")
    assert proofs.proof(SHOP, 1) is None
    assert proofs.head() is None
    assert queries.committed(SHOP) == 0


def test_a_missing_witness_makes_the_proof_pending_not_absent(world: World) -> None:
    world.file(SHOP, "a")
    ledger.tick()
    world.file(SHOP, "b")
    world.log.run_once()
    assert checked(proofs.proof(SHOP, 1)).witnessed
    assert not checked(proofs.proof(SHOP, 2)).witnessed
    ledger.tick()
    assert checked(proofs.proof(SHOP, 2)).witnessed


def test_a_proof_for_an_older_tree_can_be_had(world: World) -> None:
    world.file(SHOP, *map(str, range(5)))
    ledger.tick()
    world.file(SHOP, *map(str, range(300)))
    ledger.tick()
    assert checked(proofs.proof(SHOP, 2, size=5)).size == 5


def test_a_record_carries_all_that_its_commitment_covers(world: World) -> None:
    world.file(CLINIC, "内容")
    (record,) = proofs.records(CLINIC)
    assert record.salt is not None
    assert record.body is not None
    assert Header.parse(record.header).payload == payload_commitment(record.salt, record.body)
    assert event_commitment(record.header).hex() == record.commitment


def test_the_unwitnessed_window_is_measured(world: World) -> None:
    assert (ledger.window().now, ledger.window().waiting) == (0, 0)
    world.file(SHOP, "a", "b")
    time.sleep(0.05)
    assert ledger.window().now >= 0.05
    assert ledger.window().waiting == 2
    world.log.run_once()
    assert ledger.window().waiting == 2  # committed, published, and still nobody outside has seen it
    ledger.tick()
    closed = ledger.window()
    assert (closed.now, closed.waiting) == (0, 0)
    assert closed.longest is not None
    assert closed.longest >= 0.05
