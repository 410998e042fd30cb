"""The sheets of the ordinary procedure say what their documents say: every number, name, amount, provision and term."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.core.documents import cast
from tests.core.documents import ordinary_cast as story
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents import missing
from zhunsheng.core.documents.context import OpinionLine, SheetContext
from zhunsheng.core.documents.sheets import sheet
from zhunsheng.core.documents.words import plain
from zhunsheng.infra import forms, lawdata

SAMPLES = story.samples()


def context(form_id: str, content: dict[str, Json], **changes: object) -> SheetContext:
    item = lawdata.book().item(str(content.get("item", story.WASTE)))
    facts: dict[str, object] = {"officers": story.officers_of(content), "item": item, "cause": item.cause}
    return story.context(form_id, **(facts | changes))


def made(name: str, ctx: dict[str, object] | None = None, /, **changes: Json) -> dict[str, Any]:
    form_id, sample = SAMPLES[name]
    content: dict[str, Json] = {key: value for key, value in (sample | changes).items() if value is not None}
    return sheet(forms.form(form_id), content, context(form_id, content, **(ctx or {})))


def strings(value: object) -> Iterator[str]:
    """Yield every text of a sheet, pieces joined."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        if {"yuan"} <= set(value) or {"money"} <= set(value) or {"date"} == set(value) or {"time"} == set(value):
            yield plain([value])
            return
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        if value and all(isinstance(piece, str | dict) and _piece(piece) for piece in value):
            yield plain(value)
            return
        for part in value:
            yield from strings(part)


def _piece(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, dict) and bool({"yuan", "money", "date", "time", "cite", "pages"} & set(value))
    )


def words(data: dict[str, Any]) -> str:
    return "\n".join(strings({key: value for key, value in data.items() if key != "page-sign"}))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_complete_document_of_its_form(name: str) -> None:
    form_id, content = SAMPLES[name]
    parsed = forms.parse(form_id, content)
    assert parsed.faults == ()
    assert parsed.content == content
    assert missing(forms.form(form_id), content) == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_no_paragraph_of_an_empty_document_is_a_hole(name: str) -> None:
    form_id, _ = SAMPLES[name]
    ctx = context(form_id, {}, preview=True, item=None, cause="", officers=(), issued=(), opinions=())
    data: dict[str, Any] = sheet(forms.form(form_id), {}, ctx)
    for section in data.get("sections", []):
        assert all(section.get("text", ())), section


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sheet_says_what_it_is_and_about_whom(name: str) -> None:
    form_id, content = SAMPLES[name]
    data = made(name)
    assert data["form"] == {"code": form_id, "title": forms.form(form_id).title}
    assert data["number"] == story.number(form_id)
    assert str(content.get("party_name") or content.get("asked_name")) in words(data)
    legal_day = content[forms.form(form_id).legal_date]
    assert data["date"] == str(legal_day)[:10]


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_document_can_be_previewed(name: str) -> None:
    form_id, _ = SAMPLES[name]
    ctx = context(form_id, {}, preview=True, item=None, cause="", officers=(), issued=(), opinions=())
    result = sheet(forms.form(form_id), {}, ctx)
    assert result["state"] == "preview"
    assert "None" not in words(result)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_blank_optional_field_leaves_no_hole(name: str) -> None:
    form_id, content = SAMPLES[name]
    form = forms.form(form_id)
    spare = [item.name for item in form.fields if not item.required and item.name in content]
    text = words(made(name, None, **dict.fromkeys(spare)))
    for hole in ("（）", "《》", "“”", "：。", "，。", "，，", "；。", "。。", "None"):
        assert hole not in text, text


