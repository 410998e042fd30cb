"""Work for after the commit: written in the transaction that makes it necessary, done by the worker at least once.

A handler must bear being run twice: a crash between its work and the removal of the task repeats it. A task that
fails waits longer each time and keeps its last error; it never stops the others.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import structlog
from django.db import connection, transaction

from zhunsheng.apps.journal.sql import fetch, run
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.ledger.canonical import canonical

Handler: TypeAlias = Callable[[dict[str, Json]], None]

CLAIM: Final = """
SELECT id, topic, body, attempts FROM journal_outbox
 WHERE topic = ANY(%s) AND due_at <= now() AND id > %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"""
RETRY: Final = """
UPDATE journal_outbox SET attempts = attempts + 1, last_error = %s,
       due_at = now() + least(power(2, attempts), 600) * interval '1 second' WHERE id = %s"""
STUCK: Final = "SELECT id, topic, attempts, last_error FROM journal_outbox WHERE attempts >= %s ORDER BY id"
ERROR_LIMIT: Final = 500

_log: Final = structlog.get_logger("outbox")


@dataclass(frozen=True, slots=True)
class Stuck:
    """A task that keeps failing."""

    id: int
    topic: str
    attempts: int
    error: str


def put(topic: str, body: Mapping[str, Json]) -> None:
    """Ask for ``topic`` to be done once the caller's transaction has committed."""
    if not connection.in_atomic_block:
        raise RuntimeError("a task is written inside the transaction that makes it necessary")
    run("INSERT INTO journal_outbox (topic, body, attempts, last_error) VALUES (%s, %s, 0, '')",
        [topic, canonical(dict(body)).decode()])  # fmt: skip


def work(handlers: Mapping[str, Handler], limit: int = 100) -> int:
    """Do up to ``limit`` due tasks, each in a transaction of its own; return how many were done."""
    done, last = 0, 0
    for _ in range(limit):
        with transaction.atomic(durable=True):
            found = fetch(CLAIM, [list(handlers), last])
            if not found:
                break
            last, topic, body, attempts = found[0]
            done += _do(last, handlers[topic], _object(body), topic, attempts)
    return done


def stuck(attempts: int = 5) -> list[Stuck]:
    """Return the tasks that have failed ``attempts`` times or more."""
    return [Stuck(*row) for row in fetch(STUCK, [attempts])]


def _do(task: int, handler: Handler, body: dict[str, Json], topic: str, attempts: int) -> int:
    try:
        with transaction.atomic():
            handler(body)
    except Exception as error:  # noqa: BLE001  (the worker goes on; the error is logged and kept on the task)
        _log.exception("task failed", topic=topic, task=task, attempts=attempts + 1)
        run(RETRY, [f"{type(error).__name__}: {error}"[:ERROR_LIMIT], task])
        return 0
    return run("DELETE FROM journal_outbox WHERE id = %s", [task])


def _object(body: str) -> dict[str, Json]:
    value = json.loads(body)  # Django hands jsonb over as text
    if not isinstance(value, dict):
        raise TypeError("the body of a task is an object")
    return value
