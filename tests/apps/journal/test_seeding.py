from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.apps.journal.world import CLINIC, LIN, NOON, SHOP, World, note
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.journal.seeding import Filed, Story, seed


def stories(count: int) -> list[Story]:
    return [
        Story(
            Ref("haicang", "case", f"seeded {n}"),
            [Filed([note("a"), note("b")], LIN, NOON), Filed([note("c")], LIN, NOON + timedelta(days=1))],
        )
        for n in range(count)
    ]


def test_what_is_seeded_cannot_be_told_from_what_was_filed(world: World) -> None:
    assert seed(stories(30), at_once=7) == 90
    world.file(SHOP, "filed")
    world.log.run_once()
    assert [event.position for event in queries.events(Ref("haicang", "case", "seeded 29"))] == [1, 2, 3]
    done = audit(checks=())
    assert (done.findings, done.events, done.leaves) == ((), 91, 91)


def test_a_seeded_stream_can_be_continued(world: World) -> None:
    seed([Story(CLINIC, [Filed([note("a")], LIN, NOON)])])
    assert world.file(CLINIC, "b")[0].position == 2


def test_it_does_not_write_over_what_is_there(world: World) -> None:
    world.file(CLINIC, "a")
    with pytest.raises(IntegrityError):
        seed([Story(CLINIC, [Filed([note("b")], LIN, NOON)])])
    assert len(queries.events(CLINIC)) == 1
