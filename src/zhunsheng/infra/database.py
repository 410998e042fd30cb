"""Where the database is and who we are there: roles, passwords, addresses.

Four roles, named after the database (decision 15): the owner migrates, the app works,
the portal reads what was published, disposal destroys by approved order. Their
passwords are made by ``init`` and kept in ``DATA/keys/database.json``.

``DATABASE_URL`` may name an administrator (then ``init`` creates everything), one of our
roles, or nobody (then a database administrator ran the SQL of ``init --print-sql``).
Whoever it names, processes connect as the role they need and no other.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, TypeAlias
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import psycopg
from psycopg import sql

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import datadir, durable, env

Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]

PORTAL_SCHEMA: Final = "portal"
PORT: Final = 5432
LEAST_VERSION: Final = 15
_SOCKET_PATH_BYTES: Final = 107  # sun_path of Linux, without its closing zero


class DatabaseError(ZhunshengError):
    """The database cannot be used as it is; the text says how to mend it."""

    code: ClassVar[str] = "database-not-ready"


@dataclass(frozen=True, slots=True)
class RoleNames:
    """The names of our roles in the server, where roles are shared by all databases."""

    prefix: str

    @property
    def owner(self) -> str:
        return f"{self.prefix}_owner"

    @property
    def app(self) -> str:
        return f"{self.prefix}_app"

    @property
    def portal(self) -> str:
        return f"{self.prefix}_portal"

    @property
    def disposal(self) -> str:
        return f"{self.prefix}_disposal"

    def all(self) -> tuple[str, ...]:
        """Return every name, the owner first."""
        return (self.owner, self.app, self.portal, self.disposal)

    def of(self, role: str) -> str:
        """Return the server's name of ``owner``, ``app``, ``portal`` or ``disposal``."""
        return f"{self.prefix}_{role}"


@dataclass(frozen=True, slots=True)
class Server:
    """One PostgreSQL database and the way to it."""

    host: str  # name, address, or the folder of the socket
    port: int
    name: str
    user: str = ""  # as DATABASE_URL says; empty when it names nobody
    password: str = ""
    options: tuple[tuple[str, str], ...] = ()  # sslmode and the like

    @property
    def roles(self) -> RoleNames:
        return RoleNames(self.name)

    def url(self, user: str, password: str, *, name: str | None = None) -> str:
        """Return an address that ``psql`` and every driver understand."""
        who = urlencode({"": user})[1:].replace("+", "%20")
        if password:
            who += ":" + urlencode({"": password})[1:].replace("+", "%20")
        query = urlencode([("host", self.host), ("port", str(self.port)), *self.options])
        return f"postgresql://{who}@/{name or self.name}?{query}"


def server() -> Server:
    """Return the database that the settings name: ``DATABASE_URL``, or the embedded server's socket."""
    settings = env.current()
    if settings.database_url:
        return parse(settings.database_url, settings.database)
    return Server(str(socket_folder(datadir.current())), PORT, settings.database)


def parse(url: str, fallback_name: str) -> Server:
    """Read a PostgreSQL address."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return Server(
        host=options.pop("host", "") or unquote(parts.hostname or "") or "localhost",
        port=int(options.pop("port", "") or parts.port or PORT),
        name=unquote(parts.path.lstrip("/")) or fallback_name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple(sorted(options.items())),
    )


def socket_folder(data: datadir.DataDir) -> Path:
    """Return the folder of the embedded server's socket, as the running server wrote it down."""
    note = data.run / "socket"
    return Path(note.read_text(encoding="utf-8").strip()) if note.exists() else data.run


def fits(folder: Path) -> bool:
    """Say whether a socket in ``folder`` has a name short enough for the kernel."""
    return len(str(folder / f".s.PGSQL.{PORT}").encode()) <= _SOCKET_PATH_BYTES


def passwords(data: datadir.DataDir) -> Mapping[str, str]:
    """Return the password of each role (``owner``, ``app``, …), or nothing before ``init``."""
    path = data.keys / "database.json"
    if not path.exists():
        return {}
    content: dict[str, str] = json.loads(path.read_bytes())
    return content


def make_passwords(data: datadir.DataDir) -> Mapping[str, str]:
    """Make the passwords that are missing and return them all."""
    roles = ("admin", "owner", "app", "portal", "disposal")
    fresh = json.dumps({role: secrets.token_urlsafe(24) for role in roles}).encode()
    durable.create(data.keys / "database.json", fresh)
    return passwords(data)


def dsn(role: str) -> str:
    """Return the address of the database for ``owner``, ``app``, ``portal`` or ``disposal``, password included.

    Raises:
        DatabaseError: ``init`` has not run here.
    """
    password = passwords(datadir.current()).get(role)
    if password is None:
        raise DatabaseError("尚未初始化 (not initialised): run `zhunsheng init` first")
    place = server()
    return place.url(place.roles.of(role), password)


def admin_dsn(*, name: str = "postgres") -> str | None:
    """Return the address for whoever may create roles, or None when ``DATABASE_URL`` names nobody."""
    place = server()
    if env.current().database_url:
        return place.url(place.user, place.password, name=name) if place.user else None
    return place.url("postgres", passwords(datadir.current()).get("admin", ""), name=name)


def connect(address: str) -> Connection:
    """Open a connection outside Django.

    Raises:
        DatabaseError: nobody answers there, or we are refused.
    """
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        first_line = str(error).strip().splitlines()[0]
        raise DatabaseError(f"无法连接数据库 (cannot connect): {first_line}") from None


def identifier(name: str) -> sql.Identifier:
    """Return ``name`` quoted as SQL quotes names."""
    return sql.Identifier(name)
