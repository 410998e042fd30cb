"""Part 7 of the threat model: the owner of the database, triggers out of the way, against what was witnessed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.apps.journal.world import CLINIC, SHOP, note
from tests.attacks.scene import Owner, Scene
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.proofs import records
from zhunsheng.apps.journal.sequencer import LogBrokenError
from zhunsheng.core.ledger.canonical import canonical
from zhunsheng.core.ledger.commitment import Header, event_commitment, payload_commitment
from zhunsheng.core.ledger.trust import ForkError, RollbackError

pytestmark = pytest.mark.clause("R1")


def test_the_untouched_installation_is_clean(scene: Scene) -> None:
    assert scene.found() == set()
    assert scene.found_with_witness() == set()


def test_a_changed_field_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("UPDATE journal_event SET actor = 'account-other' WHERE id = %s", [event_id(owner, SHOP.key, 2)])
    assert scene.found() == {("header-changed", f"{SHOP} #2")}


@pytest.mark.parametrize(
    "change",
    [
        "legal_date = legal_date - 30",
        "recorded_at = recorded_at + interval '1 microsecond'",
        "kind = 'document.voided'",
        "lawdata = sha256('another law')",
        "claimed_at = now()",
        "schema = schema + 1",
    ],
)
def test_every_field_counts(scene: Scene, change: str) -> None:
    with scene.owner() as owner:
        owner.execute(f"UPDATE journal_event SET {change} WHERE id = %s", [event_id(owner, SHOP.key, 3)])
    assert scene.found() == {("header-changed", f"{SHOP} #3")}


def test_a_renamed_case_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("UPDATE journal_stream SET key = 'another' WHERE key = %s", [CLINIC.key])
    assert scene.found() == {("header-changed", f"haicang/case/another #{n}") for n in (1, 2, 3)}


def test_a_changed_content_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute(
            "UPDATE journal_payload SET body = convert_to(replace(convert_from(body, 'UTF8'), '5000', '50'), 'UTF8')"
            " WHERE event_id = %s",
            [event_id(owner, SHOP.key, 2)],
        )
    assert scene.found() == {("payload-changed", f"{SHOP} #2")}


def test_content_and_digests_changed_together_are_found(scene: Scene) -> None:
    forge(scene, 2)
    assert scene.found() == {("leaf-changed", f"{SHOP} #2"), *roots()}


def test_the_whole_log_rewritten_with_the_real_key_is_found_by_the_witness_alone(scene: Scene) -> None:
    forge(scene, 2)
    scene.rewrite_the_log()
    assert scene.found() == set()  # nobody else could know
    found = scene.found_with_witness()
    assert found == {("witness-changed", f"{SHOP} #2"), ("log-rewritten", "published log, first 6 leaves")}


def test_the_witness_refuses_the_rewritten_log_and_keeps_the_proof(scene: Scene) -> None:
    forge(scene, 2)
    scene.rewrite_the_log()
    believed = (scene.witness / "checkpoint").read_bytes()
    with pytest.raises(ForkError):
        scene.world.look()
    assert (scene.witness / "checkpoint").read_bytes() == believed
    (evidence,) = (scene.witness / "evidence").iterdir()
    assert (evidence / "believed").read_bytes() == believed
    assert b'"index":1' in (evidence / "report.json").read_bytes()


def test_the_worker_signs_nothing_that_contradicts_the_witness(scene: Scene) -> None:
    forge(scene, 2)
    scene.rewrite_the_log()
    with pytest.raises(LogBrokenError, match="witness-forked"):
        scene.round()


def test_a_deleted_event_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        delete(owner, SHOP.key, 2)
    assert scene.found() == {
        ("event-missing", f"{SHOP} #2"),
        ("leaf-missing", "leaf 1"),
        ("leaf-orphaned", "leaf 1"),
        *unrooted(),
    }


def test_a_deleted_event_is_found_when_the_rest_closes_the_gap(scene: Scene) -> None:
    with scene.owner() as owner:
        delete(owner, SHOP.key, 2)
        owner.execute("UPDATE journal_event SET position = 2 WHERE id = %s", [event_id(owner, SHOP.key, 3)])
        owner.execute("UPDATE journal_stream SET position = 2 WHERE key = %s", [SHOP.key])
    forge(scene, 2)  # the moved event gets digests that fit its new place
    scene.rewrite_the_log()
    assert scene.found() == set()
    found = scene.found_with_witness()
    assert ("witness-missing", "leaf 1") in found or ("witness-changed", f"{CLINIC} #1") in found
    assert ("witness-rollback", "published checkpoint") in found


def test_an_event_slipped_into_the_past_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("UPDATE journal_event SET position = 4 WHERE id = %s", [event_id(owner, SHOP.key, 3)])
        copy_event(owner, SHOP.key, 2, to=3)
        owner.execute("UPDATE journal_stream SET position = 4 WHERE key = %s", [SHOP.key])
    found = scene.found()
    assert ("header-changed", f"{SHOP} #3") in found
    assert ("header-changed", f"{SHOP} #4") in found
    assert ("event-not-queued", f"{SHOP} #3") in found


def test_an_event_slipped_into_the_past_with_a_new_log_is_found_by_the_witness(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("UPDATE journal_event SET position = 4 WHERE id = %s", [event_id(owner, SHOP.key, 3)])
        copy_event(owner, SHOP.key, 2, to=3)
        owner.execute("UPDATE journal_stream SET position = 4 WHERE key = %s", [SHOP.key])
    forge(scene, 3)
    forge(scene, 4)
    scene.rewrite_the_log()
    assert scene.found() == {("leaf-order", f"{SHOP} #4")}
    assert ("witness-changed", f"{SHOP} #4") in scene.found_with_witness()


def test_swapped_events_are_found(scene: Scene) -> None:
    swap_positions(scene, SHOP.key, 2, 3)
    found = scene.found()
    assert {("header-changed", f"{SHOP} #2"), ("header-changed", f"{SHOP} #3")} <= found


def test_swapped_leaves_are_found(scene: Scene) -> None:
    with scene.owner() as owner:
        swap_leaves(owner, 2, 3)
    assert scene.found() == {("leaf-changed", f"{CLINIC} #1"), ("leaf-changed", f"{SHOP} #3"), *roots()}


def test_another_order_in_a_new_log_is_found_by_the_witness(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("TRUNCATE journal_cosignature, journal_leaf, journal_checkpoint, journal_pending")
    rewrite_in_order(scene, [SHOP.key, CLINIC.key])
    assert scene.found() == set()
    found = scene.found_with_witness()
    assert ("witness-reordered", f"{SHOP} #3") in found
    assert ("log-rewritten", "published log, first 6 leaves") in found


def test_a_swapped_file_is_found(scene: Scene) -> None:
    path = blob(scene)
    path.chmod(0o600)
    path.write_bytes(b"another photo")
    assert scene.found() == {("file-changed", f"{SHOP} #2 门面.jpg")}


def test_a_deleted_file_is_found(scene: Scene) -> None:
    blob(scene).unlink()
    assert scene.found() == {("file-missing", f"{SHOP} #2 门面.jpg")}


def test_a_cut_tail_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        cut_tail(owner)
    assert scene.found() == {
        ("leaf-missing", "leaf 4"),
        ("leaf-missing", "leaf 5"),
        ("checkpoint-ahead", "published checkpoint"),
    }
    with pytest.raises(LogBrokenError, match="witness-ahead"):
        scene.round()
    with pytest.raises(LogBrokenError, match="checkpoint-ahead"):
        scene.world.log.run_once()


def test_a_cut_tail_with_an_older_log_is_found_by_the_witness(scene: Scene) -> None:
    shutil.copytree(scene.world.data.log, scene.world.data.root / "older")
    scene.world.file(CLINIC, "备案")
    scene.round()
    with scene.owner() as owner:
        delete(owner, CLINIC.key, 4)
        owner.execute("DELETE FROM journal_leaf WHERE index = 6")
        owner.execute("DELETE FROM journal_cosignature WHERE checkpoint_id = 7")
        owner.execute("DELETE FROM journal_checkpoint WHERE size = 7")
        owner.execute("UPDATE journal_stream SET position = 3 WHERE key = %s", [CLINIC.key])
    shutil.rmtree(scene.world.data.log)
    shutil.copytree(scene.world.data.root / "older", scene.world.data.log)
    assert scene.found() == set()
    assert scene.found_with_witness() == {
        ("witness-missing", "leaf 6"),
        ("witness-rollback", "published checkpoint"),
    }
    with pytest.raises(RollbackError):
        scene.world.look()
    with pytest.raises(LogBrokenError, match="witness-ahead"):
        scene.round()


def test_destroyed_content_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("DELETE FROM journal_payload WHERE event_id = %s", [event_id(owner, SHOP.key, 2)])
    assert scene.found() == {("payload-missing", f"{SHOP} #2")}


def test_an_event_kept_from_the_ledger_is_found(scene: Scene) -> None:
    scene.world.file(SHOP, "never to be seen")
    with scene.owner() as owner:
        owner.execute("DELETE FROM journal_pending")
    assert scene.found() == {("event-not-queued", f"{SHOP} #4")}


def test_an_event_kept_waiting_is_found(scene: Scene) -> None:
    scene.world.file(SHOP, "not now")
    with scene.owner() as owner:
        owner.execute("UPDATE journal_pending SET queued_at = now() - interval '1 hour'")
    assert scene.found() == {("event-overlooked", f"{SHOP} #4")}


def test_a_planted_position_or_size_does_not_keep_the_audit_busy(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("UPDATE journal_stream SET position = 2000000000 WHERE key = %s", [SHOP.key])
        owner.execute("UPDATE journal_leaf SET index = 1000000000000 WHERE index = 5")
        owner.execute(
            "INSERT INTO journal_checkpoint (size, root, note, oldest_at)"
            " SELECT 2000000000000, root, note, oldest_at FROM journal_checkpoint WHERE size = 6"
        )
    assert {("event-missing", f"{SHOP} #4"), ("checkpoint-changed", "checkpoint 2000000000000")} <= scene.found()


def test_a_published_text_exchanged_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute(
            "UPDATE journal_event SET public_digest = sha256('a'), of_commitment = sha256('b') WHERE id = %s",
            [event_id(owner, SHOP.key, 3)],
        )
    assert scene.found() == {("leaf-changed", f"{SHOP} #3"), *roots()}


@pytest.mark.parametrize("half", ["public_digest", "of_commitment"])
def test_half_a_publication_does_not_end_the_audit(scene: Scene, half: str) -> None:
    with scene.owner() as owner:
        owner.execute(
            f"UPDATE journal_event SET {half} = sha256('a') WHERE id = %s",
            [event_id(owner, SHOP.key, 3)],
        )
    assert scene.found() == {("leaf-changed", f"{SHOP} #3"), *roots()}


@pytest.mark.parametrize(
    "change",
    [
        "legal_date = 'infinity'",
        "legal_date = '0044-03-15 BC'",
        "recorded_at = '-infinity'",
        "recorded_at = '29999-01-01'",
        "claimed_at = 'infinity'",
    ],
)
def test_a_date_outside_the_calendar_does_not_end_the_audit(scene: Scene, change: str) -> None:
    with scene.owner() as owner:
        owner.execute(f"UPDATE journal_event SET {change} WHERE id = %s", [event_id(owner, SHOP.key, 3)])
    assert scene.found() == {("header-changed", f"{SHOP} #3")}


def test_published_files_changed_are_found(scene: Scene) -> None:
    (bundle,) = scene.world.data.log.glob("tile/entries/000.p/6")
    bundle.write_bytes(bundle.read_bytes().replace(b'"suite":"zs1"', b'"suite":"zs9"', 1))
    assert scene.found() == {("entry-changed", "leaf 0")}
    shutil.rmtree(scene.world.data.log / "tile")
    assert {code for code, _ in scene.found()} == {"tile-damaged"}


def test_a_forged_checkpoint_is_found(scene: Scene) -> None:
    scene.world.store.show((scene.world.store.checkpoint() or b"").replace(b"\n6\n", b"\n5\n"))
    assert scene.found() == {("checkpoint-signature", "published checkpoint")}


def test_a_lost_log_is_found(scene: Scene) -> None:
    with scene.owner() as owner:
        owner.execute("UPDATE journal_checkpoint SET made_at = now() - interval '1 hour'")
    shutil.rmtree(scene.world.data.log)
    assert scene.found() == {("log-missing", "published checkpoint")}


def test_a_damaged_witness_is_named(scene: Scene) -> None:
    (bundle,) = scene.witness.glob("tile/entries/000.p/6")
    bundle.write_bytes(b"")
    assert scene.found_with_witness() >= {("witness-damaged", str(scene.witness))}


def test_a_witness_whose_checkpoint_is_gone_is_named(scene: Scene) -> None:
    (scene.witness / "checkpoint").unlink()
    assert scene.found_with_witness() == {("witness-damaged", str(scene.witness))}


def test_a_folder_that_is_no_witness_proves_nothing(scene: Scene, tmp_path: Path) -> None:
    (tmp_path / "typing-slip").mkdir()
    with pytest.raises(FileNotFoundError, match="typing-slip"):
        audit(tmp_path / "typing-slip", checks=())
    shutil.rmtree(scene.witness)
    scene.witness.mkdir()
    with pytest.raises(FileNotFoundError):
        scene.found_with_witness()


@pytest.mark.parametrize(
    ("statement", "record"),
    [
        (
            "DROP TRIGGER journal_event_append_only ON journal_event",
            "trigger journal_event_append_only on journal_event",
        ),
        (
            "ALTER TABLE journal_leaf DISABLE TRIGGER journal_leaf_append_only",
            "trigger journal_leaf_append_only on journal_leaf",
        ),
    ],
)
def test_a_missing_trigger_is_named(scene: Scene, statement: str, record: str) -> None:
    with scene.world.as_owner() as owner:
        owner.execute(statement.encode())
    assert scene.found() == {("trigger-missing", record)}


def test_an_emptied_trigger_function_is_found(scene: Scene) -> None:
    with scene.world.as_owner() as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION journal_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$"
        )
    assert {code for code, _ in scene.found()} == {"trigger-missing"}


def test_a_privilege_given_away_is_found(scene: Scene) -> None:
    with scene.world.as_owner() as owner:
        owner.execute("GRANT UPDATE ON journal_event TO PUBLIC")
    assert scene.found() == {("privilege-added", "public.journal_event: PUBLIC UPDATE")}


# --- The attackers' tools ------------------------------------------------------------------


def event_id(owner: Owner, key: str, position: int) -> int:
    row = owner.execute(
        "SELECT e.id FROM journal_event e JOIN journal_stream s ON s.id = e.stream_id"
        " WHERE s.key = %s AND e.position = %s",
        [key, position],
    ).fetchone()
    assert row is not None
    return int(row[0])


def roots() -> set[tuple[str, str]]:
    return {*unrooted(), ("checkpoint-forked", "published checkpoint")}


def unrooted() -> set[tuple[str, str]]:
    return {("root-changed", "checkpoint 4"), ("root-changed", "checkpoint 6")}


def forge(scene: Scene, position: int) -> None:
    """Give an event of the shop another content, and make all its digests fit."""
    (record,) = [one for one in records(SHOP) if one.position == position]
    body = canonical(note(f"另一份文书 {position}").payload)
    head = Header.parse(record.header)
    assert record.salt is not None
    payload = payload_commitment(record.salt, body)
    commitment = event_commitment(replace(head, payload=payload).encode())
    with scene.owner() as owner:
        event = event_id(owner, SHOP.key, position)
        owner.execute("UPDATE journal_payload SET body = %s WHERE event_id = %s", [body, event])
        owner.execute(
            "UPDATE journal_event SET payload_commitment = %s, commitment = %s WHERE id = %s",
            [payload, commitment, event],
        )


def delete(owner: Owner, key: str, position: int) -> None:
    """Delete one event whatever refers to it; its leaf stays."""
    event = event_id(owner, key, position)
    owner.execute("ALTER TABLE journal_leaf DROP CONSTRAINT IF EXISTS " + foreign_key(owner, "journal_leaf"))
    owner.execute("DELETE FROM journal_payload WHERE event_id = %s", [event])
    owner.execute("DELETE FROM journal_event WHERE id = %s", [event])


def foreign_key(owner: Owner, table: str) -> str:
    row = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", [table]
    ).fetchone()
    return str(row[0]) if row else "none"


def copy_event(owner: Owner, key: str, position: int, *, to: int) -> None:
    source = event_id(owner, key, position)
    owner.execute(
        "WITH made AS (INSERT INTO journal_event (stream_id, position, kind, schema, actor, legal_date, recorded_at,"
        " lawdata, payload_commitment, commitment) SELECT stream_id, %s, kind, schema, actor, legal_date, recorded_at,"
        " lawdata, payload_commitment, commitment FROM journal_event WHERE id = %s RETURNING id)"
        " INSERT INTO journal_payload (event_id, salt, body)"
        " SELECT made.id, p.salt, p.body FROM made, journal_payload p WHERE p.event_id = %s",
        [to, source, source],
    )


def swap_positions(scene: Scene, key: str, one: int, other: int) -> None:
    with scene.owner() as owner:
        first, second = event_id(owner, key, one), event_id(owner, key, other)
        owner.execute("UPDATE journal_event SET position = 99 WHERE id = %s", [first])
        owner.execute("UPDATE journal_event SET position = %s WHERE id = %s", [one, second])
        owner.execute("UPDATE journal_event SET position = %s WHERE id = %s", [other, first])


def swap_leaves(owner: Owner, one: int, other: int) -> None:
    owner.execute("UPDATE journal_leaf SET index = 99 WHERE index = %s", [one])
    owner.execute("UPDATE journal_leaf SET index = %s WHERE index = %s", [one, other])
    owner.execute("UPDATE journal_leaf SET index = %s WHERE index = 99", [other])


def rewrite_in_order(scene: Scene, keys: list[str]) -> None:
    """Make a new ledger in which whole case files follow each other."""
    shutil.rmtree(scene.world.data.log)
    for key in keys:
        with scene.owner() as owner:
            owner.execute(
                "INSERT INTO journal_pending (event_id) SELECT e.id FROM journal_event e"
                " JOIN journal_stream s ON s.id = e.stream_id WHERE s.key = %s ORDER BY e.id",
                [key],
            )
        scene.world.log.run_once()


def cut_tail(owner: Owner) -> None:
    """Remove the newest two events and all that the database knows of them: what a restored backup looks like."""
    for position in (2, 3):
        delete(owner, CLINIC.key, position)
    owner.execute("DELETE FROM journal_leaf WHERE index >= 4")
    owner.execute("DELETE FROM journal_cosignature WHERE checkpoint_id = 6")
    owner.execute("DELETE FROM journal_checkpoint WHERE size = 6")
    owner.execute("UPDATE journal_stream SET position = 1 WHERE key = %s", [CLINIC.key])


def blob(scene: Scene) -> Path:
    return scene.world.data.blobs / scene.photo[:2] / scene.photo[2:]
