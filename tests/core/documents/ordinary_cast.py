# ruff: noqa: E501  one line for one document reads better than a column of fields
"""Two cases of the ordinary procedure in full: a dental clinic and a person who is no physician. All of it is invented."""

from datetime import date
from typing import Any

from tests.core.documents import cast
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.context import IssuedDocument, OpinionLine, SheetContext, Signer
from zhunsheng.infra import lawdata

WASTE, PHYSICIAN = "waste-sorting", "physician-unqualified"
CLINIC = "厦门市海沧区听涛口腔门诊部"
PEOPLE = {
    "guyu": cast.GUYU,
    "xiaoman": cast.XIAOMAN,
    "qiufen": Signer("林秋分", "示闽执法0003"),
    "bailu": Signer("郑白露", "示闽执法0004"),
    "lixia": Signer("何立夏", "示闽执法0005"),
}
ISSUED = (
    IssuedDocument("d1", "onsite-record", "现场笔录", "2026—0092", date(2026, 6, 9)),
    IssuedDocument(
        "d2", "correction-order", "责令改正通知书", "厦海卫医责改〔2026〕3号", date(2026, 6, 9), date(2026, 6, 9)
    ),
    IssuedDocument(
        "d3",
        "evidence-preservation",
        "证据先行登记保存决定书",
        "厦海卫医证保决〔2026〕3号",
        date(2026, 6, 9),
        date(2026, 6, 9),
    ),
    IssuedDocument(
        "d4", "prior-notice", "行政处罚事先告知书", "厦海卫医罚告〔2026〕12号", date(2026, 7, 8), date(2026, 7, 9)
    ),
    IssuedDocument("d5", "defence-record", "陈述和申辩笔录", "2026—0007", date(2026, 7, 13)),
    IssuedDocument("d6", "hearing-record", "听证笔录", "2026—0002", date(2026, 7, 27)),
    IssuedDocument("d7", "review-submission", "重大执法决定法制审核送审函", "2026—0017", date(2026, 8, 3)),
    IssuedDocument("d8", "review-opinion", "法制审核意见书", "2026—0017", date(2026, 8, 5)),
    IssuedDocument("d9", "collective-discussion", "集体讨论记录", "2026—0009", date(2026, 8, 7)),
    IssuedDocument(
        "d10", "penalty-decision", "行政处罚决定书", "厦海卫医罚〔2026〕12号", date(2026, 8, 10), date(2026, 8, 11)
    ),
    IssuedDocument(
        "d11", "reminder", "履行行政处罚决定催告书", "厦海卫医催〔2026〕2号", date(2027, 3, 1), date(2027, 3, 2)
    ),
)
OPINIONS = (
    OpinionLine("checked", "unit-head", "何立夏", "事实清楚，程序合法，同意报请审批。", date(2026, 6, 10)),
    OpinionLine("approved", "deputy-head", "林霜降", "同意。", date(2026, 6, 10), "授权委托书（2026）2号"),
)
NUMBERS = {
    "correction-order": "厦海卫医责改〔2026〕3号",
    "evidence-preservation": "厦海卫医证保决〔2026〕3号",
    "preservation-disposal": "厦海卫医证保处〔2026〕3号",
    "test-result-notice": "厦海卫医检告〔2026〕5号",
    "prior-notice": "厦海卫医罚告〔2026〕12号",
    "penalty-decision": "厦海卫医罚〔2026〕12号",
    "no-penalty-decision": "厦海卫医不罚〔2026〕1号",
    "hearing-summons": "厦海卫医听通〔2026〕2号",
    "payment-deferral": "厦海卫医缓〔2026〕1号",
    "reminder": "厦海卫医催〔2026〕2号",
    "court-application": "厦海卫医强〔2026〕1号",
}


def number(form_id: str) -> str:
    return NUMBERS.get(form_id, "2026—0041")


def context(form_id: str, **changes: object) -> SheetContext:
    book = lawdata.book()
    item = book.item(PHYSICIAN if form_id in SECOND else WASTE)
    texts = {str(item.violated): "（条文示例）违反的条款原文。", str(item.basis): "（条文示例）处罚依据原文。"}
    facts: dict[str, object] = {
        "item": item,
        "cause": item.cause,
        "unit": "区卫生监督所执法一科",
        "people": PEOPLE,
        "issued": tuple(one for one in ISSUED if one.number != number(form_id) or form_id == "closing-report"),
        "opinions": OPINIONS,
        "texts": texts,
        "day": date(2026, 8, 10),
    }
    return cast.context(number(form_id), **(facts | changes))


