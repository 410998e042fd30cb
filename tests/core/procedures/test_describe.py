"""The procedure as plain data, and the questions of age and area it rests on."""

import json
from datetime import date

import pytest

from tests.core.procedures.cast import DAY, SEED_DAY, book
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.procedures import describe, get
from zhunsheng.core.procedures.conditions import CONDITIONS, age_on, party_age

TABLE = get("penalty-simple")


def test_it_is_json_and_names_what_a_chart_needs() -> None:
    found = json.loads(json.dumps(describe(TABLE)))
    assert [stage["key"] for stage in found["stages"]] == ["new", "recorded", "decided", "done"]
    assert {sub["key"] for sub in found["subs"]} == {"service", "record-filing", "payment", "publication"}
    assert {edge["form"] for edge in found["edges"]} == set(found["forms"])
    gates = {gate["name"] for gate in found["gates"]}
    assert all(set(edge["gates"]) <= gates for edge in found["edges"])
    assert found["basis"] == "xzcff:51"


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        (DAY, {"citation": "xzcff:51", "text": "《中华人民共和国行政处罚法》第五十一条"}),
        (SEED_DAY, {"citation": "xzcff:33", "text": "《中华人民共和国行政处罚法》第三十三条"}),
    ],
)
def test_the_same_rule_has_its_number_of_the_day(day: date, basis: dict[str, str]) -> None:
    assert describe(TABLE, book(), day)["basis"] == basis


def test_a_rule_without_a_counterpart_on_the_day_has_no_number() -> None:
    found = json.loads(json.dumps(describe(TABLE, book(), SEED_DAY)))
    assert [gate["basis"] for gate in found["gates"] if gate["name"] == "publication-in-time"] == [None]


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 10, 20), date(2026, 10, 20), 13),
        (date(2012, 10, 20), date(2026, 10, 21), 14),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_a_year_of_age_is_reached_on_the_day_after_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_only_a_citizen_has_an_age() -> None:
    assert party_age(None, DAY) is None
    assert party_age(Party(PartyKind.BUSINESS, "店", "350205201205010018"), DAY) is None
    assert party_age(Party(PartyKind.CITIZEN, "柳", "350205201205010018"), DAY) == 14


def test_conditions_without_a_decision_ask_for_nothing() -> None:
    names = ("fine-imposed", "paid-in-full", "paid-in-part", "party-adult")
    assert {name: CONDITIONS[name](()) for name in names} == {
        "fine-imposed": False,
        "paid-in-full": False,
        "paid-in-part": True,
        "party-adult": True,
    }
