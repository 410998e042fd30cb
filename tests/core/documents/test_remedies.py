"""Which remedies a decision made on the spot names depends on its day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.documents import cast
from zhunsheng.core.documents.remedies import must_reconsider_first, performance, remedies, term
from zhunsheng.core.documents.words import plain
from zhunsheng.core.law.quantities import Period, PeriodUnit
from zhunsheng.infra import lawdata


def words(day: date, superior: str = cast.AGENCY.superior) -> str:
    return plain(remedies(cast.context(agency=replace(cast.AGENCY, superior=superior)), day))


def test_the_day_before_and_the_day_of_the_change() -> None:
    book = lawdata.book()
    assert not must_reconsider_first(book, date(2023, 12, 31))
    assert must_reconsider_first(book, date(2024, 1, 1))


def test_since_2024_reconsideration_comes_first() -> None:
    assert words(date(2026, 11, 20)) == (
        "如不服本决定，依据《中华人民共和国行政复议法》第二十三条第一款第（一）项的规定，应当先自收到本决定书之日起六十日内"
        "向厦门市海沧区人民政府申请行政复议，也可以通过本机关提交行政复议申请；对行政复议决定不服的，"
        "可以自收到行政复议决定书之日起十五日内依法向厦门市海沧区人民法院提起行政诉讼。"
    )


def test_before_2024_the_party_could_choose() -> None:
    text = words(date(2023, 12, 31))
    assert "可以自收到本决定书之日起六十日内向厦门市海沧区人民政府或者厦门市卫生健康委员会申请行政复议" in text
    assert "也可以自收到本决定书之日起六个月内依法向厦门市海沧区人民法院提起行政诉讼" in text
    assert "应当先" not in text


def test_an_agency_without_a_superior_names_the_government_alone() -> None:
    assert "人民政府申请" in words(date(2023, 12, 31), superior="")


def test_a_fine_is_paid_where_the_agency_says() -> None:
    context = cast.context(agency=replace(cast.AGENCY, bank="某银行海沧支行"))
    assert "到某银行海沧支行或者" in plain(performance(context, cast.VISIT, cash=False))


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(15, PeriodUnit.DAY), "十五日"),
        (Period(6, PeriodUnit.MONTH), "六个月"),
        (Period(7, PeriodUnit.WORKING_DAY), "七个工作日"),
    ],
)
def test_terms_in_words(period: Period, text: str) -> None:
    assert term(period) == text
