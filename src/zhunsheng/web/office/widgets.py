"""What a form page shows: one widget for each field of a form definition, filled and judged.

A widget is plain data for ``office/_widget.html``. It adds nothing to the form: labels,
help, units and conditions come from the definition, answers from the browser or from an
earlier document, sentences about faults from ``infra.wording``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from zhunsheng.core.documents.model import Choice, FieldDef, FieldType, FormDef, Section
from zhunsheng.infra.wording import Said
from zhunsheng.web.office.posted import Raw
from zhunsheng.web.office.said import Placed

WIDE: Final = frozenset({"longtext", "list", "officers", "item", "signature", "document"})
LONG_ANSWER: Final = 100  # characters from which an answer wants a whole line
SHORT_CHOICE: Final = 2  # options that fit into half a line


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; ``group`` gathers options under a heading, ``note`` is said beside it."""

    value: str
    label: str
    group: str = ""
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pools:
    """What can be chosen on this page besides the fixed choices of the form."""

    officers: tuple[Option, ...] = ()
    items: tuple[Option, ...] = ()
    documents: tuple[Option, ...] = ()

    def of(self, kind: FieldType) -> tuple[Option, ...]:
        pools = {FieldType.OFFICERS: self.officers, FieldType.ITEM: self.items, FieldType.DOCUMENT: self.documents}
        return pools.get(kind, ())


@dataclass(frozen=True, slots=True)
class Widget:
    """One field as the page shows it; rows of a list are tuples of widgets."""

    name: str
    id: str
    kind: str
    label: str
    help: str
    required: bool = False
    value: str = ""
    unit: str = ""
    max: int = 0
    options: tuple[Option, ...] = ()
    errors: tuple[Said, ...] = ()  # slips of the pen
    refusals: tuple[Said, ...] = ()  # what the law refuses about this answer
    when: str = ""  # "opinion=differ|refuse;…": read by conditions.js
    when_words: str = ""  # the same for a person, shown when no script runs
    carried: str = ""  # title of the document the answer comes from
    rows: tuple[tuple["Widget", ...], ...] = ()
    slots: tuple[tuple[Option, ...], ...] = ()  # one choice of officer each

    @property
    def wide(self) -> bool:
        """Whether the field takes the whole width: long answers and groups do, short ones stand side by side."""
        return self.kind in WIDE or self.max >= LONG_ANSWER or len(self.options) > SHORT_CHOICE

    @property
    def described_by(self) -> str:
        """Return the ids of the sentences that explain this field, for ``aria-describedby``."""
        return f"{self.id}-h {self.id}-e" if self.errors else f"{self.id}-h"


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the form with its state for the list of parts."""

    id: str
    label: str
    help: str
    widgets: tuple[Widget, ...]
    state: str
    to_fix: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything a form page is made from, besides the definition."""

    raw: Raw
    pools: Pools = Pools()
    faults: Placed = field(default_factory=Placed)
    carried: Mapping[str, str] = field(default_factory=dict)


def parts(form: FormDef, filling: Filling) -> tuple[Part, ...]:
    """Return the sections of ``form`` with their widgets, in order."""
    return tuple(_part(section, form, filling) for section in form.sections)


def _part(section: Section, form: FormDef, filling: Filling) -> Part:
    widgets = tuple(_conditional(_widget(item, filling), item, form) for item in section.fields)
    wrong = sum(_faults(widget) for widget in widgets)
    state = f"{wrong} 处要改" if wrong else _state(section.fields, filling.raw)
    return Part(section.id, section.label, section.help, widgets, state, to_fix=bool(wrong))


def _faults(widget: Widget) -> int:
    own = len(widget.errors) + len(widget.refusals)
    return own + sum(_faults(part) for row in widget.rows for part in row)


def _state(fields: Sequence[FieldDef], raw: Raw) -> str:
    if all(raw.get(item.name) for item in fields if item.required):
        return "已填" if any(raw.get(item.name) for item in fields) else "可不填"
    return "部分已填" if any(raw.get(item.name) for item in fields) else "未填"


def _conditional(widget: Widget, item: FieldDef, form: FormDef) -> Widget:
    if not item.when:
        return widget
    terms = ";".join(f"{name}={'|'.join(_posted(value) for value in values)}" for name, values in item.when)
    said = "，".join(_condition_words(form.field(name), values) for name, values in item.when)
    return replace(widget, when=terms, when_words=f"{said}时填")


