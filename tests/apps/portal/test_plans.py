"""How the portal reads twenty thousand rows: few statements, by index, never the whole table for a rare word."""

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests import server
from tests.apps.portal.published import CAUSES, many
from zhunsheng.apps.portal import queries, seeding
from zhunsheng.infra import database, search

ROWS = 20_000
RARE, FREQUENT = "紫藤巷", "理发店"  # 5 rows and an eighth of all


@pytest.fixture(scope="module", autouse=True)
def register(database_server: server.TestServer, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A full register, analysed as autovacuum would; the tests of this module only read it."""
    name = f"{server.CLONE}{secrets.token_hex(6)}"
    database_server.clone(name)
    place = database.server()
    with django_db_blocker.unblock(), server.connected_to(name):
        owner = place.url(place.roles.owner, server.credentials()["owner"], name=name)
        with psycopg.connect(owner, autocommit=True) as connection:
            with seeding.bulk(connection):
                many(ROWS)
            connection.execute("VACUUM ANALYZE portal.portal_publication")
        yield
    database_server.drop(name)


def explained(read: Callable[[], object]) -> tuple[list[str], list[dict[str, Any]]]:
    """Run ``read``; return its statements and the plan of the last, as executed."""
    with CaptureQueriesContext(connections["portal"]) as captured:
        read()
    statements = [query["sql"] for query in captured.captured_queries]
    with connections["portal"].cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statements[-1].replace("%", "%%"))
        found = cursor.fetchone()[0]
    plan = json.loads(found) if isinstance(found, str) else found
    return statements, list(nodes(plan[0]["Plan"]))


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def kinds(plan: list[dict[str, Any]]) -> set[str]:
    return {node["Node Type"] for node in plan}


def rows_read(plan: list[dict[str, Any]]) -> float:
    """Rows that came out of the table, and those that were looked at and thrown away."""
    return sum(
        float(
            node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        )
        for node in plan
        if node.get("Relation Name") == "portal_publication" and node["Node Type"] != "Bitmap Index Scan"
    )


def scanned(words: str) -> int:
    """Count by looking at every text: what no index can have lost."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_publication WHERE position(%s IN words) > 0", [search.fold(words)])
        return int(cursor.fetchone()[0])


def test_the_first_page_reads_a_page_and_counts_honestly() -> None:
    statements, _plan = explained(queries.listing)
    assert len(statements) == 2
    assert queries.listing().total is None  # more than 10,000
    _statements, plan = explained(lambda: queries._newest(queries._ALL, None, 20))
    assert "Seq Scan" not in kinds(plan)
    assert "Sort" not in kinds(plan)
    assert rows_read(plan) == 21


def test_a_page_far_back_costs_what_the_first_costs() -> None:
    place = queries.parse_cursor("2024-03-01~p000001")
    _statements, plan = explained(lambda: queries._newest(queries._ALL, place, 20))
    assert rows_read(plan) == 21


def test_a_month_is_read_by_the_same_index() -> None:
    month = queries.parse_month("2025-06")
    statements, plan = explained(lambda: queries._newest(queries._within(month), None, 20))
    assert len(statements) == 1
    assert rows_read(plan) == 21
    assert queries.listing(month=month).total == 600


def test_one_result_is_one_statement_by_its_key() -> None:
    statements, plan = explained(lambda: queries.detail("p000777"))
    assert len(statements) == 1
    assert kinds(plan) == {"Index Scan"}


def test_a_follower_reads_what_is_new_by_index() -> None:
    statements, plan = explained(lambda: queries.changes(ROWS - 5))
    assert len(statements) == 1
    assert rows_read(plan) == 5


def test_a_rare_word_is_looked_up_in_the_index_and_counted() -> None:
    statements, plan = explained(lambda: queries.listing(RARE))
    assert len(statements) == 2
    assert "Seq Scan" not in kinds(plan)
    assert "Bitmap Index Scan" in kinds(plan)
    assert rows_read(plan) < 50
    assert queries.listing(RARE).total == scanned(RARE) == 5


def test_a_frequent_word_is_found_by_walking_and_the_walk_ends_with_the_page() -> None:
    statements, plan = explained(lambda: queries.listing(FREQUENT))
    assert len(statements) == 2
    assert {"Seq Scan", "Sort", "Bitmap Index Scan"} & kinds(plan) == set()
    assert rows_read(plan) < queries.WALK / 2
    page = queries.listing(FREQUENT)
    assert (page.counted, page.more, len(page.rows)) == (False, True, 20)


def test_the_walk_turns_its_pages_without_loss() -> None:
    seen, after = [], ""
    for _ in range(5):
        page = queries.listing(FREQUENT, after=after)
        seen += [row.id for row in page.rows]
        after = page.next
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM portal_publication WHERE position(%s IN words) > 0 "
            "ORDER BY decided_on DESC, id DESC LIMIT 100",
            [FREQUENT],
        )
        assert seen == [row[0] for row in cursor.fetchall()]


def test_words_that_are_frequent_alone_and_rare_together_go_back_to_the_index() -> None:
    statements, plan = explained(lambda: queries.listing("如梦令 医疗废物 8号宾馆"))
    assert len(statements) == 3
    assert "Seq Scan" not in kinds(plan)
    assert "Bitmap Index Scan" in kinds(plan)


@pytest.mark.parametrize(
    "words",
    [
        "厦海卫公当罚〔2026〕19999号",
        "92350205MA0012345X",
        "0012345",
        "沁园春7号",
        "紫藤",
        CAUSES[2],
        "水调歌 影剧院",
        "没有这样的字",
    ],
)
def test_the_hits_are_those_of_a_scan_of_every_text(words: str) -> None:
    parts = [search.fold(part) for part in words.split()]
    with connections["portal"].cursor() as cursor:
        hit = " AND ".join("position(%s IN words) > 0" for _ in parts)
        cursor.execute(f"SELECT id FROM portal_publication WHERE {hit} ORDER BY decided_on DESC, id DESC", parts)
        every = [row[0] for row in cursor.fetchall()]
    page = queries.listing(words)
    assert [row.id for row in page.rows] == every[:20]
    assert page.more == (len(every) > 20)
    assert page.total in {None, len(every)}
