"""The sheets of supervision beside the penalty: 采样记录, 检验结果告知书, 卫生监督意见书 (spec law 4.3 nos 3, 4)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.documents.common import (
    drawn,
    head,
    moment,
    officers_row,
    party_lines,
    party_row,
    person,
    refusal_box,
    stop,
    you,
)
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.correction_order import contact, letter, with_refusal
from zhunsheng.core.documents.inquiry_record import page_sign
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import BY_HAND, part, receipt_signs, record_check, stamped, table
from zhunsheng.core.documents.words import Piece

SAMPLES = (
    ("样品名称", "1fr", "l"),
    ("生产或者进口单位", "30mm", "l"),
    ("批号", "22mm", "l"),
    ("规格", "18mm", "l"),
    ("数量", "18mm", "r"),
    ("样品编号", "24mm", "c"),
)
RESULTS = (
    ("样品", "1fr", "l"),
    ("检验项目", "32mm", "l"),
    ("结果", "22mm", "r"),
    ("标准值", "32mm", "l"),
    ("结论", "18mm", "c"),
)
_VERDICTS = {"pass": "合格", "fail": "不合格"}


def sampling_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 采样记录."""
    at, party = read.moment(content, "started_at"), party_of(content)
    image, refused = drawn(content, "party_signature"), read.text(content, "opinion") == "refuse"
    rows = [
        [read.text(row, name) for name in ("name", "maker", "batch", "spec", "count", "code")]
        for row in read.rows(content, "samples")
    ]
    fields: list[Json] = [
        *party_lines("被采样人", party, read.text(content, "party_licence")),
        ["采样时间", moment(at)],
        ["采样地点", read.text(content, "place") or None],
        ["采样方法", read.text(content, "method") or None],
        ["保存条件", read.text(content, "storage") or None],
        ["检验机构", read.text(content, "laboratory") or None],
    ]
    result = head(form, ctx, at.date() if at else None) | {
        "page-sign": page_sign("被采样人", person(party), image, "采样人", ctx),
        "fields": fields,
        "sections": table("样品", SAMPLES, rows),
        "check-head": "被采样人核对意见",
        "checked": record_check(content, "被采样人", "样品当面封存，记录属实"),
        "signs": [
            party_row("被采样人", person(party), image, stamped(at), refused=BY_HAND if refused else ""),
            officers_row("采样人（签名）", ctx),
        ],
    }
    if refused:
        result["refusal"] = refusal_box(
            read.text(content, "refusal_note"), read.text(content, "witness_name"), read.text(content, "witness_unit")
        )
    return result


def result_notice(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 检验结果告知书."""
    who, record = you(party_of(content)), ctx.document(read.text(content, "document"))
    laboratory, report = read.text(content, "laboratory"), read.text(content, "report_no")
    taken: list[Piece] = ["于", {"date": record.on.isoformat()}] if record else []
    opening: list[Json] = [
        "本机关",
        *taken,
        f"对{who}采集的样品，经{laboratory}检验（报告编号：{report}），结果如下：",
    ]
    rows = [
        [*(read.text(row, name) for name in ("sample", "test", "value", "limit")), _verdict(row)]
        for row in read.rows(content, "results")
    ]
    sections: list[Json] = [
        part(text=[opening]),
        *table("检验结果", RESULTS, rows),
        part(text=[_retest(content, who), contact(content)]),
    ]
    return letter(form, content, ctx, "当事人") | {"sections": sections}


def _verdict(row: Content) -> str:
    return _VERDICTS.get(read.text(row, "verdict"), "")


def _retest(content: Content, who: str) -> Json:
    by = read.day(content, "retest_by")
    if not read.yes(content, "retest") or by is None:
        return "按照有关规定，上述检验项目不予复检。"
    to = read.text(content, "retest_to")
    return [
        f"{who}对检验结果有异议的，可以在",
        {"date": by.isoformat()},
        f"前（含当日）向{to}书面申请复检；逾期申请的不再受理。",
    ]


def supervision_opinion(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 卫生监督意见书."""
    who = you(party_of(content))
    opinions: list[Json] = [_opinion(place, row) for place, row in enumerate(read.rows(content, "opinions"), start=1)]
    result = letter(form, content, ctx, "被监督人") | {
        "sections": [part(text=[f"经监督检查，对{who}提出以下监督意见：", *opinions])],
        "signs": [officers_row("执法人员（签名）", ctx), *receipt_signs(content)],
    }
    return with_refusal(result, content)


def _opinion(place: int, row: Content) -> Json:
    due, basis = read.day(row, "due"), read.text(row, "basis")
    words = f"{place}．{stop(read.text(row, 'text'))}{f'（依据：{basis}）' if basis else ''}"
    return [words, "期限：", {"date": due.isoformat()}, "前（含当日）。"] if due else words
