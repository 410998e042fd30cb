"""Double clicks, old tabs, wrong doors: the page says what happened, and nothing happens twice."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.journeys import content, story
from tests.journeys.api import Api
from tests.journeys.demonstration import ADMIN, CHEN, FANG, HUANG, YIN, Demo
from tests.journeys.desk import Desks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("journey"),
]


def documents(demo: Demo, number: str) -> list[str]:
    found = Api(demo, CHEN).case(number)["documents"]
    assert isinstance(found, list)
    return [str(one["form"]) for one in found]


def test_a_double_click_files_one_document(desks: Desks) -> None:
    case, page = story.recorded_by_api(desks.demo), desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    page.get_by_test_id("check-spot-decision").click()
    page.get_by_test_id("file-spot-decision").dblclick()
    expect(page.get_by_test_id("filed")).to_be_visible()
    assert documents(desks.demo, case.number) == ["onsite-record", "spot-decision"]


def test_going_back_and_filing_again_shows_what_was_filed(desks: Desks) -> None:
    """The browser's way back leads to the check page as it was; its key has been used."""
    case, page = story.recorded_by_api(desks.demo), desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    page.get_by_test_id("check-spot-decision").click()
    key = page.locator("#filing input[name=key]").input_value()
    fields = page.locator("#filing input").evaluate_all("all => all.map((one) => [one.name, one.value])")
    page.get_by_test_id("file-spot-decision").click()
    expect(page.get_by_test_id("filed")).to_be_visible()
    answers = [
        page.request.post(
            f"{desks.demo.office}{case.path}file/spot-decision/",
            form={name: value for name, value in fields if name != "officers"} | {"act": "file"},
            headers={"Origin": desks.demo.office},
        )
        for _ in range(2)
    ]
    assert key
    assert {answer.status for answer in answers} <= {200, 409, 422}
    assert documents(desks.demo, case.number) == ["onsite-record", "spot-decision"]


def test_a_double_click_opens_one_case(desks: Desks) -> None:
    page, api = desks.of(CHEN), Api(desks.demo, CHEN)
    before = api.get("/cases")["total"]
    page.goto(f"{desks.demo.office}/cases/new/")
    page.get_by_test_id("step-open-case").dblclick()
    page.wait_for_url("**/file/onsite-record/")
    after = api.get("/cases")["total"]
    assert isinstance(before, int)
    assert after == before + 1


def test_an_old_tab_is_told_what_changed_and_keeps_what_was_typed(desks: Desks) -> None:
    case, page = story.recorded_by_api(desks.demo), desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    page.get_by_test_id("check-spot-decision").click()
    expect(page.get_by_test_id("file-spot-decision")).to_be_visible()
    other = content.record(shop="海沧区如梦令理发店（分店）")
    Api(desks.demo, HUANG).file(case.number, "onsite-record", other)
    with page.expect_navigation() as navigation:
        page.get_by_test_id("file-spot-decision").click()
    assert navigation.value.status == 409
    expect(page.get_by_test_id("form-notice")).to_contain_text("案卷有了变化")
    expect(page.get_by_label("违法事实", exact=True)).to_have_value(story.DECISION["facts_text"])
    assert documents(desks.demo, case.number) == ["onsite-record", "onsite-record"]


def test_a_colleagues_signature_does_not_stop_an_old_tab(desks: Desks) -> None:
    case, page = story.recorded_by_api(desks.demo), desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    Api(desks.demo, HUANG).sign(case.number, "d1")
    story.file(page, "spot-decision")
    assert documents(desks.demo, case.number) == ["onsite-record", "spot-decision"]


@pytest.mark.parametrize("login", [YIN, ADMIN])
@pytest.mark.parametrize("place", ["", "documents/d1/", "documents/d1.pdf", "file/spot-decision/", "publication/"])
def test_a_case_of_others_is_as_good_as_not_there(desks: Desks, login: str, place: str) -> None:
    page = desks.of(login)
    case = story.Case(desks.demo.cases["to-check"])
    answer = page.request.get(f"{desks.demo.office}{case.path}{place}")
    assert answer.status == 404
    assert "临江仙" not in answer.text()


def test_a_page_that_is_not_there_leads_on(desks: Desks) -> None:
    page = desks.of(YIN)
    page.goto(f"{desks.demo.office}/cases/{quote('厦海卫案〔2026〕99999号')}/")
    expect(page.get_by_test_id("error-404")).to_be_visible()
    page.get_by_role("link", name="回首页").click()
    expect(page.locator("h1")).to_contain_text("我的待办")


def test_a_form_sent_from_elsewhere_is_forbidden(desks: Desks) -> None:
    page = desks.of(CHEN)
    answer = page.request.post(f"{desks.demo.office}/cases/new/", form={"key": "forged"})
    assert answer.status == 403
    assert "什么也没有改动" in answer.text()


def test_who_is_no_officer_cannot_decide(desks: Desks) -> None:
    case = story.recorded_by_api(desks.demo)
    status, problem = Api(desks.demo, FANG).tried(
        f"/cases/{quote(case.number)}/documents",
        {"form": "spot-decision", "content": content.decision()},
        key="publisher/decide",
    )
    assert (status, problem["code"]) == (422, "role-missing") or status == 403
    page = desks.of(FANG)
    page.goto(f"{desks.demo.office}{case.path}")
    expect(page.get_by_test_id("step-spot-decision")).to_have_count(0)
    assert documents(desks.demo, case.number) == ["onsite-record"]


def test_signed_out_every_page_asks_to_sign_in_and_comes_back(desks: Desks) -> None:
    page = desks.stranger()
    wanted = f"{desks.demo.office}{story.Case(desks.demo.cases['published']).path}"
    page.goto(wanted)
    assert "/login/" in page.url
    page.get_by_label("账号").fill(CHEN)
    page.get_by_label("密码").fill(desks.demo.password(CHEN))
    page.get_by_test_id("step-sign-in").click()
    page.wait_for_url(re.compile(re.escape(wanted)))


def test_after_signing_out_the_way_back_shows_nothing(desks: Desks) -> None:
    page = desks.of(CHEN, fresh=True)
    page.goto(f"{desks.demo.office}{story.Case(desks.demo.cases['published']).path}")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("main")).to_contain_text("你已退出")
    page.go_back()
    expect(page.locator("main")).not_to_contain_text("忆江南")
