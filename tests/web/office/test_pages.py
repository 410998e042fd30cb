"""What holds for every page: strict policy, one heading, no English in front of a person, a way out of every error."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.apps import cast
from tests.apps.cases import story
from tests.web.office.conftest import Desk, case_url

Desks = Callable[[str], Desk]
PLACES = (
    "/",
    "/cases/",
    "/cases/new/",
    "/publications/",
    "/officers/",
    "/items/",
    "/help/",
    "/account/",
    "/law/xzcff/42/",
)
FORMS = ("onsite-record", "spot-decision", "service-receipt", "record-filing", "payment-record")


@pytest.fixture
def pages(desk: Desks) -> dict[str, str]:
    number, chen = story.decided(), desk(cast.CHEN)
    places = [*PLACES, case_url(number), case_url(number, "documents/d2/")]
    places += [case_url(number, f"file/{form}/") for form in FORMS]
    found = {place: chen.page(place) for place in places}
    return found | {
        "publish": desk(cast.FANG).page(case_url(number, "publish/")),
        "login": Client().get("/login/").content.decode(),
    }


def test_nothing_is_inline_so_that_the_policy_can_be_strict(pages: dict[str, str], desk: Desks) -> None:
    for place, page in pages.items():
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), place
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page)), place
    policy = desk(cast.CHEN).get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_page_has_one_heading_a_main_part_and_a_language(pages: dict[str, str]) -> None:
    for place, page in pages.items():
        assert page.count("<h1") == 1, place
        assert page.count('id="main"') == 1, place
        assert '<html lang="zh-CN"' in page, place
        assert 'href="#main"' in page, place


def test_no_two_things_on_a_page_have_one_id(pages: dict[str, str]) -> None:
    for place, page in pages.items():
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (place, {each for each in ids if ids.count(each) > 1})


def test_every_field_has_a_label_and_every_description_exists(pages: dict[str, str]) -> None:
    for place, page in pages.items():
        ids = set(re.findall(r'\sid="([^"]+)"', page))
        for described in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
            assert set(described.split()) <= ids, (place, described)
        for target in re.findall(r'<label for="([^"]+)"', page):
            assert target in ids, (place, target)


def test_links_within_the_office_lead_somewhere(pages: dict[str, str], desk: Desks) -> None:
    chen = desk(cast.CHEN)
    links = {link.partition("#")[0] for page in pages.values() for link in re.findall(r'href="(/[^"]*)"', page)}
    for link in sorted(each for each in links if each and not each.startswith("/static/")):
        assert chen.client.get(link.replace("&amp;", "&"), follow=True).status_code == 200, link


def test_nobody_reads_a_code_or_english(pages: dict[str, str]) -> None:
    for place, page in pages.items():
        body = re.sub(r"<(script|style|title)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", body[body.index("<body") :])
        left = [word for word in re.findall(r"[A-Za-z][A-Za-z-]{3,}", words) if word not in {"chenguyu", "Ctrl"}]
        assert not left, (place, left)


def test_pages_are_not_kept_by_a_shared_desk(desk: Desks) -> None:
    assert "no-store" in desk(cast.CHEN).get("/")["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/nothing/", "/law/nowhere/1/", "/law/xzcff/999/", "/law/not a citation", "/cases/没有/"]
)
def test_what_is_not_there_has_a_chinese_page_with_a_way_out(desk: Desks, path: str) -> None:
    page = desk(cast.CHEN).page(path, 404)
    assert "没有这一页" in page
    assert 'href="/cases/"' in page


def test_an_article_is_shown_as_it_stood_on_the_day_asked_for(desk: Desks) -> None:
    chen = desk(cast.CHEN)
    assert "第五十一条" in chen.page("/law/xzcff/51/")
    response = chen.get("/law/xzcff:42.1?on=2026-11-20")
    assert response["Location"] == "/law/xzcff/42/?on=2026-11-20&at=1"
    assert "第四十二条第一款" in chen.page(response["Location"])


def test_the_registers_show_whose_certificate_does_not_hold(desk: Desks) -> None:
    assert "执法证 2025年6月30日到期" in desk(cast.CHEN).page("/officers/")
    page = desk(cast.CHEN).page("/items/?q=健康")
    assert "未获得健康合格证" in page
    assert "看全部" in desk(cast.CHEN).page("/items/?q=没有这样的事项")


def test_a_moved_clock_is_announced_on_every_page(desk: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta  # noqa: PLC0415

    assert "演示时间" not in desk(cast.CHEN).page("/")
    monkeypatch.setattr("zhunsheng.infra.clock.offset", lambda: timedelta(days=8))
    assert "演示时间" in desk(cast.CHEN).page("/")
    assert "快 8 天" in desk(cast.CHEN).page("/cases/")
