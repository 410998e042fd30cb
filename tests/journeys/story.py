"""The story of the barber shop, step by step, as people take the steps in their browsers."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.journeys import content, keyboard
from tests.journeys.api import Api
from tests.journeys.demonstration import CHEN, FANG, HUANG, ZHOU, Demo
from tests.journeys.desk import Desks

SECONDS_TO_THE_PORTAL: Final = 30


@dataclass(frozen=True, slots=True)
class Case:
    """What the steps so far have led to."""

    number: str
    decision: str = ""  # 文号
    publication: str = ""  # address on the portal

    @property
    def path(self) -> str:
        return f"/cases/{quote(self.number)}/"


def recorded_by_api(demo: Demo) -> Case:
    """Return another case of the same shop whose record is filed, made without a browser."""
    api = Api(demo, CHEN)
    number = api.open_case()
    api.file(number, "onsite-record", content.record())
    return Case(number)


def open_case(page: Page, office: str) -> str:
    """Open a case file by the keyboard and return its number; the page is then the empty record."""
    page.goto(f"{office}/")
    keyboard.walk(page, to="step-new-case")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("step-open-case")).to_be_visible()
    keyboard.walk(page, to="step-open-case")
    page.keyboard.press("Enter")
    page.wait_for_url("**/file/onsite-record/")
    return page.locator("a .no").first.inner_text().strip()


RECORD: Final = {
    "party_kind": "business",
    "party_name": content.SHOP.name,
    "party_code": content.SHOP.code,
    "party_operator": content.SHOP.operator,
    "party_licence": "厦海卫公证字〔2025〕第0012号",
    "party_phone": "000-0000012",
    "party_address": content.SHOP.address,
    "item": content.ITEM,
    "place": "上述经营场所内（理发区）",
    "officers#2": "huangxiaoman",
    "dress_and_badge": "yes",
    "certificates_shown": "yes",
    "recusal_told": "yes",
    "recusal_asked": "no",
    "rights_told": "yes",
    "told_text": "证件看清楚了，不申请回避。",
    "findings-0-place": "理发区",
    "findings-0-text": f"从业人员{content.EMPLOYEE}正在为1名顾客剪发，不能提供健康合格证。",
    "obtained-0-name": "现场照片",
    "obtained-0-count": "2张",
    "obtained-0-note": "陈谷雨拍摄",
    "opinion": "agree",
}


def record(desks: Desks) -> Case:
    """Chen opens the case and writes the on-site record, all by the keyboard."""
    page = desks.of(CHEN)
    number = open_case(page, desks.demo.office)
    times = {"started_at": content.moment(50), "ended_at": content.moment(25)}
    keyboard.fill(page, {**RECORD, **times}, to="check-onsite-record")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("file-onsite-record")).to_be_visible()
    keyboard.walk(page, to="file-onsite-record")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("filed")).to_be_visible()
    return Case(number)


DECISION: Final = {
    "violated_at": "",
    "facts_text": f"安排未获得健康合格证的从业人员{content.EMPLOYEE}直接为顾客提供理发服务",
    "evidence_text": "《现场笔录》、现场照片2张",
    "told": "yes",
    "explained": "yes",
    "defence": "none",
    "penalty": "warning",
    "correction_text": "立即停止安排未获得健康合格证的人员上岗",
    "acknowledged": "yes",
}


def write_decision(page: Page, office: str, case: Case) -> None:
    """Fill the decision as it will be issued, up to the button that checks it."""
    page.goto(f"{office}{case.path}file/spot-decision/")
    choose(page, **{name: DECISION[name] for name in ("told", "explained", "defence", "penalty", "acknowledged")})
    page.get_by_label("违法行为发生时间").fill(content.moment(45))
    page.get_by_label("处罚时间").fill(content.moment(5))
    page.get_by_label("违法事实", exact=True).fill(DECISION["facts_text"])
    page.get_by_label("证据", exact=True).fill(DECISION["evidence_text"])
    page.get_by_label("责令改正的内容").fill(DECISION["correction_text"])


def choose(page: Page, **answers: str) -> None:
    """Choose by the value of the radio button."""
    for name, value in answers.items():
        page.locator(f"input[name={name}][value={value}]").check()


def scrawl(page: Page, field: str) -> None:
    """Sign in the frame of ``field`` with the pointer."""
    group = page.locator(f"#f-{field}")
    group.get_by_label("在屏幕上签").check()
    pad = group.locator("svg.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    x, y = box["x"] + 40, box["y"] + box["height"] / 3
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x + 25 * step, y + (15 if step % 2 else -10))
    page.mouse.up()
    expect(group.get_by_role("status")).to_contain_text("1 笔")


def decide(desks: Desks, case: Case) -> Case:
    """Chen issues the warning; the party signs on the screen."""
    page = desks.of(CHEN)
    write_decision(page, desks.demo.office, case)
    scrawl(page, "party_signature")
    page.get_by_test_id("check-spot-decision").click()
    page.get_by_test_id("file-spot-decision").click()
    expect(page.get_by_test_id("filed")).to_be_visible()
    page.get_by_role("link", name="当场行政处罚决定书").first.click()
    return replace(case, decision=page.locator("h1 .no").inner_text().strip())


def sign(desks: Desks, case: Case) -> Case:
    """Huang finds what waits for her signature in her to-do, and signs both documents."""
    page = desks.of(HUANG)
    page.goto(f"{desks.demo.office}{case.path}")
    for form in ("onsite-record", "spot-decision"):
        page.get_by_test_id(f"step-sign-{form}").get_by_role("link").click()
        page.get_by_test_id("step-sign").click()
        expect(page.get_by_test_id("step-sign")).to_have_count(0)
        page.goto(f"{desks.demo.office}{case.path}")
    return case


def serve(desks: Desks, case: Case) -> Case:
    """Chen serves the decision with receipt, and files it for the record."""
    page = desks.of(CHEN)
    page.goto(f"{desks.demo.office}{case.path}")
    page.get_by_test_id("step-service-receipt").get_by_role("link").first.click()
    page.get_by_label("收件人与受送达人的关系").fill("经营者")
    choose(page, method="direct", refused="no")
    page.get_by_label("送达时间").fill(content.moment(2))
    scrawl(page, "receiver_signature")
    file(page, "service-receipt")
    page.get_by_test_id("step-record-filing").get_by_role("link").first.click()
    file(page, "record-filing")
    return case


def file(page: Page, form: str) -> None:
    """Press the two buttons: check, then file."""
    page.get_by_test_id(f"check-{form}").click()
    page.get_by_test_id(f"file-{form}").click()
    expect(page.get_by_test_id("filed")).to_be_visible()


def propose(desks: Desks, case: Case) -> Case:
    """Fang proposes the public text from her to-do."""
    page = desks.of(FANG)
    page.goto(f"{desks.demo.office}{case.path}publish/")
    page.get_by_test_id("step-propose").click()
    page.wait_for_url(f"**{case.path}")
    return case


def publish(desks: Desks, case: Case) -> Case:
    """Zhou looks at every stretch and approves; the portal shows it within seconds."""
    page = desks.of(ZHOU)
    page.goto(f"{desks.demo.office}{case.path}publication/")
    page.get_by_label("我逐处看过").check()
    page.get_by_label("没有该隐去而没有隐去的").check()
    page.get_by_test_id("step-publish").click()
    page.wait_for_url(f"**{case.path}")
    citizen = desks.stranger()
    link = citizen.locator("main li").filter(has_text=case.decision).get_by_role("link")
    for _ in range(SECONDS_TO_THE_PORTAL * 2):
        citizen.goto(f"{desks.demo.portal}/results/?q={quote('如梦')}")
        if link.count():
            return replace(case, publication=str(link.first.get_attribute("href")))
        citizen.wait_for_timeout(500)
    raise AssertionError("it does not appear on the portal")
