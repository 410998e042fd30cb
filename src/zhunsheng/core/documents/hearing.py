"""The sheets of the hearing (行政处罚法 arts 63-65): summons, record, report."""

from datetime import date

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import drawn, head, party_row, refusal_box, you
from zhunsheng.core.documents.context import SheetContext, Signer
from zhunsheng.core.documents.correction_order import letter
from zhunsheng.core.documents.inquiry_record import page_sign
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import (
    BY_HAND,
    day_of,
    officer_names,
    one_row,
    others,
    part,
    record_check,
    section,
    span,
    stamped,
    subject,
    told,
)
from zhunsheng.core.documents.words import Piece

HEARING = Citation("xzcff", 64)


def hearing_summons(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 行政处罚听证通知书.

    Raises:
        CitationError: the article does not resolve on the day.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    return letter(form, content, ctx, "当事人") | {
        "sections": [
            part(text=[_opening(content, ctx, who, made)]),
            {"text": _when(content, ctx)},
            {"text": _rights(content, who)},
        ]
    }


def _opening(content: Content, ctx: SheetContext, who: str, made: date) -> Json:
    asked = read.day(content, "asked_on")
    when: list[Piece] = ["于", {"date": asked.isoformat()}] if asked else []
    return [
        f"{who}就涉嫌{ctx.cause}一案",
        *when,
        "提出的听证要求，符合法律规定。依据",
        ctx.cite(HEARING, made),
        "的规定，本机关决定举行听证，现将有关事项通知如下：",
    ]


def _when(content: Content, ctx: SheetContext) -> list[Json]:
    held = read.moment(content, "held_at")
    at: list[Piece] = [{"time": held.strftime("%Y-%m-%dT%H:%M")}] if held else []
    chair, clerk = officer_names(content, "chair", ctx), officer_names(content, "clerk", ctx)
    investigators = officer_names(content, "officers", ctx)
    closed = read.text(content, "closed_ground")
    open_words = "公开举行" if read.yes(content, "public") else f"不公开举行（{closed}）"
    return [
        ["一、听证时间：", *at],
        f"二、听证地点：{read.text(content, 'place')}",
        f"三、听证方式：{open_words}",
        f"四、听证主持人：{chair}；记录人：{clerk}；本案调查人员：{investigators}",
    ]


def _rights(content: Content, who: str) -> list[Json]:
    phone, place = read.text(content, "defence_contact"), read.text(content, "defence_place")
    agents = (
        f"{who}可以亲自参加听证，也可以委托一至二人代理；委托代理人的，应当在听证举行前提交授权委托书。"
        f"{who}认为听证主持人、记录人与本案有直接利害关系的，有权申请回避；有权对案件事实、适用的法律和证据进行陈述、申辩和质证。"
    )
    return [
        agents,
        f"{who}及其代理人无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利。",
        f"联系人和电话：{phone}。地址：{place}。",
    ]


def hearing_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 听证笔录."""
    start, end = read.moment(content, "started_at"), read.moment(content, "ended_at")
    image, refused = drawn(content, "party_signature"), read.text(content, "opinion") == "refuse"
    name = read.text(content, "person_name") or subject(content)
    chair = [ctx.person(officer) for officer in read.names(content.get("chair"))]
    present = read.yes(content, "party_present") or not content
    party = "" if present else "（未出席，视为放弃听证）"
    result = head(form, ctx, start.date() if start else None) | {
        "page-sign": page_sign("当事人或者代理人", name, image, "主持人、记录人", ctx),
        "fields": _fields(content, ctx, present=present),
        "sections": [_record(read.text(content, "record_text"))],
        "check-head": "当事人核对意见",
        "checked": record_check(content, "当事人", "记录属实") if present else [party],
        "signs": [
            party_row("当事人（代理人）", name, image, stamped(end or start), refused=BY_HAND if refused else party),
            one_row("听证主持人", chair),
            one_row("记录人", others(content, ctx, "chair")),
            one_row("调查人员", _investigators(content, ctx)),
        ],
    }
    if refused:
        result["refusal"] = refusal_box(
            read.text(content, "refusal_note"), read.text(content, "witness_name"), read.text(content, "witness_unit")
        )
    return result


def _fields(content: Content, ctx: SheetContext, *, present: bool) -> list[Json]:
    agents = "、".join(read.text(row, "name") for row in read.rows(content, "agents"))
    investigators = "、".join(officer_names(row, "officer", ctx) for row in read.rows(content, "investigators"))
    came = read.text(content, "person_name") or (None if present else "未出席")
    return [
        ["案由", f"{subject(content)}{ctx.cause}案" if ctx.cause else None],
        ["听证时间", span(content)],
        ["听证地点", read.text(content, "place") or None],
        [
            "主持人",
            officer_names(content, "chair", ctx) or None,
            "记录人",
            officer_names(content, "clerk", ctx) or None,
        ],
        ["调查人员", investigators or None],
        ["当事人", subject(content) or None],
        ["出席人", came, "代理人", agents or None],
    ]


def _record(text: str) -> Json:
    """Return what was said; a record without words is printed with lines for the pen."""
    return part("听证记录", speeches=_speeches(text)) if text else part("听证记录", lines=[], min=12)


def _investigators(content: Content, ctx: SheetContext) -> list[Signer]:
    rows = read.rows(content, "investigators")
    return [ctx.person(officer) for row in rows for officer in read.names(row.get("officer"))]


def _speeches(text: str) -> list[Json]:
    """Return the record as speeches: what stands before the first colon of a line is who speaks."""
    found: list[Json] = []
    for line in (one.strip() for one in text.split("\n")):
        name, mark, words = line.partition("：")
        if mark and words and len(name) <= 20:  # noqa: PLR2004  a name and an office, no sentence
            found.append({"name": name, "text": words})
        elif line:
            found.append({"name": "记录", "text": line})
    return found


def hearing_report(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 听证意见书."""
    record = ctx.document(read.text(content, "document"))
    proposed = form.field("proposed").choice_label(read.text(content, "proposed"))
    chair = [ctx.person(officer) for officer in read.names(content.get("chair"))]
    rest = others(content, ctx, "chair")
    made = read.day(content, "made_on")
    day = made.isoformat() if made else None
    return head(form, ctx, made) | {
        "fields": [
            ["案由", f"{subject(content)}{ctx.cause}案" if ctx.cause else None],
            ["听证笔录", record.words if record else None],
            ["听证时间", day_of(content, "held_on"), "主持人", officer_names(content, "chair", ctx) or None],
            ["听证地点", read.text(content, "place") or None],
        ],
        "sections": [
            *told("一、调查人员的意见", read.text(content, "investigators_text")),
            *told("二、当事人的意见和质证", read.text(content, "party_text")),
            *told("三、争议焦点", read.text(content, "disputes")),
            *told("四、听证认定的事实和处理意见", read.text(content, "conclusion")),
            *section("五、处理建议", f"{proposed}。" if proposed else ""),
        ],
        "signs": [one_row("听证主持人", chair, day), *([one_row("记录人", rest, day)] if rest else [])],
    }
