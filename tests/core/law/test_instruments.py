"""Articles move when a law is revised: a citation is good only for a day."""

from datetime import date

import pytest

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.cite import cite, numeral, place, short
from zhunsheng.core.law.instruments import CitationError, Instrument, NoSuchArticleError, NotInForceError
from zhunsheng.core.law.quantities import Period, PeriodUnit
from zhunsheng.infra import lawdata

BOOK = lawdata.book()
NOW, SEED = date(2026, 11, 22), date(2018, 6, 22)


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("ggcswsgltl:14.1.2", "《公共场所卫生管理条例》第十四条第一款第（二）项"),
        ("xzcff:51", "《中华人民共和国行政处罚法》第五十一条"),
        ("mfd:203.1", "《中华人民共和国民法典》第二百零三条第一款"),
        ("xzcff:64.1.2", "《中华人民共和国行政处罚法》第六十四条第一款第（二）项"),
    ],
)
def test_a_citation_is_printed_in_full(citation: str, words: str) -> None:
    assert cite(Citation.parse(citation), NOW, BOOK) == words


def test_the_short_form_drops_the_brackets() -> None:
    assert short(Citation("xzcff", 60), NOW, BOOK) == "行政处罚法第六十条"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (86, "八十六"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (203, "二百零三"), (1260, "一千二百六十"), (1008, "一千零八"), (1010, "一千零一十"),
    ],
)  # fmt: skip
def test_article_numbers_in_chinese(number: int, words: str) -> None:
    assert numeral(number) == words


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_that_is_no_article_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not an article"):
        numeral(number)


def test_a_version_is_in_force_from_its_day_to_the_next() -> None:
    law = BOOK.instruments["xzcff"]
    before, after = law.at(date(2021, 7, 14)), law.at(date(2021, 7, 15))
    assert before is not None
    assert after is not None
    assert (before.article_count, after.article_count) == (64, 86)
    assert law.at(date(2017, 12, 31)) is None


def test_an_article_that_did_not_exist_yet_cannot_be_cited() -> None:
    with pytest.raises(NoSuchArticleError, match="only 64 articles"):
        BOOK.resolve(Citation("xzcff", 72, 1, 1), SEED)
    assert BOOK.resolve(Citation("xzcff", 72, 1, 1), NOW).adopted == date(2021, 1, 22)


@pytest.mark.parametrize("where", ["xzcff:42.3", "xzcff:64.1.9", "xzcff:46.2.1", "ysf:99"])
def test_a_paragraph_or_item_too_many_is_refused(where: str) -> None:
    with pytest.raises(NoSuchArticleError):
        BOOK.resolve(Citation.parse(where), NOW)


def test_an_instrument_is_gone_from_the_day_of_its_repeal() -> None:
    assert BOOK.resolve(Citation("zyysf", 37), date(2022, 2, 28)).id == "zyysf"
    with pytest.raises(NotInForceError):
        BOOK.resolve(Citation("zyysf", 37), date(2022, 3, 1))
    with pytest.raises(NotInForceError):
        BOOK.resolve(Citation("ysf", 57), date(2022, 2, 28))
    with pytest.raises(CitationError, match="unknown instrument"):
        BOOK.resolve(Citation("nosuch", 1), NOW)


@pytest.mark.parametrize(
    ("today", "then"),
    [("xzcff:51", "xzcff:33"), ("xzcff:42.1", "xzcff:37"), ("xzcff:72.1.1", "xzcff:51"), ("xzfyf:20.1", "xzfyf:9")],
)
def test_todays_citation_leads_to_where_the_rule_stood_then(today: str, then: str) -> None:
    assert str(BOOK.as_of(Citation.parse(today), SEED)) == then
    assert str(BOOK.as_of(Citation.parse(today), NOW)) == today


def test_a_rule_without_counterpart_then_is_not_cited_wrongly() -> None:
    assert BOOK.as_of(Citation("xzcff", 48, 1), SEED) is None  # publication came in 2021
    assert BOOK.as_of(Citation("ysf", 57), SEED) is None
    assert BOOK.as_of(Citation("nosuch", 1), NOW) is None
    assert BOOK.as_of(Citation("msssf", 95), date(2022, 6, 1)) == Citation("msssf", 95)  # numbers stayed


def test_two_versions_of_one_day_do_not_start() -> None:
    version = BOOK.instruments["xzcff"].newest
    with pytest.raises(ValueError, match="distinct"):
        Instrument("xzcff", [version, version])


def test_only_days_can_mean_working_days() -> None:
    permits = BOOK.instruments["xzxkf"].newest.counting
    assert permits is not None
    assert permits.means_working_days(Period(45, PeriodUnit.DAY))
    assert not permits.means_working_days(Period(3, PeriodUnit.MONTH))


def test_the_place_is_printed_without_the_title() -> None:
    assert place(Citation("xzcff", 9, 1, 4)) == "第九条第一款第（四）项"
