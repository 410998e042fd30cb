"""``zhunsheng demo``: a whole bureau on one machine, from an empty folder to two running websites.

PostgreSQL, office, portal and worker are children of this process (``infra.supervisor``).
Everything lies in the data folder, so a second start finds what the first one left, and
``kill -9`` of any process, this one included, loses nothing.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from zhunsheng.cli import serve
from zhunsheng.cli.main import settle
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import database, datadir, durable, env, postgres, processes, supervisor
from zhunsheng.infra.datadir import DataDir
from zhunsheng.infra.supervisor import Child, Supervisor

Story: TypeAlias = Mapping[str, object]

HELP: Final = "set up and run the demonstration: database, office, portal, worker, witness"
_READY_SECONDS: Final = 60.0
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


class DemoError(ZhunshengError):
    """The demonstration cannot start; the text says what is in the way."""

    code: ClassVar[str] = "demo-cannot-start"


@dataclass(frozen=True, slots=True)
class Addresses:
    host: str  # to listen on
    name: str  # for links
    port: int
    tls: bool

    @property
    def office(self) -> str:
        return f"{self._scheme}://{self.name}:{self.port}"

    @property
    def portal(self) -> str:
        return f"{self._scheme}://{self.name}:{self.port + 1}"

    @property
    def _scheme(self) -> str:
        return "https" if self.tls else "http"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 shows it to the network")
    parser.add_argument("--port", type=int, default=serve.DEFAULT_PORT, help="port of the office; the portal's is +1")
    parser.add_argument("--tls", action="store_true", help="https with a self-made certificate")


def run(args: argparse.Namespace) -> int:
    """Set up what is missing, run everything, end everything."""
    addresses = Addresses(args.host, _link_name(args.host), args.port, args.tls)
    settle(args)
    data = datadir.current()
    data.create()
    _settings(data, addresses)
    with processes.locked(data.run / "lock"):
        supervisor.end_recorded(data.run / "children.json")
        for port in (args.port, args.port + 1):
            _check_free(args.host, port)
        return _run(data, addresses)


def _run(data: DataDir, addresses: Addresses) -> int:
    keeper = Supervisor(data.run / "children.json")
    keeper.listen()
    story: Story = {}
    try:
        if not env.current().database_url:
            keeper.start(_postgres(data))
        _own("init")
        story = json.loads(_own("seed-demo", "--json"))
        keeper.on_change = lambda pids: _write(data, addresses, story, pids)
        for child in _surfaces(addresses):
            keeper.start(child)
        keeper.start(Child("worker", lambda: supervisor.spawn(_command("work"), {})))
        deadline = time.monotonic() + _READY_SECONDS
        keeper.watch(until=lambda: _both_answer(addresses) or time.monotonic() > deadline)
        if not keeper.stop.is_set():
            if not _both_answer(addresses):
                raise DemoError("office and portal do not answer; what they say is above")
            _greet(addresses, story)
            keeper.watch()
    finally:
        keeper.end()
    print("stopped; the data are kept, start again with the same command", flush=True)
    return 0


def _settings(data: DataDir, addresses: Addresses) -> None:
    """Settle what the children need, and leave it in the data folder for commands typed by hand."""
    hosts = (*_LOOPBACK, addresses.name) if addresses.host in {"127.0.0.1", "localhost"} else _own_names(addresses)
    chosen = {
        "ZHUNSHENG_DEMO": "1",
        "ZHUNSHENG_HOSTS": os.environ.get("ZHUNSHENG_HOSTS") or ",".join(dict.fromkeys(hosts)),
        "ZHUNSHENG_OFFICE_URL": addresses.office,
        "ZHUNSHENG_PORTAL_URL": addresses.portal,
        "ZHUNSHENG_TLS": "1" if addresses.tls else "0",
        "ZHUNSHENG_LOG_LEVEL": os.environ.get("ZHUNSHENG_LOG_LEVEL") or "warning",
    }
    lines = "".join(f"{name}={value}\n" for name, value in chosen.items())
    durable.write(data.root / env.FILE_NAME, lines.encode(), mode=0o644)
    env.change(**chosen)


def _own_names(addresses: Addresses) -> tuple[str, ...]:
    """Return the names by which others may reach this machine when it listens to more than itself."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, family=socket.AF_INET)}
    return (*_LOOPBACK, addresses.name, socket.gethostname(), *sorted(found))


