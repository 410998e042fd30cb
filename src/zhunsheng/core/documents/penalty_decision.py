"""The sheets of 行政处罚决定书 and 不予行政处罚决定书 (行政处罚法 arts 33, 57, 59; spec law 4.3 nos 21, 30).

Order of the text: facts and evidence, course (notice, defence, hearing, review), provision
violated and basis, reasons, the penalty as numbered lines, how to perform, remedies.
"""

from datetime import date

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import bare_end, check_mark, head, stop, you
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import goods_signs, inventory, part, party_block
from zhunsheng.core.documents.penalty_text import (
    basis,
    discretion,
    evidence,
    facts,
    money_due,
    on_lines,
    penalties,
    provisions,
    substance_cited,
    total,
    violated,
)
from zhunsheng.core.documents.remedies import SURCHARGE, ordinary_performance, ordinary_remedies
from zhunsheng.core.documents.spot_decision import DecisionText
from zhunsheng.core.documents.words import Piece, pieces, plain

ENFORCE = "逾期不申请行政复议、不提起行政诉讼，又不履行本决定的，本机关将依法申请人民法院强制执行。"
GOODS_LIST = "没收物品清单"
_GROUNDS = {
    "minor-corrected": Citation("xzcff", 33, 1),
    "first-violation": Citation("xzcff", 33, 1),
    "no-fault": Citation("xzcff", 33, 2),
    "under-age": Citation("xzcff", 30),
    "limitation": Citation("xzcff", 36, 1),
    "not-proven": Citation("xzcff", 57, 1, 3),
}


