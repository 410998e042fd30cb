"""The sheet of the on-site record says what happened, and says what did not."""

from typing import Any

import pytest

from tests.core.documents import cast
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.context import Signer
from zhunsheng.core.documents.sheets import sheet


def made(**changes: Json) -> dict[str, Any]:
    return sheet(cast.form("onsite-record"), cast.onsite_record(**changes), cast.context("2026—0001"))


def told(**changes: Json) -> str:
    return str(made(**changes)["told"])


def test_it_names_the_officers_with_their_certificates() -> None:
    words = told()
    assert "厦门市海沧区卫生健康局的执法人员陈谷雨、黄小满，执法证号为示闽执法0001、示闽执法0002" in words
    assert "现向你出示执法证件" in words
    assert "有权申请回避" in words
    assert "有权陈述和申辩" in words
    assert "被检查人回答：证件看清楚了，不申请回避。" in words


def test_what_was_not_done_is_said_and_not_smoothed_over() -> None:
    words = told(certificates_shown=False, recusal_told=False, rights_told=False, recusal_asked=None, told_text=None)
    assert "未出示执法证件" in words
    assert "未告知申请回避的权利和陈述、申辩的权利" in words
    assert "有权申请回避" not in words
    assert "被检查人回答" not in words


def test_a_request_for_recusal_stands_in_the_record() -> None:
    assert "被检查人回答：申请回避。认识其中一人。" in told(recusal_asked=True, told_text="认识其中一人")


def test_findings_are_numbered_and_end_once() -> None:
    assert made()["found"] == [
        "1．收银台：该店正在营业，公共场所卫生许可证悬挂在墙上。",
        "2．理发区：3名从业人员正在为顾客理发，其中1名不能提供健康合格证。",
    ]


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ("2026-11-20T10:20", "2026年11月20日9时35分至10时20分"),
        ("2026-11-21T00:10", "2026年11月20日9时35分至2026年11月21日0时10分"),
        (None, "2026年11月20日9时35分"),
    ],
)
def test_the_time_of_the_visit(ended: str | None, words: str) -> None:
    assert ["检查时间", words] in made(ended_at=ended)["fields"]


def test_an_opinion_that_differs_is_printed_in_the_partys_words() -> None:
    checked = str(made(opinion="differ", opinion_text="当时只有两名从业人员")["checked"])
    assert "不同意见：当时只有两名从业人员。" in checked
    assert "属实" not in checked


def test_a_refusal_has_its_note_and_its_attesting_witness() -> None:
    result = made(
        opinion="refuse",
        party_signature=None,
        refusal_note="经营者看后表示不签",
        witness_name="冯立冬",
        witness_unit="某社区居民委员会委员",
    )
    assert result["refusal"] == {
        "text": "经营者看后表示不签。",
        "witness": {"name": "冯立冬", "unit": "某社区居民委员会委员"},
    }
    party, officers = result["signs"]
    assert party["who"] == [{"note": "（拒绝签名，见下栏）"}]
    assert officers["at"] == "2026-11-20"


def test_a_witness_of_an_ordinary_visit_signs_below_the_officers() -> None:
    signs = made(witness_name="冯立冬", witness_unit="商场管理员")["signs"]
    assert "冯立冬（商场管理员）" in str(signs)
    assert "refusal" not in made(witness_name="冯立冬")


def test_an_officer_who_has_not_signed_leaves_line_and_date_to_the_pen() -> None:
    context = cast.context("2026—0001", officers=(cast.GUYU, Signer("黄小满", "示闽执法0002")))
    result: dict[str, Any] = sheet(cast.form("onsite-record"), cast.onsite_record(), context)
    officers = result["signs"][1]
    assert [set(line) for line in officers["who"]] == [{"name", "id", "image"}, {"name", "id"}]
    assert officers["at"] is None


def test_a_citizen_has_a_number_and_no_operator() -> None:
    content = cast.onsite_record() | cast.citizen()
    content.pop("party_operator")
    fields = str(sheet(cast.form("onsite-record"), content, cast.context("2026—0001"))["fields"])
    assert "身份证号" in fields
    assert "经营者" not in fields


def test_an_empty_record_still_has_a_sheet_for_the_pen() -> None:
    result: dict[str, Any] = sheet(cast.form("onsite-record"), {}, cast.context("2026—0001"))
    assert ["被检查人", None] in result["fields"]
    assert result["checked"] is None
    assert result["told"] is None
    assert result["min-lines"] > 10
    assert "date" not in result
