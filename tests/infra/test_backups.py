"""A backup is whole or not there, is compared before it is used, and says what was damaged already."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhunsheng.cli import main
from zhunsheng.infra import backups, env
from zhunsheng.infra.backups import BackupError
from zhunsheng.infra.blobs import Blobs
from zhunsheng.infra.datadir import DataDir
from zhunsheng.infra.keys import KeyRing

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    made = DataDir(tmp_path / "data")
    made.create()
    KeyRing(made).make("test.example/log")
    Blobs(made.blobs).put(b"a photo")
    made.policy.write_text("quorum 0\n", encoding="utf-8")
    (made.run / "postgres.log").write_text("of no use", encoding="utf-8")
    (made.witness / "checkpoint").write_text("what a witness believes", encoding="utf-8")
    return made


def dump(file: Path) -> None:
    file.write_bytes(b"the database")


def test_it_holds_what_must_be_kept_and_nothing_else(data: DataDir, tmp_path: Path) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    names = {entry.path.removeprefix("files/").split("/")[0] for entry in made.entries}
    assert names == {"database.dump", "keys", "blobs", "policy"}
    assert made.has_keys
    assert backups.read(made.folder).entries == made.entries


def test_a_failed_dump_leaves_nothing_behind(data: DataDir, tmp_path: Path) -> None:
    def fails(file: Path) -> None:
        file.write_bytes(b"the first half of")
        raise BackupError("the server went away")

    with pytest.raises(BackupError):
        backups.write(data, tmp_path / "safe" / "backup", fails, at=NOON)
    assert list((tmp_path / "safe").iterdir()) == []


def test_an_older_backup_is_never_written_over(data: DataDir, tmp_path: Path) -> None:
    backups.write(data, tmp_path / "backup", dump, at=NOON)
    before = (tmp_path / "backup" / "manifest.json").read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        backups.write(data, tmp_path / "backup", dump, at=NOON)
    assert (tmp_path / "backup" / "manifest.json").read_bytes() == before


def test_nobody_else_may_read_it(data: DataDir, tmp_path: Path) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    assert made.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (made.folder / "files" / "keys").iterdir())


def test_the_keys_can_be_kept_apart(data: DataDir, tmp_path: Path) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON, keys=False)
    assert not made.has_keys
    assert not (made.folder / "files" / "keys").exists()


def test_a_file_that_was_damaged_before_is_named(data: DataDir, tmp_path: Path) -> None:
    blobs = Blobs(data.blobs)
    digest = blobs.put(b"evidence")
    blobs.path(digest).chmod(0o600)
    blobs.path(digest).write_bytes(b"something else")
    assert backups.write(data, tmp_path / "backup", dump, at=NOON).damaged == (digest,)


@pytest.mark.parametrize("name", ["database.dump", "files/policy", "files/keys/log.key"])
def test_a_backup_that_was_changed_is_refused_and_the_file_named(data: DataDir, tmp_path: Path, name: str) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    with (made.folder / name).open("ab") as file:
        file.write(b"!")
    with pytest.raises(BackupError, match=name):
        backups.read(made.folder)


def test_a_backup_that_lost_a_file_is_refused(data: DataDir, tmp_path: Path) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    (made.folder / "database.dump").unlink()
    with pytest.raises(BackupError, match=r"missing\): database\.dump"):
        backups.read(made.folder)


@pytest.mark.parametrize("path", ["../stolen", "/etc/passwd", "files/../../stolen"])
def test_a_backup_cannot_reach_out_of_its_folder(data: DataDir, tmp_path: Path, path: str) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    content = json.loads((made.folder / "manifest.json").read_bytes())
    content["files"].append({"path": path, "size": 0, "sha256": "0" * 64})
    (made.folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BackupError, match="leads out"):
        backups.read(made.folder)


def test_what_the_operator_put_into_the_folder_stays(data: DataDir, tmp_path: Path) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    new = DataDir(tmp_path / "new")
    new.create()
    (new.keys / "log.key").write_text("another", encoding="utf-8")
    backups.place(made, new, keep=frozenset({"keys"}))
    backups.place(made, new, keep=frozenset({"keys"}))  # twice is harmless
    assert (new.keys / "log.key").read_text(encoding="utf-8") == "another"
    assert new.policy.read_text(encoding="utf-8") == "quorum 0\n"
    assert [Blobs(new.blobs).read(digest) for digest in Blobs(new.blobs).digests()] == [b"a photo"]


def test_a_restore_into_a_folder_in_use_is_refused_and_changes_nothing(
    data: DataDir, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = backups.write(data, tmp_path / "backup", dump, at=NOON)
    before, place = sorted(data.root.rglob("*")), os.environ["ZHUNSHENG_DATA"]
    try:
        status = main.main(["--data", str(data.root), "restore", str(made.folder), "--no-witness"])
    finally:
        env.change(ZHUNSHENG_DATA=place)
    assert status == 2
    assert "is not empty" in capsys.readouterr().err
    assert sorted(data.root.rglob("*")) == before
