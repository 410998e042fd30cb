"""A process that ends at its n-th write, as by ``kill -9``: no clean-up runs, no answer is given.

A write is a statement that changes rows, a COMMIT (before it, and after it before anybody
hears of it), or a file made, linked, renamed or removed in the data folder. Each run is a
fork of a process that has loaded everything and touched nothing.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.apps import cast
from tests.apps.cases import story
from zhunsheng.apps.cases.commands import sign_document
from zhunsheng.apps.disclosure import commands, queries
from zhunsheng.apps.journal import ledger
from zhunsheng.cli import delivering

DONE: Final = "done"
_CHANGES: Final = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")
_FILES: Final = frozenset({"os.rename", "os.link", "os.remove", "os.mkdir"})


def file_decision(number: str) -> None:
    story.filed(number, "spot-decision", story.DECISION)


def sign(number: str) -> None:
    sign_document(number, "d1", viewer=cast.viewer(cast.HUANG), at=cast.NOON, key="sign")


def propose(number: str) -> None:
    fang = cast.viewer(cast.FANG)
    draft = queries.drafting(number, viewer=fang, at=cast.NOON)
    masks = draft.masks if draft else ()
    commands.propose(number, masks, viewer=fang, at=cast.NOON, key="propose")


def approve(number: str) -> None:
    zhou = cast.viewer(cast.ZHOU)
    seen = queries.checking(number, viewer=zhou, at=cast.NOON)
    if seen is not None:
        commands.approve(number, seen.publication.id, seen.page_digest, viewer=zhou, at=cast.NOON, key="approve")


ACTS: Final[Mapping[str, Callable[[str], object]]] = {
    "open": story.opened,
    "file": file_decision,
    "sign": sign,
    "propose": propose,
    "approve": approve,
    "tick": lambda _number: ledger.tick(),
    "deliver": lambda _number: delivering.deliver(),
}


@dataclass(slots=True)
class Fate:
    """Counts writes and ends the process at the one that was foretold."""

    left: int

    def meet(self, what: str) -> None:
        self.left -= 1
        if self.left == 0:
            answer(what)
            os._exit(9)


def answer(what: str) -> None:
    """Tell the test where it ended, unbuffered: nothing else will be said."""
    os.write(sys.stdout.fileno(), f"{what}\n".encode())


def serve(act: str, argument: str, folder: str) -> None:
    """For each number read, run the act in a fork that ends at that write; say at which."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            arm(Fate(int(line)), folder)
            ACTS[act](argument)
            answer(DONE)
            os._exit(0)
        os.waitpid(child, 0)


def arm(fate: Fate, folder: str) -> None:
    """Have every write of this process meet its fate first."""

    def statement(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001  (Django's signature)
        for change in _CHANGES.findall(str(sql))[:1]:
            fate.meet(" ".join(change))
        return execute(sql, params, many, context)

    def file(event: str, arguments: tuple[Any, ...]) -> None:
        made = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_CREAT | os.O_WRONLY)
        if (made or event in _FILES) and str(arguments[0]).startswith(folder):
            fate.meet(event)

    for alias in connections:
        connections[alias].execute_wrappers.append(statement)
    before = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]  # Django's own, without a type

    def commit(self: BaseDatabaseWrapper) -> None:
        fate.meet("commit")
        before(self)
        fate.meet("committed")

    BaseDatabaseWrapper._commit = commit  # type: ignore[attr-defined]  # the same
    sys.addaudithook(file)
