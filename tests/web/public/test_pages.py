"""The pages of the portal: found by two characters, quotable by their address, plain when there is nothing."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client

from tests.apps.portal.published import NOON, publish
from zhunsheng.apps.portal import queries


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.clause("P5.1", partly="hall screen, share text and bulk files come later")
def test_a_citizen_finds_a_result_by_two_characters(portal: Client) -> None:
    publish("p1")
    publish(
        "p2",
        title="海沧区点绛唇口腔诊所未按类别分置医疗废物",
        party={"name": "海沧区点绛唇口腔诊所"},
        plain=[],
        paper={},
    )
    page = text(portal, "/results/?q=诊所")
    assert "/p/p2" in page
    assert "/p/p1" not in page
    assert "共 1 件" in page


def test_home_shows_the_newest_and_when_a_decision_of_today_is_public(portal: Client) -> None:
    publish()
    page = text(portal, "/")
    assert 'href="/p/p1"' in page
    assert "7 个工作日内公开" in page
    assert 'action="/results/"' in page


def test_an_empty_register_says_what_will_come(portal: Client) -> None:
    assert "还没有公开的结果" in text(portal, "/")
    assert "还没有公开的结果" in text(portal, "/results/")


def test_the_page_of_a_result_says_everything_that_was_published(portal: Client) -> None:
    publish()
    page = text(portal, "/p/p1")
    for words in (
        "厦海卫公当罚〔2026〕1号",
        "从业人员甲",
        "《公共场所卫生管理条例》第十四条第一款第（二）项",
        "当场行政处罚决定书",
    ):
        assert words in page
    assert "7 个工作日内，按期" in page
    assert "2026年12月1日（星期二）" in page
    assert "见证人已经签名" in page
    assert 'data-testid="proof-result"' in page


@pytest.mark.clause("P6.1", partly="early warning and the overdue list are the office's")
def test_lateness_is_public(portal: Client) -> None:
    publish(at=NOON + timedelta(days=13))
    assert "7 个工作日内，超期 2 个工作日" in text(portal, "/p/p1")


def test_a_result_without_its_witnesses_says_so(portal: Client) -> None:
    publish(witnessed=False)
    assert "还在等见证人签名" in text(portal, "/p/p1")


def test_a_qr_code_opened_too_early_is_answered_with_the_last_day(portal: Client) -> None:
    page = text(portal, "/p/p7", 404)
    assert "还没有公开" in page
    assert "7 个工作日" in page
    assert "最迟" in page
    assert 'data-testid="error-404"' in page


def test_an_address_of_nobody_leads_back_to_the_search(portal: Client) -> None:
    assert "没有这个地址" in text(portal, "/nowhere", 404)
    assert "没有这个地址" in text(portal, "/p/a.b.c", 404)
    assert "/results/" in text(portal, "/p/不是编号", 404)


def test_our_own_failure_is_a_page_without_details(portal: Client) -> None:
    with mock.patch.object(queries, "listing", side_effect=DatabaseError("secret host name")):
        page = text(portal, "/", 500)
    assert "本站出了故障" in page
    assert "海沧区行政执法公示" in page
    assert "secret" not in page


def test_pages_are_only_read(portal: Client) -> None:
    publish()
    for address in ("/", "/results/", "/p/p1", "/verify/", "/p/p1.json", "/api/v1/publications", "/log/policy"):
        assert portal.post(address).status_code == 405
        assert portal.delete(address).status_code == 405


def test_the_verify_page_says_what_it_cannot_prove(portal: Client) -> None:
    page = text(portal, "/verify/")
    assert "不能证明：决定本身是否正确、合法" in page
    assert "仅供演示" in page  # the tests run as a demonstration
    assert 'data-testid="unwitnessed-window"' in page


def turn(client: Client, address: str) -> list[list[str]]:
    """Follow the link to older results until it ends; return the ids of each page."""
    pages = []
    while address:
        page = text(client, address)
        pages.append(re.findall(r'<h3><a href="/p/(\w+)">', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/results/" + following[1].replace("&amp;", "&") if following else ""
    return pages


def test_turning_the_pages_shows_each_result_once_also_when_days_are_equal(portal: Client) -> None:
    for n in range(45):
        publish(f"p{n:02}", number=f"厦海卫公当罚〔2026〕{n}号", decided_on=f"2026-11-{20 - n // 20:02}")
    pages = turn(portal, "/results/?q=理发")
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sorted(key for page in pages for key in page) == [f"p{n:02}" for n in range(45)]
    assert "共 45 件，第 1–20 件" in text(portal, "/results/?q=理发")
    assert "后面 25 件" in text(portal, "/results/?q=理发")


def test_the_month_stays_in_the_address_when_the_page_is_turned(portal: Client) -> None:
    for n in range(25):
        publish(f"p{n:02}", decided_on="2026-11-20")
    publish("old", decided_on="2026-09-30")
    assert [len(page) for page in turn(portal, "/results/?month=2026-11")] == [20, 5]
    assert turn(portal, "/results/?month=2026-09&q=沁园春") == [["old"]]
    page = text(portal, "/results/?month=2026-10&q=沁园春")
    assert "没有找到" in page
    assert '<option value="2026-10" selected>' in page
    assert "共 26 件" in text(portal, "/results/?month=2026-13")


def test_an_empty_result_teaches_how_to_find_more(portal: Client) -> None:
    publish()
    page = text(portal, "/results/?q=没有的店")
    assert "没有找到“没有的店”" in page
    assert "换少一点的字试试" in page
    assert "只有符号，没法查" in text(portal, "/results/?q=！！")


def test_a_query_that_is_too_long_is_cut_and_the_page_says_so(portal: Client) -> None:
    assert "只用了前 60 个字" in text(portal, "/results/?q=" + "长" * 61)


def test_no_page_sets_a_cookie_or_lets_others_run_code(portal: Client) -> None:
    publish()
    for address in ("/", "/results/", "/p/p1", "/verify/", "/p/none"):
        answer = portal.get(address)
        assert not answer.cookies
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        page = answer.content.decode()
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
