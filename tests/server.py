"""The shared database server of the tests, its template database and the clones."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Final

import psycopg
from psycopg import sql

from zhunsheng.infra import database, datadir, env, keys, postgres

PASSED_ON: Final = {"ZHUNSHENG_VECTORS", "ZHUNSHENG_POSTGRES_BIN", "ZHUNSHENG_TEST_DATA", "ZHUNSHENG_REQUIRE_BROWSER"}
CLONE: Final = "zs_clone_"
TEMPLATE: Final = "zs_template_"
_SOURCE: Final = Path(database.__file__).resolve().parent.parent
_SETTLED: Final = "ZHUNSHENG_TESTS_SETTLED"
_STALE_HOURS: Final = 6
_ROOM: Final = 4 * 2**30  # bytes

# A power cut may cost a test database; a killed process must not, and does not.
_QUICK: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def settle() -> None:
    """Point the settings of this process to the tests' data folder and template, before Django reads them."""
    if _SETTLED not in os.environ:
        # Nothing a developer has in his shell may reach the tests; a child of the tests has what we gave it.
        for name in [name for name in os.environ if name.startswith("ZHUNSHENG_") and name not in PASSED_ON]:
            del os.environ[name]
        os.environ.pop("DATABASE_URL", None)
        os.environ[_SETTLED] = "1"
    place = os.environ.get("ZHUNSHENG_TEST_DATA") or str(_quickest() / f"zhunsheng-tests-{os.geteuid()}{_flavour()}")
    env.change(
        ZHUNSHENG_DATA=place,
        ZHUNSHENG_SYSTEM_FOLDER=f"{place}/system",
        ZHUNSHENG_DATABASE=TEMPLATE + digest(),
        ZHUNSHENG_DEMO="1",
    )
    data = datadir.current()
    data.create()
    keys.KeyRing(data).make(env.current().origin, witness="tests.example/witness")
    database.make_passwords(data)
    # Where the socket will be stands in the settings, which are read before the server is started.
    postgres.Cluster(data).socket()


def digest() -> str:
    """Return what the template's content depends on: migrations, privileges, ``init`` itself."""
    files = [*_SOURCE.glob("apps/*/migrations/*.py"), *_SOURCE.glob("apps/*/models.py")]
    files += [_SOURCE / "apps/journal/roles.py", _SOURCE / "cli/init.py", _SOURCE / "infra/installing.py"]
    seen = sha256()
    for path in sorted(files):
        seen.update(path.relative_to(_SOURCE).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:12]


def forget(data: datadir.DataDir) -> None:
    """End the server of a test's own data folder; as root its data may lie outside, and go too."""
    cluster = postgres.Cluster(data)
    cluster.stop()
    shutil.rmtree(cluster.home().parent)


@dataclass(frozen=True, slots=True)
class TestServer:
    """The way into the server as its administrator."""

    __test__ = False

    address: str
    template: str

    def clone(self, name: str) -> None:
        """Make a database like the template."""
        owner = database.RoleNames(self.template).owner
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(self.template), sql.Identifier(owner)
            )
        )

    def drop(self, name: str) -> None:
        """Remove it, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def visit() -> Iterator[TestServer]:
    """Use the server: started by the first visitor, stopped by the last."""
    data = datadir.current()
    cluster = postgres.Cluster(data, settings=_QUICK)
    with (data.run / "visitors").open("ab") as visitors:
        with _alone(data):
            fcntl.flock(visitors, fcntl.LOCK_SH)
            cluster.prepare()
            if not cluster.is_running():
                cluster.start(with_parent=False)
            one = TestServer(database.admin_dsn() or "", env.current().database)
            _make_template(one)
        try:
            yield one
        finally:
            with _alone(data):
                _leave(cluster, visitors.fileno())


def _leave(cluster: postgres.Cluster, visitors: int) -> None:
    try:
        fcntl.flock(visitors, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody is still here
    cluster.stop()


@contextmanager
def _alone(data: datadir.DataDir) -> Iterator[None]:
    with (data.run / "door").open("ab") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _make_template(one: TestServer) -> None:
    with psycopg.connect(one.address, autocommit=True) as admin:
        ready = admin.execute(
            "SELECT 1 FROM pg_database d JOIN pg_shdescription s ON s.objoid = d.oid "
            "WHERE d.datname = %s AND s.description = 'ready'",
            [one.template],
        ).fetchone()
        if ready:
            return
        _drop_stale(admin)
    one.drop(one.template)
    subprocess.run(
        [sys.executable, "-m", "zhunsheng.cli.main", "init"], check=True, env={**os.environ, "ZHUNSHENG_ROLE": "app"}
    )
    with psycopg.connect(one.address, autocommit=True) as admin:
        admin.execute(sql.SQL("COMMENT ON DATABASE {} IS 'ready'").format(sql.Identifier(one.template)))


def _drop_stale(admin: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Remove templates of older migrations and clones that a killed run left."""
    old = admin.execute(
        "SELECT d.datname FROM pg_database d WHERE (d.datname LIKE %s OR d.datname LIKE %s) AND "
        "(pg_stat_file('base/' || d.oid || '/PG_VERSION')).modification < now() - make_interval(hours => %s) "
        "AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)",
        [TEMPLATE + "%", CLONE + "%", _STALE_HOURS],
    ).fetchall()
    for (name,) in old:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(str(name))))


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Have Django's connections, of this thread and of new ones, lead to the database ``name``."""
    from django.db import connections  # noqa: PLC0415  (settings are read when it is loaded)

    before = {alias: connections.settings[alias]["NAME"] for alias in connections}
    try:
        for alias in connections:
            connections[alias].close()
            connections.settings[alias].update(NAME=name, CONN_MAX_AGE=None)
        yield
    finally:
        for alias, old in before.items():
            connections[alias].close()
            connections.settings[alias]["NAME"] = old


def _quickest() -> Path:
    """Return memory where it can hold the tests' databases: a clone takes 0.02 s there and 0.3 s on a busy disk."""
    memory = Path("/dev/shm")  # noqa: S108  (no more shared than the temporary folder)
    if not (memory.is_dir() and os.access(memory, os.W_OK | os.X_OK)):
        return Path(gettempdir())
    room = os.statvfs(memory)
    fits = room.f_bavail * room.f_frsize >= _ROOM and not room.f_flag & os.ST_NOEXEC
    return memory if fits else Path(gettempdir())


def _flavour() -> str:
    """Keep the data of different PostgreSQL versions apart."""
    given = os.environ.get("ZHUNSHENG_POSTGRES_BIN", "")
    return f"-{sha256(given.encode()).hexdigest()[:6]}" if given else ""


def credentials() -> dict[str, str]:
    """Return the roles' passwords, for tests that connect by hand."""
    content: dict[str, str] = json.loads((datadir.current().keys / "database.json").read_bytes())
    return content
