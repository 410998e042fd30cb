"""Sixteen writers and one series of numbers: none left out, none given twice."""

from functools import partial

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.journal.world import World
from tests.concurrency.at_once import at_once, parted
from zhunsheng.apps.cases import queries
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.postgres

WRITERS = 16


def test_sixteen_writers_open_cases_without_gap_or_double(bureau: World) -> None:
    def writer(name: int) -> list[str]:
        return [story.opened(key=f"{name}/{turn}") for turn in range(4)]

    done, refused = parted(at_once([partial(writer, name) for name in range(WRITERS)]))
    numbers = [number for each in done for number in each]
    assert not refused
    assert sorted(numbers) == sorted(f"厦海卫案〔2026〕{n}号" for n in range(1, 4 * WRITERS + 1))


def test_sixteen_decisions_at_once_are_numbered_without_gap_or_double(bureau: World) -> None:
    """Each decision takes a number while its PDF is set; every second one is refused and gives nothing away."""
    cases = [story.opened(key=f"open/{n}") for n in range(WRITERS)]
    for number in cases:
        story.filed(number, "onsite-record", story.RECORD)

    def decide(place: int) -> str | None:
        content = dict(story.DECISION) if place % 2 else {**story.DECISION, "officers": ["chenguyu"]}
        return story.filed(cases[place], "spot-decision", content).number

    done, refused = parted(at_once([partial(decide, place) for place in range(WRITERS)]))
    assert sorted(map(str, done)) == sorted(f"厦海卫公当罚〔2026〕{n}号" for n in range(1, WRITERS // 2 + 1))
    assert len(refused) == WRITERS // 2
    assert all(isinstance(one, RefusedError) for one in refused)
    shown = queries.case_list(queries.Filter(), viewer=cast.viewer(cast.CHEN))
    assert {row.number for row in shown.rows} == set(cases)
