"""A case file outside the system: whole, checkable, and complete or not there at all."""

from pathlib import Path

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.journal.conftest import world
from zhunsheng.apps.cases.exporting import ExportError, export
from zhunsheng.apps.journal import ledger, readings
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.cli.main import main

__all__ = ["world"]
pytestmark = pytest.mark.usefixtures("world", "bureau")


def checked(folder: Path, policy: Path) -> int:
    return main(["verify", str(folder), "--policy", str(policy), "--json"])


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy"
    path.write_text(ledger.policy().write(), encoding="utf-8")
    return path


def test_an_exported_case_file_verifies_without_the_database(tmp_path: Path, policy: Path) -> None:
    number = story.finished()
    ledger.tick()
    done = export(number, tmp_path / "out", at=cast.NOON)
    assert (done.events, done.files, done.witnessed) == (11, 3, True)
    assert checked(tmp_path / "out", policy) == 0


@pytest.mark.clause("R5", partly="recordings come with their own issue")
@pytest.mark.parametrize("pattern", ["events/0002.json", "files/*.pdf", "manifest.json"])
def test_a_changed_byte_is_refuted(tmp_path: Path, policy: Path, pattern: str) -> None:
    number = story.finished()
    ledger.tick()
    export(number, tmp_path / "out", at=cast.NOON)
    victim = next((tmp_path / "out").glob(pattern))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(bytes(content))
    assert checked(tmp_path / "out", policy) in {1, 2}


def test_nothing_is_written_while_an_event_waits_for_the_ledger(tmp_path: Path) -> None:
    number = story.finished()
    with pytest.raises(ExportError):
        export(number, tmp_path / "out", at=cast.NOON)
    assert list(tmp_path.glob("*out*")) == []


def test_it_does_not_write_over_a_folder(tmp_path: Path) -> None:
    number = story.finished()
    ledger.tick()
    (tmp_path / "out").mkdir()
    with pytest.raises(ExportError):
        export(number, tmp_path / "out", at=cast.NOON)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unknown_case_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="99号"):
        export("厦海卫案〔2026〕99号", tmp_path / "out", at=cast.NOON)


def test_taking_a_case_file_out_is_recorded(tmp_path: Path) -> None:
    number = story.finished()
    ledger.tick()
    export(number, tmp_path / "out", at=cast.NOON)
    assert [read.what for read in readings.recent(Ref(cast.AGENCY, "case", number))] == ["导出案卷"]