def _posted(value: str | bool) -> str:  # noqa: FBT001  (a value of the form, not a switch of this function)
    # A question nobody answered counts as no, on the page as in ``FieldDef.applies``.
    return {True: "yes", False: "no|"}[value] if isinstance(value, bool) else value


def _condition_words(on: FieldDef, values: Sequence[str | bool]) -> str:
    if on.type is FieldType.BOOL:
        return f"“{on.label}”选{'是' if values == (True,) else '否'}"
    return f"“{on.label}”选{'或者'.join(on.choice_label(str(value)) for value in values)}"


def _widget(item: FieldDef, filling: Filling) -> Widget:
    value = filling.raw.get(item.name)
    widget = _bare(item, item.name, item.name, filling.faults)
    widget = replace(widget, carried=filling.carried.get(item.name, ""))
    match item.type:
        case FieldType.LIST:
            widget = replace(widget, rows=_rows(item, value, filling))
        case FieldType.OFFICERS:
            widget = replace(widget, slots=_slots(value, filling.pools.officers))
        case FieldType.CHOICE:
            widget = replace(widget, options=_choices(item.choices, value))
        case FieldType.ITEM | FieldType.DOCUMENT:
            options = _mark(filling.pools.of(item.type), value)
            widget = replace(widget, value=str(value or ""), options=options)
        case FieldType.BOOL:
            widget = replace(widget, options=yes_no(value))
        case FieldType.SIGNATURE:
            widget = replace(widget, value=_strokes(value))
        case _:
            widget = replace(widget, value=str(value or ""))
    return widget


def _bare(item: FieldDef, name: str, path: str, faults: Placed) -> Widget:
    return Widget(
        name=name,
        id=f"f-{name}",
        kind=item.type.value,
        label=item.label,
        help=item.help,
        required=item.required,
        unit=item.unit or ("元" if item.type is FieldType.MONEY else ""),
        max=item.max,
        errors=faults.slips.get(path, ()),
        refusals=faults.refusals.get(path, ()),
    )


def _choices(choices: Sequence[Choice], value: object) -> tuple[Option, ...]:
    return tuple(Option(choice.value, choice.label, chosen=choice.value == value) for choice in choices)


def yes_no(value: object) -> tuple[Option, ...]:
    """Return 是 and 否 with the answer marked; a question nobody answered has none."""
    said = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
    return tuple(Option(word, label, chosen=word == said) for word, label in (("yes", "是"), ("no", "否")))


def _mark(options: Sequence[Option], value: object) -> tuple[Option, ...]:
    return tuple(replace(option, chosen=option.value == value) for option in options)


def _slots(value: object, officers: Sequence[Option]) -> tuple[tuple[Option, ...], ...]:
    """Return one list of officers for each place; two places at least (行政处罚法 art. 42)."""
    chosen = list(value) if isinstance(value, list) else []
    places = [*chosen, *[""] * max(0, 2 - len(chosen))]
    return tuple(_mark(officers, place) for place in places)


def _rows(item: FieldDef, value: object, filling: Filling) -> tuple[tuple[Widget, ...], ...]:
    rows = value if isinstance(value, list) and value else [{}]
    return tuple(_row(item, row if isinstance(row, dict) else {}, index, filling) for index, row in enumerate(rows))


def _row(item: FieldDef, row: Raw, index: int, filling: Filling) -> tuple[Widget, ...]:
    widgets = []
    for part in item.fields:
        name = f"{item.name}-{index}-{part.name}"
        path = f"{item.name}.{index}.{part.name}"
        widget = replace(_bare(part, name, path, filling.faults), value=str(row.get(part.name) or ""))
        if part.type is FieldType.CHOICE:
            widget = replace(widget, options=_choices(part.choices, row.get(part.name)))
        widgets.append(widget)
    return tuple(widgets)


def _strokes(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":")) if value else ""


def stroke_paths(value: object) -> tuple[str, ...]:
    """Return SVG paths of a signature written on the screen; nothing for anything else."""
    strokes = value.get("strokes") if isinstance(value, Mapping) else None
    return tuple(_path(stroke) for stroke in strokes if stroke) if isinstance(strokes, list) else ()


def _path(stroke: Sequence[Sequence[int]]) -> str:
    points = [f"{int(x)} {int(y)}" for x, y, *_ in stroke]
    return f"M{points[0]}L{'L'.join(points[1:] or points)}"
