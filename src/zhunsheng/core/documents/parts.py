"""Parts of the sheets of the ordinary procedure: party block, sections, tables, opinion frames.

A section is ``{"head", …}`` with one body: ``text`` (running text), ``lines`` (ruled, at
least ``min`` lines), ``speeches``, ``turns``, ``table`` or ``choices``. A section without a
body is left out, so that a blank optional field leaves no hole.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.documents.common import OPEN_LABELS, drawn, moment, officer_lines, party_row, person
from zhunsheng.core.documents.context import OpinionLine, SheetContext, Signer
from zhunsheng.core.documents.strokes import signature_svg
from zhunsheng.core.documents.words import Piece, clock_words, pieces, time_words

SEX: Final = {"male": "男", "female": "女"}
BY_HAND: Final = "（拒绝签名，见下栏）"
AGENCY_HEAD: Final = ("approved", "returned", "refused")
UNIT_HEAD: Final = ("checked",)
_WORDS: Final = {"checked": "同意。", "approved": "同意。", "returned": "退回。", "refused": "不同意。"}


def dated(day: date | None) -> Json:
    """Return a day as the layouts read it, or None for a line to be filled by hand."""
    return None if day is None else [{"date": day.isoformat()}]


def day_of(content: Content, name: str) -> Json:
    """Return the day of a field as the layouts read it."""
    return dated(read.day(content, name))


def lines(text: str) -> list[Json]:
    """Return the paragraphs of a text of several lines."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def span(content: Content, start: str = "started_at", end: str = "ended_at") -> Json:
    """Return ``2026年6月11日9时05分至10时28分``; None while the start is open."""
    first, last = read.moment(content, start), read.moment(content, end)
    if first is None:
        return None
    if last is None:
        return moment(first)
    return f"{time_words(first)}至{clock_words(last) if last.date() == first.date() else time_words(last)}"


# ---- who ----------------------------------------------------------------------------------------------


def party_block(label: str, content: Content) -> list[Json]:
    """Return the identity block of a document that goes out (spec law 4.3 nos 18, 21)."""
    party = party_of(content)
    if party is None:
        return [[label, None], ["地址", None]]
    if party.kind is PartyKind.CITIZEN:
        return [*_citizen(label, party, content), ["住址", party.address]]
    licence = read.text(content, "party_licence")
    first: Json = [label, party.name]
    last: Json = ["许可证号", licence, "电话", party.phone, "58%"] if licence else ["电话", party.phone]
    return [
        first,
        ["信用代码", party.code, OPEN_LABELS[party.kind], party.operator, "58%"],
        last,
        ["地址", party.address],
    ]


def _citizen(label: str, party: Party, content: Content) -> list[Json]:
    sex = SEX.get(read.text(content, "party_sex"))
    first: Json = [label, party.name, "性别", sex] if sex else [label, party.name]
    return [first, ["身份证号", party.code, "电话", party.phone, "60%"]]


def subject(content: Content) -> str:
    """Return the name of the party, whether the document holds the whole block or only the name."""
    return read.text(content, "party_name")


def officer_names(content: Content, name: str, ctx: SheetContext) -> str:
    """Return the names of the officers of a field, in order."""
    return "、".join(ctx.person(officer).name for officer in read.names(content.get(name)))


def handlers(ctx: SheetContext) -> str:
    """Return the names of those who make the document."""
    return "、".join(signer.name for signer in ctx.officers)


def others(content: Content, ctx: SheetContext, *fields: str) -> list[Signer]:
    """Return the signers of a document who are not in one of ``fields``."""
    apart = {ctx.person(officer).name for name in fields for officer in read.names(content.get(name))}
    return [signer for signer in ctx.officers if signer.name not in apart]


# ---- sections -----------------------------------------------------------------------------------------


def part(head: str = "", **body: Json) -> Json:
    """Return one section with the bodies that hold something, and with its ruled lines even when they are blank."""
    kept: dict[str, Json] = {name: value for name, value in body.items() if value or name == "lines"}
    if isinstance(text := kept.get("text"), list):
        kept["text"] = written(*text)
    return {"head": head} | kept


def written(*paragraphs: Json) -> list[Json]:
    """Return the paragraphs that say something: an empty one would leave a line of nothing."""
    return [paragraph for paragraph in paragraphs if any(pieces(paragraph))]


def section(head: str, *paragraphs: Json) -> list[Json]:
    """Return running text under its heading, or nothing."""
    text: list[Json] = [paragraph for paragraph in paragraphs if paragraph]
    return [{"head": head, "text": text}] if text else []


def told(head: str, text: str) -> list[Json]:
    """Return the lines of a field under a heading, or nothing."""
    return section(head, *lines(text))


