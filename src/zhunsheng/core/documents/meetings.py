"""The sheets of 合议记录 and 集体讨论记录 (行政处罚法 art. 57): who said what, and what was concluded."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import bare_end, head, officer_lines, stop
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import officer_names, one_row, others, span
from zhunsheng.core.documents.penalty_text import facts, in_one_sentence
from zhunsheng.core.documents.words import Piece

_ASKED = "已询问参加人员是否需要回避。"


def deliberation_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 合议记录."""
    present = [signer.name for signer in ctx.officers]
    held = read.moment(content, "held_at")
    names = f"{'、'.join(present)}，共{len(present)}人" if present else None
    return head(form, ctx, held.date() if held else None) | {
        "page-sign": _page_sign(content, ctx),
        "fields": _fields(content, ctx, "合议", "参加人员", names),
        "speeches": _speeches(content, ctx),
        "conclusion": _conclusion(form, content, "经合议，"),
        "signs": _signs(content, ctx, "参加人员（签名）"),
    }


def collective_discussion(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 集体讨论记录."""
    held = read.moment(content, "held_at")
    posts = [
        f"{officer_names(row, 'officer', ctx)}{f'（{post}）' if (post := read.text(row, 'post')) else ''}"
        for row in read.rows(content, "attendees")
    ]
    fields = _fields(content, ctx, "讨论", "参加人员", "、".join(posts) or None)
    if observers := read.text(content, "observers"):
        fields.append(["列席人员", observers])
    return head(form, ctx, held.date() if held else None) | {
        "page-sign": _page_sign(content, ctx),
        "fields": fields,
        "report": facts(content, "经调查，当事人"),
        "speeches": _speeches(content, ctx),
        "conclusion": _conclusion(form, content, "经集体讨论，"),
        "signs": _signs(content, ctx, "参加人员（签名）"),
    }


def _fields(content: Content, ctx: SheetContext, word: str, label: str, names: Json) -> list[Json]:
    party = read.text(content, "party_name")
    chair, recorder = officer_names(content, "chair", ctx), officer_names(content, "recorder", ctx)
    return [
        ["案由", f"{party}{ctx.cause}案" if ctx.cause else None],
        [f"{word}时间", span(content, "held_at", "ended_at")],
        [f"{word}地点", read.text(content, "place") or None],
        ["主持人", chair or None, "记录人", recorder or None],
        [label, names],
    ]


def _speeches(content: Content, ctx: SheetContext) -> list[Json]:
    asked: list[Json] = []
    if read.yes(content, "recusal_question"):
        asked = [{"name": officer_names(content, "chair", ctx), "text": f"（{_ASKED}）"}]
    said: list[Json] = [
        {"name": officer_names(row, "officer", ctx), "text": read.text(row, "view")}
        for row in read.rows(content, "attendees")
    ]
    return [*asked, *said]


def _conclusion(form: FormDef, content: Content, opening: str) -> list[Json]:
    reasons = read.text(content, "conclusion")
    if not reasons:
        return []
    words: list[Piece] = [f"{opening}{stop(reasons)}"]
    if read.text(content, "outcome") == "no-penalty":
        ground = form.field("no_penalty_ground").choice_label(read.text(content, "no_penalty_ground"))
        words += [f"结论：不予行政处罚（{ground}）。"]
    elif sanctions := in_one_sentence(content, brief=True):
        correction = bare_end(read.text(content, "correction_text"))
        words += [f"结论：{f'责令当事人{correction}；' if correction else ''}给予以下行政处罚：", *sanctions]
    dissent = read.text(content, "dissent_text")
    return [list[Json](words), *([f"不同意见：{stop(dissent)}"] if dissent else [])]


def _signs(content: Content, ctx: SheetContext, role: str) -> list[Json]:
    end = read.moment(content, "ended_at") or read.moment(content, "held_at")
    day = end.date().isoformat() if end else None
    chair = [ctx.person(officer) for officer in read.names(content.get("chair"))]
    return [one_row("主持人（签名）", chair, day), one_row(role, others(content, ctx, "chair"), day)]


def _page_sign(content: Content, ctx: SheetContext) -> Json:
    return [
        {"role": role, "who": officer_lines([ctx.person(officer) for officer in read.names(content.get(name))])}
        for role, name in (("主持人", "chair"), ("记录人", "recorder"))
    ]
