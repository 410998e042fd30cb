"""Files by their digest: never half, never changed unseen, never swept from under a command."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhunsheng.infra import durable
from zhunsheng.infra.blobs import BlobDamagedError, BlobMissingError, Blobs

LATER = timedelta(days=3)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    (tmp_path / "blobs").mkdir()
    return Blobs(tmp_path / "blobs")


def later() -> datetime:
    return datetime.fromtimestamp(Path("/proc/self").stat().st_mtime, UTC) + LATER


def test_what_was_put_is_read_under_its_digest(blobs: Blobs) -> None:
    digest = blobs.put("一张照片".encode())
    assert digest == hashlib.sha256("一张照片".encode()).hexdigest()
    assert blobs.read(digest) == "一张照片".encode()
    assert list(blobs.digests()) == [digest]


def test_putting_twice_is_harmless(blobs: Blobs) -> None:
    assert blobs.put(b"x") == blobs.put(b"x")
    assert len(list(blobs.digests())) == 1


def test_a_changed_byte_is_found_when_the_file_is_read(blobs: Blobs) -> None:
    digest = blobs.put(b"original")
    blobs.path(digest).chmod(0o600)
    blobs.path(digest).write_bytes(b"0riginal")
    with pytest.raises(BlobDamagedError):
        blobs.read(digest)


def test_a_damaged_file_is_not_repaired_in_silence(blobs: Blobs) -> None:
    digest = blobs.put(b"original")
    blobs.path(digest).chmod(0o600)
    blobs.path(digest).write_bytes(b"0riginal")
    blobs.put(b"original")
    with pytest.raises(BlobDamagedError):
        blobs.read(digest)


def test_a_missing_file_is_told_from_a_damaged_one(blobs: Blobs) -> None:
    with pytest.raises(BlobMissingError):
        blobs.read("0" * 64)


@pytest.mark.parametrize("name", ["../../keys/log.key", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_digest_opens_nothing(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        blobs.read(name)


def test_a_crash_while_writing_leaves_no_file_under_the_digest(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", crash)
    with pytest.raises(KeyboardInterrupt):
        blobs.put(b"never finished")
    assert list(blobs.digests()) == []


def test_the_file_is_complete_before_it_has_its_name(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    link = os.link

    def look(source: str, target: Path) -> None:
        seen.append(Path(source).read_bytes())
        assert not target.exists()
        link(source, target)

    monkeypatch.setattr(os, "link", look)
    blobs.put(b"complete")
    assert seen == [b"complete"]


def test_the_sweep_takes_orphans_and_leaves_what_an_event_names(blobs: Blobs) -> None:
    known, orphan = blobs.put(b"known"), blobs.put(b"orphan")
    assert blobs.sweep({known}, at=later()) == [orphan]
    assert list(blobs.digests()) == [known]


def test_the_sweep_leaves_what_a_running_command_may_have_just_written(blobs: Blobs) -> None:
    digest = blobs.put(b"young")
    now = datetime.fromtimestamp(blobs.path(digest).stat().st_mtime, UTC)
    assert blobs.sweep(set(), at=now) == []


def test_an_old_orphan_that_a_new_command_adopts_is_young_again(blobs: Blobs) -> None:
    digest = blobs.put(b"again")
    os.utime(blobs.path(digest), (0, 0))
    blobs.put(b"again")
    now = datetime.fromtimestamp(blobs.path(digest).stat().st_mtime, UTC)
    assert now.year > 1970
    assert blobs.sweep(set(), at=now) == []


def test_a_file_is_destroyed_when_its_disposal_was_approved(blobs: Blobs) -> None:
    digest = blobs.put(b"to be disposed of")
    blobs.remove(digest)
    blobs.remove(digest)
    with pytest.raises(BlobMissingError):
        blobs.read(digest)


def test_a_durable_write_replaces_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state"
    durable.write(path, b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        durable.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["state"]


def test_of_two_that_create_a_file_one_wins_and_both_see_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert durable.create(path, b"first")
    assert not durable.create(path, b"second")
    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == durable.PRIVATE