class TestTheFilingReport:
    def test_it_names_provision_competence_limitation_and_the_article_that_asks_for_it(self) -> None:
        text = words(made("filing-report"))
        assert "涉嫌违反《医疗废物管理条例》第十六条第一款的规定" in text
        assert "依据《医疗废物管理条例》第四十六条第一款第（二）项" in text
        assert "未超过《中华人民共和国行政处罚法》第三十六条第一款规定的期限" in text
        assert "依据《中华人民共和国行政处罚法》第五十四条第二款的规定，建议立案调查，由陈谷雨、黄小满承办。" in text

    def test_its_frames_are_empty_until_the_heads_have_spoken(self) -> None:
        assert [frame["opinion"] for frame in made("filing-report", {"opinions": ()})["opinions"]] == [None, None]

    def test_a_deputy_names_the_delegation_he_acts_on(self) -> None:
        unit, agency = made("filing-report")["opinions"]
        assert unit["opinion"]["text"] == "事实清楚，程序合法，同意报请审批。"
        assert agency["opinion"]["text"] == "同意。（依授权委托书（2026）2号代行）"

    def test_a_return_is_not_printed_as_consent(self) -> None:
        returned = OpinionLine("returned", "agency-head", "林霜降", "", date(2026, 6, 10))
        assert made("filing-report", {"opinions": (returned,)})["opinions"][1]["opinion"]["text"] == "退回。"


class TestTheInquiryRecord:
    def test_it_names_who_asked_and_who_wrote(self) -> None:
        fields = made("inquiry-record")["fields"]
        assert ["询问人", "陈谷雨（示闽执法0001）", "记录人", "黄小满（示闽执法0002）", "47%"] in fields

    def test_what_was_not_told_is_said(self) -> None:
        told = words({"told": made("inquiry-record", None, recusal_told=False, recusal_asked=None)["told"]})
        assert "申请回避" not in told.split("（未告知")[0]
        assert "（未告知申请回避的权利。）" in told

    def test_every_answer_stands_in_its_own_words(self) -> None:
        turns = made("inquiry-record")["turns"]
        assert len(turns) == 16
        assert turns[0] == {"q": "你看清楚我们的执法证件了吗？是否申请回避？", "a": "看清楚了，不申请回避。"}

    def test_a_refusal_to_sign_is_framed_with_its_witness(self) -> None:
        data = made(
            "inquiry-record",
            None,
            opinion="refuse",
            party_signature=None,
            refusal_note="他说不签",
            witness_name="柳居委",
        )
        assert data["refusal"]["text"] == "他说不签。"
        assert "（拒绝签名，见下栏）" in str(data["signs"])


class TestPreservation:
    def test_the_last_day_is_counted_in_working_days(self) -> None:
        text = words(made("evidence-preservation", None, made_on="2026-04-28"))
        assert "本机关将在七个工作日内（至2026年5月11日止）对上述物品作出处理决定。" in text

    def test_the_list_hangs_on_the_document_by_number_and_name(self) -> None:
        annex = made("evidence-preservation")["inventory"]
        assert annex["attached"] == "厦海卫医证保决〔2026〕3号《证据先行登记保存决定书》"
        assert len(annex["rows"]) == 5

    def test_the_disposal_names_what_it_disposes_of(self) -> None:
        text = words(made("preservation-disposal"))
        assert "于2026年6月9日以《证据先行登记保存决定书》（厦海卫医证保决〔2026〕3号）对你单位" in text
        assert "现决定：上述物品退还你单位。" in text


class TestThePriorNotice:
    def test_it_tells_facts_evidence_basis_penalty_and_the_right_to_be_heard(self) -> None:
        text = words(made("prior-notice"))
        assert "经查，你单位于2026年6月9日9时30分在诊疗室内" in text
        assert "以上事实有现场笔录、现场照片6张、询问笔录、责令改正通知书等证据证实。" in text
        assert "你单位的行为违反了《医疗废物管理条例》第十六条第一款的规定。" in text
        assert "1．警告；2．罚款4,000元（大写：人民币肆仟元整）。" in text
        assert "《中华人民共和国行政处罚法》第四十四条、《中华人民共和国行政处罚法》第四十五条" in text
        assert "自收到本告知书之日起五个工作日内向本机关提出" in text

    def test_the_hearing_right_stands_there_only_where_it_is_due(self) -> None:
        assert made("prior-notice")["hearing"] is None
        assert "要求听证" not in words(made("prior-notice"))
        due = made("prior-notice-hearing")
        assert "《中华人民共和国行政处罚法》第六十四条第一款第（一）项" in plain(due["hearing"][0])
        assert due["reply"]["choices"] == ["要求陈述和申辩", "放弃陈述和申辩", "要求听证", "放弃听证"]

    def test_a_continuing_act_has_a_beginning_and_an_end(self) -> None:
        assert "经查，你自2026年3月2日起至2026年6月9日止，未取得医师资格证书" in words(made("prior-notice-hearing"))

    def test_in_2018_the_terms_and_articles_are_those_of_2018(self) -> None:
        data = made("prior-notice", None, violated_at="2018-06-04T09:00", made_on="2018-06-20", hearing_right=True)
        text = words(data)
        assert "自收到本告知书之日起三日内向本机关提出" in text
        assert "工作日" not in text
        assert "《中华人民共和国行政处罚法》第四十二条" in text
        assert "第六十四条" not in text


