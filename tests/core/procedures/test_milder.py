"""从旧兼从轻: the text of the day of the act, unless the newer one punishes less (行政处罚法 art. 37)."""

from dataclasses import replace
from datetime import date

import pytest

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.items import FineRange, Item
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures.milder import applicable, weight

OLD_DAY, NEW_DAY = date(2020, 1, 1), date(2026, 1, 1)
CHANGE = date(2022, 1, 1)


def item(key: str, *, fines: tuple[FineRange, ...], **changes: object) -> Item:
    here = Citation("x", 1)
    made = Item(key, "公", "公共场所", "penalty", "同一行为", here, here, ("警告", "罚款"), fines, date(2018, 1, 1))
    return replace(made, **changes)  # type: ignore[arg-type]


def range_of(low: int, high: int | None) -> tuple[FineRange, ...]:
    return (FineRange("", Fen.of_yuan(low), None if high is None else Fen.of_yuan(high)),)


OLD = item("old", fines=range_of(500, 2000), valid_to=date(2021, 12, 31))


@pytest.mark.parametrize(
    ("new", "newer"),
    [
        (range_of(500, 1000), True),
        (range_of(500, 3000), False),
        (range_of(100, 2000), True),
        (range_of(600, 2000), False),
        (range_of(500, 2000), False),  # on a tie the old text stays
        (range_of(500, None), False),
    ],
)
def test_the_milder_of_two_texts_applies(new: tuple[FineRange, ...], newer: bool) -> None:  # noqa: FBT001
    successor = item("new", fines=new, valid_from=CHANGE)
    found = applicable(OLD, OLD_DAY, NEW_DAY, [OLD, successor])
    assert found is not None
    assert (found.newer, found.item.id) == (newer, "new" if newer else "old")
    assert found.day == (NEW_DAY if newer else OLD_DAY)


def test_a_lighter_heaviest_sanction_is_milder_whatever_the_fine() -> None:
    successor = item("new", fines=(), valid_from=CHANGE, sanctions=("警告",))
    found = applicable(OLD, OLD_DAY, NEW_DAY, [successor])
    assert found is not None
    assert found.newer


def test_an_unknown_sanction_counts_as_heavier_than_all() -> None:
    successor = item("new", fines=(), valid_from=CHANGE, sanctions=("流放",))
    found = applicable(OLD, OLD_DAY, NEW_DAY, [successor])
    assert found is not None
    assert not found.newer


def test_one_text_that_never_changed_is_its_own_successor() -> None:
    steady = item("one", fines=range_of(1, 2))
    found = applicable(steady, OLD_DAY, NEW_DAY, [])
    assert found is not None
    assert not found.newer
    assert weight(found) == (2, 200.0, 100.0)


def test_no_text_on_the_day_of_the_act_no_penalty() -> None:
    assert applicable(item("late", fines=(), valid_from=CHANGE), OLD_DAY, NEW_DAY, []) is None


@pytest.mark.parametrize("other", [{"cause": "别的行为"}, {"mark": "医"}, {"valid_from": date(2027, 1, 1)}])
def test_an_act_without_a_successor_is_no_longer_punished(other: dict[str, object]) -> None:
    stranger = item("new", fines=range_of(1, 2), **{"valid_from": CHANGE, **other})
    assert applicable(OLD, OLD_DAY, NEW_DAY, [stranger]) is None