def clinic() -> dict[str, Json]:
    return {
        "party_kind": "organisation",
        "party_name": CLINIC,
        "party_code": cast.SHOP_CODE,
        "party_operator": "苏东坡",
        "party_licence": "示海卫医证字第0031号",
        "party_phone": "000-0000003",
        "party_address": "厦门市海沧区嵩屿街道示例路20号一层",
    }


def quack() -> dict[str, Json]:
    return cast.citizen() | {"party_sex": "male"}


def facts() -> dict[str, Json]:
    return {
        "violated_at": "2026-06-09T09:30",
        "harmful": False,
        "facts_text": "在诊疗室内将使用后的注射针头、棉球与生活垃圾混放于同一黑色垃圾袋，未将医疗废物按照类别分置于专用包装物或者容器",
        "evidence_text": "现场笔录、现场照片6张、询问笔录、责令改正通知书",
    }


def practising() -> dict[str, Json]:
    return {
        "violated_at": "2026-03-02T00:00",
        "violation_ended_on": "2026-06-09",
        "harmful": False,
        "facts_text": "未取得医师资格证书和医师执业证书，在示例路20号二层为他人诊脉、开具处方、肌肉注射和静脉输液，共接诊36人次，收取费用3,600元",
        "evidence_text": "现场笔录、照片、询问笔录、处方、收费记录本和音像记录",
    }


def goods(count: int = 4, **more: Json) -> list[Json]:
    names: tuple[str, ...] = ("听诊器", "电子血压计", "一次性使用无菌注射器", "氯化钠注射液")
    return [
        {
            "name": names[n % 4],
            "spec": "示例型",
            "unit": "个",
            "count": str(n + 2),
            "batch": f"S2026{n:04}",
            "note": "完好",
            **more,
        }
        for n in range(count)
    ]


def fine() -> dict[str, Json]:
    return {
        "sanctions": [{"kind": "警告"}, {"kind": "罚款"}],
        "fine": 400_000,
        "correction_text": "将医疗废物按照类别分置于专用包装物或者容器",
        "discretion_text": "首次被查处，当日开始改正，没有造成危害后果",
    }


def confiscation() -> dict[str, Json]:
    return {
        "sanctions": [{"kind": "没收违法所得"}, {"kind": "没收非法财物"}, {"kind": "罚款"}],
        "fine": 3_000_000,
        "illegal_gains": 360_000,
        "confiscated_gains": 360_000,
        "goods": goods(28),
        "correction_text": "立即停止非法执业活动",
        "discretion_text": "违法所得不足一万元，首次被查处，没有人身损害后果；持续超过三个月并开展静脉输液",
    }


EVIDENCE: list[Json] = [
    {"name": "现场笔录（2026—0092）", "kind": "inspection", "proves": "医疗废物与生活垃圾混放的状况", "pages": "11—14"},
    {"name": "现场照片6张", "kind": "document", "proves": "与现场笔录相互印证"},
    {"name": "对苏东坡的询问笔录（2026—0097）", "kind": "statement", "proves": "没有按照类别分置的原因和时间"},
]
MORE: list[Json] = [
    {
        "question": f"第{n}个问题：2026年6月9日现场的垃圾袋是谁放的？",
        "answer": "护士放的，当天专用包装袋用完了，还没有补。" * 3,
    }
    for n in range(1, 15)
]
TURNS: list[Json] = [
    {"question": "你看清楚我们的执法证件了吗？是否申请回避？", "answer": "看清楚了，不申请回避。"},
    *MORE,
    {"question": "你还有什么需要补充的？", "answer": "没有了。"},
]
TWO: list[Json] = ["guyu", "xiaoman"]
CHECKED: dict[str, Json] = {"opinion": "agree", "party_signature": cast.SIGNATURE}
CONTACT: dict[str, Json] = {
    "contact_name": "陈谷雨",
    "contact_phone": "000-0000000",
    "contact_address": "示例路1号政策法规科",
}
DEFENCE: dict[str, Json] = {"defence_place": "示例路1号本机关政策法规科", "defence_contact": "陈谷雨，000-0000000"}
CASE: dict[str, Json] = {"party_name": CLINIC, "item": WASTE, "officers": TWO}
MEETING: dict[str, Json] = {
    "held_at": "2026-07-03T14:30",
    "ended_at": "2026-07-03T15:40",
    "place": "第二会议室",
    "chair": ["lixia"],
    "recorder": ["xiaoman"],
}

