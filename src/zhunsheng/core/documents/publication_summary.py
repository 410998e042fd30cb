"""行政处罚决定书（摘要）: the text for the public, before and after a person has looked at it.

``summary_of`` proposes it from the decision: without address, telephone and number of a
person (spec law 4.3 no. 29), the operator's name cut to the surname, a citizen's name
and number handled as 6.4 says. What a computer cannot see (a name inside the facts) a
publisher masks and a second person checks; ``publication_summary`` prints what they agreed.
"""

from zhunsheng.core.casefile.content import day as read_day
from zhunsheng.core.casefile.content import text as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import SPOT_DECISION, SpotDecision, party_of
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.documents.common import bare_end, head
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.penalty_decision import ordinary_text
from zhunsheng.core.documents.spot_decision import DecisionText, decision_text
from zhunsheng.core.documents.words import plain

_COMPOUND = frozenset(  # surnames of two characters
    {"欧阳", "上官", "司马", "司徒", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙"}
    | {"慕容", "令狐", "宇文", "长孙", "端木", "南宫", "西门", "独孤", "司空", "轩辕"}
)
PENALTY_DECISION = "penalty-decision"
FOOT = "本摘要由处罚机关依法公开；遮盖部分以“某”“×”表示。"
_PARAGRAPHS = (
    ("案由", "cause"),
    ("违法事实和主要证据", "facts"),
    ("告知和陈述、申辩", "course"),
    ("处罚依据", "basis"),
    ("处罚内容", "penalty"),
    ("履行方式和期限", "performance"),
    ("救济途径和期限", "remedies"),
)


def masked_name(name: str) -> str:
    """Return the surname and 某: 陈某, 欧阳某."""
    surname = name[:2] if name[:2] in _COMPOUND else name[:1]
    return f"{surname}某" if name else ""


def summary_of(content: Content, ctx: SheetContext, form: str = SPOT_DECISION) -> dict[str, Json]:
    """Return the proposed content of the summary of one decision; raises as ``spot_decision``."""
    text = public_text(form, content, ctx)
    proposed = {
        "number": ctx.number,
        **_party(party_of(content)),
        "cause": ctx.item.cause if ctx.item else "",
        "facts": plain([*text.facts, *text.violated]),
        "course": text.course,
        "basis": f"{plain(text.basis)}。",
        "penalty": _penalty(text),
        "performance": plain(text.performance),
        "remedies": plain(text.remedies),
        "agency": ctx.agency.name,
        "officers": "、".join(f"{signer.name}（{signer.certificate}）" for signer in ctx.officers),
        "made_on": (read_day(content, "made_on") or read_day(content, "made_at") or ctx.day).isoformat(),
    }
    return {name: value for name, value in proposed.items() if value}


def public_text(form: str, content: Content, ctx: SheetContext) -> DecisionText:
    """Return the paragraphs of a decision of either procedure, speaking of 当事人; raises as ``spot_decision``."""
    if form == PENALTY_DECISION:
        return ordinary_text(content, ctx, who="当事人")
    return decision_text(SpotDecision.of(content), ctx, who="当事人")


def _party(party: Party | None) -> dict[str, str]:
    if party is None:
        return {}
    if party.kind is PartyKind.CITIZEN:
        return {"party_name": masked_name(party.name)}
    return {"party_name": party.name, "party_code": party.code, "party_operator": masked_name(party.operator)}


def _penalty(text: DecisionText) -> str:
    words = "；".join(plain(penalty) for penalty in text.penalties)
    return f"{words}。{text.correction}" if words else text.correction


def publication_summary(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet: what ``content`` says and nothing else of the case."""
    code: Json = None
    if ctx.check is not None:
        code = {"qr": ctx.check.qr, "url": ctx.check.url, "code": ctx.check.code}
    return head(form, ctx, None) | {
        "agency": {"name": read(content, "agency") or ctx.agency.name},
        "number": read(content, "number"),
        "date": read(content, "made_on"),
        "party": _lines(content),
        "paragraphs": _paragraphs(content),
        "officers": bare_end(read(content, "officers")),
        "copies": FOOT,
        "check": code,
    }


def _lines(content: Content) -> list[Json]:
    rows: list[Json] = [["被处罚人", read(content, "party_name") or None]]
    for label, name in (("信用代码", "party_code"), ("经营者（负责人）", "party_operator")):
        if value := read(content, name):
            rows.append([label, value])
    return rows


def _paragraphs(content: Content) -> list[Json]:
    texts = ((title, read(content, name)) for title, name in _PARAGRAPHS)
    return [{"head": title, "text": [*text.split("\n")]} for title, text in texts if text]
