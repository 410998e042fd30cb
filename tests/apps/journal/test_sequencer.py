"""The power is cut before each write, and the log is started again."""

import shutil
import time

import pytest
from django.db import DatabaseError, connection

from tests.apps.journal.world import CLINIC, SHOP, PowerCutError, World
from zhunsheng.apps.journal import checkpoints, sequencer
from zhunsheng.apps.journal.sequencer import LogBrokenError, NotTheOnlyOneError, rebuild
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.apps.journal.tilestore import StoreBusyError, entries, leaves
from zhunsheng.core.ledger.note import Checkpoint
from zhunsheng.core.ledger.tree import leaf_hash, root

# Writes of a batch of two after one of three: 1 staging, 2 entries, 3 tile, 4 checkpoint. Commit lies after 1.
WRITES = 4


def check_what_the_public_sees(world: World) -> Checkpoint:
    """All that the checkpoint names can be fetched, and leads to its root."""
    shown = world.published()
    hashes = list(leaves(world.store.fetch, shown.size))
    assert root(hashes) == shown.root
    assert [leaf_hash(entry) for entry in entries(world.store.fetch, 0, shown.size)] == hashes
    return shown


def test_a_batch_is_published_whole(world: World) -> None:
    world.file(SHOP, "a", "b")
    world.file(CLINIC, "c")
    assert world.log.run_once() == 3
    assert check_what_the_public_sees(world).size == 3
    assert world.log.run_once() == 0


@pytest.mark.parametrize(("cut", "size"), [(1, 3), (2, 5), (3, 5), (4, 5)])
def test_the_public_never_sees_a_tree_it_cannot_check(world: World, cut: int, size: int) -> None:
    world.file(SHOP, "a", "b", "c")
    world.log.run_once()
    world.file(SHOP, "d", "e")
    with pytest.raises(PowerCutError):
        world.failing(cut).run_once()
    assert check_what_the_public_sees(world).size == 3  # whatever was cut, the old tree still stands
    world.log.recover()
    assert check_what_the_public_sees(world).size == size
    world.log.run_once()
    assert check_what_the_public_sees(world).size == 5


def test_the_cuts_above_are_all_there_are(world: World) -> None:
    world.file(SHOP, "a", "b", "c")
    world.log.run_once()
    world.file(SHOP, "d", "e")
    log = world.failing(0)
    log.run_once()
    assert len(log.store.written) == WRITES  # type: ignore[attr-defined]


def test_a_batch_staged_before_the_cut_is_not_mistaken_for_the_next(world: World) -> None:
    world.file(SHOP, "a")
    with pytest.raises(PowerCutError):
        world.failing(2 + 1).run_once()  # committed, one of its files missing
    world.file(SHOP, "b")
    world.log.store.stage(Checkpoint("test.example/log", 1, b"x" * 32), [b"foreign"])
    world.log.run_once()
    assert check_what_the_public_sees(world).size == 2


def test_a_commit_that_fails_promises_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.file(SHOP, "a")
    with monkeypatch.context() as patch:
        patch.setattr(sequencer, "COMMIT_LEAVES", "SELECT 1 / (%s - %s::int)")
        with pytest.raises(DatabaseError):
            world.log.run_once()
    assert checkpoints.newest() is None
    assert world.store.checkpoint() is None
    assert fetch("SELECT count(*) FROM journal_pending")[0][0] == 1
    world.log.run_once()
    assert check_what_the_public_sees(world).size == 1


def test_the_loss_of_the_staged_batch_is_made_good_from_the_database(world: World) -> None:
    world.file(SHOP, "a")
    with pytest.raises(PowerCutError):
        world.failing(2).run_once()
    shutil.rmtree(world.data.log / "staging")
    world.log.recover()
    assert check_what_the_public_sees(world).size == 1


def test_events_keep_the_order_of_their_stream(world: World) -> None:
    for n in range(6):
        world.file(SHOP, f"a{n}")
        world.file(CLINIC, f"b{n}")
        if n % 2:
            world.log.run_once()
    rows = fetch(
        "SELECT e.stream_id, e.position FROM journal_leaf l JOIN journal_event e ON e.id = l.event_id ORDER BY l.index"
    )
    for stream in {row[0] for row in rows}:
        positions = [row[1] for row in rows if row[0] == stream]
        assert positions == sorted(positions)


def test_it_never_signs_below_what_was_published(world: World) -> None:
    """A backup was restored: the database is older than the log."""
    world.file(SHOP, "a")
    world.log.run_once()
    shutil.copytree(world.data.log, world.data.root / "copy")
    world.file(SHOP, "b")
    world.log.run_once()
    newer = world.store.checkpoint()
    with world.as_owner() as owner:  # what a restored backup looks like
        owner.execute(
            "ALTER TABLE journal_leaf DISABLE TRIGGER USER; ALTER TABLE journal_checkpoint DISABLE TRIGGER USER"
        )
        owner.execute(
            "ALTER TABLE journal_event DISABLE TRIGGER USER; ALTER TABLE journal_payload DISABLE TRIGGER USER"
        )
        owner.execute("DELETE FROM journal_leaf WHERE index = 1; DELETE FROM journal_checkpoint WHERE size = 2")
        owner.execute("DELETE FROM journal_payload WHERE event_id = 2; DELETE FROM journal_event WHERE position = 2")
    with pytest.raises(LogBrokenError, match="checkpoint-ahead"):
        world.log.run_once()
    assert world.store.checkpoint() == newer
    (evidence,) = (world.data.log / "evidence").iterdir()
    assert (evidence / "published").read_bytes() == newer


