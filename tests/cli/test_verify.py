"""``zhunsheng verify`` as a stranger runs it: exit status, sentences, and hostile input."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.core.ledger.makers import LOG, ORIGIN, PAGE, POLICY, Export, Ledger, case_file, publication
from zhunsheng.cli import main as command
from zhunsheng.cli import verify as module
from zhunsheng.cli import verify_words as words
from zhunsheng.core.ledger import bundle, export, verdict
from zhunsheng.core.ledger.policy import DatedKey, Policy


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy"
    path.write_text(POLICY.write(), encoding="utf-8")
    return path


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "p1.bundle"
    path.write_bytes(publication(Ledger()).encode())
    return path


def lay_down(one: Export, folder: Path) -> Path:
    for name, data in {"manifest.json": one.manifest.encode(), **one.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return lay_down(case_file(Ledger()), tmp_path / "案卷")


class Run:
    """Runs the command and keeps what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *args: str | Path) -> tuple[int, str]:
        status = command.main(["verify", *map(str, args)])
        return status, self._capsys.readouterr().out

    def json(self, *args: str | Path) -> tuple[int, dict[str, Any]]:
        status, out = self("--json", *args)
        return status, json.loads(out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


# --- The four states ---


def test_an_untouched_publication_is_verified_in_words_anybody_understands(
    run: Run, published: Path, policy: Path
) -> None:
    status, out = run(published, "--policy", policy)
    assert status == 0
    assert out.startswith("核验通过")
    assert "公示的文字自写入账本以来一个字也没有改过。" in out
    assert "第 5 条（账本共 9 条）" in out
    assert f"由“{ORIGIN}”签名" in out
    assert "有 1 个见证方" in out
    assert "最早在 2026-03-02 12:00:00" in out
    assert "不证明决定本身是否正确、合法。" in out


def test_an_untouched_case_file_is_verified(run: Run, exported: Path, policy: Path) -> None:
    status, out = run(exported, "--policy", policy)
    assert status == 0
    assert "3 个事件的抬头、内容和次序都与账本一致" in out
    assert "2 个文件都与案卷中记录的摘要一致" in out


def test_a_changed_word_is_refuted_and_named(run: Run, published: Path, policy: Path) -> None:
    published.write_bytes(published.read_bytes().replace("张某".encode(), "李某".encode()))
    status, out = run(published, "--policy", policy)
    assert status == 1
    assert "公示的文字与账本中的摘要不同：文字被改过。" in out
    assert "核验通过" not in out


def test_a_changed_event_is_refuted_and_named(run: Run, exported: Path, policy: Path) -> None:
    path = exported / "events/0002.json"
    path.write_bytes(path.read_bytes().replace(b"d1", b"d2"))
    status, out = run(exported, "--policy", policy)
    assert status == 1
    assert "第 2 号事件：事件的内容被改过" in out


def test_a_checkpoint_that_cannot_be_read_is_refuted(run: Run, published: Path, policy: Path) -> None:
    published.write_bytes(replace(publication(Ledger()), checkpoint="no note").encode())
    status, out = run(published, "--policy", policy)
    assert status == 1
    assert "账本状态的格式不对，签名无从核对。" in out
    assert "没有核对这条记录是否在账本里。" in out


def test_without_a_policy_all_fits_but_nobody_vouches(run: Run, published: Path) -> None:
    status, out = run(published)
    assert status == 3
    assert "尚不能确认" in out
    assert "签名的密钥不在您的信任名单上" in out


def test_a_missing_quorum_is_said_to_be_pending(run: Run, published: Path, policy: Path) -> None:
    ledger = Ledger()
    one = publication(ledger)
    published.write_bytes(replace(one, checkpoint=ledger.note(cosigners=()).encode().decode()).encode())
    status, out = run(published, "--policy", policy)
    assert status == 3
    assert "等待见证：要求 1 个见证方副署，现在有 0 个。" in out


def test_without_witnesses_it_says_what_that_is_worth(run: Run, published: Path, policy: Path) -> None:
    policy.write_text(Policy((DatedKey(LOG.key),)).write(), encoding="utf-8")
    status, out = run(published, "--policy", policy)
    assert status == 0
    assert "没有见证方参与：不能排除账本的主人给不同的人看不同的账本。" in out


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"{}", b"\x00" * 1000])
def test_another_kind_of_file_is_unreadable(run: Run, published: Path, policy: Path, data: bytes) -> None:
    published.write_bytes(data)
    status, out = run(published, "--policy", policy)
    assert (status, out.splitlines()[0][:4]) == (2, "无法核验")


