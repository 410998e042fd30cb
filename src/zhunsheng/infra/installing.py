"""What ``init`` does in the server before any table exists: roles, database, schemas.

Every statement can be run twice. Passwords go over as SCRAM verifiers, so that neither
the server's log nor the SQL printed for a database administrator holds one.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping
from typing import Final

from psycopg import sql

from zhunsheng.infra import database
from zhunsheng.infra.database import Connection, DatabaseError, RoleNames

_ITERATIONS: Final = 4096  # PostgreSQL's own default
_ROLES: Final = ("owner", "app", "portal", "disposal")


def role_statements(names: RoleNames, passwords: Mapping[str, str]) -> Iterator[sql.Composed]:
    """Yield the SQL that makes the four roles. Whoever runs it may create roles."""
    for role in _ROLES:
        name = names.of(role)
        yield sql.SQL(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal}) "
            "THEN CREATE ROLE {name}; END IF; END $$"
        ).format(literal=sql.Literal(name), name=sql.Identifier(name))
        yield sql.SQL("ALTER ROLE {} LOGIN NOCREATEDB NOCREATEROLE INHERIT PASSWORD {}").format(
            sql.Identifier(name), sql.Literal(scram_verifier(passwords[role]))
        )
    # Only a member of the owner may give a database to him; a superuser is one anyway.
    yield sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(names.owner))


def database_statement(name: str, names: RoleNames) -> sql.Composed:
    """Return the SQL that makes the database. It cannot run in a transaction."""
    return sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
        sql.Identifier(name), sql.Identifier(names.owner)
    )


def schema_statements(name: str, names: RoleNames) -> Iterator[sql.Composed]:
    """Yield the SQL that divides the database, for the owner to run in it."""
    one, everybody = sql.Identifier(name), sql.SQL(", ").join(sql.Identifier(role) for role in names.all())
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(one)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(one, everybody)
    yield sql.Composed([sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC")])
    yield sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(database.PORTAL_SCHEMA))


def create(place: database.Server, passwords: Mapping[str, str], admin: Connection) -> None:
    """Make roles and database where they are missing.

    Raises:
        DatabaseError: the server is too old.
    """
    if admin.info.server_version < database.LEAST_VERSION * 10_000:
        raise DatabaseError(f"PostgreSQL {database.LEAST_VERSION} or newer is needed")
    for statement in role_statements(place.roles, passwords):
        admin.execute(statement)
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [place.name]).fetchone()
    if found is None:
        admin.execute(database_statement(place.name, place.roles))


def script(place: database.Server, passwords: Mapping[str, str]) -> Iterator[str]:
    """Yield lines for ``psql`` that do what ``create`` does, for a database administrator to read and run."""
    yield f"-- Zhunsheng: roles and database {place.name}, PostgreSQL {database.LEAST_VERSION}+. Can be run twice."
    yield "-- Passwords are SCRAM verifiers: nobody can sign in with what stands here."
    yield from (statement.as_string() + ";" for statement in role_statements(place.roles, passwords))
    create_database = database_statement(place.name, place.roles).as_string()
    quoted = sql.Literal(create_database).as_string(), sql.Literal(place.name).as_string()
    yield f"SELECT {quoted[0]} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {quoted[1]}) \\gexec"  # noqa: S608  (quoted above)
    yield "-- Then, on the machine of the program: zhunsheng init (the owner makes tables and privileges)."


def scram_verifier(password: str, *, salt: bytes | None = None) -> str:
    """Return what PostgreSQL stores for ``password`` (RFC 5803). ASCII passwords only: ours are."""
    salt = salt or secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, _ITERATIONS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    stored, served = hashlib.sha256(client).digest(), hmac.digest(salted, b"Server Key", "sha256")
    parts = (base64.b64encode(part).decode() for part in (salt, stored, served))
    encoded_salt, encoded_stored, encoded_server = parts
    return f"SCRAM-SHA-256${_ITERATIONS}:{encoded_salt}${encoded_stored}:{encoded_server}"