FIRST: dict[str, dict[str, Json]] = {
    "case-acceptance": clinic() | {
        "source": "complaint", "source_text": "12320转办第0117号", "accepted_on": "2026-06-08", "item": WASTE, "officers": TWO,
        "summary": "群众反映该门诊部将使用后的针头与生活垃圾混放。\n2026年6月8日电话核实，举报人愿意提供照片。",
    },
    "filing-report": clinic() | {
        "source": "complaint", "accepted_on": "2026-06-08", "item": WASTE, "violated_at": "2026-06-09T09:30", "harmful": False,
        "summary": "2026年6月9日，执法人员对该门诊部进行现场检查，发现使用后的注射针头、棉球与生活垃圾混放于同一黑色垃圾袋。\n现场制作《现场笔录》，并责令立即改正。",
        "made_on": "2026-06-10", "officers": TWO,
    },
    "inquiry-record": CHECKED | {
        "asked_name": "苏东坡", "asked_sex": "male", "asked_age": "50岁", "asked_code": cast.CITIZEN_NUMBER, "asked_address": "厦门市海沧区示例路18号3幢501室",
        "asked_employer": CLINIC, "asked_phone": "000-0000002", "relation": "head", "alone": True, "item": WASTE, "matter": "医疗废物分类收集一事",
        "place": "本机关第一询问室", "started_at": "2026-06-11T09:05", "ended_at": "2026-06-11T10:28", "officers": TWO,
        "certificates_shown": True, "recusal_told": True, "recusal_asked": False, "rights_told": True,
        "qa": TURNS,
    },
    "correction-order": clinic() | {
        "item": WASTE, "violated_at": "2026-06-09T09:30", "facts_text": "将使用后的注射针头、棉球与生活垃圾混放于同一黑色垃圾袋",
        "correction_text": "将医疗废物按照类别分置于专用包装物或者容器", "correct_by": "2026-06-16", "made_on": "2026-06-09", "officers": TWO,
        "acknowledged": "yes", "party_signature": cast.SIGNATURE,
    } | CONTACT,
    "evidence-preservation": clinic() | {
        "item": WASTE, "reason": "上述物品可能灭失，以后难以取得", "goods": goods(5), "way": "in-place", "keep_place": "门诊部一层暂存间", "keeper": "苏东坡",
        "place": "门诊部一层", "made_on": "2026-06-09", "officers": TWO, "acknowledged": "refused", "refusal_note": "苏东坡称“等老板来签”，文书当场留下",
        "witness_name": "柳居委", "witness_unit": "嵩屿街道某社区居民委员会委员",
    },
    "preservation-disposal": clinic() | {
        "document": "d3", "item": WASTE, "goods": goods(5), "disposal": "return", "disposal_text": "照片和称重记录已经固定证据", "made_on": "2026-06-17", "officers": TWO,
    },
    "investigation-report": clinic() | facts() | fine() | {
        "item": WASTE, "filed_on": "2026-06-10", "made_on": "2026-07-02", "officers": TWO, "evidence": EVIDENCE, "outcome": "penalty",
        "disputes": "当事人对违法事实没有异议，仅请求从轻处理。承办人认为首次被查处在裁量时已予考虑。", "proposal_text": "未发现涉嫌犯罪的情形。",
    },
    "deliberation-record": clinic() | facts() | fine() | MEETING | {
        "item": WASTE, "officers": ["lixia", "guyu", "xiaoman", "qiufen"], "recusal_question": True, "outcome": "penalty",
        "attendees": [{"officer": ["guyu"], "view": "汇报案情：现场混放，当日开始改正。"}, {"officer": ["qiufen"], "view": "主体、程序没有问题，同意。"}],
        "conclusion": "违法事实清楚，证据充分，程序合法，适用法律正确", "dissent_text": "林秋分认为可以只给予警告",
    },
    "approval": clinic() | facts() | fine() | {
        "matter": "penalty", "item": WASTE, "made_on": "2026-07-06", "officers": TWO, "opinion_text": "经合议，建议给予行政处罚，请审批。", "outcome": "penalty",
    },
    "prior-notice": clinic() | facts() | fine() | DEFENCE | {"item": WASTE, "hearing_right": False, "made_on": "2026-07-08", "officers": TWO},
    "defence-record": CASE | CHECKED | {
        "document": "d4", "way": "oral", "speaker": "苏东坡", "speaker_role": "head", "made_at": "2026-07-13T09:00", "ended_at": "2026-07-13T09:40",
        "place": "本机关政策法规科", "defence_text": "门诊部开业不久，不了解规定。\n已经全部改正，请求从轻。", "evidence_text": "整改照片4张",
    },
    "defence-waiver": CASE | {
        "document": "d4", "waives_defence": True, "waives_hearing": False, "stated_on": "2026-07-10", "statement": "我单位没有意见，不申辩。",
        "party_signature": cast.SIGNATURE,
    },
    "defence-reconsideration": CASE | {
        "document": "d5", "defence_text": "门诊部开业不久，不了解规定。\n已经全部改正，请求从轻。", "adopted": "none",
        "reasons": "改正情况在裁量时已经考虑；不了解规定不是从轻的理由。", "proposed": "keep", "made_on": "2026-07-14",
    },
    "penalty-decision": clinic() | facts() | fine() | {
        "filed_on": "2026-06-10", "item": WASTE, "evidence": EVIDENCE, "defence_course": "你单位提出已经改正、请求从轻。经复核，改正情况在裁量时已予考虑，该项意见不予采纳",
        "pay_way": "bank", "pay_place": "示例银行海沧支行", "made_on": "2026-08-10", "officers": TWO,
    },
    "reinspection-record": CASE | CHECKED | {
        "document": "d2", "place": "门诊部一层", "started_at": "2026-06-17T10:00", "ended_at": "2026-06-17T10:30", "certificates_shown": True,
        "findings": [{"place": "诊疗室", "text": "感染性废物、损伤性废物已分别放入专用包装袋和利器盒"}], "corrected": True,
    },
    "closing-report": CASE | {
        "filed_on": "2026-06-10", "document": "d10", "execution": "voluntary", "executed_on": "2026-08-20", "result_text": "2026年8月20日缴清罚款4,000元；违法行为已经改正。",
        "remedy": "none", "made_on": "2026-08-25",
    },
}  # fmt: skip

