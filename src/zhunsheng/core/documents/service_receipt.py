"""The sheet of 送达回执, composed from its typed facts."""

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import ServiceReceipt
from zhunsheng.core.documents.common import drawn, head, moment, officers_row, party_row, refusal_box
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.words import Piece

REFUSED = "（拒绝签收，见下栏）"
_SELF = frozenset({"", "本人"})


def service_receipt(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet."""
    receipt = ServiceReceipt.of(content)
    method = form.field("method")
    day = receipt.served_at.date() if receipt.served_at else None
    result = head(form, ctx, day) | {
        "fields": [
            ["受送达人", receipt.receiver or None],
            ["案由", ctx.cause or None],
            ["送达地点", receipt.place or None],
            ["送达时间", moment(receipt.served_at)],
        ],
        "documents": [{"name": row.name, "number": row.number, "count": row.count} for row in ctx.served],
        "methods": [choice.label for choice in method.choices],
        "method": [method.choice_label(receipt.method)] if receipt.method else [],
        "course": _course(receipt),
        "signs": _signs(content, receipt, ctx),
    }
    if receipt.refused:
        result["refusal"] = refusal_box(receipt.refusal_note, receipt.witness_name, receipt.witness_unit)
    return result


def _course(receipt: ServiceReceipt) -> Json:
    if receipt.refused:
        return ["送达人向受送达人说明上列文书的内容和救济途径，受送达人拒绝签收，情况见“拒绝签名（签收）情况”栏。"]
    if receipt.method != "direct":
        return None  # free for the pen and for what the post brings back
    by = "受送达人本人" if receipt.relation in _SELF else f"{receipt.relation}（与受送达人的关系）"
    words: list[Piece] = ["送达人将上列文书当面交付，由", by, "签收。"]
    return ["".join(str(word) for word in words)]


def _signs(content: Content, receipt: ServiceReceipt, ctx: SheetContext) -> list[Json]:
    at = receipt.served_at.strftime("%Y-%m-%dT%H:%M") if receipt.served_at else None
    role = "收件人（签名）" if receipt.relation not in _SELF else "受送达人（签名）"
    name = receipt.receiver if receipt.relation in _SELF else receipt.relation
    refused = REFUSED if receipt.refused else ""
    return [
        party_row(role, name, drawn(content, "receiver_signature"), at, refused=refused),
        officers_row("送达人（签名）", ctx),
    ]
