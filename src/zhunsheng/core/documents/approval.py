"""The sheet of 行政执法事项审批表 (spec law 4.3 no. 13)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import head, officers_row
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import AGENCY_HEAD, UNIT_HEAD, day_of, frames, handlers, lines, part, subject, told
from zhunsheng.core.documents.penalty_text import basis, facts, in_one_sentence, violated


def approval(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet.

    Raises:
        CitationError: a provision does not resolve on the day of the violation.
    """
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": [
            ["当事人", subject(content) or None],
            ["案由", ctx.cause or None],
            ["承办机构", ctx.unit or None, "报批日期", day_of(content, "made_on"), "58%"],
            ["承办人", handlers(ctx) or None],
        ],
        "sections": _sections(form, content, ctx),
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": frames(ctx, ("审核意见", UNIT_HEAD), ("行政机关负责人\n审批意见", AGENCY_HEAD)),
    }


def _sections(form: FormDef, content: Content, ctx: SheetContext) -> list[Json]:
    parts: list[Json] = [
        {
            "head": "申请审批事项",
            "choices": [choice.label for choice in form.field("matter").choices],
            "chosen": [form.field("matter").choice_label(read.text(content, "matter"))],
        }
    ]
    if other := read.text(content, "matter_text"):
        parts.append(part(text=[f"其他事项：{other}"]))
    if document := ctx.document(read.text(content, "document")):
        parts.append(part("所报批的文书", text=[document.words]))
    if facts(content, ""):
        parts.append(part("违法事实", text=facts(content, "当事人")))
        parts += told("主要证据", read.text(content, "evidence_text"))
        rested = [*violated(content, ctx, "当事人"), *basis(content, ctx)]
        parts.append(part("违反条款和处罚依据", text=[[*rested, "，应予处理。"]] if rested else []))
    parts.append(part("处理意见", text=[*lines(read.text(content, "opinion_text")), *_proposed(form, content)]))
    return parts


def _proposed(form: FormDef, content: Content) -> list[Json]:
    if read.text(content, "outcome") == "no-penalty":
        ground = form.field("no_penalty_ground").choice_label(read.text(content, "no_penalty_ground"))
        return [f"拟不予行政处罚（{ground}）。"]
    sanctions = in_one_sentence(content)
    return [["拟给予以下行政处罚：", *sanctions]] if sanctions else []
