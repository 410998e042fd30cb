from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.apps.journal.world import World
from zhunsheng.apps.journal.counters import next_number


def test_sixteen_writers_leave_no_gap_and_no_double(world: World) -> None:
    def writer(_: int) -> list[int]:
        try:
            numbers = []
            for _round in range(5):
                with transaction.atomic(durable=True):
                    numbers.append(next_number("haicang", "公当罚", 2026))
            return numbers
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        given = [number for numbers in pool.map(writer, range(16)) for number in numbers]
    assert sorted(given) == list(range(1, 81))


def test_a_rollback_gives_the_number_back(world: World) -> None:
    with transaction.atomic():
        assert next_number("haicang", "公当罚", 2026) == 1
        transaction.set_rollback(True)
    with transaction.atomic():
        assert next_number("haicang", "公当罚", 2026) == 1


def test_each_year_series_and_agency_counts_for_itself(world: World) -> None:
    with transaction.atomic():
        given = [
            next_number("haicang", "公当罚", 2026),
            next_number("haicang", "公当罚", 2027),
            next_number("haicang", "医当罚", 2026),
            next_number("siming", "公当罚", 2026),
        ]
    assert given == [1, 1, 1, 1]


def test_it_insists_on_a_transaction(world: World) -> None:
    with pytest.raises(RuntimeError):
        next_number("haicang", "公当罚", 2026)
