"""``zhunsheng work``: the background process. What it does is registered by the applications (``infra.worker``)."""

import argparse
from typing import Final

from django.db import close_old_connections

from zhunsheng.apps.journal import ledger
from zhunsheng.cli import delivering, measuring
from zhunsheng.cli.main import show
from zhunsheng.infra import datadir, processes, worker

HELP: Final = "commit to the ledger, publish, keep projections up to date"
DJANGO: Final = True
DELIVERY_SECONDS: Final = 0.5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--once", action="store_true", help="work until nothing is left to do, then end")


def run(args: argparse.Namespace) -> int:
    """Work until asked to end. One worker a data folder: a second one waits for nothing and is refused."""
    worker.register("ledger", ledger.tick, every=ledger.ROUND_SECONDS)
    worker.register("delivery", delivering.deliver, every=DELIVERY_SECONDS)
    worker.register("window", measuring.measure, every=measuring.SECONDS)
    with processes.locked(datadir.current().run / "worker.lock"):
        if args.once:
            rounds = 1
            while worker.run_once():
                rounds += 1
            show(args, {"rounds": rounds}, [])
            return 0
        worker.run(worker.stop_on_signals(), before=close_old_connections)
    return 0
