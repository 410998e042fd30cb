"""核验 in a real browser: what it says of a true page, of a changed one, and when it cannot tell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.apps.portal.published import bundle, content, publish
from tests.core.ledger.makers import COSIGNER, LOG, ORIGIN, POLICY, SECOND
from tests.web.public.browsing import PLAIN_NAME, Chromium, Files, Site, served
from tests.web.public.browsing import chromium as started
from zhunsheng.core.ledger.keys import KeyKind, SeedSigner
from zhunsheng.core.ledger.policy import DatedKey, Policy

pytestmark = pytest.mark.browser

SECOND_LOG = SeedSigner(ORIGIN, KeyKind.ED25519, b"\x09" * 32)  # same name, a key of nobody we know
PAGE, BUNDLE, KEYS = "/p/p1", "/p/p1.bundle", "/log/policy"


@dataclass(frozen=True)
class Seen:
    state: str
    words: str
    announced: str
    focused: str


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Chromium]:
    with started(chromium) as one:
        yield one


@pytest.fixture(scope="module")
def made() -> Files:
    """What the portal served, once made."""
    return {}


@pytest.fixture
def site(made: Files, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A published result as the portal serves it, for one test to change."""
    if not made:
        portal: Client = request.getfixturevalue("portal")
        publish()
        whole = Site(made)
        whole.add_static()
        for address in (PAGE, "/verify/"):
            whole.add(address, portal.get(address).content)
        whole.add(BUNDLE, portal.get(BUNDLE).content, "application/json")
        whole.add(KEYS, POLICY.write().encode(), "text/plain")
    with served(Site(dict(made))) as one:
        yield one


def seen(page: Page) -> Seen:
    page.wait_for_selector("[data-proof]:not([data-state=none])", state="attached")
    section = page.locator("[data-testid=proof-result]")
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    return Seen(
        section.get_attribute("data-state") or "",
        section.inner_text(),
        page.locator("[data-proof-status]").text_content() or "",
        page.evaluate("document.activeElement.dataset.testid ?? ''"),
    )


def press(url: str) -> Callable[[Page], Seen]:
    """Open the page, reach the button by the keyboard, press it."""

    def act(page: Page) -> Seen:
        page.goto(url)
        page.locator("[data-testid=proof-run]").focus()
        page.keyboard.press("Enter")
        return seen(page)

    return act


@pytest.mark.clause("R5", partly="shown for publications; case files are verified by the command")
def test_a_true_page_is_verified_and_says_what_that_is_worth(site: Site, browser: Chromium) -> None:
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "verified"
    for words in ("核验通过：公开后没有改过", "第 2 条", "1 人，要求 1 人", "没有证明什么", "决定本身是否正确", "算出"):
        assert words in found.words
    assert found.announced == "核验通过：公开后没有改过。"
    assert found.focused == "proof-run"  # the focus stays where the visitor left it


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("被处罚人：海沧区沁园春理发店", "被处罚人：海沧区如梦令理发店"),
        ("决定给予警告", "决定不予处罚"),
        ("</article>", "<p>另：本决定已经撤销。</p></article>"),
        ("违反了《公共场所", "没有违反《公共场所"),
        (">从业人员甲<", ">从业人员乙<"),
        ('data-public-part="result">警告', 'data-public-part="result">罚款'),
        ('<h1 data-public-part="title">海沧区', '<h1 data-public-part="title">湖里区'),
        ('<time datetime="2026-11-20T09:41">2026年11月20日9时41分', "<time>2026年11月21日9时41分"),
        (">500.00 元<", ">5,000.00 元<"),
    ],
    ids=range(9),
)
def test_a_page_that_shows_other_words_is_refuted(site: Site, browser: Chromium, old: str, new: str) -> None:
    site.change(PAGE, old, new)
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "refuted"
    assert "请不要引用这一页" in found.words
    assert "本页的文字与登记的内容相同\n不一致" in found.words
    assert "核验不通过" in found.announced


def test_page_and_bundle_changed_together_are_refuted(site: Site, browser: Chromium) -> None:
    for address in (PAGE, BUNDLE):
        site.change(address, "沁园春", "如梦令")
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "refuted"
    assert "内容与登记时相同\n不一致" in found.words
    assert "本页的文字与登记的内容相同\n一致" in found.words


def test_without_its_witnesses_it_is_pending_not_verified(site: Site, browser: Chromium) -> None:
    site.add(BUNDLE, bundle(content()), "application/json")
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "pending"
    assert "还在等见证：内容一致，见证未完成" in found.words
    assert "0 / 1，等待" in found.words


def test_signers_that_the_keys_do_not_name_are_not_trusted(site: Site, browser: Chromium) -> None:
    site.add(BUNDLE, bundle(content(), SECOND, log=SECOND_LOG), "application/json")
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "untrusted"
    assert "核验通过" not in found.words


