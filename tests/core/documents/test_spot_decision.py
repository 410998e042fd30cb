"""The decision made on the spot carries everything 行政处罚法 art. 52 asks of it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.documents import cast
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.sheets import has_sheet, sheet
from zhunsheng.core.documents.words import plain
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.core.law.parameters import NoRuleError

FINE: dict[str, Json] = {"penalty": "fine", "fine": 50000, "pay_way": "bank"}


def made(**changes: Json) -> dict[str, Any]:
    return with_context(cast.context(), **changes)


def with_context(context: SheetContext, /, **changes: Json) -> dict[str, Any]:
    return sheet(cast.form("spot-decision"), cast.spot_decision(**changes), context)


def paragraphs(**changes: Json) -> list[str]:
    result = made(**changes)
    (section,) = result["sections"]
    return [plain(paragraph) for paragraph in section]


@pytest.mark.clause("P3.1", partly="the other procedures")
def test_a_warning_names_fact_evidence_provision_basis_and_correction() -> None:
    facts, course, decided = paragraphs()
    assert facts == (
        "经查，你（单位）于2026年11月20日9时41分安排未获得健康合格证的从业人员郑某直接为顾客提供理发服务。"
        "上述事实有《现场笔录》（2026—0001）、现场照片6张为证。"
    )
    assert "违反了《公共场所卫生管理条例》第七条的规定" in course
    assert (
        "已向你（单位）出示执法证件，当场告知拟作出的行政处罚内容及事实、理由、依据和依法享有的陈述、申辩权利" in course
    )
    assert "不作陈述、申辩" in course
    assert "依据《公共场所卫生管理条例》第十四条第一款第（二）项" in decided
    assert "和《中华人民共和国行政处罚法》第五十一条的规定，决定给予以下行政处罚：警告。" in decided
    assert decided.endswith("并责令你（单位）立即停止安排未获得健康合格证的人员上岗。")


@pytest.mark.clause("P3.1", partly="the other procedures")
def test_the_remedies_are_on_it() -> None:
    (words,) = made()["remedies"]
    assert "应当先自收到本决定书之日起六十日内向厦门市海沧区人民政府申请行政复议" in plain(words)


def test_two_penalties_stand_on_numbered_lines() -> None:
    lines = paragraphs(**FINE | {"penalty": "warning-and-fine"})
    assert "1．警告。" in lines
    assert "2．罚款500元（大写：人民币伍佰元整）。" in lines


def test_a_fine_says_how_to_pay_and_what_follows() -> None:
    words = paragraphs(**FINE)[-1]
    assert "自收到本决定书之日起十五日内到指定的银行" in words
    assert "《中华人民共和国行政处罚法》第七十二条第一款第（一）项" in words
    assert "百分之三" in words


def test_cash_on_the_spot_is_against_a_receipt() -> None:
    assert "专用票据" in paragraphs(**FINE | {"pay_way": "cash"})[-1]


def test_a_warning_says_nothing_about_paying() -> None:
    assert "罚款" not in "".join(paragraphs())


def test_a_defence_is_quoted_and_answered() -> None:
    course = paragraphs(defence="made", defence_text="他说“马上”去办。", defence_answer="理由不成立，不予采纳。")[1]
    assert "提出以下陈述、申辩：“他说‘马上’去办”。经复核，理由不成立，不予采纳。" in course


def test_what_was_not_told_is_not_claimed() -> None:
    course = paragraphs(told=None, explained=None)[1]
    assert "告知" not in course


@pytest.mark.parametrize(
    ("kind", "word"),
    [("citizen", "经查，你于"), ("organisation", "经查，你单位于"), ("business", "经查，你（单位）于")],
)
def test_it_addresses_the_party_by_its_kind(kind: str, word: str) -> None:
    assert paragraphs(party_kind=kind)[0].startswith(word)


def test_the_preview_has_an_open_number_and_neither_seal_nor_code() -> None:
    agency = replace(cast.AGENCY, seal="<svg/>")
    issued = with_context(cast.context(agency=agency))
    preview = with_context(cast.context("厦海卫公当罚〔2026〕__号", agency=agency, preview=True))
    assert issued["agency"] == {"name": agency.name, "seal": "<svg/>"}
    assert preview["agency"] == {"name": agency.name}
    assert preview["check"] == {"code": "签发后生成"}
    assert preview["state"] == "preview"
    assert "state" not in issued


def test_a_refusal_to_sign_is_noted_on_the_decision() -> None:
    result = made(acknowledged="refused", party_signature=None, refusal_note="当事人表示“不签”，文书当场留置")
    assert result["refusal"] == {"text": "当事人表示“不签”，文书当场留置。"}
    assert "（拒绝签收，见下栏）" in str(result["signs"])


def test_a_later_view_shows_the_filing_for_the_record() -> None:
    assert with_context(cast.context(filed_on=cast.VISIT))["filed"] == "已于2026年11月20日报本机关备案。"
    assert "filed" not in made()


def test_a_long_name_and_place_take_lines_of_their_own() -> None:
    rows = made(
        party_name="厦门市海沧区浣溪沙美容美发有限责任公司第一分公司", place="厦门市海沧区嵩屿街道示例路12号一层理发区"
    )["party"]
    assert isinstance(rows, list)
    assert all(isinstance(row, list) for row in rows)
    assert ["被处罚人", "厦门市海沧区浣溪沙美容美发有限责任公司第一分公司"] in rows
    assert ["处罚地点", "厦门市海沧区嵩屿街道示例路12号一层理发区"] in rows


def test_the_law_of_2018_is_cited_for_a_decision_of_2018() -> None:
    content = {"violated_at": "2018-10-09T09:00", "made_at": "2018-10-09T10:00"}
    words = "".join(paragraphs(**content, **FINE))
    assert "《中华人民共和国行政处罚法》第三十三条" in words
    assert "第五十一条" in words  # the surcharge stood there then
    assert "第七十二条" not in words


def test_a_day_before_all_law_data_is_an_error_and_not_a_guess() -> None:
    with pytest.raises((CitationError, NoRuleError)):
        made(violated_at="1990-01-01T09:00", made_at="1990-01-01T10:00")


def test_filings_and_payments_are_entries_without_a_sheet() -> None:
    assert has_sheet(cast.form("spot-decision"))
    assert not has_sheet(cast.form("record-filing"))
    with pytest.raises(KeyError):
        sheet(cast.form("payment-record"), {}, cast.context())


def test_an_empty_decision_can_be_previewed() -> None:
    ctx = cast.context("厦海卫公当罚〔2026〕__号", item=None, preview=True)
    result: dict[str, Any] = sheet(cast.form("spot-decision"), {}, ctx)
    assert ["被处罚人", None] in result["party"]
