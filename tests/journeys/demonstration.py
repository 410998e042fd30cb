"""The real program, as ``make demo`` runs it: its processes, its data folder, its two websites.

Nothing of it runs in the tests' own process. It has a folder of its own under a short
path (a socket's name has at most 107 bytes) and two free ports.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from zhunsheng.infra import processes
from zhunsheng.infra.unprivileged import dying_with_parent

T = TypeVar("T")
Told: TypeAlias = "dict[str, object]"

CHEN, HUANG, YIN = "chenguyu", "huangxiaoman", "yindahan"
FANG, ZHOU, WU, ADMIN = "fangdongzhi", "zhouhanlu", "wudaxue", "shenxiaoxue"

START_SECONDS: Final = 150.0
STOP_SECONDS: Final = 40.0
_OURS: Final = ("ZHUNSHENG_", "DJANGO_", "DATABASE_URL", "PYTEST_", "COV_")
_KEPT: Final = frozenset({"ZHUNSHENG_POSTGRES_BIN"})


@dataclass(slots=True)
class Demo:
    """A demonstration that runs, or can be started again on the same folder."""

    folder: Path  # holds the data folder and what the program said
    port: int
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.folder / "d"

    @property
    def log(self) -> str:
        """What the program has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def told(self) -> Told:
        """What ``demo.json`` says now."""
        content: Told = json.loads((self.data / "demo.json").read_bytes())
        return content

    @property
    def office(self) -> str:
        return str(self.told["office"])

    @property
    def portal(self) -> str:
        return str(self.told["portal"])

    @property
    def pids(self) -> dict[str, int]:
        found = self.told["pids"]
        assert isinstance(found, dict)
        return found

    @property
    def cases(self) -> dict[str, str]:
        found = self.told["cases"]
        assert isinstance(found, dict)
        return found

    @property
    def logins(self) -> dict[str, str]:
        """Everybody who can sign in, with his password."""
        accounts = self.told["accounts"]
        assert isinstance(accounts, list)
        return {str(one["login"]): str(one["password"]) for one in accounts}

    def password(self, login: str) -> str:
        return self.logins[login]

    def start(self) -> None:
        """Start the program and wait until it says that it is ready."""
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [*program("demo"), "--data", str(self.data), "--port", str(self.port)],
                env=surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
                # Between fork and exec it makes one system call; nothing of a killed test run stays behind.
                preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509
            )
        until(lambda: "\nready office=" in self.log or self._ended(), seconds=START_SECONDS, what="ready")
        assert not self._ended(), self.log[-3000:]

    def stop(self) -> int:
        """Press Ctrl-C and return the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOP_SECONDS)
        finally:
            self._kill()

    def run(self, *words: str, seconds: float = 120) -> "subprocess.CompletedProcess[str]":
        """Run another command of the program on this data folder."""
        command = [*program(*words), "--data", str(self.data)]
        return subprocess.run(command, check=False, capture_output=True, text=True, env=surroundings(), timeout=seconds)

    def audit(self) -> Told:
        """Return what the audit finds, with the witness's memory."""
        done = self.run("audit", "--witness", str(self.told["witness"]), "--json")
        assert done.returncode in {0, 1}, done.stderr
        found: Told = json.loads(done.stdout)
        return found | {"status": done.returncode}

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def program(*words: str) -> list[str]:
    return [sys.executable, "-m", "zhunsheng.cli.main", *words]


def surroundings() -> dict[str, str]:
    """Return the environment without anything that tests, coverage or a developer have put in it."""
    return {name: value for name, value in os.environ.items() if name in _KEPT or not name.startswith(_OURS)}


def until(true: Callable[[], T], *, seconds: float, what: str) -> T:
    """Return the first true answer; fail with ``what`` when none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := true():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


def healthy(address: str) -> bool:
    """Say whether the website answers that it is well."""
    with suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
        return bool(answer.status == 200)
    return False


@contextmanager
def demonstration() -> Iterator[Demo]:
    """Run a demonstration; end it and remove its folder afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix="zs-"))
    folder.chmod(0o711)  # as root PostgreSQL runs as another user, who must get through
    one = Demo(folder, _two_free_ports())
    try:
        one.start()
        yield one
    finally:
        try:
            if not one._ended():
                one.stop()
        finally:
            _end_children(one)
            shutil.rmtree(folder, ignore_errors=True)


def _end_children(one: Demo) -> None:
    with suppress(FileNotFoundError, KeyError):
        for pid, since in json.loads((one.data / "run" / "children.json").read_bytes()).values():
            if processes.start_time(pid) == since:
                processes.send_group(pid, signal.SIGKILL)


def _two_free_ports() -> int:
    """Return a port that is free together with the next one."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
    raise AssertionError("no two free ports side by side")
