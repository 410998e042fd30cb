"""The case page says where the case stands, what may be done now and by whom, and by when."""

import re
from collections.abc import Callable

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.web.office.conftest import Desk, case_url
from zhunsheng.apps.cases import queries

Desks = Callable[[str], Desk]


def test_an_empty_file_offers_the_record_and_says_why_not_the_decision(desk: Desks) -> None:
    page = desk(cast.CHEN).page(case_url(story.opened()))
    assert 'data-testid="step-onsite-record"' in page
    assert 'data-testid="step-spot-decision"' not in page
    assert 'data-testid="refusal-record-before-decision"' in page


def test_service_waits_for_the_second_signature_and_names_who_is_waited_for(desk: Desks) -> None:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    story.filed(number, "spot-decision", story.DECISION)
    page = desk(cast.CHEN).page(case_url(number))
    assert 'data-testid="refusal-not-signed-by-both"' in page
    assert "等 黄小满 在当场行政处罚决定书上签名" in page
    assert 'data-testid="step-service-receipt"' not in page


def test_the_second_officer_signs_with_his_own_account(desk: Desks) -> None:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    huang, url = desk(cast.HUANG), case_url(number, "documents/d1/")
    assert 'data-testid="step-sign"' in huang.page(url)
    assert 'data-testid="step-sign"' not in desk(cast.CHEN).page(url)
    for _ in range(2):
        assert huang.post(f"{url}sign/", {"key": "k"}).status_code == 302
    state, _events = queries.load(number, viewer=cast.viewer(cast.CHEN))
    assert state.documents[0].unsigned == ()
    assert 'data-testid="step-sign"' not in huang.page(url)


def test_who_is_not_named_in_a_document_cannot_sign_it(desk: Desks) -> None:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    response = desk(cast.LIN).post(case_url(number, "documents/d1/sign/"), {"key": "k"})
    assert response.status_code == 422
    assert 'data-testid="refusal-not-yours-to-sign"' in response.content.decode()


@pytest.mark.clause("R5", partly="the deadlines of a penalty on the spot")
def test_each_deadline_explains_itself_day_by_day(desk: Desks) -> None:
    page = desk(cast.CHEN).page(case_url(story.decided()))
    clock = page[page.index('data-testid="deadline-publish-result"') :]
    clock = clock[: clock.index("</details>")]
    days = re.findall(r"<li[^>]*>(\d+)<b>([^<]+)</b></li>", clock)
    assert days[0] == ("20", "起")
    assert days[-1] == ("1", "7")  # Tuesday, 1 December: the seventh working day
    assert [day for day, word in days if word == "休"] == ["21", "22", "28", "29"]
    assert "还剩 7 个工作日" in clock
    assert "依据：" in clock
    assert "2026年部分节假日安排" in clock


def test_the_whole_file_can_be_read_again(desk: Desks) -> None:
    number, chen = story.finished(), desk(cast.CHEN)
    page = chen.page(case_url(number))
    for document in ("d1", "d2", "d3", "d4"):
        assert f"/documents/{document}/" in page
        assert chen.get(case_url(number, f"documents/{document}/")).status_code == 200
    pdf = chen.get(case_url(number, "documents/d2.pdf"))
    assert pdf.content.startswith(b"%PDF-")


def test_a_number_is_found_however_its_brackets_are_typed(desk: Desks) -> None:
    number, chen = story.decided(), desk(cast.CHEN)
    for typed in ("厦海卫公当罚【2026】1号", "厦海卫公当罚[2026]1号", "厦海卫公当罚（2026）1号", number):
        response = chen.client.get("/cases/", {"q": typed})
        assert response.status_code == 302
        assert response["Location"] == case_url(number)


def test_lists_count_honestly_and_keep_their_filters_in_the_address(desk: Desks) -> None:
    for n in range(3):
        story.opened(f"open {n}")
    chen = desk(cast.CHEN)
    assert "共 3 件" in chen.page("/cases/")
    assert "共 0 件" in chen.page("/cases/?stage=done")
    assert "看全部案件" in chen.page("/cases/?stage=done")
    assert "共 0 件" in desk(cast.YIN).page("/cases/")
    assert chen.get("/cases/?after=nonsense&stage=nonsense&q=%00").status_code == 200


def test_the_to_do_list_gives_each_role_its_own_work(desk: Desks) -> None:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    assert "等我签名 1 件" in desk(cast.HUANG).page("/")
    story.filed(number, "spot-decision", story.DECISION)
    assert "等我提出公示稿 1 件" in desk(cast.FANG).page("/")
    assert "等我审核公示稿 0 件" in desk(cast.ZHOU).page("/")
    assert "办当场处罚" not in desk(cast.WU).page("/")


def test_opening_a_case_twice_by_double_click_opens_one(desk: Desks) -> None:
    chen = desk(cast.CHEN)
    places = {chen.post("/cases/new/", {"key": "one click"})["Location"] for _ in range(2)}
    assert len(places) == 1
    assert "共 1 件" in chen.page("/cases/")


def test_who_is_no_officer_is_told_so_and_opens_nothing(desk: Desks) -> None:
    response = desk(cast.FANG).post("/cases/new/", {"key": "k"})
    assert response.status_code == 422
    assert 'data-testid="refusal-role-missing"' in response.content.decode()
    assert "共 0 件" in desk(cast.FANG).page("/cases/")


@pytest.mark.clause("R1", partly="sound and picture come with the recordings")
def test_each_line_tells_who_when_and_from_which_device_and_opens_the_file_of_that_moment(desk: Desks) -> None:
    number = story.finished()
    chen = desk(cast.CHEN)
    page = chen.page(case_url(number))
    assert "陈谷雨" in page
    assert "服务器" in page
    early = chen.page(f"{case_url(number)}?upto=3")
    assert 'data-testid="past"' in early
    assert "现场笔录" in early
    assert "当场行政处罚备案" not in early.partition('id="h-next"')[0]
    assert 'data-testid="step-' not in early


@pytest.mark.parametrize("upto", ["x", "-1", "99999999", "1e3", "²", ""])
def test_a_moment_that_is_none_shows_the_file_as_it_stands(desk: Desks, upto: str) -> None:
    page = desk(cast.CHEN).page(f"{case_url(story.opened())}?upto={upto}")
    assert 'data-testid="past"' not in page