SECOND: dict[str, dict[str, Json]] = {
    "hearing-summons": quack() | DEFENCE | {
        "document": "d4", "item": PHYSICIAN, "asked_on": "2026-07-13", "held_at": "2026-07-27T09:00", "place": "本机关听证室", "public": True,
        "chair": ["bailu"], "clerk": ["qiufen"], "officers": TWO, "made_on": "2026-07-15",
    },
    "hearing-record": CHECKED | {
        "party_name": "白居简", "item": PHYSICIAN, "document": "d4", "started_at": "2026-07-27T09:00", "ended_at": "2026-07-27T11:10", "place": "本机关听证室",
        "chair": ["bailu"], "clerk": ["qiufen"], "investigators": [{"officer": ["guyu"]}, {"officer": ["xiaoman"]}], "party_present": True, "person_name": "白居简",
        "agents": [{"name": "杜工部"}], "rights_told": True, "officers": ["bailu", "qiufen"],
        "record_text": "主持人郑白露：现在听证开始，核对到场人员身份，是否申请回避？\n当事人白居简：不申请。\n" + "调查人员陈谷雨：当事人自2026年3月2日起行医，接诊36人次，收取费用3,600元。\n代理人杜工部：收费不多，没有造成后果，请求减轻处罚。\n" * 8 + "主持人郑白露：听证结束，请核对笔录。",
    },
    "hearing-report": {
        "party_name": "白居简", "item": PHYSICIAN, "document": "d6", "held_on": "2026-07-27", "place": "本机关听证室", "chair": ["bailu"], "officers": ["bailu", "qiufen"],
        "investigators_text": "建议没收违法所得、没收药品器械并罚款三万元。", "party_text": "收费不多、没有造成后果，请求减轻。", "disputes": "是否具有减轻情节。",
        "conclusion": "违法事实清楚，证据确凿；当事人提出的情形不属于法定减轻情形。", "proposed": "keep", "made_on": "2026-07-29",
    },
    "review-submission": quack() | practising() | confiscation() | {
        "item": PHYSICIAN, "submitted_on": "2026-08-03", "officers": TWO, "outcome": "penalty", "handler_reply": "证据目录的处方张数已更正为36张。",
        "materials": [{"kind": "investigation-report", "document": "d1", "note": "71—76页"}, {"kind": "hearing-record", "document": "d6"}, {"kind": "draft-decision", "note": "附件1"}],
    },
    "review-opinion": {
        "document": "d7", "party_name": "白居简", "item": PHYSICIAN, "received_on": "2026-08-03", "round": "2",
        "basis_text": "行政处罚法第五十八条第一款第（二）项：直接关系当事人重大权益，经过听证程序", "previous_text": "第一轮退回：证据目录张数不符。",
        "points": [{"point": p, "answer": "yes", "text": "符合规定，无需说明", "by_program": p == "officers", "link": "3—5"} for p in
                   ("subject", "officers", "procedure", "facts", "evidence", "law", "discretion", "powers", "documents", "crime", "other")],
        "opinion": "pass", "opinion_text": "主体合法、事实清楚、证据充分、程序合法，同意提请集体讨论。", "made_on": "2026-08-05", "reviewer": ["qiufen"],
        "qualification_no": "A00000000000",
    },
    "collective-discussion": quack() | practising() | confiscation() | MEETING | {
        "item": PHYSICIAN, "officers": ["lixia", "bailu", "xiaoman"], "observers": "陈谷雨、林秋分", "outcome": "penalty", "agreed": True, "held_at": "2026-08-07T09:00",
        "ended_at": "2026-08-07T10:00", "attendees": [{"officer": ["lixia"], "post": "局长", "view": "同意拟处罚意见，三倍适当。"}, {"officer": ["bailu"], "post": "副局长", "view": "同意。"}],
        "conclusion": "事实清楚，裁量适当，一致同意",
    },
    "no-penalty-decision": quack() | practising() | {
        "filed_on": "2026-06-10", "item": PHYSICIAN, "no_penalty_ground": "first-violation", "reason_text": "当日停止，没有造成危害后果", "education": "2026年7月8日当面讲解医师法的规定，当事人表示接受",
        "made_on": "2026-07-10", "officers": TWO,
    },
    "payment-deferral": quack() | {
        "document": "d10", "item": PHYSICIAN, "asked_on": "2026-08-15", "asked_text": "家庭困难，一次缴清确有困难", "granted": "instalments", "until": "2026-10-30",
        "instalments": [{"due": "2026-09-30", "amount": 1_500_000}, {"due": "2026-10-30", "amount": 1_500_000}], "made_on": "2026-08-18", "officers": TWO,
    },
    "reminder": quack() | DEFENCE | {
        "document": "d10", "item": PHYSICIAN, "fine_due": 3_000_000, "gains_due": 360_000, "surcharge": 3_000_000, "owed": 6_360_000, "pay_place": "示例银行海沧支行",
        "pay_by": "2027-03-17", "made_on": "2027-03-01", "officers": TWO,
    },
    "court-application": quack() | {
        "court": "厦门市海沧区人民法院", "document": "d10", "item": PHYSICIAN, "fine_due": 3_000_000, "gains_due": 360_000, "surcharge": 3_000_000, "owed": 6_360_000,
        "facts_text": "催告后被申请人分文未缴", "party_opinion": "没有提出意见", "assets_text": "租住房屋一处，名下无车辆登记",
        "materials": [{"name": "行政处罚决定书及送达回执", "count": "1份"}, {"name": "催告书及送达回执", "count": "1份"}], "made_on": "2027-03-20", "officers": TWO,
    },
    "case-termination": {
        "party_name": "白居简", "item": PHYSICIAN, "filed_on": "2026-06-10", "ground": "not-proven", "reason_text": "经调查，现有证据不能证明当事人从事医师执业活动。", "made_on": "2026-07-20", "officers": TWO,
    },
}  # fmt: skip

