"""Two desks at one moment: what a gate has read still holds when the event is written."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from tests.apps.cast import AGENCY, CHEN, HUANG, bureau
from tests.apps.registry.doings import BY, certificate, events
from zhunsheng.apps.registry import queries
from zhunsheng.apps.registry.commands import issue_certificate, register_officer
from zhunsheng.apps.registry.models import Certificate
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.postgres


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except RefusedError as refusal:
            return refusal.faults[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_number_goes_to_one_officer(fresh_db: str) -> None:
    bureau()
    acts = [partial(issue_certificate, who, certificate("示0500"), issuer="示例", **BY) for who in (CHEN, HUANG) * 3]
    answers = at_once(acts)
    assert answers.count("certificate-duplicate") == 5
    assert Certificate.objects.filter(number="示0500").count() == 1


def test_six_clicks_on_one_form_are_one_event_and_one_answer(fresh_db: str) -> None:
    bureau()
    before = events()
    click = partial(register_officer, "kong", name="孔雨水", unit="inspection-1", key="form-7", **BY)
    answers = at_once([click] * 6)
    assert answers == answers[:1] * 6
    assert events() == before + 1
    assert queries.officer(AGENCY, "kong").name == "孔雨水"
