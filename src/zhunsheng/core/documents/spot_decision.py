"""The sheet of 当场行政处罚决定书, composed from its typed facts.

Order of the text (spec law 4.3 no. 22): facts and evidence, provision violated, course of
telling and defence, basis, the penalty, how to perform, remedies. Provisions of substance
resolve on the day of the violation, those of procedure on the day of the decision.
"""

from dataclasses import dataclass
from datetime import date

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import SpotDecision
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import (
    OPEN_LABELS,
    bare_end,
    check_mark,
    drawn,
    head,
    moment,
    officers_row,
    party_row,
    person,
    refusal_box,
    stop,
    you,
)
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.remedies import performance, remedies
from zhunsheng.core.documents.words import Piece, day_words

ON_THE_SPOT = Citation("xzcff", 51)
REFUSED = "（拒绝签收，见下栏）"
_HALF, _QUARTER = 14, 9  # characters that fit half a line and its short half


@dataclass(frozen=True, slots=True)
class DecisionText:
    """The paragraphs of the decision; the public summary is made of the same ones."""

    facts: list[Piece]
    violated: list[Piece]
    course: str
    basis: list[Piece]
    penalties: tuple[list[Piece], ...]
    correction: str
    performance: list[Piece]
    remedies: list[Piece]


def spot_decision(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet.

    Raises:
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day of the decision.
    """
    decision = SpotDecision.of(content)
    text = decision_text(decision, ctx, who=you(decision.party))
    result = head(form, ctx, decision.made_on, sealed=True) | {
        "party": _party(decision),
        "sections": _sections(text),
        "remedies": [list(text.remedies)],
        "signs": _signs(content, decision, ctx),
        "check": check_mark(ctx),
    }
    if decision.acknowledged == "refused":
        result["refusal"] = refusal_box(decision.refusal_note, "", "")
    if ctx.filed_on is not None:
        result["filed"] = f"已于{day_words(ctx.filed_on)}报本机关备案。"
    return result


def decision_text(decision: SpotDecision, ctx: SheetContext, *, who: str) -> DecisionText:
    """Return the paragraphs of the decision, addressed to ``who`` (你, 当事人); raises as ``spot_decision``."""
    made = decision.made_on or ctx.day
    violated = decision.violated_on or made
    return DecisionText(
        facts=_facts(decision, who),
        violated=_violated(ctx, violated),
        course=_course(decision, who),
        basis=_basis(ctx, violated, made),
        penalties=_penalties(decision),
        correction=f"并责令{who}{stop(decision.correction_text)}" if decision.correction_text else "",
        performance=performance(ctx, made, cash=decision.pay_way == "cash") if _has_fine(decision) else [],
        remedies=remedies(ctx, made),
    )


def _has_fine(decision: SpotDecision) -> bool:
    return decision.penalty is not None and decision.penalty.has_fine


def _facts(decision: SpotDecision, who: str) -> list[Piece]:
    at = decision.violated_at
    time: list[Piece] = ["于", {"time": at.strftime("%Y-%m-%dT%H:%M")}] if at else []
    words = f"{stop(decision.facts_text)}上述事实有{bare_end(decision.evidence_text)}为证。"
    return [f"经查，{who}", *time, words]


def _violated(ctx: SheetContext, day: date) -> list[Piece]:
    return [] if ctx.item is None else ["上述行为违反了", ctx.cite(ctx.item.violated, day), "的规定。"]


def _course(decision: SpotDecision, who: str) -> str:
    told = [
        name
        for name, done in (
            ("拟作出的行政处罚内容及事实、理由、依据", decision.told),
            ("依法享有的陈述、申辩权利", decision.explained),
        )
        if done
    ]
    words = f"执法人员已向{who}出示执法证件，当场告知{'和'.join(told)}；" if told else ""
    if decision.defence == "made":
        quoted = bare_end(decision.defence_text).replace("“", "‘").replace("”", "’")
        return f"{words}{who}提出以下陈述、申辩：“{quoted}”。经复核，{stop(decision.defence_answer)}"
    return f"{words}{who}表示没有异议，不作陈述、申辩。" if decision.defence == "none" else words


def _basis(ctx: SheetContext, violated: date, made: date) -> list[Piece]:
    """Return 依据…、…和…的规定: the penalty, the rule that details it, the power to act on the spot."""
    provisions = [ctx.cite(ON_THE_SPOT, made)]
    if ctx.item is not None:
        detailed = [ctx.item.detailed_by] if ctx.item.detailed_by else []
        provisions = [ctx.cite(provision, violated) for provision in (ctx.item.basis, *detailed)] + provisions
    marks = ["依据", *["、"] * (len(provisions) - 2), "和"][: len(provisions)]
    return [piece for mark, provision in zip(marks, provisions, strict=True) for piece in (mark, provision)] + [
        "的规定"
    ]


def _penalties(decision: SpotDecision) -> tuple[list[Piece], ...]:
    if decision.penalty is None:
        return ()
    words: dict[str, list[Piece]] = {"警告": ["警告"], "罚款": ["罚款", {"money": decision.fine or 0}]}
    return tuple(words[sanction] for sanction in decision.penalty.sanctions)


def _sections(text: DecisionText) -> Json:
    """Return the paragraphs: one penalty stands in the sentence, several as numbered lines."""
    opening = [*text.basis, "，决定给予以下行政处罚："]
    if len(text.penalties) == 1:
        decided: list[list[Piece]] = [[*opening, *text.penalties[0], "。", text.correction]]
    else:
        lines = [[f"{place}．", *penalty, "。"] for place, penalty in enumerate(text.penalties, start=1)]
        decided = [opening, *lines, [text.correction]]
    paragraphs = [text.facts, [*text.violated, text.course], *decided, text.performance]
    return [[list(paragraph) for paragraph in paragraphs if any(paragraph)]]


def _party(decision: SpotDecision) -> list[Json]:
    return [*_who(decision.party), *_pair("处罚时间", moment(decision.made_at), "处罚地点", decision.place)]


def _who(party: Party | None) -> list[Json]:
    if party is None:
        return [["被处罚人", None], ["地址", None]]
    if party.kind is PartyKind.CITIZEN:
        return [["被处罚人", party.name, "电话", party.phone], ["身份证号", party.code], ["地址", party.address]]
    operator = OPEN_LABELS[party.kind]
    if len(party.name) <= _HALF and len(party.operator) <= _QUARTER:
        names: list[Json] = [["被处罚人", party.name, operator, party.operator]]
    else:
        names = [["被处罚人", party.name], [operator, party.operator]]
    return [*names, ["信用代码", party.code, "电话", party.phone], ["地址", party.address]]


def _pair(label: str, value: Json, other: str, text: str) -> list[Json]:
    """Return both on one line where the second is short, else each on its own."""
    return [[label, value, other, text]] if len(text) <= _QUARTER else [[label, value], [other, text]]


def _signs(content: Content, decision: SpotDecision, ctx: SheetContext) -> list[Json]:
    refused = REFUSED if decision.acknowledged == "refused" else ""
    at = decision.made_at.strftime("%Y-%m-%dT%H:%M") if decision.made_at else None
    image = drawn(content, "party_signature")
    return [
        officers_row("执法人员（签名）", ctx),
        party_row("当事人签收", person(decision.party), image, at, refused=refused),
    ]