class TestTheDecision:
    @pytest.mark.clause("P3.1", partly="permits and coercion")
    def test_it_carries_all_that_article_59_asks_for(self) -> None:
        text = words(made("penalty-decision"))
        for expected in (
            story.CLINIC,
            "厦门市海沧区嵩屿街道示例路20号一层",
            "本机关于2026年6月10日对你单位涉嫌",
            "（一）现场笔录（2026—0092），证明医疗废物与生活垃圾混放的状况",
            "依据《医疗废物管理条例》第四十六条第一款第（二）项的规定，应当给予行政处罚。",
            "现责令你单位将医疗废物按照类别分置于专用包装物或者容器，并决定给予以下行政处罚：",
            "2．罚款4,000元（大写：人民币肆仟元整）。",
            "自收到本决定书之日起十五日内，持本决定书到示例银行海沧支行",
            "自收到本决定书之日起六十日内向厦门市海沧区人民政府申请行政复议",
            "自收到本决定书之日起六个月内依法向厦门市海沧区人民法院提起行政诉讼",
            "本机关将依法申请人民法院强制执行。",
        ):
            assert expected in text

    def test_the_course_names_the_notice_with_the_day_it_was_served(self) -> None:
        text = words(made("penalty-decision"))
        assert "本机关于2026年7月9日向你单位送达《行政处罚事先告知书》（厦海卫医罚告〔2026〕12号）" in text
        assert "本案于2026年8月5日经法制审核通过，并于2026年8月7日由本机关负责人集体讨论决定。" in text

    def test_it_claims_no_review_that_did_not_happen(self) -> None:
        issued = tuple(one for one in story.ISSUED if one.form == "prior-notice")
        text = words(made("penalty-decision", {"issued": issued}))
        assert "法制审核通过" not in text
        assert "集体讨论" not in text

    def test_fine_and_gains_are_added_up_and_the_goods_are_listed(self) -> None:
        data = made("penalty-decision-goods")
        text = words(data)
        assert "1．没收违法所得3,600元（大写：人民币叁仟陆佰元整）；" in text
        assert "2．没收非法财物共28项，详见《没收物品清单》；" in text
        assert "3．罚款30,000元（大写：人民币叁万元整）。" in text
        assert "以上罚没款合计33,600元（大写：人民币叁万叁仟陆佰元整）。" in text
        assert len(data["inventory"]["rows"]) == 28

    def test_only_a_fine_carries_a_surcharge(self) -> None:
        fined = words(made("penalty-decision"))
        assert "《中华人民共和国行政处罚法》第七十二条第一款第（一）项的规定，每日按罚款数额的百分之三加处罚款" in fined
        gains = made("penalty-decision-goods", None, sanctions=[{"kind": "没收违法所得"}], fine=None, goods=None)
        assert "加处罚款" not in words(gains)
        assert gains["perform"]

    def test_a_warning_alone_says_nothing_about_paying(self) -> None:
        data = made("penalty-decision", None, sanctions=[{"kind": "警告"}], fine=None)
        assert data["perform"] == []
        assert "并决定给予以下行政处罚：警告。" in words(data)

    def test_a_suspension_is_printed_with_its_extent(self) -> None:
        penalty: list[Json] = [{"kind": "警告"}, {"kind": "责令停产停业", "text": "责令停业整顿三个月"}]
        assert "2．责令停业整顿三个月。" in words(made("penalty-decision", None, sanctions=penalty, fine=None))

    def test_before_2024_the_superior_department_could_decide_too(self) -> None:
        text = words(made("penalty-decision", None, violated_at="2022-06-09T09:30", made_on="2022-08-10"))
        assert "向厦门市海沧区人民政府或者厦门市卫生健康委员会申请行政复议" in text

    def test_the_preview_has_neither_seal_nor_code(self) -> None:
        agency = replace(cast.AGENCY, seal="<svg/>")
        issued = made("penalty-decision", {"agency": agency})
        preview = made("penalty-decision", {"agency": agency, "preview": True})
        assert "seal" in issued["agency"]
        assert "seal" not in preview["agency"]
        assert preview["check"] == {"code": "签发后生成"}


