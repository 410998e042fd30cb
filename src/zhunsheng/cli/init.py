"""``zhunsheng init``: make keys, database, roles, tables and privileges, or bring them up to date.

Running it again is harmless and is how an upgrade migrates. Three steps by three hands:
the administrator makes roles and database (or has run ``--print-sql``), the owner makes
schemas and tables, and gives the working roles their privileges.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from zhunsheng.cli.main import settle, show
from zhunsheng.infra import database, datadir, env, installing, keys, postgres

HELP: Final = "make or update keys, database, roles, tables and privileges"
WITNESS_NAME: Final = "zhunsheng.example/demo-witness"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "--print-sql", action="store_true", help="print the SQL for a database administrator and do nothing else there"
    )


def run(args: argparse.Namespace) -> int:
    """Make what is missing."""
    settle(args)
    data = datadir.current()
    data.create()
    settings = env.current()
    keys.KeyRing(data).make(settings.origin, witness=WITNESS_NAME if settings.demo else None)
    passwords = database.make_passwords(data)
    place = database.server()
    if args.print_sql:
        lines = list(installing.script(place, passwords))
        show(args, {"sql": lines}, lines)
        return 0
    with running_server(data):
        install()
    show(args, {"data": str(data.root), "database": place.name}, [f"ready: {data.root}, database {place.name}"])
    return 0


@contextmanager
def running_server(data: datadir.DataDir) -> Iterator[None]:
    """Have a server while the block runs: the one that ``DATABASE_URL`` names, the running one, or our own."""
    cluster = None if env.current().database_url else postgres.Cluster(data)
    if cluster is None:
        yield
        return
    cluster.prepare()
    if cluster.is_running():
        yield
        return
    cluster.start()
    try:
        yield
    finally:
        cluster.stop()


def install() -> None:
    """Make roles, database, schemas, tables and privileges in the server. Django must not be loaded yet.

    Raises:
        DatabaseError: nobody answers, or the administrator's part is missing.
    """
    data, place = datadir.current(), database.server()
    passwords = database.passwords(data)
    administrator = database.admin_dsn()
    if administrator is not None:
        with database.connect(administrator) as admin:
            installing.create(place, passwords, admin)
    with database.connect(database.dsn("owner")) as owner:
        for statement in installing.schema_statements(place.name, place.roles):
            owner.execute(statement)
    migrate()
    from zhunsheng.apps.journal import ledger, roles  # noqa: PLC0415  (models load only once Django is ready)

    ledger.policy()  # writes the first policy file from the keys

    with database.connect(database.dsn("owner")) as owner, owner.transaction():
        for text in roles.statements(place.roles):
            owner.execute(text.encode())


def migrate() -> None:
    """Bring the tables up to date, as the owner."""
    env.change(ZHUNSHENG_ROLE="owner")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.config.settings")
    import django  # noqa: PLC0415  (it must read the settings of the owner)
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", database="default", verbosity=0, interactive=False)
    call_command("migrate", "portal", database="portal", verbosity=0, interactive=False)
