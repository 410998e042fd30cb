"""From the decision to the portal: proposed by one, checked by another, delivered with a proof."""

import pytest

from tests.apps import cast
from tests.apps.cases import story
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.disclosure import commands, queries
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.portal import queries as portal
from zhunsheng.cli import delivering
from zhunsheng.core.disclosure.masks import Mask
from zhunsheng.core.errors import RefusedError
from zhunsheng.core.ledger.bundle import verify_bundle
from zhunsheng.core.ledger.verdict import State

pytestmark = pytest.mark.usefixtures("world", "bureau")


def proposed() -> tuple[str, str]:
    number = story.decided()
    draft = queries.drafting(number, viewer=cast.viewer(cast.FANG), at=cast.NOON)
    assert draft is not None
    publication = commands.propose(number, draft.masks, viewer=cast.viewer(cast.FANG), at=cast.NOON, key="propose")
    return number, publication


def approved() -> tuple[str, str]:
    number, publication = proposed()
    seen = queries.checking(number, viewer=cast.viewer(cast.ZHOU), at=cast.NOON)
    assert seen is not None
    commands.approve(number, publication, seen.page_digest, viewer=cast.viewer(cast.ZHOU), at=cast.NOON, key="approve")
    return number, publication


def codes(caught: pytest.ExceptionInfo[RefusedError]) -> set[str]:
    return {fault.code for fault in caught.value.faults}


@pytest.mark.clause("P4", partly="inspections and exemptions come with later procedures")
def test_the_publication_task_is_there_on_the_day_of_the_decision() -> None:
    number = story.decided()
    todo = cases.todo(viewer=cast.viewer(cast.FANG))
    assert [line.number for line in todo.to_propose] == [number]


def test_the_employee_is_hidden_and_the_officers_are_named() -> None:
    number = story.decided()
    draft = queries.drafting(number, viewer=cast.viewer(cast.FANG), at=cast.NOON)
    assert draft is not None
    page = str(draft.page)
    assert "郑秋分" not in page
    assert "从业人员甲" in page
    assert "陈谷雨" in page
    assert draft.residual == ()


def test_it_refuses_a_page_on_which_something_personal_is_left() -> None:
    number = story.decided()
    with pytest.raises(RefusedError) as caught:
        commands.propose(number, [], viewer=cast.viewer(cast.FANG), at=cast.NOON, key="propose")
    assert "looks-personal" in codes(caught)
    assert queries.checking(number, viewer=cast.viewer(cast.ZHOU), at=cast.NOON) is None


@pytest.mark.clause("P6.2")
def test_the_publisher_cannot_check_his_own_text() -> None:
    number = story.decided()
    draft = queries.drafting(number, viewer=cast.viewer(cast.ZHOU), at=cast.NOON)
    assert draft is not None
    publication = commands.propose(number, draft.masks, viewer=cast.viewer(cast.ZHOU), at=cast.NOON, key="propose")
    seen = queries.checking(number, viewer=cast.viewer(cast.ZHOU), at=cast.NOON)
    assert seen is not None
    assert seen.own
    with pytest.raises(RefusedError) as caught:
        commands.approve(number, publication, seen.page_digest, viewer=cast.viewer(cast.ZHOU), at=cast.NOON, key="a")
    assert "publisher-is-checker" in codes(caught)
    assert queries.underway() == ()


def test_the_checker_approves_only_the_page_that_was_shown() -> None:
    number, publication = proposed()
    with pytest.raises(RefusedError) as caught:
        commands.approve(number, publication, "0" * 64, viewer=cast.viewer(cast.ZHOU), at=cast.NOON, key="a")
    assert codes(caught) == {"publication-changed"}
    assert queries.underway() == ()


def test_a_returned_text_can_be_proposed_again() -> None:
    number, publication = proposed()
    commands.send_back(number, publication, "店员的名字没有隐去", viewer=cast.viewer(cast.ZHOU), at=cast.NOON, key="r")
    draft = queries.drafting(number, viewer=cast.viewer(cast.FANG), at=cast.NOON)
    assert draft is not None
    masks = [*draft.masks, Mask(len(draft.masks) + 1, "剪发", "服务", "手工标出")]
    assert commands.propose(number, masks, viewer=cast.viewer(cast.FANG), at=cast.NOON, key="again") == publication


def test_an_approved_page_reaches_the_portal_with_a_proof_that_verifies() -> None:
    number, publication = approved()
    ledger.tick()
    assert delivering.deliver()
    found = portal.detail(publication)
    assert found is not None
    assert found.row.proof == "witnessed"
    assert verify_bundle(found.bundle.encode(), ledger.policy()).state is State.VERIFIED
    assert [row.id for row in portal.listing("理发").rows] == [publication]
    assert portal.listing("郑秋").rows == ()
    view = cases.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON)
    assert dict(view.place.subs)["publication"] == "closed"
    assert not delivering.deliver()


def test_nothing_reaches_the_portal_before_it_is_in_the_ledger() -> None:
    _number, publication = approved()
    assert not delivering.deliver()
    assert portal.detail(publication) is None


@pytest.mark.parametrize(
    ("original", "shown"),
    [("郑秋分", "郑秋分"), ("立即", "郑秋分"), ("立即", "秋分"), ("立即", "13800138000"), ("立即", "员工郑秋分")],
)
def test_a_stand_in_gives_nothing_away(original: str, shown: str) -> None:
    number = story.decided()
    draft = queries.drafting(number, viewer=cast.viewer(cast.FANG), at=cast.NOON)
    assert draft is not None
    masks = [mask for mask in draft.masks if "郑秋分" not in mask.original]
    masks.append(Mask(len(masks) + 1, original, shown, "个人信息"))
    with pytest.raises(RefusedError) as caught:
        commands.propose(number, masks, viewer=cast.viewer(cast.FANG), at=cast.NOON, key="propose")
    assert codes(caught) & {"looks-personal", "masked-original-shown"}


@pytest.mark.parametrize(
    "facts",
    ["郑秋分未取得健康合格证为顾客理发", "安排未获得健康合格证的从业人员郑 秋 分直接为顾客提供理发服务"],
)
def test_a_name_that_the_record_gives_is_hidden_however_the_decision_puts_it(facts: str) -> None:
    number = story.decided(facts_text=facts)
    with pytest.raises(RefusedError) as caught:
        commands.propose(number, [], viewer=cast.viewer(cast.FANG), at=cast.NOON, key="propose")
    assert codes(caught) & {"looks-personal", "masked-original-shown"}