def test_no_penalty_names_its_ground_and_the_education() -> None:
    text = words(made("no-penalty-decision"))
    assert "属于初次违法且危害后果轻微并及时改正的情形。依据《中华人民共和国行政处罚法》第三十三条第一款的规定" in text
    assert "本机关已对你进行教育：" in text


def test_an_unproven_case_is_not_called_a_violation() -> None:
    text = words(made("no-penalty-decision", None, no_penalty_ground="not-proven", education=None))
    assert "的行为违反了" not in text
    assert "违法事实不能成立。依据《中华人民共和国行政处罚法》第五十七条第一款第（三）项" in text


def test_the_deliberation_keeps_the_dissent() -> None:
    text = words(made("deliberation-record"))
    assert "给予以下行政处罚：1．警告；2．罚款4,000元。" in text
    assert "不同意见：林秋分认为可以只给予警告。" in text


def test_the_summons_says_when_where_and_before_whom() -> None:
    text = words(made("hearing-summons"))
    for expected in (
        "2026年7月27日9时00分",
        "本机关听证室",
        "公开举行",
        "听证主持人：郑白露；记录人：林秋分",
        "委托一至二人代理",
    ):
        assert expected in text


def test_a_party_that_stayed_away_is_not_asked_to_sign() -> None:
    data = made("hearing-record", None, party_present=False, opinion=None, party_signature=None, person_name=None)
    assert "（未出席，视为放弃听证）" in str(data["signs"])


def test_the_review_shows_eleven_points_its_round_and_the_qualification() -> None:
    data = made("review-opinion")
    assert len(data["points"]) == 11
    assert data["points"][1]["note"] == "符合规定，无需说明（系统核对）"
    assert data["outcome"] == "同意"
    assert "第二轮" in words(data)
    assert "法律职业资格证号 A00000000000" in words(data)


def test_a_returned_review_lists_its_findings() -> None:
    found: list[Json] = [{"text": "证据目录张数不符", "article": "行政处罚法第四十条"}]
    data = made("review-opinion", None, opinion="return", findings=found)
    assert "1．证据目录张数不符。（行政处罚法第四十条）" in words(data)


def test_the_reminder_adds_up_what_is_owed_and_tells_the_right_of_defence() -> None:
    text = words(made("reminder"))
    assert "3．加处罚款30,000元（大写：人民币叁万元整）。" in text
    assert "以上应当缴纳的金额合计63,600元" in text
    assert "有权进行陈述和申辩" in text
    assert "《中华人民共和国行政强制法》第三十五条、《中华人民共和国行政强制法》第五十四条" in text


def test_instalments_stand_in_a_table_and_a_refusal_has_none() -> None:
    assert "2026年9月30日" in words(made("payment-deferral"))
    refused = made(
        "payment-deferral", None, granted="refused", until=None, instalments=None, refusal_text="没有提交证明"
    )
    assert "不同意你的申请。没有提交证明。" in words(refused)
    assert len(refused["sections"]) == 1


def test_the_court_is_told_of_decision_reminder_and_claims() -> None:
    text = words(made("court-application"))
    assert "作出《行政处罚决定书》（厦海卫医罚〔2026〕12号），并于2026年8月11日送达。" in text
    assert "于2027年3月2日向被申请人送达《履行行政处罚决定催告书》（厦海卫医催〔2026〕2号）" in text
    assert "依据《中华人民共和国行政强制法》第五十三条的规定，特申请贵院强制执行。" in text
