"""The sheet of 行政处罚事先告知书 (行政处罚法 arts 44, 45, 63, 64; spec law 4.3 nos 18, 19)."""

from datetime import date

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import bare_end, head, person, you
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import party_block, written
from zhunsheng.core.documents.penalty_text import (
    basis,
    discretion,
    evidence,
    facts,
    in_one_sentence,
    provisions,
    substance_cited,
    violated,
)
from zhunsheng.core.documents.remedies import within
from zhunsheng.core.documents.words import Piece

TELL = Citation("xzcff", 44)
DEFENCE = Citation("xzcff", 45)
HEARING = Citation("xzcff", 63, 1)
ASK = Citation("xzcff", 64, 1, 1)
DEFENCE_TERM, HEARING_TERM = "defence", "hearing.request"
_DEFENCE_WORDS = ("要求陈述和申辩", "放弃陈述和申辩")
_HEARING_WORDS = ("要求听证", "放弃听证")


def prior_notice(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet; the party's answer stays empty until the party writes it.

    Raises:
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day of the notice.
    """
    party = party_of(content)
    who, made = you(party), read.day(content, "made_on") or ctx.day
    right = read.yes(content, "hearing_right")
    cited = [*substance_cited(content, ctx), *([(ASK, made)] if right else [])]
    return head(form, ctx, read.day(content, "made_on"), sealed=True) | {
        "party": party_block("当事人", content),
        "text": _text(content, ctx, who, made),
        "hearing": [_hearing(ctx, who, made)] if right else None,
        "contact": [_contact(content)],
        "provisions": provisions(ctx, cited),
        "reply": {"choices": [*_DEFENCE_WORDS, *(_HEARING_WORDS if right else ())]},
        "signs": [{"role": "当事人（签名）", "who": [{"name": person(party)}], "at": None}],
    }


def _text(content: Content, ctx: SheetContext, who: str, made: date) -> list[Json]:
    found = facts(content, f"经查，{who}")
    broken: list[Json] = [*violated(content, ctx, who), discretion(content, ctx)]
    shown: list[Json] = [*evidence(content)]
    return written(*found, shown, broken, _intended(content, ctx, who), _defence(ctx, who, made))


def _intended(content: Content, ctx: SheetContext, who: str) -> Json:
    correction = bare_end(read.text(content, "correction_text"))
    ordered = f"拟责令{who}{correction}，并作出" if correction else "拟作出"
    rested = basis(content, ctx)
    return [
        *rested,
        f"{'，' if rested else ''}本机关{ordered}以下行政处罚：",
        *in_one_sentence(content),
    ]


def _defence(ctx: SheetContext, who: str, made: date) -> Json:
    return [
        "依据",
        ctx.cite(TELL, made),
        "、",
        ctx.cite(DEFENCE, made),
        (
            f"的规定，{who}有权进行陈述和申辩，请自收到本告知书之日起{within(ctx, DEFENCE_TERM, made)}内向本机关提出。"
            "逾期未提出的，视为放弃此权利。本机关不因陈述、申辩而给予更重的处罚。"
        ),
    ]


def _hearing(ctx: SheetContext, who: str, made: date) -> Json:
    words: list[Piece] = [
        "依据",
        ctx.cite(HEARING, made),
        "、",
        ctx.cite_exactly(ctx.book.at(HEARING_TERM, made).basis, made),
        (
            f"的规定，{who}有要求听证的权利。要求听证的，应当自收到本告知书之日起"
            f"{within(ctx, HEARING_TERM, made)}内向本机关提出；当事人不承担本机关组织听证的费用。"
        ),
    ]
    return list[Json](words)


def _contact(content: Content) -> str:
    who, where = bare_end(read.text(content, "defence_contact")), bare_end(read.text(content, "defence_place"))
    return f"联系人和电话：{who}。陈述、申辩的地点：{where}。"
