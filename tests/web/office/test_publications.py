"""Two people between a decision and the public: one marks, another looks at the exact page."""

import re
from collections.abc import Callable

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.journal.conftest import world
from tests.web.office.conftest import Desk, case_url
from zhunsheng.apps.cases import queries
from zhunsheng.core.casefile.fold import PublicationState

__all__ = ["world"]

Desks = Callable[[str], Desk]
pytestmark = [pytest.mark.usefixtures("world"), pytest.mark.clause("P6.2", partly="publication of penalties")]


def masks(page: str) -> dict[str, list[str]]:
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', page) for name in ("original", "shown", "ground")}


def proposed(desk: Desks, number: str) -> None:
    page = desk(cast.FANG).page(case_url(number, "publish/"))
    sent = masks(page) | {"act": "propose", "key": "propose"}
    response = desk(cast.FANG).post(case_url(number, "publish/"), dict(sent))
    assert response.status_code == 302, response.content.decode()


def checking(page: str) -> dict[str, object]:
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("key", "publication", "page_digest")}
    return {name: match[1] for name, match in found.items() if match}


def state_of(number: str) -> PublicationState:
    state, _events = queries.load(number, viewer=cast.viewer(cast.ZHOU))
    return next(iter(state.publications.values())).state


def test_masks_are_numbered_reasoned_and_can_be_changed_before_anything_is_stored(desk: Desks) -> None:
    fang, number = desk(cast.FANG), story.decided()
    page = fang.page(case_url(number, "publish/"))
    assert f"划出 {len(masks(page)['original'])} 处" in page
    before = masks(page)
    added = before | {"act": "add", "new_original": "理发", "new_shown": "某项", "new_ground": "商业秘密"}
    after = fang.post(case_url(number, "publish/"), dict(added)).content.decode()
    assert len(masks(after)["original"]) == len(before["original"]) + 1
    assert "某项" in after
    state, _events = queries.load(number, viewer=cast.viewer(cast.ZHOU))
    assert not state.publications


def test_a_mask_without_a_reason_is_not_taken(desk: Desks) -> None:
    fang, number = desk(cast.FANG), story.decided()
    sent = masks(fang.page(case_url(number, "publish/"))) | {"act": "add", "new_original": "理发", "new_shown": "某"}
    page = fang.post(case_url(number, "publish/"), dict(sent)).content.decode()
    assert 'data-testid="refusal-field-missing"' in page
    assert len(masks(page)["original"]) == len(sent["original"])


def test_the_checker_sees_the_exact_page_and_publishes_it(desk: Desks) -> None:
    number = story.finished()
    proposed(desk, number)
    zhou, url = desk(cast.ZHOU), case_url(number, "publication/")
    page = zhou.page(url)
    public = page[page.index('data-testid="public-page"') : page.index("</aside>")]
    public = public[: public.index("<aside")]
    assert cast.SHOP.operator not in public
    assert "000-0000001" not in page
    response = zhou.post(url, checking(page) | {"act": "approve", "each": "on", "nothing_left": "on"})
    assert response.status_code == 302
    assert state_of(number) is PublicationState.APPROVED


def test_an_approval_without_looking_is_refused(desk: Desks) -> None:
    number = story.finished()
    proposed(desk, number)
    zhou, url = desk(cast.ZHOU), case_url(number, "publication/")
    response = zhou.post(url, checking(zhou.page(url)) | {"act": "approve", "each": "on"})
    assert response.status_code == 422
    assert 'data-testid="refusal-check-not-confirmed"' in response.content.decode()
    assert state_of(number) is PublicationState.PROPOSED


def test_the_publisher_cannot_check_his_own_page(desk: Desks) -> None:
    number = story.finished()
    zhou, url = desk(cast.ZHOU), case_url(number, "publish/")
    sent = masks(zhou.page(url)) | {"act": "propose", "key": "propose"}
    assert zhou.post(url, dict(sent)).status_code == 302
    page = zhou.page(case_url(number, "publication/"))
    assert "要换一个人" in page
    sent_back = checking(page) | {"act": "approve", "each": "on", "nothing_left": "on"}
    response = zhou.post(case_url(number, "publication/"), dict(sent_back))
    assert response.status_code == 422
    assert re.search(r'data-testid="refusal-(publisher-is-checker|checker-is-publisher)"', response.content.decode())
    assert state_of(number) is PublicationState.PROPOSED


def test_a_page_that_changed_since_the_checker_looked_is_not_published(desk: Desks) -> None:
    number = story.finished()
    proposed(desk, number)
    zhou, url = desk(cast.ZHOU), case_url(number, "publication/")
    sent = checking(zhou.page(url)) | {"act": "approve", "each": "on", "nothing_left": "on", "page_digest": "0" * 64}
    response = zhou.post(url, sent)
    assert response.status_code == 422
    assert 'data-testid="refusal-publication-changed"' in response.content.decode()


def test_a_page_goes_back_with_a_reason_the_publisher_reads(desk: Desks) -> None:
    number = story.finished()
    proposed(desk, number)
    zhou, url = desk(cast.ZHOU), case_url(number, "publication/")
    sent = checking(zhou.page(url)) | {"act": "return"}
    assert zhou.post(url, sent | {"reason": ""}).status_code == 422
    assert zhou.post(url, sent | {"reason": "第 1 处写得太少", "key": "again"}).status_code == 302
    assert state_of(number) is PublicationState.RETURNED
    assert "第 1 处写得太少" in desk(cast.FANG).page(case_url(number, "publish/"))