def penalty_decision(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 行政处罚决定书.

    Raises:
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day of the decision.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    fine, _ = money_due(content)
    cited = [*substance_cited(content, ctx), *([(ctx.book.at(SURCHARGE, made).basis, made)] if fine else [])]
    perform = _performance(content, ctx, who, made)
    return head(form, ctx, read.day(content, "made_on"), sealed=True) | {
        "party": party_block("被处罚人", content),
        "case": [_case(content, ctx, who)],
        "sections": [
            part("一、违法事实和证据", text=[*facts(content, f"经查明，{who}"), list[Json](evidence(content))]),
            part("二、告知、陈述申辩、听证和审核情况", text=_course(content, ctx, who)),
            part("三、处罚依据、理由和内容", text=_decided(content, ctx, who)),
        ],
        "perform": [list[Json](perform)] if perform else [],
        "remedies": [ordinary_remedies(ctx, made), ENFORCE],
        "provisions": provisions(ctx, cited),
        "check": check_mark(ctx),
        "inventory": inventory(GOODS_LIST, f"{ctx.number}《{form.title}》", content, goods_signs(content, ctx)),
    }


def ordinary_text(content: Content, ctx: SheetContext, *, who: str) -> DecisionText:
    """Return the paragraphs of the decision as the public page and the summary are made of them.

    Raises:
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day of the decision.
    """
    made = read.day(content, "made_on") or ctx.day
    correction = stop(read.text(content, "correction_text"))
    course = "".join(plain(pieces(paragraph)) for paragraph in _course(content, ctx, who))
    found = [piece for paragraph in facts(content, f"经查明，{who}") for piece in pieces(paragraph)]
    return DecisionText(
        facts=[*found, *evidence(content)],
        violated=violated(content, ctx, who),
        course=course,
        basis=basis(content, ctx),
        penalties=penalties(content),
        correction=f"并责令{who}{correction}" if correction else "",
        performance=_performance(content, ctx, who, made),
        remedies=[ordinary_remedies(ctx, made), ENFORCE],
    )


def _performance(content: Content, ctx: SheetContext, who: str, made: date) -> list[Piece]:
    fine, gains = money_due(content)
    bank, code = read.text(content, "pay_place"), read.text(content, "pay_code")
    return ordinary_performance(ctx, made, who, fine=fine, gains=gains, bank=bank, code=code)


def _case(content: Content, ctx: SheetContext, who: str) -> Json:
    filed = read.day(content, "filed_on")
    when: list[Piece] = ["于", {"date": filed.isoformat()}] if filed else []
    return ["本机关", *when, f"对{who}涉嫌{ctx.cause}一案立案调查，现已调查终结。"]


def _course(content: Content, ctx: SheetContext, who: str) -> list[Json]:
    heard = read.text(content, "hearing_course")
    told: list[Piece] = []
    if notice := ctx.newest("prior-notice"):
        rights = "陈述、申辩和要求听证的权利" if heard else "陈述、申辩的权利"
        told = [
            "本机关于",
            {"date": (notice.served_on or notice.on).isoformat()},
            f"向{who}送达{notice.words}，告知拟作出的行政处罚内容及事实、理由、依据，以及{who}依法享有的{rights}。",
        ]
    defended = stop(read.text(content, "defence_course"))
    return [
        [*told, defended],
        *([stop(heard)] if heard else []),
        *([reviewed] if (reviewed := _reviewed(ctx)) else []),
    ]


def _reviewed(ctx: SheetContext) -> Json:
    """Return when the case passed legal review and collective discussion, as far as it did."""
    parts: list[list[Piece]] = []
    if opinion := ctx.newest("review-opinion"):
        parts.append(["于", {"date": opinion.on.isoformat()}, "经法制审核通过"])
    if discussion := ctx.newest("collective-discussion"):
        parts.append(["于", {"date": discussion.on.isoformat()}, "由本机关负责人集体讨论决定"])
    if not parts:
        return None
    pieces: list[Json] = ["本案"]
    for place, step in enumerate(parts):
        pieces += ["，并" if place else "", *step]
    return [*pieces, "。"]


def _decided(content: Content, ctx: SheetContext, who: str) -> list[Json]:
    rested, weighed = basis(content, ctx), discretion(content, ctx)
    reasons: list[Json] = [*violated(content, ctx, who), *rested, "，应当给予行政处罚。" if rested else "", weighed]
    correction = bare_end(read.text(content, "correction_text"))
    ordered = f"现责令{who}{correction}，并" if correction else "现"
    if len(each := penalties(content, listed=GOODS_LIST)) == 1:
        return [reasons, [f"{ordered}决定给予以下行政处罚：", *each[0], "。"]]
    summed = total(content)
    return [
        reasons,
        f"{ordered}决定给予以下行政处罚：",
        *on_lines(content, GOODS_LIST),
        *([list[Json](summed)] if summed else []),
    ]


def no_penalty_decision(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 不予行政处罚决定书.

    Raises:
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day of the decision.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    education = read.text(content, "education")
    return head(form, ctx, read.day(content, "made_on"), sealed=True) | {
        "party": party_block("当事人", content),
        "sections": [
            part(text=[_case(content, ctx, who), *facts(content, f"经查，{who}"), list[Json](evidence(content))]),
            part(text=[_no_penalty(form, content, ctx, who, made)]),
            *([part(text=[f"本机关已对{who}进行教育：{stop(education)}"])] if education else []),
            part(text=[ordinary_remedies(ctx, made)]),
        ],
        "check": check_mark(ctx),
    }


def _no_penalty(form: FormDef, content: Content, ctx: SheetContext, who: str, made: date) -> Json:
    ground = read.text(content, "no_penalty_ground")
    label = form.field("no_penalty_ground").choice_label(ground)
    reasons = stop(read.text(content, "reason_text"))
    correction = bare_end(read.text(content, "correction_text"))
    proven = ground != "not-proven"
    rested: list[Json] = ["依据", ctx.cite(_GROUNDS[ground], made), "的规定，"] if ground in _GROUNDS else []
    return [
        *(violated(content, ctx, who) if proven else []),
        f"{reasons}{_ground_words(ground, label)}",
        *rested,
        f"本机关决定对{who}不予行政处罚。",
        f"责令{who}{correction}。" if correction else "",
    ]


def _ground_words(ground: str, label: str) -> str:
    if not label:
        return ""
    return f"{label}。" if ground == "not-proven" else f"属于{label}的情形。"
