"""The words of a sheet for a page: the same data the printed sheet is set from, as paragraphs.

The PDF is the document; this is its text for reading on a screen, where lines may wrap
and the size may change. Nothing is added to or left out of what the sheet says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from zhunsheng.core.casefile.events import Json

FLAT: Final = "flat"
PARAGRAPH: Final = ""
EMPTY: Final = "　　　　"  # a place that stays free on the sheet

HEADINGS: Final = {
    "told": "出示证件和告知",
    "found": "现场检查情况",
    "obtained": "现场取得的材料",
    "checked": "被检查人核对",
    "documents": "送达的文书",
    "course": "送达经过",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; ``text`` is a text made of pieces, ``style`` a class of the paper."""

    text: object
    style: str = PARAGRAPH
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    role: str
    names: str
    at: object


@dataclass(frozen=True, slots=True)
class Paper:
    """What ``shared/_paper.html`` shows."""

    title: str
    heading: tuple[str, ...]
    number: str
    lines: tuple[Line, ...]
    signs: tuple[Sign, ...]
    agency: str  # stands under the text of what the agency sends out; "" for records
    date: str


def paper(sheet: Mapping[str, Json]) -> Paper | None:
    """Return the words of ``sheet``, or None when the form has no sheet."""
    if not sheet:
        return None
    title, agency = _text(sheet.get("form"), "title"), _text(sheet.get("agency"), "name")
    outgoing = "remedies" in sheet
    return Paper(
        title=title,
        heading=(agency, title),
        number=str(sheet.get("number") or ""),
        lines=tuple(_lines(sheet)),
        signs=tuple(_sign(row) for row in _list(sheet.get("signs"))),
        agency=agency if outgoing else "",
        date=str(sheet.get("date") or "") if outgoing else "",
    )


def _lines(sheet: Mapping[str, Json]) -> Iterator[Line]:
    for row in (*_list(sheet.get("fields")), *_list(sheet.get("party"))):
        yield from _fields(_list(row))
    for section in _list(sheet.get("sections")):
        yield from (Line(paragraph) for paragraph in _list(section))
    for part in ("told", "found", "obtained", "documents", "course", "checked"):
        yield from _part(part, _list(sheet.get(part)))
    if method := _list(sheet.get("method")):
        yield Line(["送达方式：", *method], FLAT)
    yield from (Line(paragraph) for paragraph in _list(sheet.get("remedies")))
    yield from _refusal(sheet.get("refusal"))


def _fields(row: Sequence[Json]) -> Iterator[Line]:
    """Yield label and value; a row holds one pair or two, and may end with a measure of the layout."""
    for place in range(0, min(len(row), 4) - 1, 2):
        value = row[place + 1]
        yield Line([f"{row[place]}：", EMPTY if value is None else value], FLAT)


def _part(name: str, rows: Sequence[Json]) -> Iterator[Line]:
    if not rows:
        return
    yield Line(HEADINGS[name], FLAT, strong=True)
    for row in rows:
        yield Line(_cells(row) if isinstance(row, Mapping) else row)


def _cells(row: Mapping[str, Json]) -> str:
    return "，".join(str(value) for key in ("name", "number", "count", "note") if (value := row.get(key)))


def _refusal(box: Json) -> Iterator[Line]:
    if not isinstance(box, Mapping):
        return
    yield Line("拒绝签名（签收）情况", FLAT, strong=True)
    yield Line(box.get("text"))
    if witness := box.get("witness"):
        yield Line(f"见证人：{_text(witness, 'name')}，{_text(witness, 'unit')}")


def _sign(row: Json) -> Sign:
    who = _list(row.get("who")) if isinstance(row, Mapping) else []
    names = "、".join(_signer(one) for one in who)
    role = _text(row, "role").removesuffix("（签名）")
    return Sign(role, names, row.get("at") if isinstance(row, Mapping) else None)


def _signer(one: Json) -> str:
    if _text(one, "note"):
        return _text(one, "note")
    number = _text(one, "id")
    return _text(one, "name") + (f"（{number}）" if number else "")


def _text(value: Json, key: str) -> str:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list | tuple) else []
