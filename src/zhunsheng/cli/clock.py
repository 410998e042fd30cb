"""``zhunsheng clock``: what time the program thinks it is, and in a demonstration, moving it forward."""

import argparse
from datetime import datetime
from typing import Final

from django.db import transaction

from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.commands import append
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.cli.main import show
from zhunsheng.infra import clock

HELP: Final = "show the clock; in a demonstration move it forward"
DJANGO: Final = True
STREAM: Final = Ref("installation", "clock", "demo")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--set", metavar="ISO", type=_moment, help="forward to this time, with its zone")


def run(args: argparse.Namespace) -> int:
    """Show or move the clock."""
    if args.set is not None:
        move(args.set)
    now, ahead = clock.now(), clock.offset()
    local = now.astimezone(clock.BEIJING).isoformat(timespec="seconds")
    show(
        args,
        {"now": now.isoformat(), "today": clock.today().isoformat(), "offset_seconds": ahead.total_seconds()},
        [f"{local}" + (f"  (演示时间, ahead by {ahead})" if ahead else "")],
    )
    return 0


def move(to: datetime) -> None:
    """Move the demo clock and keep the move as an event.

    Raises:
        ClockError: no demonstration, no time zone, or backwards.
    """
    clock.check(to)
    before = clock.now()
    payload = {"from": before.isoformat(), "to": to.isoformat()}
    with transaction.atomic(durable=True):
        event = New("clock.moved", payload, clock.today())
        is_first = not queries.keys(STREAM.agency, STREAM.kind)
        append(STREAM, [event], actor="operator", at=before, create=is_first)
    # If we stop here the event says what was meant and the clock stands: harmless, moving again is another event.
    clock.move(to)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not an ISO time such as 2026-11-30T09:00:00+08:00") from None
