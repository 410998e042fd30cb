"""``zhunsheng demo`` as a stranger meets it: it comes up, survives ``kill -9`` of anything, and keeps everything.

One demonstration serves the whole file; a test that finds it ended starts it again, so
that their order does not matter.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.server import forget
from zhunsheng.infra import processes
from zhunsheng.infra.datadir import DataDir

# All of them in one test process, when the rest is spread over several.
pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300), pytest.mark.xdist_group("demo")]

LET_THROUGH = ("PATH", "HOME", "LANG", "ZHUNSHENG_POSTGRES_BIN", "ZHUNSHENG_SYSTEM_FOLDER")
PATIENCE_SECONDS = 90.0


def free_port() -> int:
    """A port that is free, and the next one too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def zhunsheng(*words: str) -> list[str]:
    return [sys.executable, "-m", "zhunsheng.cli.main", *words]


def environment() -> dict[str, str]:
    """The environment of a stranger, not that of the tests."""
    return {name: os.environ[name] for name in LET_THROUGH if name in os.environ}


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(zhunsheng(*words), check=False, capture_output=True, text=True, env=environment())


@dataclass
class Demo:
    data: Path
    port: int
    process: "subprocess.Popen[str] | None" = None
    line: str = ""  # that said it was ready

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        words = zhunsheng("demo", "--data", str(self.data), "--port", str(self.port))
        log = (self.data.parent / "demo.log").open("ab")
        with log:
            self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, env=environment())
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("ready "):
                self.line = line.strip()
                return
        raise AssertionError((self.data.parent / "demo.log").read_text(encoding="utf-8")[-3000:])

    def told(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.data / "demo.json").read_bytes())
        return content

    def answers(self) -> bool:
        try:
            return all(self._get(self.port + n)["status"] == "ok" for n in (0, 1))
        except (OSError, urllib.error.URLError):
            return False

    def events(self) -> int:
        """Count the events as the app, by the address that ``dsn`` prints."""
        address = run("dsn", "--data", str(self.data)).stdout.strip()
        with psycopg.connect(address) as connection:
            row = connection.execute("SELECT count(*) FROM journal_event").fetchone()
        assert row is not None
        return int(row[0])

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self, number: int = signal.SIGINT) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(number)
        status = self.process.wait(60)
        self.process.stdout.close()
        return status

    def _get(self, port: int) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            content: dict[str, Any] = json.loads(answer.read())
        return content


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    one = Demo(tmp_path_factory.mktemp("demo") / "data", free_port())
    yield one
    if one.is_running():
        one.end()
    forget(DataDir(one.data))


@pytest.fixture
def demo(installed: Demo) -> Demo:
    if not installed.is_running():
        installed.start()
    return installed


def test_it_says_where_it_is_and_writes_it_down(demo: Demo) -> None:
    told = demo.told()
    assert demo.line == f"ready office={told['office']} portal={told['portal']}"
    assert re.fullmatch(rf"http://localhost:{demo.port}", told["office"])
    assert re.fullmatch(rf"http://localhost:{demo.port + 1}", told["portal"])
    assert set(told["pids"]) == {"demo", "postgres", "office", "portal", "worker"}
    assert Path(told["policy"]).is_file()
    assert Path(told["witness"]).is_dir()
    assert all({"role", "login", "password"} <= set(account) for account in told["accounts"])
    assert (demo.data / "demo.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["office", "portal", "worker", "postgres"])
def test_a_killed_process_is_started_again_and_nothing_is_lost(demo: Demo, name: str) -> None:
    before, old = demo.events(), demo.told()["pids"][name]
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: bool(demo.told()["pids"][name] != old))
    wait_for(demo.answers)
    assert demo.events() == before


def test_a_second_one_on_the_same_folder_is_refused_with_words(demo: Demo) -> None:
    done = run("demo", "--data", str(demo.data), "--port", str(free_port()))
    assert done.returncode != 0
    assert "data-folder-in-use" in done.stderr
    assert demo.answers()


def test_killed_as_a_whole_it_comes_up_again_with_everything(demo: Demo) -> None:
    before, old = demo.events(), demo.told()["pids"]
    demo.end(signal.SIGKILL)
    wait_for(lambda: not any(processes.is_alive(pid) for pid in old.values()))
    demo.start()
    assert demo.events() == before


def test_the_audit_of_what_came_through_all_this_is_clean(demo: Demo) -> None:
    done = run("audit", "--data", str(demo.data), "--witness", demo.told()["witness"])
    assert done.returncode == 0, done.stdout


def test_ctrl_c_ends_it_cleanly_and_a_later_start_finds_everything(demo: Demo) -> None:
    before, pids = demo.events(), demo.told()["pids"]
    assert demo.end() == 0
    assert [name for name, pid in pids.items() if processes.is_alive(pid)] == []
    assert not demo.answers()
    demo.start()
    assert demo.events() == before
