"""What the public reads leaves out what the decision carries about persons."""

from typing import Any

import pytest

from tests.core.documents import cast
from tests.core.documents import ordinary_cast as story
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.publication_summary import masked_name, summary_of
from zhunsheng.core.documents.sheets import sheet


def proposed(**changes: Json) -> dict[str, Any]:
    return summary_of(cast.spot_decision(**changes), cast.context())


@pytest.mark.clause("P6.2", partly="the other kinds of decision")
def test_a_shop_is_named_with_its_code_and_its_operator_by_surname() -> None:
    summary = proposed()
    assert summary["party_name"] == "浣溪沙理发店"
    assert summary["party_code"] == cast.SHOP_CODE
    assert summary["party_operator"] == "白某"


def test_address_and_telephone_are_nowhere() -> None:
    words = str(proposed())
    assert "000-0000001" not in words
    assert "示例路" not in words
    assert "白居简" not in words


def test_a_citizen_is_a_surname_and_has_no_number() -> None:
    changes = cast.citizen() | {"party_operator": None}
    summary = proposed(**changes)
    assert summary["party_name"] == "白某"
    assert "party_code" not in summary
    assert cast.CITIZEN_NUMBER not in str(summary)


def test_it_speaks_of_the_party_and_not_to_it() -> None:
    words = str(proposed())
    assert "当事人" in words
    assert "你（单位）" not in words


def test_it_says_penalty_basis_and_remedies() -> None:
    summary = proposed(penalty="warning-and-fine", fine=50000, pay_way="bank")
    assert (
        summary["penalty"]
        == "警告；罚款500元（大写：人民币伍佰元整）。并责令当事人立即停止安排未获得健康合格证的人员上岗。"
    )
    assert "第十四条第一款第（二）项" in str(summary["basis"])
    assert "行政复议" in str(summary["remedies"])
    assert "十五日" in str(summary["performance"])
    assert "陈谷雨（示闽执法0001）" in str(summary["officers"])


def test_a_warning_has_nothing_to_pay() -> None:
    assert "performance" not in proposed()


def test_the_sheet_says_what_was_agreed_and_nothing_else_of_the_case() -> None:
    agreed = proposed() | {"facts": "安排未获得健康合格证的从业人员某直接为顾客服务。"}
    result = sheet(cast.form("publication-summary"), agreed, cast.context())
    assert "郑某" not in str(result)
    assert result["number"] == "厦海卫公当罚〔2026〕1号"
    assert result["date"] == "2026-11-20"


def test_an_empty_decision_names_nobody() -> None:
    assert "party_name" not in summary_of({}, cast.context(item=None))
    agreed = sheet(cast.form("publication-summary"), {}, cast.context(check=None))
    assert agreed["party"] == [["被处罚人", None]]
    assert agreed["check"] is None


@pytest.mark.parametrize(("name", "masked"), [("陈谷雨", "陈某"), ("欧阳修竹", "欧阳某"), ("白", "白某"), ("", "")])
def test_a_masked_name_is_the_surname(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@pytest.mark.parametrize(("name", "party"), [("penalty-decision", story.CLINIC), ("penalty-decision-goods", "白某")])
def test_a_decision_of_the_ordinary_procedure_is_summed_up_from_its_own_words(name: str, party: str) -> None:
    _, content = story.samples()[name]
    ctx = story.context("penalty-decision", officers=story.officers_of(content))
    summary = summary_of(content, ctx, "penalty-decision")
    assert summary["party_name"] == party
    assert summary["made_on"] == "2026-08-10"
    assert "罚款" in str(summary["penalty"])
    assert "（厦海卫医罚告〔2026〕12号）" in str(summary["course"])
    assert "六个月内依法向厦门市海沧区人民法院提起行政诉讼" in str(summary["remedies"])
    words = str(summary)
    assert "当事人" in words
    # A name inside the facts is what a person masks; the fields of the identity block never get there.
    for hidden in (str(content["party_address"]), "000-000000", cast.CITIZEN_NUMBER):
        assert hidden not in words