#: Beside the line: samples, advice, requests to the head.
BESIDE: dict[str, dict[str, Json]] = {
    "sampling-record": CHECKED | clinic() | {
        "item": WASTE, "place": "门诊部一层消毒间", "started_at": "2026-06-09T10:20", "purpose": "case", "method": "GB 15982—2012", "storage": "4℃冷藏，4小时内送检",
        "laboratory": "厦门市示例疾病预防控制中心", "officers": TWO,
        "samples": [{"name": "使用中的消毒液", "count": "50 mL", "place": "消毒间", "code": "Y20260609-1"}, {"name": "口腔器械（手机）", "maker": "示例器械公司", "batch": "20260101", "spec": "标准型", "count": "2件", "code": "Y20260609-2"}],
    },
    "test-result-notice": clinic() | CONTACT | {
        "document": "d12", "item": WASTE, "laboratory": "厦门市示例疾病预防控制中心", "report_no": "示检2026-0612", "retest": True, "retest_by": "2026-06-25", "retest_to": "本机关",
        "results": [{"sample": "口腔器械（手机）Y20260609-2", "test": "菌落总数", "value": "≤5 CFU/件", "limit": "≤20 CFU/件", "verdict": "pass"}, {"sample": "使用中的消毒液", "test": "有效氯", "value": "210 mg/L", "limit": "≥500 mg/L", "verdict": "fail"}],
        "made_on": "2026-06-18", "officers": TWO,
    },
    "supervision-opinion": clinic() | {
        "item": WASTE, "opinions": [{"text": "完善医疗废物登记，登记资料至少保存三年", "basis": "医疗废物管理条例第十二条", "due": "2026-06-30"}, {"text": "对从业人员进行培训"}],
        "made_on": "2026-06-09", "officers": TWO, "acknowledged": "yes", "party_signature": cast.SIGNATURE,
    },
    "case-suspension": CASE | {
        "filed_on": "2026-06-10", "kind": "suspend", "ground": "awaiting-ruling", "reason_text": "当事人的身份须以另案的处理结果为依据。", "from_on": "2026-06-20", "made_on": "2026-06-20",
    },
    "recusal-request": CASE | {
        "asked_by": "party", "asked_on": "2026-06-11", "whose": ["xiaoman"], "reason_text": "当事人称其与执法人员有亲属关系。", "made_on": "2026-06-11",
    },
}  # fmt: skip

