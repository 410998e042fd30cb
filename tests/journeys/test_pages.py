"""Every kind of page at the width of a desk and of a phone: accessible, nothing cut off, no word that is no Chinese.

The screenshots lie in ``test-artifacts/`` to be looked at.
"""

import re
from collections.abc import Callable, Container
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import REPOSITORY
from tests.journeys import content, keyboard, story
from tests.journeys.api import Api
from tests.journeys.demonstration import ADMIN, CHEN, FANG, HUANG, WU, ZHOU
from tests.journeys.desk import NARROW, WIDE, Desks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("journey"),
]

ARTIFACTS: Final = REPOSITORY / "test-artifacts"
WORDS_ALLOWED: Final = re.compile(r"zhunsheng verify|policy|PDF|JSON|Atom|bundle|tlog-tiles|https?|KB|Linux")
"""Formats, one command, a unit, what a system calls itself."""

Way = Callable[[Desks], Page]


def at(login: str, path: str) -> Way:
    def go(desks: Desks) -> Page:
        page = desks.of(login) if login else desks.stranger()
        page.goto(f"{desks.demo.office}{path}")
        return page

    return go


def of_case(login: str, name: str, path: str = "") -> Way:
    return lambda desks: at(login, story.Case(desks.demo.cases[name]).path + path)(desks)


def public(path: str) -> Way:
    def go(desks: Desks) -> Page:
        page = desks.stranger()
        page.goto(f"{desks.demo.portal}{path}")
        return page

    return go


