"""The public page of a decision: what the party holds in hand, as far as the public may read it.

``original`` composes the page from the decision's typed facts, nothing hidden yet, in
the shape that is published; ``published`` is the same page with the stretches hidden
that a publisher proposed and a checker approved. Neither invents a word: the paragraphs
are those of the decision itself. Address, telephone and numbers of persons are never on
the page (spec law 4.3 no. 29, 6.4).
"""

from dataclasses import dataclass

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import Penalty, SpotDecision
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.deadlines import Deadline
from zhunsheng.core.disclosure.masks import Mask, hide, plain
from zhunsheng.core.documents.common import stop
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.spot_decision import DecisionText, decision_text
from zhunsheng.core.documents.words import day_words, figures
from zhunsheng.core.law.cite import cite

FORMAT = "zhunsheng-publication/1"
OPEN_PERSON = {PartyKind.BUSINESS: "经营者", PartyKind.ORGANISATION: "法定代表人（负责人）"}


@dataclass(frozen=True, slots=True)
class Source:
    """The decision and what its page needs beside it."""

    publication: str
    decision: Document
    context: SheetContext
    title: str  # of the form: 当场行政处罚决定书
    commitment: str  # hex, of the decision's event
    due: Deadline | None  # last day of publication


def original(source: Source) -> dict[str, Json]:
    """Return the page with nothing hidden.

    Raises:
        CitationError: a provision does not resolve on its day.
    """
    decision = SpotDecision.of(source.decision.content)
    text = decision_text(decision, source.context, who="当事人")
    ctx, made = source.context, source.decision.made_on
    party = decision.party.name if decision.party else ""
    page: dict[str, Json] = {
        "format": FORMAT,
        "publication": source.publication,
        "kind": "penalty-simple",
        "agency": ctx.agency.name,
        "number": source.decision.number or "",
        "title": f"{party}{ctx.item.cause if ctx.item else ''}",
        "party": _party_block(decision.party),
        "cause": ctx.item.cause if ctx.item else "",
        "result": result(decision),
        "decided_on": made.isoformat(),
        "plain": _plain(decision, text, ctx),
        "paper": {"title": [ctx.agency.name, source.title], "lines": _lines(source, decision, text)},
        "basis": _basis(decision, ctx),
        "officers": [{"name": signer.name, "certificate": signer.certificate} for signer in ctx.officers],
        "decision": source.commitment,
    }
    return page | _term(source.due)


def published(page: dict[str, Json], masks: tuple[Mask, ...]) -> dict[str, Json]:
    """Return ``page`` with ``masks`` hidden everywhere, and the list of what was hidden and why."""
    hidden: dict[str, Json] = {}
    for name, value in page.items():
        if name == "paper" and isinstance(value, dict):
            hidden[name] = {"title": value["title"], "lines": _each(value["lines"], masks)}
        elif name == "plain":
            hidden[name] = _each(value, masks)
        elif name in {"title", "cause"} and isinstance(value, str):
            hidden[name] = plain(value, masks)
        elif name == "party" and isinstance(value, dict):
            hidden[name] = {key: plain(str(words), masks) for key, words in value.items()}
        else:
            hidden[name] = value
    return hidden | {"masks": [mask.public() for mask in masks]}


def result(decision: SpotDecision) -> str:
    """Return the penalty in a few words: 警告，罚款 500.00 元."""
    if decision.penalty is None:
        return ""
    fine = f"罚款{figures(decision.fine or 0)}"
    return {
        Penalty.WARNING: "警告",
        Penalty.FINE: fine,
        Penalty.WARNING_AND_FINE: f"警告，{fine}",
    }[decision.penalty]


def _each(lines: Json, masks: tuple[Mask, ...]) -> Json:
    rows = lines if isinstance(lines, list) else []
    return [{**row, "text": hide(row.get("text"), masks)} for row in rows if isinstance(row, dict)]


def _party_block(party: Party | None) -> dict[str, Json]:
    if party is None:
        return {}
    if party.kind is PartyKind.CITIZEN:
        return {"name": party.name}
    return {"name": party.name, "code": party.code}


def _plain(decision: SpotDecision, text: DecisionText, ctx: SheetContext) -> list[Json]:
    violated = decision.violated_on or ctx.day
    parts: list[tuple[str, list[Json]]] = [
        ("查到什么", [{"date": violated.isoformat()}, "，", stop(decision.facts_text)]),
        ("违反什么", list(text.violated)),
        ("怎样处罚", [f"{result(decision)}。", text.correction]),
        ("当事人可以", list(text.remedies)),
    ]
    return [{"label": label, "text": [piece for piece in words if piece]} for label, words in parts if words]


def _lines(source: Source, decision: SpotDecision, text: DecisionText) -> list[Json]:
    ctx = source.context
    party = decision.party
    head: list[tuple[str, Json]] = [("right", source.decision.number or "")]
    if party is not None:
        head.append(("flat", f"被处罚人：{party.name}"))
        if party.kind is not PartyKind.CITIZEN:
            head.append(("flat", f"统一社会信用代码：{party.code}"))
        if party.operator and party.kind in OPEN_PERSON:
            head.append(("flat", f"{OPEN_PERSON[party.kind]}：{party.operator}"))
    penalty: list[Json] = [*text.basis, "，决定给予以下行政处罚："]
    for place, words in enumerate(text.penalties):
        penalty += [*(["；"] if place else []), *words]
    body: list[tuple[str, Json]] = [
        ("para", list(text.facts)),
        ("para", [*text.violated, text.course]),
        ("para", [*penalty, "。", text.correction]),
        ("para", list(text.performance)),
        ("para", list(text.remedies)),
        ("flat", "执法人员：" + "、".join(f"{signer.name}（{signer.certificate}）" for signer in ctx.officers)),
        ("right", ctx.agency.name),
        ("right", day_words(source.decision.made_on)),
    ]
    return [{"style": style, "text": words} for style, words in (*head, *body) if words]


def _basis(decision: SpotDecision, ctx: SheetContext) -> list[Json]:
    day = decision.violated_on or ctx.day
    basis = ctx.book.as_of(ctx.item.basis, day) if ctx.item else None
    return [cite(basis, day, ctx.book)] if basis else []


def _term(due: Deadline | None) -> dict[str, Json]:
    """Return the last day of publication and how it was counted, in one sentence."""
    if due is None:
        return {}
    counted = "、".join(day_words(step.day) for step in due.explanation if step.counted)
    skipped = "、".join(day_words(step.day) for step in due.explanation if not step.counted and step.day > due.start)
    words = f"{day_words(due.start)}当天不算；计入的工作日是{counted}"
    rest = f"；{skipped}是休息日，不计入" if skipped else ""
    return {"due_on": due.last.isoformat(), "due_explained": f"{words}{rest}。"}
