"""The sheets of legal review (行政处罚法 art. 58; spec law 1.3, 4.3 no. 16): what is sent, what is found."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import bare_end, head, officers_row, stop
from zhunsheng.core.documents.context import SheetContext, Signer
from zhunsheng.core.documents.model import FieldDef, FormDef
from zhunsheng.core.documents.parts import (
    UNIT_HEAD,
    day_of,
    frames,
    handlers,
    lines,
    one_row,
    part,
    section,
    subject,
    table,
)
from zhunsheng.core.documents.penalty_text import (
    basis,
    discretion,
    evidence,
    facts,
    in_one_sentence,
    violated,
)

MATERIALS = (("材料", "46mm", "l"), ("文号（编号）和名称", "1fr", "l"), ("说明", "34mm", "l"))
_ROUNDS = "一二三四五六七八九十"


def review_submission(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 送审函.

    Raises:
        CitationError: a provision does not resolve on the day of the violation.
    """
    rested = [*violated(content, ctx, "当事人"), *basis(content, ctx)]
    weighed = discretion(content, ctx)
    grounds: list[Json] = [
        *([list[Json]([*rested, "，应予处理。"])] if rested else []),
        *([weighed] if weighed else []),
        _draft(form, content),
    ]
    return head(form, ctx, read.day(content, "submitted_on")) | {
        "fields": [
            ["案件名称", f"{subject(content)}{ctx.cause}案" if ctx.cause else None],
            ["送审机构", ctx.unit or None, "送审日期", day_of(content, "submitted_on"), "58%"],
            ["承办人", handlers(ctx) or None],
        ],
        "sections": [
            part("一、违法事实和证据", text=[*facts(content, "经调查，当事人"), list[Json](evidence(content))]),
            part("二、依据、裁量和拟作决定", text=grounds),
            *section("三、对上一轮审核意见的整改", *lines(read.text(content, "handler_reply"))),
            *table("送审材料", MATERIALS, _materials(form, content, ctx)),
        ],
        "signs": [officers_row("承办人（签名）", ctx)],
        "opinions": frames(ctx, ("承办机构\n负责人意见", UNIT_HEAD)),
    }


def _draft(form: FormDef, content: Content) -> Json:
    if read.text(content, "outcome") == "no-penalty":
        ground = form.field("no_penalty_ground").choice_label(read.text(content, "no_penalty_ground"))
        return f"拟不予行政处罚（{ground}）。"
    correction = bare_end(read.text(content, "correction_text"))
    return [f"{f'拟责令当事人{correction}，并' if correction else '拟'}给予以下行政处罚：", *in_one_sentence(content)]


def _materials(form: FormDef, content: Content, ctx: SheetContext) -> list[list[Json]]:
    kinds = _choices(form.field("materials"))
    return [
        [
            kinds.get(read.text(row, "kind"), ""),
            found.words if (found := ctx.document(read.text(row, "document"))) else "",
            read.text(row, "note"),
        ]
        for row in read.rows(content, "materials")
    ]


def _choices(item: FieldDef) -> dict[str, str]:
    return {choice.value: choice.label for part in item.fields for choice in part.choices}


def review_opinion(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 法制审核意见书."""
    sent = ctx.document(read.text(content, "document")) or ctx.newest("review-submission")
    opinion = form.field("opinion")
    made = read.day(content, "made_on")
    return head(form, ctx, made) | {
        "fields": [
            ["案件名称", f"{subject(content)}{ctx.cause}案" if ctx.cause else None],
            ["送审机构", ctx.unit or None, "送审时间", [{"date": sent.on.isoformat()}] if sent else None],
            ["送审函", sent.words if sent else None],
            ["收到时间", day_of(content, "received_on"), "审核轮次", _round(read.text(content, "round"))],
            ["审核依据", read.text(content, "basis_text") or None],
        ],
        "previous": lines(read.text(content, "previous_text")),
        "points": _points(form, content),
        "outcomes": [choice.label for choice in opinion.choices],
        "outcome": opinion.choice_label(read.text(content, "opinion")),
        "opinion": [*lines(read.text(content, "opinion_text")), *_findings(content)],
        "signs": [one_row("审核人（签名）", _reviewers(content, ctx), made.isoformat() if made else None)],
        "opinions": frames(
            ctx,
            ("审核机构\n负责人意见", ("approved", "returned", "refused")),
            ("承办机构对\n审核意见的处理", UNIT_HEAD),
        ),
    }


def _round(text: str) -> str | None:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(_ROUNDS):
        return f"第{_ROUNDS[int(text) - 1]}轮"
    return f"第{text}轮" if text else None


def _points(form: FormDef, content: Content) -> list[Json]:
    labels = _choices(form.field("points"))
    answers = {"yes": "符合", "no": "不符合", "na": "不适用"}
    return [
        {
            "name": labels.get(read.text(row, "point"), read.text(row, "point")),
            "result": answers.get(read.text(row, "answer")),
            "note": (read.text(row, "text") + ("（系统核对）" if read.yes(row, "by_program") else "")) or None,
            "pages": read.text(row, "link") or None,
        }
        for row in read.rows(content, "points")
    ]


def _findings(content: Content) -> list[Json]:
    return [
        f"{place}．{stop(read.text(row, 'text'))}{f'（{article}）' if (article := read.text(row, 'article')) else ''}"
        for place, row in enumerate(read.rows(content, "findings"), start=1)
    ]


def _reviewers(content: Content, ctx: SheetContext) -> list[Signer]:
    """Return who reviewed; under the line stands the legal qualification, not the certificate of enforcement."""
    number = read.text(content, "qualification_no")
    known = [ctx.person(officer) for officer in read.names(content.get("reviewer"))]
    card = f"法律职业资格证号 {number}" if number else ""
    return [Signer(one.name, card, one.strokes, one.signed_on) for one in known]
