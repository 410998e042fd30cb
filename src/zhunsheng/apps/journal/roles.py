"""What each database role may do: one map, applied after every migration and compared with the catalog.

The portal reads published tables and nothing else. The app writes the journal but cannot change or delete what
is in it. Only the disposal role deletes, and only payloads. Everything outside the journal is a projection that
the app may rebuild. The owner migrates and takes no part in daily work.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from django.apps import apps
from typing_extensions import override

from zhunsheng.apps.journal.sql import fetch
from zhunsheng.infra.database import PORTAL_SCHEMA, RoleNames

Allowed: TypeAlias = Mapping[str, tuple[str, ...]]  # role -> privileges

PUBLIC_SCHEMA: Final = "public"
ROLES: Final = ("app", "portal", "disposal")
READ: Final = ("SELECT",)
ADD: Final = ("SELECT", "INSERT")
WORK: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")

JOURNAL: Final[Mapping[str, Allowed]] = {
    "journal_stream": {"app": (*ADD, "UPDATE(position)"), "disposal": READ},
    "journal_event": {"app": ADD, "disposal": READ},
    "journal_payload": {"app": ADD, "disposal": ("SELECT", "DELETE")},
    "journal_pending": {"app": (*ADD, "DELETE")},
    "journal_leaf": {"app": ADD, "disposal": READ},
    "journal_checkpoint": {"app": ADD},
    "journal_cosignature": {"app": ADD},
    "journal_reading": {"app": ADD},
    "journal_counter": {"app": (*ADD, "UPDATE(last)")},
    "journal_outbox": {"app": WORK},
}
MIGRATIONS: Final = "django_migrations"


class Table(NamedTuple):
    schema: str
    name: str


class Grant(NamedTuple):
    """One privilege. ``role`` is ours (app, …), or the server's own name of a role that is not ours."""

    table: Table
    role: str
    privilege: str  # SELECT, or UPDATE(position) for one column

    @override
    def __str__(self) -> str:
        return f"{self.table.schema}.{self.table.name}: {self.role} {self.privilege}"


def tables() -> list[Table]:
    """Return every table the applications have, and Django's own list of migrations."""
    found = {Table(PUBLIC_SCHEMA, MIGRATIONS), Table(PORTAL_SCHEMA, MIGRATIONS)}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta  # noqa: SLF001  (Django's public habit)
        if options.managed and not options.proxy:
            found.add(Table(PORTAL_SCHEMA if options.app_label == "portal" else PUBLIC_SCHEMA, options.db_table))
    return sorted(found)


def allowed(table: Table) -> Allowed:
    """Return what each role may do with ``table``."""
    if table.name == MIGRATIONS:
        return {"app": READ}
    if table.schema == PORTAL_SCHEMA:
        return {"app": WORK, "portal": READ}
    if table.name.startswith("journal_"):
        return JOURNAL[table.name]
    return {"app": WORK}


def expected() -> set[Grant]:
    """Return every privilege there should be, the owner's apart."""
    return {
        Grant(table, role, privilege)
        for table in tables()
        for role, privileges in allowed(table).items()
        for privilege in privileges
    }


def statements(names: RoleNames) -> Iterator[str]:
    """Yield the SQL that makes it so, for the owner to run. Running it twice is harmless."""
    ours = ", ".join(_quoted(names.of(role)) for role in ROLES)
    for schema in (PUBLIC_SCHEMA, PORTAL_SCHEMA):
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {ours}"
    yield f"GRANT USAGE ON SCHEMA {PUBLIC_SCHEMA} TO {_quoted(names.app)}, {_quoted(names.disposal)}"
    yield f"GRANT USAGE ON SCHEMA {PORTAL_SCHEMA} TO {_quoted(names.app)}, {_quoted(names.portal)}"
    for table in tables():
        for role, privileges in allowed(table).items():
            what = ", ".join(privileges)
            yield f"GRANT {what} ON {table.schema}.{_quoted(table.name)} TO {_quoted(names.of(role))}"


CATALOG: Final = """
SELECT n.nspname, c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type, NULL
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
 WHERE n.nspname = ANY(%(schemas)s) AND c.relkind IN ('r', 'p', 'v', 'm') AND a.grantee <> c.relowner
UNION ALL
SELECT n.nspname, c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type, t.attname
  FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN aclexplode(t.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
 WHERE n.nspname = ANY(%(schemas)s) AND a.grantee <> c.relowner"""

MIGHTY: Final = """
SELECT r.rolname FROM pg_roles r
 WHERE r.rolname = ANY(%(names)s) AND (r.rolsuper OR r.rolcreaterole OR r.rolreplication OR EXISTS (
   SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY(%(schemas)s) AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER')))"""


def catalog(names: RoleNames) -> set[Grant]:
    """Return every privilege the database has given, the owner's apart."""
    ours = {names.of(role): role for role in ROLES}
    rows = fetch(CATALOG, {"schemas": [PUBLIC_SCHEMA, PORTAL_SCHEMA]})
    return {
        Grant(Table(schema, table), ours.get(role, role), f"{privilege}({column})" if column else privilege)
        for schema, table, role, privilege, column in rows
    }


def mighty(names: RoleNames) -> list[str]:
    """Return our working roles that could give themselves more: superusers, or members of a table's owner."""
    chosen = {"names": [names.of(role) for role in ROLES], "schemas": [PUBLIC_SCHEMA, PORTAL_SCHEMA]}
    return sorted(str(row[0]) for row in fetch(MIGHTY, chosen))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
