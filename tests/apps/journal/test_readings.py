from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.apps.journal.world import CHEN, LIN, NOON, SHOP, World
from zhunsheng.apps.journal import readings
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.journal.sql import fetch


def test_a_reading_is_committed_when_the_page_goes_out(world: World) -> None:
    readings.record(LIN, SHOP, at=NOON, what="page")
    with world.as_owner() as other:
        assert other.execute("SELECT actor, key, what FROM journal_reading").fetchall() == [(LIN, SHOP.key, "page")]
    assert [read.actor for read in readings.recent(SHOP)] == [LIN]


def test_many_readers_share_commits_and_none_is_lost(world: World) -> None:
    def reader(number: int) -> None:
        try:
            for n in range(5):
                readings.record(CHEN, Ref("haicang", "case", f"{number}.{n}"), at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(reader, range(8)))
    assert fetch("SELECT count(DISTINCT key), count(*) FROM journal_reading") == [(40, 40)]


def test_a_reading_that_cannot_be_kept_is_not_swallowed(world: World) -> None:
    with pytest.raises(Exception, match="too long"):
        readings.record("x" * 200, SHOP, at=NOON)
    readings.record(LIN, SHOP, at=NOON)
    assert len(readings.recent(SHOP)) == 1


def test_it_stays_out_of_transactions(world: World) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        readings.record(LIN, SHOP, at=NOON)