def test_it_refuses_a_database_with_another_history(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    with world.as_owner() as owner:
        owner.execute("ALTER TABLE journal_checkpoint DISABLE TRIGGER USER")
        owner.execute("UPDATE journal_checkpoint SET root = sha256('other')")
    world.file(SHOP, "b")
    with pytest.raises(LogBrokenError, match="checkpoint-forked"):
        world.log.run_once()
    assert checkpoints.newest() is not None
    assert world.published().size == 1


def test_it_refuses_leaves_nobody_committed(world: World) -> None:
    world.file(SHOP, "a", "b")
    world.log.run_once()
    with world.as_owner() as owner:
        owner.execute("ALTER TABLE journal_leaf DISABLE TRIGGER USER; DELETE FROM journal_leaf WHERE index = 1")
    with pytest.raises(LogBrokenError, match="leaves-not-committed"):
        world.log.run_once()


def test_it_refuses_damaged_tiles(world: World) -> None:
    world.file(SHOP, "a", "b", "c")
    world.log.run_once()
    (tile,) = world.data.log.glob("tile/0/000.p/3")
    tile.write_bytes(b"x" * 96)
    world.file(SHOP, "d")
    with pytest.raises(LogBrokenError, match="tiles-damaged"):
        world.log.run_once()
    assert rebuild(world.log) == 3
    assert world.log.run_once() == 1
    assert check_what_the_public_sees(world).size == 4


def test_it_refuses_a_checkpoint_it_did_not_sign(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    shown = world.store.checkpoint() or b""
    world.store.show(shown.replace(b"\n1\n", b"\n2\n"))
    with pytest.raises(LogBrokenError, match="checkpoint-unreadable"):
        world.log.run_once()


def test_an_alarm_ends_when_its_cause_does(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    shown = world.store.checkpoint() or b""
    world.store.show(b"nonsense")
    with pytest.raises(LogBrokenError):
        world.log.run_once()
    assert (world.data.log / "alarm.json").exists()
    world.store.show(shown)
    world.log.run_once()
    assert not (world.data.log / "alarm.json").exists()


def test_a_lost_folder_is_written_again(world: World) -> None:
    for n in range(3):
        world.file(SHOP, *[f"{n}.{m}" for m in range(150)])
        world.log.run_once()
    before = world.published()
    shutil.rmtree(world.data.log)
    rebuild(world.log)
    assert check_what_the_public_sees(world) == before


def test_there_is_only_one(world: World) -> None:
    world.file(SHOP, "a")
    with world.as_owner() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [sequencer.LOCK])
        with pytest.raises(NotTheOnlyOneError):
            world.log.run_once()
        other.execute("SELECT pg_advisory_unlock(%s)", [sequencer.LOCK])
    with world.store.lock(), pytest.raises(StoreBusyError):
        world.log.run_once()
    assert world.log.run_once() == 1


def test_an_event_does_not_leave_the_queue_without_a_leaf(world: World) -> None:
    world.file(SHOP, "a")
    with pytest.raises(DatabaseError, match="only into the ledger"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_pending")


def test_an_open_transaction_is_not_sequenced(world: World) -> None:
    """Ids are given before the commit: a batch must not skip the one who commits late."""
    world.file(SHOP, "a")
    with world.as_owner() as slow, slow.transaction():
        slow.execute("UPDATE journal_stream SET position = 2")
        slow.execute(
            "INSERT INTO journal_event (stream_id, position, kind, schema, actor, legal_date, recorded_at, lawdata,"
            " payload_commitment, commitment) SELECT stream_id, 2, kind, schema, actor, legal_date, recorded_at,"
            " lawdata, payload_commitment, sha256('late') FROM journal_event"
        )
        slow.execute("INSERT INTO journal_pending (event_id) SELECT max(id) FROM journal_event")
        world.file(CLINIC, "b")
        assert world.log.run_once() == 2
    assert world.log.run_once() == 1
    assert check_what_the_public_sees(world).size == 3


def test_killed_for_good_it_goes_on_where_it_was(world: World) -> None:
    """Not an exception but SIGKILL, between commit and publication."""
    world.file(SHOP, "a", "b")
    program = """
import os, signal
from zhunsheng.apps.journal import ledger, tilestore
class Killed(tilestore.TileStore):
    def put(self, files):
        os.kill(os.getpid(), signal.SIGKILL)
log = ledger.sequencer()
from zhunsheng.apps.journal.sequencer import Sequencer
Sequencer(Killed(log.store.root), log.origin, log.signers).run_once()
"""
    killed = world.run(program)
    assert killed == -9
    assert world.store.checkpoint() is None
    assert first_round_after_the_crash(world) == 0
    assert check_what_the_public_sees(world).size == 2


def first_round_after_the_crash(world: World) -> int:
    """Sequence as the worker does: again, while the server has not yet noticed that its client is dead."""
    for _ in range(100):
        try:
            return world.log.run_once()
        except NotTheOnlyOneError:
            time.sleep(0.1)
    raise AssertionError("the lock of a dead process was never released")