def _link_name(host: str) -> str:
    if host in {"127.0.0.1", "::1"}:
        return "localhost"  # WebCrypto trusts it, the addresses too, but people know the name
    return socket.gethostname() if host in {"0.0.0.0", "::"} else host  # noqa: S104  (compared, not bound)


def _check_free(host: str, port: int) -> None:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            raise DemoError(
                f"端口 {port} 不可用 (port cannot be used): {error.strerror}; choose another PORT"
            ) from None


def _postgres(data: DataDir) -> Child:
    cluster = postgres.Cluster(data)
    database.make_passwords(data)

    def start() -> supervisor.Process:
        cluster.prepare()
        return cluster.start()

    return Child("postgres", start, postgres.STOP_SIGNAL)


def _surfaces(addresses: Addresses) -> list[Child]:
    more = ["--tls"] if addresses.tls else []
    office = serve.words("office", addresses.host, addresses.port, *more)
    portal = serve.words("portal", addresses.host, addresses.port + 1, *more)
    return [
        Child("office", lambda: supervisor.spawn(office, {})),
        Child("portal", lambda: supervisor.spawn(portal, {})),
    ]


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "zhunsheng.cli.main", *words]


def _own(*words: str) -> str:
    """Run another command of ours to its end and return what it says."""
    done = subprocess.run(_command(*words), check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603  (our own program)
    if done.returncode != 0:
        raise DemoError(f"`zhunsheng {words[0]}` failed; what it said is above")
    return done.stdout


def _both_answer(addresses: Addresses) -> bool:
    return all(_answers(addresses, port) for port in (addresses.port, addresses.port + 1))


def _answers(addresses: Addresses, port: int) -> bool:
    if addresses.tls:
        # Our own certificate on our own machine: that something listens is all that is asked.
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", port)) == 0
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False


def _write(data: DataDir, addresses: Addresses, story: Story, pids: Mapping[str, int]) -> None:
    content = {
        "office": addresses.office,
        "portal": addresses.portal,
        "pids": {"demo": os.getpid(), **pids},
        "policy": str(data.policy),
        "witness": str(data.witness),
        "accounts": story.get("accounts", []),
        "cases": story.get("cases", {}),
    }
    durable.write(data.root / "demo.json", json.dumps(content, ensure_ascii=False, indent=2).encode())


TRY: Final = (
    "chenguyu     办当场处罚 (open a case): 现场笔录, 决定书; try one officer, or 苏白露 whose certificate has expired",
    "huangxiaoman 签名 (sign as the second officer); then 送达, 备案",
    "fangdongzhi  提出公示稿 (propose the public text); zhouhanlu 批准公开 (check and approve)",
    "公示平台      search 理发, open a result, press 核验; download the 证明包 and run `zhunsheng verify`",
)
"""What a stranger may do first; README.md tells the whole story."""


def _greet(addresses: Addresses, story: Story) -> None:
    accounts = story.get("accounts", [])
    print("\n准绳 Zhunsheng · 演示 (demonstration)\n")
    if isinstance(accounts, list):
        for account in accounts:
            print(f"  {account['role']:<12} {account['login']:<16} {account['password']}")
    print("\n试一试 (try):")
    for line in TRY:
        print(f"  {line}")
    print("\nCtrl-C ends it; everything is kept.\n")
    print(f"ready office={addresses.office} portal={addresses.portal}", flush=True)
