"""``zhunsheng doctor``: look at each thing the program stands on and say how to mend what is not right.

Each check answers by itself; one that fails does not keep the others from being made.
Nothing is changed.
"""

import argparse
import os
import shutil
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from zhunsheng.cli.main import settle, show
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import clock, database, datadir, env, keys, worker

HELP: Final = "check each thing the program stands on and say how to mend it"
_LEAST_FREE_BYTES: Final = 2 * 1024**3
_LEAST_PYTHON: Final = (3, 11)


class State(StrEnum):
    OK = "ok"
    NOTICE = "notice"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check found; ``mend`` says what to do and is empty when all is well."""

    name: str
    state: State
    found: str
    mend: str = ""


_MARKS: Final = {State.OK: "正常", State.NOTICE: "注意", State.BAD: "故障"}


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Check everything; 1 when something is bad."""
    settle(args)
    answers = [answer for check in CHECKS for answer in _answered(check)]
    lines = [line for one in answers for line in _lines(one)]
    show(args, [asdict(one) for one in answers], lines)
    return int(any(one.state is State.BAD for one in answers))


def _answered(check: Callable[[], Iterator[Answer]]) -> Iterator[Answer]:
    name = check.__name__
    try:
        yield from check()
    except ZhunshengError as error:
        yield Answer(name, State.BAD, str(error), "zhunsheng init")
    except OSError as error:
        yield Answer(name, State.BAD, str(error), "check owner and mode of that file")


def _lines(one: Answer) -> list[str]:
    first = f"{_MARKS[one.state]}  {one.name}: {one.found}"
    return [first, f"      办法 (mend): {one.mend}"] if one.mend else [first]


def python() -> Iterator[Answer]:
    """The interpreter is new enough."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info[:2] >= _LEAST_PYTHON
    yield Answer("python", State.OK if good else State.BAD, found, "" if good else "install Python 3.11 or newer")


def time_zone() -> Iterator[Answer]:
    """The machine knows Asia/Shanghai."""
    try:
        zoneinfo.ZoneInfo("Asia/Shanghai")
    except zoneinfo.ZoneInfoNotFoundError:
        yield Answer("time zone", State.BAD, "Asia/Shanghai is unknown here", "install the system package tzdata")
        return
    ahead = clock.offset()
    state = State.NOTICE if ahead else State.OK
    yield Answer("time", state, clock.now().isoformat(timespec="seconds") + (f", demo clock +{ahead}" if ahead else ""))


def data_folder() -> Iterator[Answer]:
    """The data folder is there, ours, and has room."""
    data = datadir.current()
    if not data.root.is_dir():
        yield Answer("data folder", State.BAD, f"{data.root} is missing", "zhunsheng init")
        return
    writable = os.access(data.root, os.W_OK)
    yield Answer(
        "data folder",
        State.OK if writable else State.BAD,
        str(data.root),
        "" if writable else f"chown it to the user that runs the program (uid {os.geteuid()})",
    )
    free = shutil.disk_usage(data.root).free
    enough = free > _LEAST_FREE_BYTES
    yield Answer(
        "free space", State.OK if enough else State.NOTICE, f"{free // 1024**2} MiB", "" if enough else "make room"
    )


def private_keys() -> Iterator[Answer]:
    """The keys are there and closed to others."""
    ring = keys.KeyRing(datadir.current())
    yield Answer("log key", State.OK, str(ring.log_signer().key))
    ring.field_cipher()
    for path in sorted(ring.data.keys.iterdir()):
        if path.suffix != ".crt" and path.stat().st_mode & 0o077:
            yield Answer("key mode", State.BAD, f"{path.name} can be read by others", f"chmod 600 {path}")


def policy_file() -> Iterator[Answer]:
    """The policy file names our own key."""
    data = datadir.current()
    text = data.policy.read_text(encoding="utf-8") if data.policy.exists() else ""
    named = str(keys.KeyRing(data).log_signer().key) in text
    mend = "" if named else "zhunsheng init writes it; after a rotation add the new key's line"
    yield Answer("policy", State.OK if named else State.BAD, str(data.policy), mend)


def database_server() -> Iterator[Answer]:
    """Every role gets in, and the server is new enough."""
    for role in ("owner", "app", "portal"):
        with database.connect(database.dsn(role)) as connection:
            version = connection.info.server_version // 10_000
        good = version >= database.LEAST_VERSION
        mend = "" if good else f"upgrade to PostgreSQL {database.LEAST_VERSION} or newer"
        yield Answer(f"database as {role}", State.OK if good else State.BAD, f"PostgreSQL {version}", mend)


def tables() -> Iterator[Answer]:
    """Every migration is applied, and every privilege is what the map says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.config.settings")
    import django  # noqa: PLC0415  (only this check needs the applications)

    django.setup()
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415
    from django.db.utils import OperationalError  # noqa: PLC0415

    from zhunsheng.apps.journal import roles  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connections["default"])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        first_line = str(error).strip().splitlines()[0]
        yield Answer("migrations", State.BAD, first_line, "start the database (zhunsheng demo, or your server)")
        return
    yield Answer(
        "migrations",
        State.BAD if missing else State.OK,
        f"{len(missing)} to apply",
        "zhunsheng init" if missing else "",
    )
    names = database.server().roles
    wrong = roles.catalog(names) ^ roles.expected()
    found = ", ".join(sorted(str(grant) for grant in wrong)[:5]) or "as the map says"
    yield Answer("privileges", State.BAD if wrong else State.OK, found, "zhunsheng init" if wrong else "")


def background() -> Iterator[Answer]:
    """The worker says it is well."""
    health = worker.health()
    good = health["state"] == "ok"
    failing = health.get("failing") or ""
    mend = "" if good else "start `zhunsheng work`; failing steps are explained in its log"
    yield Answer("worker", State.OK if good else State.NOTICE, f"{health['state']} {failing}".strip(), mend)


def settings() -> Iterator[Answer]:
    """The settings can be meant."""
    current = env.current()
    state = State.NOTICE if current.demo else State.OK
    yield Answer("settings", state, "demonstration" if current.demo else "service", "")


CHECKS: Final = (
    python,
    settings,
    time_zone,
    data_folder,
    private_keys,
    policy_file,
    database_server,
    tables,
    background,
)
