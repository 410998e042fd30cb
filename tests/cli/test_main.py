"""The command line as a whole: every command is described, is found, and loads only what it needs."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.cli import main


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_exists_and_says_what_it_does(name: str) -> None:
    assert importlib.util.find_spec(f"zhunsheng.cli.{main.COMMANDS[name]}") is not None
    text = main.constant(name, "HELP")
    assert isinstance(text, str)
    assert text


def test_the_overview_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == main.COULD_NOT_RUN
    shown = capsys.readouterr().out
    assert set(main.COMMANDS) <= set(shown.split())


@pytest.mark.parametrize(
    "words",
    [["--data", "{}", "--json", "dsn"], ["dsn", "--data", "{}", "--json"], ["--json", "dsn", "--data={}"]],
)
def test_the_common_options_may_stand_before_and_after_the_command(words: list[str], tmp_path: Path) -> None:
    place = tmp_path / "demo"  # a folder named like a command is not one
    done = subprocess.run(
        [sys.executable, "-m", "zhunsheng.cli.main", *(word.format(place) for word in words)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == main.COULD_NOT_RUN
    assert json.loads(done.stdout)["error"] == "database-not-ready"


def test_verify_loads_neither_framework_nor_anything_of_a_server(tmp_path: Path) -> None:
    (tmp_path / "x.bundle").write_bytes(b"no bundle")
    script = (
        "import sys\nfrom zhunsheng.cli import main\n"
        f"status = main.main(['verify', {str(tmp_path / 'x.bundle')!r}])\n"
        "foreign = sorted(m for m in sys.modules if m.split('.')[0] in {'django', 'psycopg', 'pydantic', 'structlog'}"
        " or m.startswith(('zhunsheng.infra', 'zhunsheng.apps', 'zhunsheng.config')))\n"
        "print(status, foreign)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "2 []"


@pytest.mark.parametrize("command", [["work", "--once"], ["export", "厦海卫案〔2026〕1号", "-o", "out"]])
def test_an_installation_that_is_not_ready_is_said_in_words(command: list[str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    for folder in ("keys", "run", "log", "blobs"):
        (data / folder).mkdir(parents=True)
    ran = subprocess.run(
        [sys.executable, "-m", "zhunsheng.cli.main", *command, "--data", str(data)],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
    )
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "数据库" in ran.stderr or "密钥" in ran.stderr