#: The same two documents for the second story, where they look different.
VARIANTS: dict[str, tuple[str, dict[str, Json]]] = {
    "prior-notice-hearing": ("prior-notice", quack() | practising() | confiscation() | DEFENCE | {"item": PHYSICIAN, "hearing_right": True, "made_on": "2026-07-08", "officers": TWO}),
    "penalty-decision-goods": ("penalty-decision", quack() | practising() | confiscation() | {
        "filed_on": "2026-06-10", "item": PHYSICIAN, "evidence": EVIDENCE, "defence_course": "你在听证中一并陈述、申辩",
        "hearing_course": "你于2026年7月13日要求听证，本机关于2026年7月27日依法举行听证。经复核，你提出的意见不予采纳",
        "made_on": "2026-08-10", "officers": TWO}),
    "investigation-no-penalty": ("investigation-report", clinic() | facts() | {
        "item": WASTE, "filed_on": "2026-06-10", "made_on": "2026-07-02", "officers": TWO, "outcome": "no-penalty", "no_penalty_ground": "minor-corrected", "evidence": EVIDENCE[:1]}),
}  # fmt: skip


def samples() -> dict[str, tuple[str, dict[str, Json]]]:
    """Return every sample by its name: form id and content."""
    return {name: (name, content) for name, content in (FIRST | SECOND | BESIDE).items()} | VARIANTS


def officers_of(content: dict[str, Any]) -> tuple[Signer, ...]:
    return tuple(PEOPLE[one] for one in content.get("officers", ["guyu"]))
