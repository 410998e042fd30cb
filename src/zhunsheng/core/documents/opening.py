"""The sheets that open a case: 案件受理记录 and 立案报告 (spec law 4.3 nos 5, 6)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import OPEN_LABELS, head, officers_row
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import both_heads, day_of, frames, handlers, lines, ruled
from zhunsheng.core.documents.penalty_text import violation_day
from zhunsheng.core.documents.words import Piece

FILE_A_CASE = Citation("xzcff", 54, 2)
LIMITATION = Citation("xzcff", 36, 1)
SUMMARY_LINES = 6


def case_acceptance(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 案件受理记录."""
    source = form.field("source").choice_label(read.text(content, "source"))
    note = read.text(content, "source_text")
    return head(form, ctx, read.day(content, "accepted_on")) | {
        "fields": [
            ["案件来源", f"{source}（{note}）" if note else source or None],
            *_subject("案发单位", party_of(content)),
            ["受理时间", day_of(content, "accepted_on")],
            ["案由", _suspected(ctx)],
        ],
        "sections": ruled(
            "案情摘要（时间、地点、主要证据、危害后果或者影响）", read.text(content, "summary"), at_least=SUMMARY_LINES
        ),
        "signs": [officers_row("经办人（签名）", ctx)],
        "opinions": frames(ctx, ("负责人意见", ("approved", "returned", "refused", "checked"))),
    }


def filing_report(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 立案报告.

    Raises:
        CitationError: a provision does not resolve on its day.
    """
    source = form.field("source").choice_label(read.text(content, "source"))
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": [
            *_subject("当事人", party_of(content)),
            ["案件来源", source or None, "受理时间", day_of(content, "accepted_on"), "58%"],
            ["案由", _suspected(ctx)],
        ],
        "summary": lines(read.text(content, "summary")),
        "proposal": _proposal(content, ctx),
        "signs": [officers_row("经办人（签名）", ctx)],
        "opinions": both_heads(ctx),
    }


def _suspected(ctx: SheetContext) -> Json:
    return f"涉嫌{ctx.cause}案" if ctx.cause else None


def _subject(label: str, party: Party | None) -> list[Json]:
    if party is None:
        return [[label, None], ["地址", None]]
    if party.kind is PartyKind.CITIZEN:
        return [[label, party.name], ["身份证号", party.code, "电话", party.phone, "58%"], ["住址", party.address]]
    codes: list[Json] = [["信用代码", party.code, OPEN_LABELS[party.kind], party.operator, "58%"]]
    return [[label, party.name], *codes, ["电话", party.phone], ["地址", party.address]]


def _proposal(content: Content, ctx: SheetContext) -> list[Json]:
    """Return why the case should be opened: provision, competence, limitation, the article that asks for it."""
    if ctx.item is None:
        return lines(read.text(content, "proposal_text"))
    done, made = violation_day(content, ctx), read.day(content, "made_on") or ctx.day
    words: list[Piece] = [
        "上述行为涉嫌违反",
        ctx.cite(ctx.item.violated, done),
        "的规定，依据",
        ctx.cite(ctx.item.basis, done),
        "的规定应当给予行政处罚，属于本机关管辖，未超过",
        ctx.cite(LIMITATION, made),
        "规定的期限，符合立案标准。依据",
        ctx.cite(FILE_A_CASE, made),
        f"的规定，建议立案调查，由{handlers(ctx)}承办。" if ctx.officers else "的规定，建议立案调查。",
    ]
    return [list[Json](words), *lines(read.text(content, "proposal_text"))]
