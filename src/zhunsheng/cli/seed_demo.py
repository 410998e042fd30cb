"""``zhunsheng seed-demo``: found the bureau of the demonstration with its first cases; say who can sign in.

Running it again is harmless: what is there stays as it is.
"""

import argparse
from typing import Final

from zhunsheng.cli import demo_bureau, demo_cases
from zhunsheng.cli.main import COULD_NOT_RUN, show
from zhunsheng.infra import clock, env

HELP: Final = "found the bureau of the demonstration (demonstration only)"
DJANGO: Final = True


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(args: argparse.Namespace) -> int:
    """Found what is missing and print the accounts."""
    if not env.current().demo:
        show(args, {"error": "not-a-demonstration"}, ["only with ZHUNSHENG_DEMO=1"])
        return COULD_NOT_RUN
    accounts = [
        {"role": str(account.roles[0]), "login": account.login, "password": account.password, "name": account.name}
        for account in demo_bureau.found(clock.now())
    ]
    lines = [f"{one['role']:<12} {one['login']:<16} {one['password']}  {one['name']}" for one in accounts]
    cases = demo_cases.tell(clock.now())
    lines += [f"{story}: {number}" for story, number in cases.items()]
    show(args, {"accounts": accounts, "cases": cases}, lines)
    return 0
