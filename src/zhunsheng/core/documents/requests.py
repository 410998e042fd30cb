"""The sheets of two requests to the head: 中止（恢复）调查, and 回避 (行政处罚法 art. 43)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import head, officers_row
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import AGENCY_HEAD, both_heads, day_of, frames, officer_names, subject, told


def case_suspension(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 中止（恢复）案件调查审批表."""
    fields: list[Json] = [
        ["当事人", subject(content) or None],
        ["案由", ctx.cause or None],
        ["立案日期", day_of(content, "filed_on"), "承办机构", ctx.unit or None],
        ["申请事项", _label(form, content, "kind"), "起始日期", day_of(content, "from_on")],
    ]
    if ground := _label(form, content, "ground"):
        fields.append(["中止的原因", ground])
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": fields,
        "sections": told("理由", read.text(content, "reason_text")),
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": both_heads(ctx),
    }


def recusal_request(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 回避申请和决定; the head's opinion is the decision."""
    fields: list[Json] = [
        ["当事人", subject(content) or None],
        ["案由", ctx.cause or None],
        ["由谁提出", _label(form, content, "asked_by"), "提出日期", day_of(content, "asked_on")],
        ["回避人员", officer_names(content, "whose", ctx) or None],
    ]
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": fields,
        "sections": told("理由", read.text(content, "reason_text")),
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": frames(ctx, ("行政机关负责人\n决定", AGENCY_HEAD)),
    }


def _label(form: FormDef, content: Content, name: str) -> Json:
    return form.field(name).choice_label(read.text(content, name)) or None
