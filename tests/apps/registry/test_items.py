"""Items are taken over from the law data, follow it, and can be let go."""

from dataclasses import fields, replace
from datetime import date

import pytest

from tests.apps.cast import AGENCY, NOON, bureau
from tests.apps.registry.doings import BY, TODAY, events, refused
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.registry import items, queries
from zhunsheng.apps.registry.commands import retire_item, seed_items
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.items import FineRange, Item
from zhunsheng.core.law.quantities import Fen

STORY = "public-health-certificate"


def test_json_keeps_every_item_of_the_book_and_every_field(lawbook: Book) -> None:
    for item in lawbook.items.values():
        assert items.from_json(items.to_json(item)) == item
    one = lawbook.items[STORY]
    assert set(items.to_json(one)) == {each.name for each in fields(Item)}
    multiple = FineRange("违法所得二倍以上十倍以下", Fen(0), None, "", (2, 10), Fen(1_000_000))
    assert set(items.to_json(replace(one, fines=(multiple,)))["fines"][0]) == {  # type: ignore[arg-type, index]
        each.name for each in fields(FineRange)
    }
    assert items.from_json(items.to_json(replace(one, fines=(multiple,)))).fines == (multiple,)


@pytest.mark.parametrize("broken", [None, [], {}, {"id": 1}, "x"])
def test_what_is_no_item_is_not_read_as_one(broken: object) -> None:
    with pytest.raises((TypeError, KeyError, ValueError)):
        items.from_json(broken)  # type: ignore[arg-type]


@pytest.mark.postgres
def test_seeding_again_writes_nothing_and_a_changed_law_one_event(fresh_db: str, lawbook: Book) -> None:
    bureau()
    assert queries.items(AGENCY) == dict(sorted(lawbook.items.items()))
    before = events()
    seed_items(lawbook, agency=AGENCY, actor=SYSTEM, at=NOON)
    assert events() == before
    changed = replace(lawbook.items[STORY], cause="改了的案由")
    seed_items(replace(lawbook, items={**lawbook.items, STORY: changed}), agency=AGENCY, actor=SYSTEM, at=NOON)
    assert events() == before + 1
    assert queries.items(AGENCY)[STORY].cause == "改了的案由"


@pytest.mark.postgres
def test_a_retired_item_ends_and_stays_retired(fresh_db: str, lawbook: Book) -> None:
    bureau()
    retire_item(STORY, TODAY, "不再使用", **BY)
    item = queries.items(AGENCY)[STORY]
    assert item.in_force(TODAY)
    assert not item.in_force(date(2026, 11, 21))
    assert next(each for each in queries.item_list(AGENCY) if each.item.id == STORY).last_day == TODAY
    before = events()
    seed_items(lawbook, agency=AGENCY, actor=SYSTEM, at=NOON)
    assert events() == before
    with refused("item-retired"):
        retire_item(STORY, TODAY, "再次", **BY)
    with refused("item-unknown"):
        retire_item("moon", TODAY, "没有", **BY)
    with refused("agency-unknown"):
        seed_items(lawbook, agency="moon", actor=SYSTEM, at=NOON)


@pytest.mark.postgres
def test_items_are_found_by_words_of_their_cause(fresh_db: str) -> None:
    bureau()
    found = [item.id for item in queries.search_items(AGENCY, "健康合格证", TODAY, mark="公")]
    assert STORY in found
    assert queries.search_items(AGENCY, "健康合格证 宇宙飞船", TODAY) == ()
    assert queries.search_items(AGENCY, "健康合格证", TODAY, mark="医") == ()
    assert queries.search_items(AGENCY, "健康合格证", date(1990, 1, 1)) == ()
    assert queries.search_items("990205-other", "健康", TODAY) == ()
