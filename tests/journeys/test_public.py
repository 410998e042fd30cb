"""What a citizen sees: finds the decision by two characters, reads it, checks it, here and without us."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import content, story
from tests.journeys.demonstration import Demo
from tests.journeys.desk import Desks
from tests.journeys.test_story import bare, pdf_text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("journey"),
]


def opened(desks: Desks, published: story.Case) -> Page:
    page = desks.stranger()
    page.goto(f"{desks.demo.portal}{published.publication}")
    return page


def verify(demo: Demo, bundle: Path, policy: str) -> int:
    return demo.run("verify", str(bundle), "--policy", policy).returncode


def test_a_citizen_finds_the_decision_by_two_characters(desks: Desks, published: story.Case) -> None:
    page = desks.stranger()
    page.goto(desks.demo.portal)
    page.get_by_role("searchbox").fill("理发")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("result-count")).to_contain_text("件")
    page.locator(f"a[href='{published.publication}']").click()
    expect(page.locator("h1")).to_contain_text("如梦令")
    expect(page.locator("main")).to_contain_text(published.decision)


def test_the_name_of_the_employee_finds_nothing(desks: Desks, published: story.Case) -> None:
    page = desks.stranger()
    page.goto(f"{desks.demo.portal}/results/?q={quote(content.EMPLOYEE)}")
    expect(page.get_by_test_id("no-results")).to_be_visible()


@pytest.mark.clause("P6.2")
def test_nothing_public_names_the_employee_and_the_masks_have_reasons(desks: Desks, published: story.Case) -> None:
    page = opened(desks, published)
    expect(page.locator("main")).to_contain_text("从业人员甲")
    for mask in page.locator("#masks li").all():
        assert len(mask.locator("p").last.inner_text().strip()) > 1
    expect(page.locator("#masks li")).not_to_have_count(0)
    address = f"{desks.demo.portal}{published.publication}"
    for suffix in ("", ".json", ".bundle"):
        assert content.EMPLOYEE not in page.request.get(address + suffix).text()
    assert content.EMPLOYEE not in bare(pdf_text(page, f"{address}.pdf"))


def test_the_decision_is_told_in_plain_words_with_its_remedies(desks: Desks, published: story.Case) -> None:
    page = opened(desks, published)
    plain = page.locator("section[aria-labelledby=plain]")
    for words in ("健康合格证", "警告", "行政复议"):
        expect(plain).to_contain_text(words)
    for name in ("陈谷雨", "黄小满"):
        expect(page.locator("article.paper")).to_contain_text(name)


@pytest.mark.clause("R5", partly="recordings come with their own issue")
def test_pressing_verify_proves_the_page_in_plain_words(desks: Desks, published: story.Case) -> None:
    page = opened(desks, published)
    page.get_by_test_id("proof-run").click()
    result = page.get_by_test_id("proof-result")
    expect(result).to_have_attribute("data-state", "verified")
    expect(result).to_contain_text("核验通过：公开后没有改过")
    expect(result).to_contain_text("决定本身是否正确")  # what it does not prove
    for check in ("content", "shown", "inclusion", "log-signature", "witness-quorum"):
        expect(page.get_by_test_id(f"proof-check-{check}")).to_be_visible()


@pytest.mark.clause("R5", partly="recordings come with their own issue")
@pytest.mark.parametrize("what", ["page", "bundle"])
def test_one_changed_word_is_refuted_on_the_page(desks: Desks, published: story.Case, what: str) -> None:
    page = desks.stranger()
    suffix = ".bundle" if what == "bundle" else ""

    def forge(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=answer, body=answer.text().replace("警告", "表扬"))  # type: ignore[attr-defined]

    page.route(f"**{published.publication}{suffix}", forge)
    page.goto(f"{desks.demo.portal}{published.publication}")
    page.get_by_test_id("proof-run").click()
    expect(page.get_by_test_id("proof-result")).to_have_attribute("data-state", "refuted")
    expect(page.get_by_test_id("proof-result")).to_contain_text("核验不通过")


@pytest.fixture
def bundle(desks: Desks, published: story.Case, tmp_path: Path) -> Path:
    """The bundle, downloaded by its link."""
    page, path = opened(desks, published), tmp_path / "p.bundle"
    with page.expect_download() as download:
        page.get_by_test_id("download-bundle").click()
    download.value.save_as(path)
    return path


@pytest.mark.clause("R5", partly="recordings come with their own issue")
def test_the_downloaded_bundle_verifies_without_us_and_a_changed_byte_does_not(desks: Desks, bundle: Path) -> None:
    policy = str(desks.demo.told["policy"])
    assert verify(desks.demo, bundle, policy) == 0
    text = bundle.read_text(encoding="utf-8")
    assert "警告" in json.loads(text)["content"]
    bundle.write_text(text.replace("如梦令", "如梦今", 1), encoding="utf-8")
    assert verify(desks.demo, bundle, policy) == 1


def test_under_a_strangers_keys_the_bundle_is_not_trusted(desks: Desks, bundle: Path, tmp_path: Path) -> None:
    from zhunsheng.core.ledger.policy import DatedKey, Policy  # noqa: PLC0415  (only here)
    from zhunsheng.infra.datadir import DataDir  # noqa: PLC0415  (the same)
    from zhunsheng.infra.keys import KeyRing  # noqa: PLC0415  (the same)

    data = DataDir(tmp_path / "other")
    data.create()
    KeyRing(data).make("other.example/log", witness="other.example/witness")
    policy = Policy((DatedKey(KeyRing(data).log_signer().key),), (), 0)
    (tmp_path / "policy").write_text(policy.write(), encoding="utf-8")
    assert verify(desks.demo, bundle, str(tmp_path / "policy")) in {1, 3}


def test_the_verify_page_checks_a_bundle_from_disk(desks: Desks, bundle: Path) -> None:
    page = desks.stranger()
    page.goto(f"{desks.demo.portal}/verify/")
    page.locator("#bundle").set_input_files(bundle)
    page.get_by_role("button", name="核验").first.click()
    result = page.get_by_test_id("proof-result")
    expect(result).to_have_attribute("data-state", "verified")
    bundle.write_bytes(bundle.read_bytes().replace("如梦令".encode(), "如梦今".encode()))
    page.locator("#bundle").set_input_files(bundle)
    page.get_by_role("button", name="核验").first.click()
    expect(result).to_have_attribute("data-state", "refuted")


def test_the_public_summary_says_what_the_decision_says(desks: Desks, published: story.Case) -> None:
    text = bare(pdf_text(desks.stranger(), f"{desks.demo.portal}{published.publication}.pdf"))
    for words in (published.decision, content.SHOP.name, "警告", "行政复议", "从业人员甲"):
        assert words in text, words


def test_without_a_script_the_page_is_whole(desks: Desks, published: story.Case) -> None:
    context = desks.browser.new_context(java_script_enabled=False, locale="zh-CN")
    try:
        page = context.new_page()
        page.goto(f"{desks.demo.portal}{published.publication}")
        expect(page.locator("article.paper")).to_contain_text("警告")
        expect(page.get_by_test_id("download-bundle")).to_be_visible()
        expect(page.locator("main")).to_contain_text("请下载证明包")
    finally:
        context.close()


def test_the_weight_of_a_public_page_is_small(desks: Desks, published: story.Case) -> None:
    page = desks.stranger()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(f"{desks.demo.portal}{published.publication}", wait_until="networkidle")
    assert sizes
    assert sum(sizes) < 150_000
