"""The sheet of 案件调查终结报告 (行政处罚法 art. 57; spec law 4.3 no. 14)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import bare_end, head, officers_row
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import UNIT_HEAD, day_of, frames, handlers, lines, part, subject, told
from zhunsheng.core.documents.penalty_text import (
    basis,
    discretion,
    facts,
    in_one_sentence,
    provisions,
    substance_cited,
    violated,
)


def investigation_report(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet.

    Raises:
        CitationError: a provision does not resolve on the day of the violation.
    """
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": [
            ["当事人", subject(content) or None],
            ["案由", f"{ctx.cause}案" if ctx.cause else None],
            ["立案时间", day_of(content, "filed_on"), "承办机构", ctx.unit or None],
            ["承办人", handlers(ctx) or None, "调查终结", day_of(content, "made_on")],
        ],
        "sections": _sections(form, content, ctx),
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": frames(ctx, ("承办机构\n负责人意见", UNIT_HEAD)),
        "provisions": provisions(ctx, substance_cited(content, ctx)),
    }


def _sections(form: FormDef, content: Content, ctx: SheetContext) -> list[Json]:
    parts: list[list[Json]] = [
        [part(text=facts(content, "经调查，当事人"))],
        [part(text=[_shown(content)], evidence=_evidence(form, content))],
        told("", read.text(content, "disputes")) or [part(text=["当事人对违法事实没有提出异议。"])],
        [part(text=[*proposal(form, content, ctx, "当事人"), *lines(read.text(content, "proposal_text"))])],
    ]
    heads = ("一、案情和违法事实", "二、证据", "三、争议要点", "四、处理建议")
    return [body | {"head": title} for title, (body, *_) in zip(heads, parts, strict=True) if isinstance(body, dict)]


def _shown(content: Content) -> str:
    if any(True for _ in read.rows(content, "evidence")):
        return "以下证据经核对原件或者当事人、证人辨认，来源合法，相互印证："
    names = bare_end(read.text(content, "evidence_text"))
    return f"证据：{names}。" if names else ""


def _evidence(form: FormDef, content: Content) -> list[Json]:
    kinds = {choice.value: choice.label for column in form.field("evidence").fields for choice in column.choices}
    return [
        {
            "name": read.text(row, "name"),
            "kind": kinds.get(read.text(row, "kind")),
            "proves": read.text(row, "proves") or None,
            "pages": read.text(row, "pages") or None,
        }
        for row in read.rows(content, "evidence")
    ]


def proposal(form: FormDef, content: Content, ctx: SheetContext, who: str) -> list[Json]:
    """Return what is proposed and why: penalty with its basis, or no penalty with its ground."""
    if read.text(content, "outcome") == "no-penalty":
        ground = form.field("no_penalty_ground").choice_label(read.text(content, "no_penalty_ground"))
        return [
            f"{who}{ground}，建议不予行政处罚。"
            if ground != "违法事实不能成立"
            else "违法事实不能成立，建议不予行政处罚。"
        ]
    sanctions = in_one_sentence(content)
    if not sanctions:
        return []
    correction = bare_end(read.text(content, "correction_text"))
    opening = f"建议责令{who}{correction}，并给予以下行政处罚：" if correction else "建议给予以下行政处罚："
    rested = basis(content, ctx)
    broken: list[Json] = [*violated(content, ctx, who), discretion(content, ctx)]
    return [broken, [*rested, "，" if rested else "", opening, *sanctions]]
