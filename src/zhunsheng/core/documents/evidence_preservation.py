"""The sheets of 证据先行登记保存 (行政处罚法 art. 56): the decision to keep, and what becomes of it."""

from datetime import date

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.documents.common import bare_end, officers_row, stop, you
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.correction_order import letter, with_refusal
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import goods_signs, inventory, part, receipt_signs
from zhunsheng.core.documents.remedies import within

KEEP = Citation("xzcff", 56)
TERM = "evidence.preservation"
LIST = "先行登记保存物品清单"
_DISPOSED = {
    "return": "上述物品退还{who}",
    "test": "将上述物品送检验、检测、鉴定",
    "confiscate": "上述物品属于违法物品，依法予以没收",
    "transfer": "将上述物品移送有关部门处理",
    "seize": "对上述物品依法采取查封、扣押措施",
    "evidence": "上述物品作为本案证据留存",
}


def evidence_preservation(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 证据先行登记保存决定书.

    Raises:
        CitationError: the article does not resolve on the day.
        NoRuleError: the law data has no term for the day.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    way = form.field("way").choice_label(read.text(content, "way"))
    count = sum(1 for _ in read.rows(content, "goods"))
    decided: list[Json] = [
        f"因{bare_end(read.text(content, 'reason'))}，依据",
        ctx.cite(KEEP, made),
        f"的规定，经本机关负责人批准，决定对{who}的下列物品共{count}项（见所附《{LIST}》）予以先行登记保存。",
    ]
    kept = f"保存方式：{way}。保存地点：{read.text(content, 'keep_place')}。保管人：{read.text(content, 'keeper')}。"
    keep_still = "保存期间，当事人或者有关人员不得销毁、转移、隐匿、损坏上述物品。"
    result = letter(form, content, ctx, "当事人") | {
        "sections": [part(text=[decided, kept, _until(ctx, made), keep_still])],
        "signs": [officers_row("执法人员（签名）", ctx), *receipt_signs(content)],
        "inventory": inventory(LIST, _attached(form, ctx), content, goods_signs(content, ctx)),
    }
    return with_refusal(result, content)


def _until(ctx: SheetContext, made: date) -> Json:
    """Return the term and its last day: what is not dealt with by then is free."""
    last = deadline(TERM, made, ctx.book).last
    return [f"本机关将在{within(ctx, TERM, made)}内（至", {"date": last.isoformat()}, "止）对上述物品作出处理决定。"]


def _attached(form: FormDef, ctx: SheetContext) -> str:
    return f"{ctx.number}《{form.title}》"


def preservation_disposal(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 证据先行登记保存处理决定书.

    Raises:
        CitationError: the article does not resolve on the day.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    kept = ctx.document(read.text(content, "document")) or ctx.newest("evidence-preservation")
    opening: list[Json] = ["本机关"]
    if kept is not None:
        opening += ["于", {"date": kept.on.isoformat()}, f"以{kept.words}"]
    opening += [f"对{who}的有关物品予以先行登记保存。"]
    if reasons := read.text(content, "disposal_text"):
        opening += [stop(reasons)]
    words = _DISPOSED.get(read.text(content, "disposal"), "").format(who=who)
    decided: list[Json] = ["依据", ctx.cite(KEEP, made), f"的规定，现决定：{stop(words)}"]
    freed = "自本决定作出之日起，上述物品的先行登记保存即行解除。"
    result = letter(form, content, ctx, "当事人") | {
        "sections": [part(text=[opening, decided, freed])],
        "signs": [officers_row("执法人员（签名）", ctx), *receipt_signs(content)],
        "inventory": inventory("处理物品清单", _attached(form, ctx), content, goods_signs(content, ctx)),
    }
    return with_refusal(result, content)
