"""Agency, units, mandates, posts: the tree, and in which capacity a unit acts."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from tests.apps.cast import AGENCY, NOON, SECTION_1, bureau
from tests.apps.registry.doings import BY, events, mandate, refused
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.registry import queries
from zhunsheng.apps.registry.commands import (
    end_capacity,
    establish_post,
    grant_capacity,
    register_agency,
    register_unit,
    rename_agency,
    retire_item,
    set_authorities,
)
from zhunsheng.apps.registry.facts import AgencyName, Authorities, UnitNode
from zhunsheng.core.casefile.events import Event

pytestmark = [pytest.mark.postgres, pytest.mark.clause("O2", partly="only penalties and inspections have gates yet")]

WORDS: dict[str, Any] = {"matters": "公共场所卫生", "powers": "警告、罚款"}


@pytest.fixture(autouse=True)
def the_bureau(fresh_db: str) -> None:
    bureau()


def test_names_seals_and_remedies_follow_the_day(fresh_db: str) -> None:
    agency = queries.agency(AGENCY)
    assert agency.name_on(date(2018, 6, 1)) == "厦门市海沧区卫生和计划生育局"
    assert agency.name_on(date(2018, 12, 31)) == "厦门市海沧区卫生和计划生育局"
    assert agency.seal_on(date(2019, 1, 1)) == agency.name == "厦门市海沧区卫生健康局"
    assert agency.authorities_on(date(2023, 12, 31)).superior == "厦门市卫生健康委员会"
    assert agency.authorities_on(date(2024, 1, 1)).superior == ""
    assert agency.name_on(date(1990, 1, 1)) == "厦门市海沧区卫生和计划生育局"
    assert (agency.area, agency.area_short) == ("350205", "厦海")
    with pytest.raises(queries.UnknownError):
        queries.agency("moon")


def test_a_new_name_and_new_authorities_begin_later_than_the_last(fresh_db: str) -> None:
    by: dict[str, Any] = {"actor": SYSTEM, "at": NOON}
    rename_agency(AGENCY, AgencyName(date(2027, 1, 1), "新名", "新名"), **by)
    assert queries.agency(AGENCY).name_on(date(2027, 1, 1)) == "新名"
    with refused("date-not-later"):
        rename_agency(AGENCY, AgencyName(date(2027, 1, 1), "再改", "再改"), **by)
    with refused("date-not-later", "field-empty"):
        set_authorities(AGENCY, Authorities(date(2020, 1, 1), "", "", "法院", "待确认"), **by)
    set_authorities(AGENCY, Authorities(date(2027, 1, 1), "政府", "", "法院", "待确认"), **by)
    assert queries.agency(AGENCY).authorities_on(date(2027, 5, 1)).court == "法院"
    with refused("agency-unknown"):
        rename_agency("moon", AgencyName(date(2027, 1, 1), "月", "月"), **by)


def test_it_refuses_an_agency_that_cannot_be(fresh_db: str) -> None:
    with refused("agency-exists", "area-invalid", "field-empty"):
        register_agency(AGENCY, area="海沧", area_short="", names=[], authorities=[], actor=SYSTEM, at=NOON)


def test_the_tree_has_the_sections_below_the_body(fresh_db: str) -> None:
    def ids(nodes: "tuple[UnitNode, ...]") -> list[str]:
        return [node.unit.id for node in nodes]

    tree = tuple(queries.unit_tree(AGENCY))
    assert ids(tree) == ["inspection", "leaders", "office", "policy", "public-health"]
    assert ids(tree[0].below) == ["inspection-1", "inspection-2"]
    assert queries.units_below(AGENCY, "inspection") == {"inspection", "inspection-1", "inspection-2"}
    assert queries.units_below(AGENCY, "inspection-1") == {"inspection-1"}


def test_a_section_acts_in_the_capacity_of_its_body_and_no_other_unit_does(fresh_db: str) -> None:
    section = queries.unit(AGENCY, SECTION_1)
    assert {(each.act, each.as_) for each in section.capacities} == {
        ("penalty", "entrusted"),
        ("inspection", "entrusted"),
    }
    assert queries.unit(AGENCY, "policy").capacities == ()
    assert "coercion" in {each.act for each in queries.unit(AGENCY, "public-health").capacities}
    with pytest.raises(queries.UnknownError):
        queries.unit("990205-other", SECTION_1)


def test_a_mandate_says_matters_powers_term_and_is_published_before_it_is_used(fresh_db: str) -> None:
    grant_capacity("policy", mandate(), published_on=date(2026, 1, 1), **WORDS, **BY)
    (granted,) = queries.units(AGENCY)["policy"].mandates
    assert (granted.number, granted.capacity, granted.matters) == (1, mandate(), "公共场所卫生")


def test_it_refuses_a_mandate_the_law_does_not_know(fresh_db: str) -> None:
    published = date(2025, 12, 31)
    with refused("mandate-incomplete", "mandate-not-published"):
        grant_capacity("policy", mandate(), **BY)
    with refused("mandate-incomplete"):
        grant_capacity("policy", mandate(last=None), published_on=published, **WORDS, **BY)
    with refused("mandate-not-published"):
        grant_capacity("policy", mandate(), published_on=date(2026, 1, 2), **WORDS, **BY)
    with refused("coercion-not-entrustable"):
        grant_capacity("policy", mandate("coercion"), published_on=published, **WORDS, **BY)
    with refused("permit-not-entrustable"):
        grant_capacity("policy", mandate("permit"), published_on=published, **WORDS, **BY)


def test_it_refuses_a_capacity_that_cannot_be(fresh_db: str) -> None:
    with refused("act-unknown"):
        grant_capacity("policy", mandate("war", standing="own"), **BY)
    with refused("area-outside"):
        grant_capacity("policy", mandate(area="350203", standing="own"), **BY)
    with refused("area-invalid"):
        grant_capacity("policy", mandate(area="3502051", standing="own"), **BY)
    with refused("dates-reversed", "field-empty"):
        grant_capacity("policy", mandate(last=date(2025, 1, 1), standing="own", marks=()), **BY)
    with refused("unit-unknown"):
        grant_capacity("moon", mandate(standing="own"), **BY)


def test_a_capacity_can_end_earlier_but_not_later(fresh_db: str) -> None:
    with refused("date-not-earlier"):
        end_capacity("inspection", 6, date(2029, 12, 31), "换委托书", **BY)
    with refused("dates-reversed", "field-empty"):
        end_capacity("inspection", 6, date(2020, 1, 1), "", **BY)
    with refused("capacity-unknown"):
        end_capacity("inspection", 99, date(2026, 12, 31), "换委托书", **BY)
    end_capacity("inspection", 6, date(2026, 12, 31), "换委托书", **BY)
    assert queries.unit(AGENCY, SECTION_1).capacities[5].valid_to == date(2026, 12, 31)


def test_it_refuses_units_and_posts_that_cannot_be(fresh_db: str) -> None:
    with refused("unit-exists"):
        register_unit("policy", name="政策法规科", duties=[], **BY)
    with refused("unit-unknown", "field-empty"):
        register_unit("section-9", name="", duties=[], parent="moon", **BY)
    with refused("agency-unknown"):
        register_unit("policy", name="政策法规科", duties=[], **{**BY, "agency": "moon"})
    with refused("post-exists"):
        establish_post("reviewer", name="审核员", unit="policy", duties=[], **BY)
    with refused("unit-unknown"):
        establish_post("poet", name="诗人", unit="moon", duties=[], **BY)
    assert queries.posts(AGENCY)["reviewer"].duties == ("审核重大执法决定", "审核公示内容")


def test_a_double_click_is_one_act_whatever_the_act(fresh_db: str) -> None:
    by: dict[str, Any] = {"actor": SYSTEM, "at": NOON}
    heard = Authorities(date(2027, 1, 1), "政府", "", "法院", "待确认")
    acts: list[Callable[..., Event]] = [
        partial(rename_agency, AGENCY, AgencyName(date(2027, 1, 1), "新名", "新名"), **by),
        partial(set_authorities, AGENCY, heard, **by),
        partial(register_unit, "section-3", name="监督三科", duties=["学校卫生监督"], parent="inspection", **BY),
        partial(establish_post, "inspector-3", name="监督员", unit="section-3", duties=[], **BY),
        partial(grant_capacity, "policy", mandate(standing="own", number=""), **BY),
        partial(end_capacity, "policy", 1, date(2026, 12, 31), "调整", **BY),
        partial(retire_item, "waste-sorting", date(2026, 12, 31), "调整", **BY),
    ]
    before = events()
    for number, act in enumerate(acts, 1):
        assert act(key=f"k{number}") == act(key=f"k{number}")
        assert events() == before + number
