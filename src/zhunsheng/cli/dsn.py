"""``zhunsheng dsn``: the address of the database for one role, for ``psql`` and backup programs."""

import argparse
from typing import Final

from zhunsheng.cli.main import settle, show
from zhunsheng.infra import database

HELP: Final = "print the address of the database for a role; it contains the password"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--role", choices=("owner", "app", "portal"), default="app")


def run(args: argparse.Namespace) -> int:
    """Print the address."""
    settle(args)
    address = database.dsn(args.role)
    show(args, {"role": args.role, "dsn": address}, [address])
    return 0