def test_a_register_without_witnesses_is_verified_with_a_warning(site: Site, browser: Chromium) -> None:
    site.add(KEYS, Policy((DatedKey(LOG.key),), (), 0).write().encode(), "text/plain")
    site.add(BUNDLE, bundle(content()), "application/json")
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "verified"
    assert "没有见证人" in found.words
    assert "没有给不同的人看不同的内容" in found.words


@pytest.mark.parametrize("lost", [BUNDLE, KEYS])
def test_what_cannot_be_fetched_is_said_with_the_way_out(site: Site, browser: Chromium, lost: str) -> None:
    del site.files[lost]
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "unreadable"
    assert "取不到证明包或者密钥文件" in found.words
    assert "zhunsheng verify" in found.words


@pytest.mark.parametrize("garbage", [b"", b"<html>", b"[]", b'{"format":"zhunsheng-bundle/1"}', b"\xff\xfe"])
def test_a_damaged_bundle_is_unreadable(site: Site, browser: Chromium, garbage: bytes) -> None:
    site.add(BUNDLE, garbage, "application/json")
    found = browser.look(press(site.url(PAGE)))
    assert found.state == "unreadable"
    assert "不是证明包，或者残缺" in found.words


def test_on_plain_http_it_says_why_it_cannot_tell(site: Site, browser: Chromium) -> None:
    found = browser.look(press(site.url(PAGE, host=PLAIN_NAME)))
    assert found.state == "unreadable"
    assert "https" in found.words
    assert "zhunsheng verify" in found.words


def test_without_scripts_the_page_reads_and_points_to_the_download(site: Site, browser: Chromium) -> None:
    def act(page: Page) -> tuple[str, bool]:
        page.goto(site.url(PAGE))
        return page.inner_text("main"), page.locator("[data-proof-run]").is_visible()

    words, has_button = browser.look(act, script=False)
    assert "您的浏览器没有运行核验程序" in words
    assert "被处罚人：海沧区沁园春理发店" in words
    assert not has_button


def test_markup_in_a_file_stays_text(site: Site, browser: Chromium) -> None:
    page = content(title="<img src=x onerror=alert(1)>", number="<b>1</b>号")
    site.add(BUNDLE, bundle(page, COSIGNER), "application/json")

    def act(page: Page) -> int:
        page.goto(site.url(PAGE))
        page.click("[data-testid=proof-run]")
        assert seen(page).state == "refuted"
        return page.locator("[data-proof] img, [data-proof] b").count()

    assert browser.look(act) == 0


def choose(site: Site, given: Path, policy: Path | None = None) -> Callable[[Page], Seen]:
    def act(page: Page) -> Seen:
        page.goto(site.url("/verify/"))
        page.set_input_files("#bundle", given)
        if policy is not None:
            page.set_input_files("#policy", policy)
        page.click("[data-testid=proof-run]")
        return seen(page)

    return act


def test_a_bundle_from_disk_is_checked_under_keys_of_ones_own(site: Site, browser: Chromium, tmp_path: Path) -> None:
    given, keys = tmp_path / "p1.bundle", tmp_path / "policy"
    given.write_bytes(bundle(content(), COSIGNER))
    keys.write_text(Policy((DatedKey(SECOND_LOG.key),), (), 0).write(), encoding="utf-8")
    ours = browser.look(choose(site, given))
    assert (ours.state, ours.announced) == ("verified", "核验通过：公开后没有改过。用的是本站的密钥文件。")
    assert "这里只核对了证明包里的内容" in ours.words
    own = browser.look(choose(site, given, keys))
    assert own.state == "untrusted"
    assert "您自己的密钥文件" in own.announced
    keys.write_text("nonsense", encoding="utf-8")
    assert "密钥文件读不懂" in browser.look(choose(site, given, keys)).words


def test_pressing_without_a_file_says_which_is_missing(site: Site, browser: Chromium) -> None:
    def act(page: Page) -> tuple[str, str]:
        page.goto(site.url("/verify/"))
        page.click("[data-testid=proof-run]")
        return page.inner_text("[data-proof-status]"), page.evaluate("document.activeElement.id")

    assert browser.look(act) == ("请先选择证明包。", "bundle")


def test_large_print_is_remembered(site: Site, browser: Chromium) -> None:
    def act(page: Page) -> tuple[str, bool, bool]:
        page.goto(site.url(PAGE))
        page.click("[data-care-switch]")
        page.goto(site.url("/verify/"))
        root = page.locator("html")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        pressed = page.get_attribute("[data-care-switch]", "aria-pressed") or ""
        return pressed, root.get_attribute("data-care") is not None, wide

    assert browser.look(act) == ("true", True, False)


def test_no_public_page_weighs_more_than_an_old_phone_can_carry(site: Site) -> None:
    for address in (PAGE, "/verify/"):
        page = site.files[address][1]
        parts = [
            len(content) for name, (_, content) in site.files.items() if name.encode() in page or "/verify/" in name
        ]
        scripts = [len(content) for name, (_, content) in site.files.items() if name.startswith("/static/public/")]
        assert len(page) + sum(parts) + sum(scripts) < 150_000
