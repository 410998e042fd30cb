"""One case file, several hands at one moment: what is written is what one of them did, whole."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.journal.world import World
from tests.concurrency.at_once import at_once, parted
from zhunsheng.apps.cases import queries
from zhunsheng.apps.cases.commands import file_document, open_case, sign_document
from zhunsheng.apps.cases.filing import Submission
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.refs import PositionMovedError
from zhunsheng.core.casefile.events import EventKind
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.errors import RefusedError, ZhunshengError

pytestmark = pytest.mark.postgres


def state_of(number: str) -> CaseState:
    return queries.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON).state


def recorded() -> str:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    return number


def codes(refused: ZhunshengError) -> set[str]:
    return {fault.code for fault in refused.faults} if isinstance(refused, RefusedError) else {refused.code}


def test_two_officers_who_decide_at_once_make_one_decision(bureau: World) -> None:
    number = recorded()
    answers = at_once([
        partial(story.filed, number, "spot-decision", story.DECISION, by=login, key=f"{login}/decide")
        for login in (cast.CHEN, cast.HUANG)
    ])  # fmt: skip
    done, refused = parted(answers)
    assert [filed.number for filed in done] == ["厦海卫公当罚〔2026〕1号"]
    assert [codes(one) for one in refused] == [{"already-decided"}]
    decisions = [document for document in state_of(number).documents if document.form == "spot-decision"]
    assert len(decisions) == 1
    assert len(decisions[0].unsigned) == 1  # his own signature is there, his colleague's is not


def test_the_number_of_the_one_who_came_too_late_is_not_lost(bureau: World) -> None:
    number, other = recorded(), story.opened(key="other")
    story.filed(other, "onsite-record", story.RECORD)
    at_once([
        partial(story.filed, number, "spot-decision", story.DECISION, by=login, key=f"{login}/decide")
        for login in (cast.CHEN, cast.HUANG)
    ])  # fmt: skip
    assert story.filed(other, "spot-decision", story.DECISION).number == "厦海卫公当罚〔2026〕2号"


@pytest.mark.parametrize("clicks", [2, 6])
def test_clicks_at_one_moment_on_one_page_file_once_and_all_get_the_answer(bureau: World, clicks: int) -> None:
    number = recorded()
    click = partial(story.filed, number, "spot-decision", story.DECISION, key="one-page")
    answers = at_once([click] * clicks)
    assert answers == answers[:1] * clicks
    assert not isinstance(answers[0], ZhunshengError)
    assert [document.form for document in state_of(number).documents] == ["onsite-record", "spot-decision"]


def test_clicks_at_one_moment_open_one_case(bureau: World) -> None:
    click = partial(open_case, "penalty-simple", viewer=cast.viewer(cast.CHEN), at=cast.NOON, key="one-page")
    assert at_once([click] * 4) == ["厦海卫案〔2026〕1号"] * 4
    assert story.opened(key="next") == "厦海卫案〔2026〕2号"


def test_of_two_tabs_with_different_content_one_is_told(bureau: World) -> None:
    """Both tabs showed the same empty case; the second would silently stand beside the first."""
    number = story.opened()
    seen = state_of(number).position
    tabs = [
        Submission("onsite-record", {**story.RECORD, "place": place}, f"tab/{place}", position=seen)
        for place in ("理发区", "消毒间")
    ]
    file = partial(file_document, number, viewer=cast.viewer(cast.CHEN), at=cast.NOON)
    done, refused = parted(at_once([partial(file, tab) for tab in tabs]))
    assert len(done) == 1
    assert [type(one) for one in refused] == [PositionMovedError]
    assert len(state_of(number).documents) == 1


def test_signing_from_two_desks_at_once_signs_once(bureau: World) -> None:
    number = recorded()
    sign = partial(sign_document, number, "d1", viewer=cast.viewer(cast.HUANG), at=cast.NOON)
    done, refused = parted(at_once([partial(sign, key=f"desk/{desk}") for desk in range(4)]))
    assert not refused
    assert len(set(done)) == 1
    view = queries.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON)
    signatures = [event for event in view.events if event.kind == EventKind.DOCUMENT_SIGNED]
    assert [event.actor for event in signatures] == [cast.CHEN, cast.HUANG]


def test_a_decision_and_a_signature_at_once_are_both_kept(bureau: World) -> None:
    number = recorded()
    acts: list[Callable[[], object]] = [
        partial(story.filed, number, "spot-decision", story.DECISION),
        partial(sign_document, number, "d1", viewer=cast.viewer(cast.HUANG), at=cast.NOON, key="sign"),
    ]
    done, refused = parted(at_once(acts))
    assert (len(done), refused) == (2, [])
    assert state_of(number).documents[0].unsigned == ()


@pytest.mark.clause("R5", partly="recordings come with their own issue")
def test_the_audit_is_clean_after_all_of_it(bureau: World) -> None:
    number = recorded()
    at_once([partial(story.filed, number, "spot-decision", story.DECISION, key=key) for key in ("a", "a", "b", "c")])
    ledger.tick()
    assert audit(bureau.data.witness).findings == ()
