"""The shortest lawful penalty, from the visit to the barber shop to the page that anybody can check.

Each test looks at what one step of the story has left on the pages of those it concerns.
"""

import io
import re
from urllib.parse import quote

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import content, story
from tests.journeys.api import Api
from tests.journeys.demonstration import CHEN, FANG, HUANG, ZHOU
from tests.journeys.desk import Desks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("journey"),
]


def pdf_text(page: Page, address: str) -> str:
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(answer.body())).pages)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.clause("R3", partly="the other standard forms and the archive's order come with their own issues")
def test_the_record_written_without_a_mouse_is_in_the_file(desks: Desks, recorded: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{recorded.path}documents/d1/")
    paper = page.locator("article.paper")
    expect(paper).to_contain_text(content.SHOP.name)
    expect(paper).to_contain_text(f"从业人员{content.EMPLOYEE}正在为1名顾客剪发，不能提供健康合格证。")
    expect(page.locator("h1 .no")).to_have_text(re.compile(rf"{content.year()}—\d{{4}}"))


@pytest.mark.clause("P3.2")
def test_showing_the_certificates_dress_and_badge_are_on_record(desks: Desks, recorded: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{recorded.path}documents/d1/")
    expect(page.locator("article.paper")).to_contain_text("现向你出示执法证件")
    for name, number in (("陈谷雨", "示海卫执法0001"), ("黄小满", "示海卫执法0002")):
        expect(page.locator("article.paper")).to_contain_text(f"{name}（{number}）")


def test_the_check_page_shows_the_finished_sheet_and_its_pdf_before_anything_is_written(desks: Desks) -> None:
    page, api, case = desks.of(CHEN), Api(desks.demo, CHEN), story.recorded_by_api(desks.demo)
    before = api.case(case.number)["position"]
    story.write_decision(page, desks.demo.office, case)
    page.get_by_test_id("check-spot-decision").click()
    expect(page.locator("article.paper")).to_contain_text("当场行政处罚决定书")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="打开 PDF").click()
    opened.value.wait_for_load_state()
    expect(page.get_by_test_id("file-spot-decision")).to_have_text("签发决定书")
    assert api.case(case.number)["position"] == before


@pytest.mark.clause("P3.1")
@pytest.mark.clause("R3", partly="the other standard forms and the archive's order come with their own issues")
def test_the_issued_pdf_tells_the_party_number_act_penalty_and_remedies(desks: Desks, decided: story.Case) -> None:
    text = bare(pdf_text(desks.of(CHEN), f"{desks.demo.office}{decided.path}documents/d2.pdf"))
    assert decided.decision in text
    for words in (
        content.SHOP.name,
        content.SHOP.code,
        f"安排未获得健康合格证的从业人员{content.EMPLOYEE}直接为顾客提供理发服务",
        "《公共场所卫生管理条例》第十四条第一款第（二）项",
        "警告",
        "六十日内",
        "行政复议",
        "行政复议决定书之日起十五日内",
        "厦门市海沧区人民政府",
        "陈谷雨",
        "黄小满",
    ):
        assert words in text, words


def test_the_decision_has_the_next_number_of_its_series(desks: Desks, decided: story.Case) -> None:
    assert re.fullmatch(rf"厦海卫公当罚〔{content.year()}〕\d+号", decided.decision)


def test_the_same_address_in_other_brackets_leads_to_the_case(desks: Desks, recorded: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}/cases/{quote(recorded.number.replace('〔', '[').replace('〕', ']'))}/")
    expect(page.locator("h1")).to_contain_text(recorded.number)


@pytest.mark.clause("O4", partly="permits, inspections and coercive measures come with their own issues")
def test_the_case_page_says_where_the_case_is_and_what_comes_next(desks: Desks) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{story.Case(desks.demo.cases['to-decide']).path}")
    expect(page.locator(".flow li.done")).to_have_text(re.compile("现场笔录"))
    expect(page.locator(".flow [aria-current=step]")).to_have_text(re.compile("决定书"))
    expect(page.get_by_test_id("step-spot-decision")).to_contain_text("行政处罚法第五十一条")
    expect(page.get_by_test_id("missing-spot-decision")).to_contain_text("执法人员办")


@pytest.mark.clause("P6.1", partly="terms of basic information and the public lateness come with their own issues")
def test_the_publication_term_is_shown_with_its_arithmetic(desks: Desks, decided: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{decided.path}")
    clock = page.get_by_test_id("deadline-publish-result")
    if not clock.locator("ol.days").is_visible():
        clock.locator("summary").click()
    expect(clock.locator("ol.days li")).not_to_have_count(0)
    expect(clock).to_contain_text("7 个工作日")
    expect(clock).to_contain_text("依据")


def test_both_signatures_are_shown_with_their_days(desks: Desks, signed: story.Case) -> None:
    page = desks.of(HUANG)
    for document in ("d1", "d2"):
        page.goto(f"{desks.demo.office}{signed.path}documents/{document}/")
        signatures = page.locator("section[aria-labelledby=sign]")
        expect(signatures.locator("li")).to_have_count(2)
        expect(signatures).not_to_contain_text("还没有签")


def test_the_served_decision_has_its_receipt_and_is_filed_for_the_record(desks: Desks, served: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{served.path}")
    for title in ("送达回执", "当场行政处罚备案"):
        expect(page.locator("ol.file").first).to_contain_text(title)
    expect(page.get_by_test_id("missing-service-receipt")).to_have_count(0)
    expect(page.get_by_test_id("missing-record-filing")).to_have_count(0)


@pytest.mark.clause("R1", partly="the file as of a past moment and the device come with their own issue")
def test_the_timeline_tells_who_did_what_and_when(desks: Desks, published: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{published.path}")
    line = page.locator("ol.line")
    for title, who in (
        ("建案卷", "陈谷雨"),
        ("现场笔录", "陈谷雨"),
        ("在当场行政处罚决定书上签名", "黄小满"),
        ("送达回执", "陈谷雨"),
        ("提出公示稿", "方冬至"),
        ("批准公开", "周寒露"),
        ("已在公示平台公开", "系统"),
    ):
        entry = line.locator("li").filter(has=page.get_by_role("heading", name=title)).filter(has_text=who)
        expect(entry.first).to_be_visible()
        expect(entry.first).to_contain_text(re.compile(r"\d+月\d+日"))


@pytest.mark.clause("P4", partly="inspections and exemptions come with later procedures")
def test_the_publication_task_is_with_the_publisher_from_the_decision_on(desks: Desks, decided: story.Case) -> None:
    page = desks.of(FANG)
    page.goto(f"{desks.demo.office}/publications/")
    number = Api(desks.demo, CHEN).open_case()  # a case without a decision is no task
    expect(page.get_by_test_id("publications-due")).not_to_contain_text(number)
    everything = page.locator("main")
    expect(everything).to_contain_text(decided.decision)


def test_the_finished_case_says_so(desks: Desks, published: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{published.path}")
    expect(page.get_by_test_id("stage-done")).to_be_visible()
    expect(page.locator("main")).to_contain_text("本案已办结")


def test_opening_the_file_again_shows_the_same_bytes(desks: Desks, decided: story.Case) -> None:
    page = desks.of(ZHOU)
    address = f"{desks.demo.office}{decided.path}documents/d2.pdf"
    assert page.request.get(address).body() == page.request.get(address).body()
