"""The sheets of the defence (行政处罚法 arts 45, 62): what was said, waived, and answered."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import drawn, head, officers_row, party_row, refusal_box
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.inquiry_record import page_sign
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import (
    BY_HAND,
    UNIT_HEAD,
    day_of,
    frames,
    lines,
    part,
    record_check,
    section,
    span,
    stamped,
    subject,
    told,
)


def defence_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 陈述和申辩笔录."""
    made = read.moment(content, "made_at")
    end = read.moment(content, "ended_at") or made
    speaker = read.text(content, "speaker")
    image = drawn(content, "party_signature")
    refused = read.text(content, "opinion") == "refuse"
    wants = ["当事人同时要求听证。"] if read.yes(content, "wants_hearing") else []
    result = head(form, ctx, made.date() if made else None) | {
        "page-sign": page_sign("陈述申辩人", speaker, image, "承办人", ctx),
        "fields": _fields(form, content, ctx),
        "sections": [
            part("陈述和申辩的内容", lines=[*lines(read.text(content, "defence_text")), *wants], min=6),
            *told("提交的证据", read.text(content, "evidence_text")),
        ],
        "check-head": "陈述申辩人核对意见",
        "checked": record_check(content, "陈述申辩人"),
        "signs": [
            party_row("陈述申辩人", speaker, image, stamped(end), refused=BY_HAND if refused else ""),
            officers_row("承办人（签名）", ctx),
        ],
    }
    if refused:
        result["refusal"] = refusal_box(
            read.text(content, "refusal_note"), read.text(content, "witness_name"), read.text(content, "witness_unit")
        )
    return result


def _fields(form: FormDef, content: Content, ctx: SheetContext) -> list[Json]:
    notice = ctx.document(read.text(content, "document"))
    role = form.field("speaker_role").choice_label(read.text(content, "speaker_role"))
    way = form.field("way").choice_label(read.text(content, "way"))
    made = read.moment(content, "made_at")
    return [
        ["当事人", subject(content) or None],
        ["案由", ctx.cause or None],
        ["告知书", notice.words if notice else None],
        ["申辩人", read.text(content, "speaker") or None, "身份", role or None, "52%"],
        ["联系电话", read.text(content, "speaker_phone") or None, "方式", way or None, "52%"],
        ["时间", span(content, "made_at", "ended_at") if made else None],
        ["地点", read.text(content, "place") or None],
    ]


def defence_waiver(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of the waiver: what is not ticked is not waived."""
    notice = ctx.document(read.text(content, "document"))
    waived: list[Json] = [
        words
        for words, name in (("放弃陈述和申辩", "waives_defence"), ("放弃听证", "waives_hearing"))
        if read.yes(content, name)
    ]
    served = notice.words if notice else "行政处罚事先告知书"
    opening = f"我（单位）已收到{served}，知道上述权利和放弃的后果，现自愿作出以下声明："
    image = drawn(content, "party_signature")
    day = read.day(content, "stated_on")
    return head(form, ctx, day) | {
        "page-sign": page_sign("当事人", subject(content), image, "承办人", ctx),
        "fields": [["当事人", subject(content) or None], ["案由", ctx.cause or None]],
        "sections": [
            part("声明", text=[opening], choices=["放弃陈述和申辩", "放弃听证"], chosen=waived),
            part("当事人的话", lines=lines(read.text(content, "statement")), min=4),
        ],
        "signs": [
            party_row("当事人（签名）", subject(content), image, day.isoformat() if day else None),
            officers_row("承办人（签名）", ctx),
        ],
    }


def defence_reconsideration(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 陈述、申辩复核意见书."""
    record = ctx.document(read.text(content, "document"))
    adopted = form.field("adopted").choice_label(read.text(content, "adopted"))
    proposed = form.field("proposed").choice_label(read.text(content, "proposed"))
    more = read.text(content, "proposed_text")
    result: list[Json] = [f"对当事人的陈述、申辩意见：{adopted}。结论：{proposed}。", *lines(more)] if proposed else []
    return head(form, ctx, read.day(content, "made_on")) | {
        "fields": [
            ["当事人", subject(content) or None],
            ["案由", ctx.cause or None],
            ["复核的笔录", record.words if record else None],
            ["承办机构", ctx.unit or None, "复核日期", day_of(content, "made_on"), "58%"],
        ],
        "sections": [
            *told("一、当事人的陈述、申辩意见", read.text(content, "defence_text")),
            *told("二、复核情况和理由", read.text(content, "reasons")),
            *section("三、复核结论", *result, "本机关不因当事人陈述、申辩而给予更重的处罚。" if result else ""),
        ],
        "signs": [officers_row("复核人（签名）", ctx)],
        "opinions": frames(ctx, ("承办机构\n负责人意见", UNIT_HEAD)),
    }
