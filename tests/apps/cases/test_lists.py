"""Lists and to-do: whose, in which order, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps import cast
from tests.apps.cases import story
from zhunsheng.apps.cases import queries
from zhunsheng.apps.cases.commands import open_case
from zhunsheng.apps.cases.queries import Filter
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.usefixtures("fresh_db", "bureau")


def numbers(login: str, only: Filter | None = None) -> list[str]:
    return [row.number for row in queries.case_list(only or Filter(), viewer=cast.viewer(login)).rows]


def test_the_newest_case_comes_first_and_pages_follow_by_key() -> None:
    opened = [story.opened(f"open-{n}") for n in range(5)]
    first = queries.case_list(Filter(), viewer=cast.viewer(cast.CHEN), limit=2)
    second = queries.case_list(Filter(), viewer=cast.viewer(cast.CHEN), after=first.rows[-1].cursor, limit=2)
    assert [row.number for row in (*first.rows, *second.rows)] == opened[:0:-1]
    assert (first.more, first.total) == (True, 5)


def test_a_list_costs_the_same_however_many_cases_there_are() -> None:
    counts = []
    for n in range(3):
        story.opened(f"open-{n}")
        with CaptureQueriesContext(connection) as asked:
            queries.case_list(Filter(), viewer=cast.viewer(cast.CHEN))
        counts.append(len(asked))
    assert counts == [2, 2, 2]


def test_another_section_and_the_admin_see_no_case_of_ours() -> None:
    number = story.opened()
    assert numbers(cast.CHEN) == numbers(cast.LIN) == numbers(cast.WU) == [number]
    assert numbers(cast.YIN) == numbers(cast.ADMIN) == []
    assert queries.case_list(Filter(), viewer=cast.STRANGER).rows == ()


def test_a_case_is_found_by_the_number_of_its_decision_however_it_is_typed() -> None:
    number = story.decided()
    found = queries.find_by_number("厦海卫公当罚[2026] 1号", viewer=cast.viewer(cast.CHEN))
    assert found == number
    assert queries.find_by_number("厦海卫公当罚[2026]1号", viewer=cast.viewer(cast.YIN)) is None


@pytest.mark.parametrize("after", ["", "x", "2026-11-20~", "2026-11-20~9999999999999999999", "~1", "'; --"])
def test_a_cursor_that_is_none_of_ours_begins_at_the_top(after: str) -> None:
    number = story.opened()
    assert [row.number for row in queries.case_list(Filter(), viewer=cast.viewer(cast.CHEN), after=after).rows] == [
        number
    ]


def test_what_is_overdue_is_counted_by_what_is_due() -> None:
    story.decided()
    late = queries.risks(viewer=cast.viewer(cast.LIN), today=date(2026, 12, 31))
    assert [(risk.count, risk.earliest) for risk in late] == [(1, date(2026, 12, 1))]
    assert queries.risks(viewer=cast.viewer(cast.LIN), today=date(2026, 12, 1)) == ()


def test_the_second_officer_is_asked_to_sign() -> None:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    assert [line.number for line in queries.todo(viewer=cast.viewer(cast.HUANG)).to_sign] == [number]
    assert queries.todo(viewer=cast.viewer(cast.CHEN)).to_sign == ()


@pytest.mark.clause("R1", partly="comparison of two moments comes later")
def test_the_file_can_be_seen_as_it_stood_at_any_moment() -> None:
    number = story.finished()
    viewer = cast.viewer(cast.CHEN)
    whole = queries.case_view(number, viewer=viewer, at=cast.NOON)
    early = queries.case_view(number, viewer=viewer, at=cast.NOON, upto=3)
    assert [document.form for document in early.state.documents] == ["onsite-record"]
    assert len(whole.state.documents) == 4
    filed = whole.events[1]
    assert (filed.actor, filed.recorded_at) == (cast.CHEN, cast.NOON)


def test_no_case_is_begun_that_cannot_be_finished() -> None:
    with pytest.raises(RefusedError) as caught:
        open_case("penalty-ordinary", viewer=cast.viewer(cast.CHEN), at=cast.NOON, key="ordinary")
    assert [fault.code for fault in caught.value.faults] == ["procedure-not-open"]
    assert numbers(cast.CHEN) == []
