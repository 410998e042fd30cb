"""Every refusal of the decision as an officer meets it: rule, article, remedy, the input kept, nothing written."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import content, story
from tests.journeys.api import Api
from tests.journeys.demonstration import CHEN, FANG, HUANG, ZHOU, Demo
from tests.journeys.desk import Desks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("journey"),
]

Change = Callable[[Page], None]


@pytest.fixture(scope="module")
def case(demo: Demo) -> story.Case:
    """A case that is never decided, however often it is tried."""
    return story.recorded_by_api(demo)


def second_officer(officer: str) -> Change:
    return lambda page: void(page.locator("#f-officers-2").select_option(officer))


def void(_answer: object) -> None:
    """Forget what a call answers."""


def fine(yuan: str) -> Change:
    def change(page: Page) -> None:
        story.choose(page, penalty="fine", pay_way="bank")
        page.get_by_label("罚款金额").fill(yuan)

    return change


def below_the_range(page: Page) -> None:
    void(page.locator("#f-item").select_option("public-staff-certificate-rule"))  # 500 to 5,000 yuan
    fine("499.99")(page)


def tomorrow(page: Page) -> None:
    page.get_by_label("处罚时间").fill(content.moment(-24 * 60))


def bad_credit_code(page: Page) -> None:
    last = content.SHOP.code[-1]
    page.get_by_label("统一社会信用代码或者身份证号").fill(content.SHOP.code[:-1] + ("1" if last != "1" else "2"))


def bad_resident_number(page: Page) -> None:
    story.choose(page, party_kind="citizen")
    page.get_by_label("统一社会信用代码或者身份证号").fill("350205199001010003")


REFUSALS: Final[dict[str, Change]] = {
    "officers-too-few": second_officer(""),
    "certificate-expired": second_officer("subailu"),
    "certificate-category": second_officer("hanliqiu"),
    "certificate-area": second_officer("qinxiaoshu"),
    "officer-recused": second_officer("hechushu"),
    "fine-over-simple-limit": fine("3000.01"),
    "fine-out-of-range": below_the_range,
    "rights-not-told": lambda page: story.choose(page, told="no"),
    "bad-credit-code": bad_credit_code,
    "bad-resident-number": bad_resident_number,
    "date-in-future": tomorrow,
}
SLIPS: Final = frozenset({"bad-credit-code", "bad-resident-number"})
"""Slips of the pen: said at the field, with what is wrong and what to do, without an article."""


def position(desks: Desks, case: story.Case) -> object:
    return Api(desks.demo, CHEN).case(case.number)["position"]


def refusal(page: Page, code: str) -> Locator:
    return page.get_by_test_id(f"refusal-{code}").first


def check_refusal(shown: Locator) -> None:
    """Find rule, article and remedy; the article is a link to its text."""
    expect(shown).to_be_visible()
    for term in ("规则", "依据", "怎样补上"):
        expect(shown.locator("dt").filter(has_text=term)).to_have_count(1)
    for answer in shown.locator("dd").all():
        assert answer.inner_text().strip()
    expect(shown.locator("dd a").first).to_have_attribute("href", re.compile("^/law/"))


@pytest.mark.clause("P3.1")
@pytest.mark.clause("P3.2")
@pytest.mark.clause("O2", partly="the published list of powers comes with its own issue")
@pytest.mark.parametrize("code", REFUSALS)
def test_a_refused_decision_says_why_and_how_to_mend_it_and_keeps_what_was_typed(
    desks: Desks, case: story.Case, code: str
) -> None:
    page, before = desks.of(CHEN), position(desks, case)
    story.write_decision(page, desks.demo.office, case)
    REFUSALS[code](page)
    with page.expect_navigation() as navigation:
        page.get_by_test_id("check-spot-decision").click()
    assert navigation.value.status == 422
    expect(page.get_by_test_id("error-summary")).to_be_visible()
    if code in SLIPS:
        expect(refusal(page, code)).to_contain_text("请改")
    else:
        check_refusal(refusal(page, code))
    expect(page.get_by_label("违法事实", exact=True)).to_have_value(story.DECISION["facts_text"])
    assert page.locator("input[name=acknowledged]:checked").get_attribute("value") == "yes"
    assert position(desks, case) == before


def test_the_line_of_the_summary_leads_to_the_field(desks: Desks, case: story.Case) -> None:
    page = desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    page.get_by_label("违法事实", exact=True).fill("")
    page.get_by_test_id("check-spot-decision").click()
    page.get_by_test_id("error-summary").get_by_role("link").first.click()
    assert page.url.endswith("#f-facts_text")
    expect(page.locator("#f-facts_text")).to_be_in_viewport()
    expect(page.locator("#f-facts_text")).to_have_attribute("aria-invalid", "true")


def test_the_article_of_a_refusal_opens_its_text(desks: Desks, case: story.Case) -> None:
    page = desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    second_officer("")(page)
    page.get_by_test_id("check-spot-decision").click()
    refusal(page, "officers-too-few").locator("dd a").first.click()
    expect(page.locator("h1")).to_contain_text("第四十二条")


@pytest.mark.clause("P3.2")
def test_the_officer_card_warns_before_anything_is_sent(desks: Desks, case: story.Case) -> None:
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{case.path}file/spot-decision/")
    page.locator("#f-officers-2").select_option("subailu")
    expect(page.get_by_test_id("officer-fault-certificate-expired")).to_be_visible()


def test_a_record_of_fact_is_kept_with_its_faults_marked(desks: Desks) -> None:
    page = desks.of(CHEN)
    number = Api(desks.demo, CHEN).open_case()
    page.goto(f"{desks.demo.office}{story.Case(number).path}file/onsite-record/")
    page.get_by_label("名称或者姓名").fill(content.SHOP.name)
    story.choose(page, party_kind="business", rights_told="no")
    page.get_by_label("检查开始时间").fill(content.moment(40))
    page.get_by_test_id("check-onsite-record").click()
    expect(page.get_by_test_id("flag-officers-too-few")).to_be_visible()
    page.get_by_test_id("file-onsite-record").click()
    expect(page.get_by_test_id("filed")).to_be_visible()
    page.goto(f"{desks.demo.office}{story.Case(number).path}documents/d1/")
    expect(page.get_by_test_id("flag-officers-too-few")).to_be_visible()


@pytest.mark.clause("P6.2")
def test_who_proposed_a_text_cannot_approve_it(desks: Desks) -> None:
    case = story.recorded_by_api(desks.demo)
    Api(desks.demo, CHEN).file(case.number, "spot-decision", content.decision())
    for document in ("d1", "d2"):
        Api(desks.demo, HUANG).sign(case.number, document)
    Api(desks.demo, ZHOU).publication(case.number, "propose", {})
    before = position(desks, case)
    page = desks.of(ZHOU)
    page.goto(f"{desks.demo.office}{case.path}publication/")
    page.get_by_label("我逐处看过").check()
    page.get_by_label("没有该隐去而没有隐去的").check()
    page.get_by_test_id("step-publish").click()
    check_refusal(refusal(page, "publisher-is-checker"))
    assert position(desks, case) == before


@pytest.mark.clause("P6.2")
def test_who_is_no_checker_finds_no_button_to_approve(desks: Desks) -> None:
    page = desks.of(FANG)
    page.goto(f"{desks.demo.office}{story.Case(desks.demo.cases['to-check']).path}publication/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_test_id("step-publish")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("审核要由审核人办")