def wrong_password(desks: Desks) -> Page:
    page = desks.stranger()
    page.goto(f"{desks.demo.office}/login/")
    page.get_by_label("账号").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_test_id("step-sign-in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def refused(desks: Desks) -> Page:
    """The form of the decision, sent empty: every slip and refusal at once."""
    page = of_case(CHEN, "to-decide", "file/spot-decision/")(desks)
    page.locator("#f-officers-2").select_option("subailu")
    page.get_by_test_id("check-spot-decision").click()
    expect(page.get_by_test_id("error-summary")).to_be_visible()
    return page


def checked(desks: Desks) -> Page:
    """The last look before the decision is issued."""
    page = desks.of(CHEN)
    story.write_decision(page, desks.demo.office, story.Case(desks.demo.cases["to-decide"]))
    page.get_by_test_id("check-spot-decision").click()
    expect(page.get_by_test_id("file-spot-decision")).to_be_visible()
    return page


def proposing(desks: Desks) -> Page:
    """The draft of a public text, before it is proposed."""
    case = story.recorded_by_api(desks.demo)
    Api(desks.demo, CHEN).file(case.number, "spot-decision", content.decision())
    return at(FANG, f"{case.path}publish/")(desks)


def conflicting(desks: Desks) -> Page:
    """A form whose case has changed since it was opened."""
    case, page = story.recorded_by_api(desks.demo), desks.of(CHEN)
    story.write_decision(page, desks.demo.office, case)
    page.get_by_test_id("check-spot-decision").click()
    Api(desks.demo, HUANG).file(case.number, "onsite-record", content.record(shop="海沧区如梦令理发店（分店）"))
    page.get_by_test_id("file-spot-decision").click()
    expect(page.get_by_test_id("form-notice")).to_be_visible()
    return page


def forbidden(desks: Desks) -> Page:
    """The answer to a form without its token."""
    page = at(CHEN, "/cases/new/")(desks)
    page.locator("main form input[name=csrfmiddlewaretoken]").evaluate(
        "(one) => { one.value = 'forged'.padEnd(64, 'x') }"
    )
    page.get_by_test_id("step-open-case").click()
    expect(page.get_by_test_id("error-403")).to_be_visible()
    return page


def result(desks: Desks) -> Page:
    """The published case of the demonstration, checked."""
    page = public("/results/?q=忆江南")(desks)
    page.locator("ul.results a").first.click()
    page.get_by_test_id("proof-run").click()
    expect(page.get_by_test_id("proof-result")).not_to_have_attribute("data-state", "none")
    return page


PAGES: Final[dict[str, Way]] = {
    "office-login": at("", "/login/"),
    "office-login-wrong": wrong_password,
    "office-home": at(CHEN, "/"),
    "office-home-publisher": at(ZHOU, "/"),
    "office-home-supervisor": at(WU, "/"),
    "office-cases": at(CHEN, "/cases/"),
    "office-cases-none": at(CHEN, "/cases/?q=没有这样的店"),
    "office-new-case": at(CHEN, "/cases/new/"),
    "office-new-case-not-officer": at(FANG, "/cases/new/"),
    "office-case": of_case(CHEN, "to-check"),
    "office-case-done": of_case(HUANG, "published"),
    "office-case-as-it-stood": of_case(HUANG, "published", "?upto=2"),
    "office-form-fact": of_case(CHEN, "to-decide", "file/onsite-record/"),
    "office-form-act": of_case(CHEN, "to-decide", "file/spot-decision/"),
    "office-form-receipt": of_case(CHEN, "to-check", "file/service-receipt/"),
    "office-form-refused": refused,
    "office-check": checked,
    "office-document": of_case(CHEN, "to-check", "documents/d2/"),
    "office-publications": at(FANG, "/publications/"),
    "office-propose": proposing,
    "office-publish-check": of_case(ZHOU, "to-check", "publication/"),
    "office-officers": at(CHEN, "/officers/"),
    "office-officer": at(ADMIN, "/officers/chenguyu/"),
    "office-new-officer": at(ADMIN, "/officers/new/"),
    "office-accounts": at(ADMIN, "/accounts/"),
    "office-new-account": at(ADMIN, "/accounts/new/"),
    "office-one-account": at(ADMIN, "/accounts/huangxiaoman/"),
    "office-items": at(CHEN, "/items/"),
    "office-law": at(CHEN, "/law/xzcff/51/"),
    "office-account": at(CHEN, "/account/"),
    "office-help": at(CHEN, "/help/"),
    "office-forbidden": forbidden,
    "office-conflict": conflicting,
    "office-not-there": of_case(ADMIN, "to-check"),
    "public-home": public("/"),
    "public-list": public("/results/"),
    "public-none": public("/results/?q=没有这样的店"),
    "public-result": result,
    "public-verify": public("/verify/"),
    "public-not-there": public("/p/p0000000000000000"),
}


def look(page: Page, name: str, size: ViewportSize) -> list[str]:
    """Return what is wrong with the page at this width, and keep a picture of it."""
    page.set_viewport_size(size)
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}-{size['width']}.png", full_page=True)
    found = [f"{size['width']} px: {line}" for line in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{wide} px wide on {size['width']}"] if wide > size["width"] else [])


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"]]


def foreign_words(page: Page, logins: Container[str]) -> list[str]:
    """Return the words in Latin letters that the page shows or reads out, names of accounts left out."""
    said = page.evaluate("""() => [document.title, document.body.innerText,
        ...[...document.querySelectorAll('[aria-label],[title],[alt],[placeholder],[data-l]')].flatMap((e) =>
            ['aria-label', 'title', 'alt', 'placeholder', 'data-l'].map((name) => e.getAttribute(name) || '')),
        ...[...document.querySelectorAll('option')].map((e) => e.textContent)].join('\\n')""")
    words = set(re.findall(r"[A-Za-z][A-Za-z_.-]+", WORDS_ALLOWED.sub("", said)))
    return sorted(word for word in words if word not in logins)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_accessible_whole_and_chinese(desks: Desks, name: str) -> None:
    page = PAGES[name](desks)
    wrong = look(page, name, WIDE) + look(page, name, NARROW)
    wrong += [f"not Chinese: {word}" for word in foreign_words(page, desks.demo.logins)]
    assert page.locator("h1").count() == 1
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("office-home", "step-new-case"),
        ("office-case", "step-service-receipt"),
        ("office-form-receipt", "check-service-receipt"),
        ("office-check", "file-spot-decision"),
        ("office-publish-check", "step-publish"),
        ("public-result", "proof-run"),
    ],
)
def test_the_main_act_is_reached_by_the_keyboard_with_the_focus_in_sight(desks: Desks, name: str, act: str) -> None:
    page = PAGES[name](desks)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    stops = keyboard.walk(page, to=act)
    assert len({(stop.id, stop.name, stop.text, stop.value) for stop in stops}) > len(stops) / 3  # it goes on


@pytest.mark.parametrize("name", ["office-form-act", "public-result"])
def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(desks: Desks, name: str) -> None:
    page = PAGES[name](desks)
    page.reload()
    assert keyboard.tab(page).text == "跳到正文"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_the_clerks_shortcuts_work_and_are_listed(desks: Desks) -> None:
    page = at(CHEN, "/")(desks)
    page.keyboard.press("?")
    page.wait_for_url("**/help/")
    expect(page.locator("kbd").first).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/")
    page.keyboard.press("/")
    page.keyboard.type("gh")  # typed into the search, not obeyed
    expect(page.locator("#find")).to_have_value("gh")


def test_a_form_closed_by_mistake_offers_its_draft(desks: Desks) -> None:
    page = of_case(CHEN, "to-decide", "file/spot-decision/")(desks)
    page.get_by_label("违法事实", exact=True).press_sequentially("安排")
    expect(page.locator("[data-draft-status]")).to_contain_text("草稿")
    page.goto(f"{desks.demo.office}/")
    page.go_back()
    page.reload()
    page.get_by_role("button", name="接着填草稿").click()
    expect(page.get_by_label("违法事实", exact=True)).to_have_value("安排")
