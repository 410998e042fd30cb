"""docs/how-to/back-up-and-restore.md, done for real: a restore is audited, and an old backup is found.

One installation on the embedded server is backed up twice, with an event between the two
that a witness has seen. The newer backup is restored onto an embedded server of its own,
the older one into another database of a server that is already there.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.operation.installation import PHOTO, Installation
from tests.server import TestServer
from zhunsheng.core.ledger.note import parse_checkpoint
from zhunsheng.infra import database, datadir, postgres
from zhunsheng.infra.blobs import Blobs
from zhunsheng.infra.datadir import DataDir

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class History:
    """What happened before the disaster."""

    old: Path
    new: Path
    witness: Path  # survived it


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("history")
    one = Installation(folder / "data")
    one.do("init")
    cluster = postgres.Cluster(DataDir(one.data))
    cluster.start()
    try:
        one.note("现场笔录", "当场处罚决定书")
        one.work()
        one.do("backup", str(folder / "old"))
        one.note("送达回证")
        one.work()
        one.do("backup", str(folder / "new"))
    finally:
        cluster.stop()
    return History(folder / "old", folder / "new", one.data / "witness")


@pytest.fixture(scope="module")
def restored(history: History, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The newer backup on an embedded server of its own, running."""
    one = Installation(tmp_path_factory.mktemp("restored") / "data")
    done = one.do("restore", str(history.new), "--witness", str(history.witness))
    assert "未发现不符" in done.stdout
    cluster = postgres.Cluster(DataDir(one.data))
    cluster.start()
    yield one
    cluster.stop()


@pytest.fixture
def elsewhere(database_server: TestServer, tmp_path: Path) -> Iterator[Installation]:
    """An empty place for a restore: a new data folder, and a database that nobody has made yet."""
    name = f"zs_restored_{secrets.token_hex(4)}"
    place = database.parse(database_server.address, "")
    password = database.passwords(datadir.current())["admin"]
    yield Installation(tmp_path / "data", place.url("postgres", password, name=name))
    database_server.drop(name)
    with psycopg.connect(database_server.address, autocommit=True) as admin:
        for role in database.RoleNames(name).all():
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def size(one: Installation) -> int:
    return parse_checkpoint((one.data / "log" / "checkpoint").read_bytes())[1].size


def test_a_restore_brings_every_event_and_file_back_and_passes_the_audit(
    restored: Installation, history: History
) -> None:
    found = restored.ask("audit", "--witness", str(history.witness))
    # Another test may have gone on from here: what the witness saw is all back, and nothing is amiss.
    assert (found["findings"], found["witnessed"]) == ([], 3)
    assert found["events"] == size(restored) >= 3
    blobs = Blobs(restored.data / "blobs")
    assert [blobs.read(digest) for digest in blobs.digests()] == [PHOTO]
    assert (restored.data / "keys" / "log.key").stat().st_mode & 0o777 == 0o600


def test_after_a_restore_the_ledger_goes_on_where_it_stopped(restored: Installation, history: History) -> None:
    before = size(restored)
    restored.note("备案表")
    restored.work()
    assert size(restored) == before + 1
    assert restored.ask("audit", "--witness", str(history.witness))["findings"] == []


def test_an_old_backup_is_found_and_the_missing_record_is_named(elsewhere: Installation, history: History) -> None:
    done = elsewhere.run("restore", str(history.old), "--witness", str(history.witness))
    assert done.returncode == 1, done.stderr
    found = {
        (one["code"], one["record"]) for one in elsewhere.ask("audit", "--witness", str(history.witness))["findings"]
    }
    assert found == {("witness-rollback", "published checkpoint"), ("witness-missing", "leaf 2")}
    assert "leaf 2" in done.stdout

    # And nobody signs over what is missing: a tree that the witness would have to call a fork.
    elsewhere.note("另一份送达回证")
    refused = elsewhere.run("work", "--once")
    assert refused.returncode == 2
    assert "witness-ahead" in refused.stderr
    assert size(elsewhere) == 2
    assert (elsewhere.data / "log" / "alarm.json").exists()


def test_a_database_that_is_not_empty_is_left_as_it_is(
    elsewhere: Installation, history: History, tmp_path: Path
) -> None:
    elsewhere.do("restore", str(history.old), "--no-witness")
    other = Installation(tmp_path / "other", elsewhere.url)
    (tmp_path / "other").mkdir()
    # The roles' passwords belong to the installation that is there: the same keys, so that it is let in at all.
    refused = other.run("restore", str(history.new), "--no-witness")
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert elsewhere.ask("audit")["events"] == 2


def test_an_interrupted_restore_goes_on_when_it_is_called_again(elsewhere: Installation, history: History) -> None:
    nowhere = Installation(elsewhere.data, "postgresql://postgres@/nothing?host=/nonexistent")
    assert nowhere.run("restore", str(history.new), "--no-witness").returncode == 2
    assert elsewhere.run("restore", str(history.old), "--no-witness").returncode == 2  # another backup: refused
    elsewhere.do("restore", str(history.new), "--no-witness")
    assert elsewhere.ask("audit")["events"] == 3
    assert not (elsewhere.data / "run" / "restoring.json").exists()
