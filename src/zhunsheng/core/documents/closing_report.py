"""The sheets that end a case: 复查记录, 结案报告, 终止案件调查决定书 (spec law 4.3 nos 23, 28)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import bare_end, drawn, head, officers_row, party_row, refusal_box, stop
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.inquiry_record import page_sign
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import (
    BY_HAND,
    both_heads,
    day_of,
    handlers,
    part,
    record_check,
    ruled,
    span,
    stamped,
    subject,
    told,
)


def reinspection_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 复查记录."""
    start, end = read.moment(content, "started_at"), read.moment(content, "ended_at")
    image, refused = drawn(content, "party_signature"), read.text(content, "opinion") == "refuse"
    what = ctx.document(read.text(content, "document"))
    found = [_finding(place, row) for place, row in enumerate(read.rows(content, "findings"), start=1)]
    shown = "" if not content or read.yes(content, "certificates_shown") else "（未出示执法证件。）"
    fields: list[Json] = [
        ["当事人", subject(content) or None],
        ["复查的文书", what.words if what else None],
        ["复查时间", span(content)],
        ["复查地点", read.text(content, "place") or None],
    ]
    result = head(form, ctx, start.date() if start else None) | {
        "page-sign": page_sign("当事人", subject(content), image, "执法人员", ctx),
        "fields": fields,
        "sections": [
            part("复查情况", lines=[*([shown] if shown else []), *found], min=6),
            part("复查结论", choices=["已经改正", "没有全部改正"], chosen=_corrected(content)),
        ],
        "check-head": "当事人核对意见",
        "checked": record_check(content, "当事人", "记录属实"),
        "signs": [
            party_row(
                "当事人（签名）", subject(content), image, stamped(end or start), refused=BY_HAND if refused else ""
            ),
            officers_row("执法人员（签名）", ctx),
        ],
    }
    if refused:
        result["refusal"] = refusal_box(
            read.text(content, "refusal_note"), read.text(content, "witness_name"), read.text(content, "witness_unit")
        )
    return result


def _finding(place: int, row: Content) -> str:
    where = bare_end(read.text(row, "place"))
    return f"{place}．{f'{where}：' if where else ''}{stop(read.text(row, 'text'))}"


def _corrected(content: Content) -> list[Json]:
    if "corrected" not in content:
        return []
    return ["已经改正" if read.yes(content, "corrected") else "没有全部改正"]


def closing_report(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 结案报告."""
    decision = ctx.document(read.text(content, "document"))
    fields: list[Json] = [
        ["当事人", subject(content) or None],
        ["案由", ctx.cause or None],
        ["立案日期", day_of(content, "filed_on"), "承办机构", ctx.unit or None],
        ["决定书", decision.words if decision else None],
        ["决定日期", _decided(ctx, content), "送达日期", _served(ctx, content)],
        ["执行方式", _label(form, content, "execution"), "执行完毕", day_of(content, "executed_on")],
        ["复议、诉讼", _label(form, content, "remedy"), "承办人", handlers(ctx) or None],
    ]
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": fields,
        "sections": ruled("执行结果和结案理由", read.text(content, "result_text"), at_least=6),
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": both_heads(ctx),
    }


def _label(form: FormDef, content: Content, name: str) -> Json:
    return form.field(name).choice_label(read.text(content, name)) or None


def _decided(ctx: SheetContext, content: Content) -> Json:
    decision = ctx.document(read.text(content, "document"))
    return [{"date": decision.on.isoformat()}] if decision else None


def _served(ctx: SheetContext, content: Content) -> Json:
    decision = ctx.document(read.text(content, "document"))
    return [{"date": decision.served_on.isoformat()}] if decision and decision.served_on else None


def case_termination(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 终止案件调查决定书."""
    ground = form.field("ground").choice_label(read.text(content, "ground"))
    fields: list[Json] = [
        ["当事人", subject(content) or None],
        ["案由", ctx.cause or None],
        ["立案日期", day_of(content, "filed_on"), "承办机构", ctx.unit or None],
        ["终止的理由", ground or None],
    ]
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": fields,
        "sections": told("理由的说明和处理意见", read.text(content, "reason_text")),
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": both_heads(ctx),
    }