def ruled(head: str, text: str, *, at_least: int = 3) -> list[Json]:
    """Return lines that may also be written by hand; printed empty when there is no text."""
    return [{"head": head, "lines": lines(text), "min": at_least}]


def table(
    head: str, columns: Sequence[tuple[str, str, str]], rows: Iterable[Sequence[Json]], *, note: str = ""
) -> list[Json]:
    """Return a table under a heading, or nothing. A column is heading, width (``12mm``, ``1fr``) and side (c, l, r)."""
    cells: list[Json] = [[value or None for value in row] for row in rows]
    if not cells:
        return []
    titles, widths, sides = (list[Json](column[place] for column in columns) for place in range(3))
    return [{"head": head, "table": {"head": titles, "widths": widths, "sides": sides, "rows": cells, "note": note}}]


GOODS: Final = (
    ("名称", "1fr", "l"),
    ("规格型号", "28mm", "l"),
    ("单位", "12mm", "c"),
    ("数量", "16mm", "r"),
    ("批号／编号", "26mm", "l"),
    ("状态", "22mm", "l"),
)
_GOODS_FIELDS: Final = ("name", "spec", "unit", "count", "batch", "note")


def inventory(title: str, attached_to: str, content: Content, signs: Sequence[Json]) -> Json:
    """Return the list of goods that is bound behind a document, with its own signatures (spec law 4.3 no. 10)."""
    rows = [[read.text(row, name) or None for name in _GOODS_FIELDS] for row in read.rows(content, "goods")]
    if not rows:
        return None
    return {
        "title": title,
        "attached": attached_to,
        **{name: [column[place] for column in GOODS] for place, name in enumerate(("head", "widths", "sides"))},
        "rows": [list[Json](row) for row in rows],
        "signs": list(signs),
    }


def goods_signs(content: Content, ctx: SheetContext) -> list[Json]:
    """Return the signature rows under a list of goods: the party's free for the pen, the officers'."""
    return [
        {"role": "当事人", "who": [{"name": person(party_of(content))}], "at": None},
        {"role": "执法人员", "who": officer_lines(ctx.officers), "at": None},
    ]


# ---- signatures and opinions ----------------------------------------------------------------------------


def frames(ctx: SheetContext, *wanted: tuple[str, Sequence[str]]) -> list[Json]:
    """Return the frames that later events fill: title and the kinds of opinion that go into it."""
    return [{"title": title, "opinion": _frame(ctx.opined(*kinds))} for title, kinds in wanted]


def both_heads(ctx: SheetContext) -> list[Json]:
    """Return the frames of the unit head and of the agency head."""
    return frames(ctx, ("承办机构\n负责人意见", UNIT_HEAD), ("行政机关负责人\n审批意见", AGENCY_HEAD))


def _frame(line: OpinionLine | None) -> Json:
    if line is None:
        return None
    words = line.text or _WORDS.get(line.opinion, "")
    if line.delegation:
        words += f"（依{line.delegation}代行）"
    sign: dict[str, Json] = {"name": line.name, "at": line.on.isoformat()}
    if line.strokes:
        sign["image"] = signature_svg(line.strokes)
    return {"text": words, "sign": sign}


def one_row(role: str, signers: Sequence[Signer], at: str | None = None) -> Json:
    """Return a signature row of officers named by their part in the meeting."""
    return {"role": role, "who": officer_lines(signers), "at": at}


def receipt_signs(content: Content) -> list[Json]:
    """Return the row in which the party takes the document on the spot; nothing when it is served later."""
    state = read.text(content, "acknowledged")
    if not state:
        return []
    refused = "（拒绝签收，见下栏）" if state == "refused" else ""
    return [
        party_row("当事人签收", person(party_of(content)), drawn(content, "party_signature"), None, refused=refused)
    ]


def record_check(content: Content, who: str, word: str = "与我说的一致，记录属实") -> Json:
    """Return how the one who was heard checked the record."""
    pages: list[Json] = ["以上笔录共", {"pages": True}, "页，"]
    match read.text(content, "opinion"):
        case "agree":
            return [[*pages, f"我已看过，{word}。"]]
        case "differ":
            own = read.text(content, "opinion_text").rstrip("。")
            return [[*pages, f"我已看过，有以下不同意见：{own}。"]]
        case "refuse":
            return [[*pages, f"已交{who}核对，{who}拒绝签名。"]]
        case _:
            return None


def stamped(value: datetime | None) -> str | None:
    """Return a time as a signature row prints it."""
    return value.strftime("%Y-%m-%dT%H:%M") if value else None


def joined(pieces: Iterable[Sequence[Piece]]) -> list[Piece]:
    """Return several texts as one."""
    return [piece for text in pieces for piece in text]
