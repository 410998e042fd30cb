"""The sentences of a penalty, from the fields that travel from the report to the decision.

Provisions of substance resolve on the day of the violation (行政处罚法 art. 37), and every
amount is a number until the layout prints it, so that figures and capitals cannot disagree.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import bare_end, stop
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.words import Piece
from zhunsheng.core.law.cite import numeral
from zhunsheng.core.law.instruments import CitationError

FINE: Final = "罚款"
GAINS: Final = "没收违法所得"
GOODS: Final = "没收非法财物"
_MONEY: Final = {FINE: "fine", GAINS: "confiscated_gains"}


def violation_day(content: Content, ctx: SheetContext) -> date:
    """Return the day whose law the violation is judged by."""
    return read.day(content, "violated_at") or ctx.day


def when_done(content: Content) -> list[Piece]:
    """Return ``于2026年11月20日9时41分``, or ``自…起至…止，`` of a continuing act.

    Midnight stands for a time nobody knows, and only the day is printed.
    """
    at, end = read.moment(content, "violated_at"), read.day(content, "violation_ended_on")
    if at is None:
        return []
    if end is not None and end != at.date():
        return ["自", {"date": at.date().isoformat()}, "起至", {"date": end.isoformat()}, "止，"]
    if at.hour == at.minute == 0:
        return ["于", {"date": at.date().isoformat()}]
    return ["于", {"time": at.strftime("%Y-%m-%dT%H:%M")}]


def facts(content: Content, opening: str) -> list[Json]:
    """Return the facts, the first paragraph with ``opening`` (经查，你单位) and the time before it."""
    first, *rest = [line for line in read.text(content, "facts_text").split("\n") if line.strip()] or [""]
    if not first:
        return []
    return [[opening, *when_done(content), stop(first) if not rest else first.strip()], *rest]


def evidence(content: Content) -> list[Piece]:
    """Return how the facts are shown: the list with what each piece proves, or the names alone."""
    listed = [
        f"（{numeral(place)}）{read.text(row, 'name')}，证明{bare_end(read.text(row, 'proves'))}"
        for place, row in enumerate(read.rows(content, "evidence"), start=1)
    ]
    if listed:
        return [f"以上事实有下列证据证实：{'；'.join(listed)}。"]
    names = bare_end(read.text(content, "evidence_text"))
    return [f"以上事实有{names}等证据证实。"] if names else []


def violated(content: Content, ctx: SheetContext, who: str) -> list[Piece]:
    """Return the sentence 你单位的行为违反了…的规定."""
    if ctx.item is None:
        return []
    return [f"{who}的行为违反了", ctx.cite(ctx.item.violated, violation_day(content, ctx)), "的规定。"]


def basis(content: Content, ctx: SheetContext) -> list[Piece]:
    """Return 依据…的规定 without a mark at its end."""
    if ctx.item is None:
        return []
    day = violation_day(content, ctx)
    provisions = [ctx.item.basis, *([ctx.item.detailed_by] if ctx.item.detailed_by else [])]
    cited: list[Piece] = []
    for place, provision in enumerate(provisions):
        cited += ["和" if place else "依据", ctx.cite(provision, day)]
    return [*cited, "的规定"]


def discretion(content: Content, ctx: SheetContext) -> str:
    """Return the step of the benchmark and the reasons (行政处罚法 art. 34); "" when none are given."""
    tier, reasons = ctx.tier(read.text(content, "benchmark")), read.text(content, "discretion_text")
    words = stop(reasons) if reasons else ""
    if tier:
        words += f"参照本机关公布的行政处罚裁量权基准，裁量为“{tier}”档次。"
    if deviation := read.text(content, "deviation"):
        words += f"本案不按该档次处罚的理由：{stop(deviation)}"
    return words


def penalties(content: Content, *, brief: bool = False, listed: str = "") -> tuple[list[Piece], ...]:
    """Return each penalty as it stands on its line, without number and mark.

    Args:
        content: of a document with the fields of the outcome.
        brief: without the amounts in capitals.
        listed: title of the list of goods bound behind the document; "" when there is none.
    """
    unit = "yuan" if brief else "money"
    return tuple(_penalty(row, content, unit, listed) for row in read.rows(content, "sanctions"))


def _penalty(row: Mapping[str, Json], content: Content, unit: str, listed: str) -> list[Piece]:
    kind, text = read.text(row, "kind"), bare_end(read.text(row, "text"))
    if kind in _MONEY:
        amount = read.money(content, _MONEY[kind])
        return [kind, {unit: amount}] if amount is not None else [kind]
    if kind == GOODS:
        count = sum(1 for _ in read.rows(content, "goods"))
        return [f"{kind}{f'共{count}项' if count else ''}{f'，详见《{listed}》' if listed and count else ''}"]
    return [text or kind]


def total(content: Content) -> list[Piece]:
    """Return the sum of fine and confiscated gains where both are imposed; nothing else adds up."""
    kinds = {read.text(row, "kind") for row in read.rows(content, "sanctions")}
    amounts = [read.money(content, name) for kind, name in _MONEY.items() if kind in kinds]
    both = [amount for amount in amounts if amount is not None]
    return ["以上罚没款合计", {"money": sum(both)}, "。"] if len(both) == len(_MONEY) else []


def in_one_sentence(content: Content, *, brief: bool = False) -> list[Piece]:
    """Return ``1．警告；2．罚款…。``; a single penalty has no number."""
    each = penalties(content, brief=brief)
    pieces: list[Piece] = []
    for place, penalty in enumerate(each, start=1):
        pieces += [f"{place}．"] if len(each) > 1 else []
        pieces += [*penalty, "；" if place < len(each) else "。"]
    return pieces


def on_lines(content: Content, listed: str) -> list[Json]:
    """Return each penalty as a numbered line of its own, as a decision prints them."""
    each = penalties(content, listed=listed)
    return [
        [f"{place}．", *penalty, "；" if place < len(each) else "。"] for place, penalty in enumerate(each, start=1)
    ]


def money_due(content: Content) -> tuple[bool, bool]:
    """Return whether a fine, and whether confiscated gains are to be paid."""
    kinds = {read.text(row, "kind") for row in read.rows(content, "sanctions")}
    return FINE in kinds, GAINS in kinds


def provisions(ctx: SheetContext, cited: Sequence[tuple[Citation, date]]) -> list[Json]:
    """Return the annex with the words of the articles, as far as their texts were imported."""
    rows: list[Json] = []
    for citation, day in cited:
        words = ctx.texts.get(str(citation), "")
        try:
            full = ctx.cite(citation, day)
        except CitationError:
            continue
        if words and isinstance(full, dict):
            law, _, article = str(full["text"]).removeprefix("《").partition("》")
            rows.append({"law": law, "article": article, "text": words})
    return rows


def substance_cited(content: Content, ctx: SheetContext) -> list[tuple[Citation, date]]:
    """Return the provisions of substance a penalty rests on, with the day they are read on."""
    if ctx.item is None:
        return []
    day = violation_day(content, ctx)
    detailed = [ctx.item.detailed_by] if ctx.item.detailed_by else []
    return [(citation, day) for citation in (ctx.item.violated, ctx.item.basis, *detailed)]
