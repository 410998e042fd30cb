import pytest
from django.db import transaction

from tests.apps.journal.world import World
from zhunsheng.apps.journal import outbox
from zhunsheng.apps.journal.sql import fetch, run
from zhunsheng.core.casefile.events import Json


def test_work_is_done_once_in_order(world: World) -> None:
    with transaction.atomic():
        for n in range(3):
            outbox.put("deliver", {"n": n, "名": "当"})
    seen: list[dict[str, Json]] = []
    assert outbox.work({"deliver": seen.append}) == 3
    assert [body["n"] for body in seen] == [0, 1, 2]
    assert outbox.work({"deliver": seen.append}) == 0


def test_a_rolled_back_command_asks_for_nothing(world: World) -> None:
    with transaction.atomic():
        outbox.put("deliver", {})
        transaction.set_rollback(True)
    assert outbox.work({"deliver": lambda _: None}) == 0


def test_a_failing_task_waits_and_stops_no_other(world: World) -> None:
    with transaction.atomic():
        outbox.put("deliver", {"n": 1})
        outbox.put("deliver", {"n": 2})
    done: list[Json] = []

    def handler(body: dict[str, Json]) -> None:
        if body["n"] == 1:
            run("INSERT INTO journal_counter (agency, series, year, last) VALUES ('a', 's', 2026, 1)")
            raise ConnectionError("portal is away")
        done.append(body["n"])

    assert outbox.work({"deliver": handler}) == 1
    assert done == [2]
    (task,) = outbox.stuck(attempts=1)
    assert (task.topic, task.error) == ("deliver", "ConnectionError: portal is away")
    assert fetch("SELECT count(*) FROM journal_counter") == [(0,)]  # what the handler wrote went back
    assert outbox.work({"deliver": handler}) == 0  # not due yet
    run("UPDATE journal_outbox SET due_at = now()")
    assert outbox.work({"deliver": lambda _: None}) == 1


def test_it_is_written_with_the_act(world: World) -> None:
    with pytest.raises(RuntimeError):
        outbox.put("deliver", {})
