"""The sheet of 责令改正通知书 (行政处罚法 art. 28; spec law 4.3 no. 23)."""

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import bare_end, check_mark, head, officers_row, refusal_box, you
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import part, party_block, receipt_signs
from zhunsheng.core.documents.penalty_text import facts, violated
from zhunsheng.core.documents.remedies import ordinary_remedies
from zhunsheng.core.documents.words import Piece

ORDER_TO_CORRECT = Citation("xzcff", 28, 1)


def correction_order(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet.

    Raises:
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day of the order.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    text: list[Json] = [
        *facts(content, f"经查，{who}"),
        _ordered(content, ctx, who),
        f"改正期限届满，本机关将进行复查；{who}逾期不改正的，依法处理。",
        ordinary_remedies(ctx, made, "本通知"),
        contact(content),
    ]
    result = letter(form, content, ctx, "当事人") | {
        "sections": [part(text=text)],
        "signs": [officers_row("执法人员（签名）", ctx), *receipt_signs(content)],
    }
    return with_refusal(result, content)


def letter(form: FormDef, content: Content, ctx: SheetContext, label: str) -> dict[str, Json]:
    """Return what every sealed letter to the party begins with."""
    day = read.day(content, form.legal_date)
    return head(form, ctx, day, sealed=True) | {
        "party": party_block(label, content),
        "check": check_mark(ctx),
    }


def with_refusal(sheet: dict[str, Json], content: Content) -> dict[str, Json]:
    """Add the framed note of a party that did not take the document on the spot."""
    if read.text(content, "acknowledged") == "refused":
        sheet["refusal"] = refusal_box(
            read.text(content, "refusal_note"), read.text(content, "witness_name"), read.text(content, "witness_unit")
        )
    return sheet


def contact(content: Content) -> Json:
    """Return whom the party may call and where it may come."""
    name, phone, place = (read.text(content, f"contact_{part}") for part in ("name", "phone", "address"))
    words = [
        f"联系人：{name}。" if name else "",
        f"联系电话：{phone}。" if phone else "",
        f"地址：{place}。" if place else "",
    ]
    return "".join(words) or None


def _ordered(content: Content, ctx: SheetContext, who: str) -> Json:
    made = read.day(content, "made_on") or ctx.day
    order: list[Piece] = [
        *violated(content, ctx, who),
        "依据",
        ctx.cite(ORDER_TO_CORRECT, made),
        f"的规定，现责令{who}{bare_end(read.text(content, 'correction_text'))}，",
    ]
    by = read.day(content, "correct_by")
    if by is None or by == made:
        return [*order, "立即改正。"]
    return [*order, "于", {"date": by.isoformat()}, "前（含当日）改正完毕。"]
