"""Choosing officers: what would stand against each is said before anything is filed."""

from datetime import date

import pytest

from tests.apps.cast import (
    AGENCY,
    CHEN,
    EXPIRED,
    HUANG,
    OTHER_AREA,
    OTHER_CATEGORY,
    OTHER_SHOP,
    RECUSED,
    SHOP,
    WU,
    ZHOU,
    bureau,
)
from tests.apps.registry.doings import TODAY
from zhunsheng.apps.registry.able import who_could
from zhunsheng.core.casefile.people import Party
from zhunsheng.core.law.book import Book

pytestmark = [pytest.mark.postgres, pytest.mark.clause("P3.2", partly="training and reviewers come later")]

ITEM = "public-health-certificate"


@pytest.fixture(autouse=True)
def the_bureau(fresh_db: str) -> None:
    bureau()


def against(book: Book, day: date = TODAY, party: Party | None = SHOP, act: str = "penalty") -> dict[str, list[str]]:
    judged = who_could(AGENCY, act, day, item=ITEM, book=book, party=party)
    return {each.officer.id: [fault.code for fault in each.faults] for each in judged}


def test_each_is_told_what_stands_against_him(lawbook: Book) -> None:
    found = against(lawbook)
    assert (found[CHEN], found[HUANG]) == ([], [])
    assert found[EXPIRED] == ["certificate-expired"]
    assert found[OTHER_CATEGORY] == ["certificate-category"]
    assert found[OTHER_AREA] == ["certificate-area"]
    assert found[RECUSED] == ["officer-recused"]
    assert found[ZHOU] == ["unit-not-competent"]
    assert found[WU] == ["certificate-missing", "officer-exam-missing", "unit-not-competent"]


def test_the_able_stand_first_and_inspection_is_judged_too(lawbook: Book) -> None:
    judged = who_could(AGENCY, "inspection", TODAY, item=ITEM, book=lawbook, party=SHOP)
    could = [each.could for each in judged]
    assert could == sorted(could, reverse=True)
    assert CHEN in {each.officer.id for each in judged if each.could}


def test_a_recusal_binds_against_its_party_alone(lawbook: Book) -> None:
    assert against(lawbook, party=OTHER_SHOP)[RECUSED] == []
    assert against(lawbook, party=None)[RECUSED] == []


def test_the_day_decides(lawbook: Book) -> None:
    assert against(lawbook, date(2025, 6, 30))[EXPIRED] == []
    assert against(lawbook, date(2025, 7, 1))[EXPIRED] == ["certificate-expired"]
    assert against(lawbook, date(2030, 1, 1))[CHEN] == ["certificate-expired", "mandate-expired"]
    assert against(lawbook, date(2018, 6, 1))[CHEN] == []