def test_json_says_the_same_for_programs(run: Run, published: Path, policy: Path) -> None:
    status, said = run.json(published, "--policy", policy)
    assert (status, said["state"]) == (0, "verified")
    assert {check["name"]: check["state"] for check in said["checks"]}["inclusion"] == "passed"
    assert (said["checkpoint"]["origin"], said["checkpoint"]["size"]) == (ORIGIN, 9)
    assert said["checkpoint"]["cosigners"] == [{"name": "cosigner.example", "at": 1772424000}]
    assert said["not_proved"]
    status, said = run.json(published)
    assert (status, said["state"], said["checkpoint"]["cosigners"]) == (3, "untrusted", [])


# --- Hostile input ---


@pytest.mark.parametrize("name", ["missing", "a\x00b", "x" * 5000])
def test_a_path_that_leads_nowhere_is_unreadable(run: Run, tmp_path: Path, name: str) -> None:
    assert run.json(tmp_path / name)[1]["state"] == "unreadable"


def test_a_pipe_is_not_waited_for(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run.json(tmp_path / "pipe")[0] == 2


def test_a_device_without_end_is_not_read(run: Run) -> None:
    assert run.json("/dev/zero")[0] == 2


def test_links_in_a_circle_are_unreadable(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert run.json(tmp_path / "a")[0] == 2


def test_a_huge_file_is_refused_before_it_is_read(run: Run, published: Path) -> None:
    os.truncate(published, 1 << 40)
    status, said = run.json(published)
    assert (status, said["checks"][0]["found"]) == (2, "too large")


@pytest.mark.parametrize("text", ["", "nonsense", "quorum 1\n"])
def test_a_policy_that_cannot_be_read_is_said_to_be_the_trouble(
    run: Run, published: Path, policy: Path, text: str
) -> None:
    policy.write_text(text, encoding="utf-8")
    status, said = run.json(published, "--policy", policy)
    assert (status, said["checks"][0]["name"]) == (2, "policy")


def test_a_policy_of_noise_or_none_is_unreadable(run: Run, published: Path, policy: Path) -> None:
    policy.write_bytes(b"\xff\xfe")
    assert run.json(published, "--policy", policy)[0] == 2
    assert run.json(published, "--policy", policy.parent / "missing")[0] == 2


def link_out(folder: Path) -> None:
    (folder / "files/现场.jpg").unlink()
    (folder / "files/现场.jpg").symlink_to("/etc/hostname")


def link_to_the_same_bytes(folder: Path) -> None:
    (folder / "files/现场.jpg").rename(folder.parent / "elsewhere.jpg")
    (folder / "files/现场.jpg").symlink_to(folder.parent / "elsewhere.jpg")


def link_a_folder(folder: Path) -> None:
    (folder / "files").rename(folder.parent / "elsewhere")
    (folder / "files").symlink_to(folder.parent / "elsewhere")


def pipe(folder: Path) -> None:
    (folder / "files/现场.jpg").unlink()
    os.mkfifo(folder / "files/现场.jpg")


def bomb(folder: Path) -> None:
    os.truncate(folder / "events/0002.json", 1 << 40)


def huge_attachment(folder: Path) -> None:
    os.truncate(folder / "files/现场.jpg", 1 << 40)


def nest(folder: Path) -> None:
    (folder / "events/0002.json").write_bytes(b"[" * 1_000_000)


@pytest.mark.parametrize("damage", [link_out, link_to_the_same_bytes, link_a_folder, pipe, bomb, huge_attachment, nest])
def test_what_lies_in_the_folder_is_never_followed_and_is_named(
    run: Run, exported: Path, policy: Path, damage: Callable[[Path], None]
) -> None:
    damage(exported)
    status, said = run.json(exported, "--policy", policy)
    assert status == 1
    failed = [check for check in said["checks"] if check["state"] == "failed"]
    assert any(check["record"] in {"files/现场.jpg", "event 2"} for check in failed)


@pytest.mark.parametrize(
    "name", ["../outside.jpg", "files/../../outside.jpg", "/etc/hostname", "files\\..\\x", "files//x"]
)
def test_a_manifest_cannot_name_a_file_outside(run: Run, exported: Path, policy: Path, name: str) -> None:
    (exported.parent / "outside.jpg").write_bytes(b"outside")
    manifest = json.loads((exported / "manifest.json").read_text("utf-8"))
    manifest["files"].append({"path": name, "sha256": "00" * 32})
    (exported / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    status, said = run.json(exported, "--policy", policy)
    assert status == 1
    assert ("file-path", name) in {(check["name"], check["record"]) for check in said["checks"]}


@pytest.mark.parametrize("manifest", [b"", b"[" * 100_000, b'{"format":"zhunsheng-casefile/1"}'])
def test_a_folder_without_a_readable_manifest_is_unreadable(
    run: Run, exported: Path, policy: Path, manifest: bytes
) -> None:
    (exported / "manifest.json").write_bytes(manifest)
    assert run.json(exported, "--policy", policy)[0] == 2


def test_an_empty_folder_is_unreadable(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run.json(tmp_path / "empty")[0] == 2


def test_names_that_are_no_text_or_steer_a_terminal_are_shown_harmlessly(
    run: Run, exported: Path, policy: Path
) -> None:
    (Path(os.fsdecode(bytes(exported) + b"/files/\xff"))).write_bytes(b"x")
    (exported / "files/\x1b[2J核验通过").write_bytes(b"x")
    status, out = run(exported, "--policy", policy)
    assert status == 1
    assert "\x1b" not in out
    assert "files/\\xff：" in out
    assert run.json(exported, "--policy", policy)[0] == 1


def test_more_files_than_any_case_has_are_not_listed(run: Run, exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_NAMES", 3)
    assert run.json(exported)[0] == 2


def test_folders_without_end_are_unreadable(run: Run, tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    assert run.json(tmp_path)[0] == 2
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


# --- Alone ---


def test_it_runs_with_the_core_alone(published: Path, policy: Path, tmp_path: Path) -> None:
    """A stranger has no Django, no database and no network: imports of them fail here."""
    guard = (
        "import sys, runpy\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'django', 'psycopg', 'structlog', 'pydantic'} or "
        "name.startswith(('zhunsheng.infra', 'zhunsheng.apps', 'zhunsheng.config', 'zhunsheng.web')):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        f"sys.argv = ['zhunsheng', 'verify', {str(published)!r}, '--policy', {str(policy)!r}]\n"
        "runpy.run_module('zhunsheng.cli.main', run_name='__main__')\n"
    )
    source = str(Path(command.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", guard],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": source, "PATH": "", "PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("核验通过")


def test_every_check_has_its_sentence() -> None:
    """Names that the core can find, read from its source: a new check without words fails here."""
    found: set[str] = set()
    for source in (bundle, export, verdict):
        text = Path(str(source.__file__)).read_text("utf-8")
        found |= set(re.findall(r'(?:Check|_fail)\(\s*"([a-z-]+)"', text))
        found |= set(re.findall(r'passed_if\([^"\n]*"([a-z-]+)"', text))
    said = {*words.PROVED, *words.FAILED, *words.NOT_SURE, *words.NOT_CHECKED, "event", "file"}
    assert found - said == set()
    assert {"content", "event-payload", "file-digest", "witness-quorum"} <= found
    assert PAGE
