import json
from pathlib import Path

import pytest

from tests.apps.journal.world import SHOP, World
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.audit import findings
from zhunsheng.apps.journal.audit.findings import WORDS, Finding, sentence
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.cli.main import main

SEAL = Ref("haicang", "seal", "1")  # a kind of stream that no projection follows


def test_it_says_clean_found_or_could_not_run(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world.file(SEAL, "a")
    ledger.tick()
    command = ["audit", "--data", str(world.data.root), "--json"]
    assert main([*command, "--witness", str(world.data.witness)]) == 0
    assert json.loads(capsys.readouterr().out) == {"findings": [], "events": 1, "leaves": 1, "witnessed": 1}
    with world.as_owner() as owner:
        owner.execute("ALTER TABLE journal_event DISABLE TRIGGER USER; UPDATE journal_event SET actor = 'other'")
        owner.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
    assert main(command) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding.keys() == {"code", "record", "expected", "found"}
    assert (finding["code"], finding["record"]) == ("header-changed", f"{SEAL} #1")
    assert main([*command, "--witness", str(tmp_path / "nowhere")]) == 2


def test_people_read_chinese() -> None:
    words = sentence(Finding("header-changed", f"{SHOP} #1", "aa", "bb"))
    assert words.startswith("haicang/case/厦海卫案〔2026〕1号 #1:事件的记载与其摘要不符")


def test_every_code_the_audit_uses_has_words() -> None:
    folder = Path(findings.__file__).parent
    used = {
        line.split('Finding("', 1)[1].split('"', 1)[0]
        for path in folder.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if 'Finding("' in line
    }
    assert used
    assert used <= WORDS.keys()


def test_a_check_that_fails_is_a_finding_and_stops_no_other(world: World) -> None:
    def broken() -> list[Finding]:
        fetch("SELECT * FROM no_such_table")
        return []

    def working() -> list[Finding]:
        assert fetch("SELECT 1") == [(1,)]
        return [Finding("projection-differs", "row 1", "a", "b")]

    done = audit(checks=[("broken", broken), ("working", working)])
    assert [finding.code for finding in done.findings] == ["check-failed", "projection-differs"]
