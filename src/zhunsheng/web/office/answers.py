"""Kept answers in words, for the page that shows them once more before they are filed, and for a filed document.

Ids of officers, items and documents become names here; an answer that does not apply is
not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.core.casefile.events import Content
from zhunsheng.core.documents.model import FieldDef, FieldType, FormDef, Section
from zhunsheng.web.office.widgets import Option, Pools, stroke_paths
from zhunsheng.web.shared import words


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: lines of words, or the strokes of a signature. ``target`` is its field on the form."""

    label: str
    lines: tuple[str, ...]
    target: str
    strokes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    label: str
    answers: tuple[Answer, ...]


def answers(form: FormDef, content: Content, pools: Pools) -> tuple[Part, ...]:
    """Return the sections of ``form`` with the answers that ``content`` gives, in order."""
    parts = (_part(section, content, pools) for section in form.sections)
    return tuple(part for part in parts if part.answers)


def _part(section: Section, content: Content, pools: Pools) -> Part:
    shown = (field for field in section.fields if field.applies(content) and _matters(field, content))
    return Part(section.id, section.label, tuple(_answer(field, content.get(field.name), pools) for field in shown))


def _matters(field: FieldDef, content: Content) -> bool:
    """Tell whether the absence of an answer says something: of a required one it does, and of a signature."""
    given = content.get(field.name) not in (None, "", [])
    return given or field.required or field.type is FieldType.SIGNATURE


def _answer(field: FieldDef, value: object, pools: Pools) -> Answer:
    target = f"f-{field.name}"
    if field.type is FieldType.SIGNATURE:
        strokes = stroke_paths(value)
        return Answer(field.label, () if strokes else ("在纸上签",), target, strokes)
    lines = tuple(_lines(field, value, pools)) if value not in (None, "", []) else ("没有填",)
    return Answer(field.label, lines, target)


def _lines(field: FieldDef, value: object, pools: Pools) -> Sequence[str]:
    if field.type is FieldType.LIST:
        return _rows(field, value, pools)
    if field.type in {FieldType.OFFICERS, FieldType.ITEM, FieldType.DOCUMENT}:
        chosen = value if isinstance(value, list) else [value]
        return [_name(str(one), pools.of(field.type)) for one in chosen]
    return _said(field, value).split("\n")


def _said(field: FieldDef, value: object) -> str:
    said = str(value)
    match field.type:
        case FieldType.BOOL:
            said = "是" if value is True else "否"
        case FieldType.CHOICE:
            said = field.choice_label(said)
        case FieldType.MONEY if isinstance(value, int):
            said = words.yuan(value)
        case FieldType.DATE | FieldType.DATETIME:
            said = _time(value)
        case FieldType.FILE if isinstance(value, Mapping):
            said = str(value.get("name", ""))
        case _:
            pass
    return said


def _time(value: object) -> str:
    moment, day = words.read_moment(value), words.read_day(value)
    if moment is not None:
        return f"{words.long_day(moment.date())} {moment:%H:%M}"
    return words.long_day(day) if day else str(value)


def _rows(field: FieldDef, value: object, pools: Pools) -> Sequence[str]:
    rows = value if isinstance(value, list) else []
    return [f"{number}．{_row(field, row, pools)}" for number, row in enumerate(rows, 1) if isinstance(row, Mapping)]


def _row(field: FieldDef, row: Mapping[str, object], pools: Pools) -> str:
    cells = ("，".join(_lines(part, row[part.name], pools)) for part in field.fields if row.get(part.name))
    return "：".join(cells) if len(field.fields) == 2 else "，".join(cells)  # noqa: PLR2004  (place and what was seen there)


def _name(value: str, options: Sequence[Option]) -> str:
    return next((option.label for option in options if option.value == value), value)
