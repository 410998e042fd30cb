"""From what was typed or sent to the content of a document: types only, no law.

Both doors use it: a page sends strings, the API sends JSON; each value may come in
either shape, and parsing a parsed content changes nothing. What cannot be read becomes
a ``Fault`` with the field's name (``findings.2.text`` for a cell of a row) and is left out
of the content. Whether the document is lawful is asked elsewhere (``core.procedures``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.model import FieldDef, FieldType, FormDef
from zhunsheng.core.documents.values import Reader, UnreadableError, is_empty, readers
from zhunsheng.core.errors import Fault

_ROWS = 100  # of a list whose form says nothing


@dataclass(frozen=True, slots=True)
class Checks:
    """What parsing needs from outside the core.

    ``party_code`` takes the party's kind and a code and returns the stable fault code of what is
    wrong with it, or None. ``printable`` tells whether the fonts have a character.
    """

    party_code: Callable[[str, str], str | None]
    printable: Callable[[str], bool]


class Parsed(NamedTuple):
    content: dict[str, Json]
    faults: tuple[Fault, ...]


def parse(form: FormDef, raw: Mapping[str, object], checks: Checks) -> Parsed:
    """Return what ``raw`` says in the form's types, and a fault for everything that it cannot say."""
    faults = [Fault("field-unknown", facts=(("field", str(name)[:60]),)) for name in raw if name not in form.names]
    reader = _Parser(readers(checks.printable), faults)
    content: dict[str, Json] = {}
    for item in form.fields:
        value = reader.value(item, raw.get(item.name), item.name)
        if value is not None:
            content[item.name] = value
    _judge_codes(form, content, checks, faults)
    _drop_inapplicable(form, content, faults)
    return Parsed(content, tuple(faults))


class _Parser:
    def __init__(self, by_type: Mapping[FieldType, Reader], faults: list[Fault]) -> None:
        self._readers = by_type
        self._faults = faults

    def value(self, item: FieldDef, given: object, path: str) -> Json:
        if is_empty(given):
            return None
        if item.type is FieldType.LIST:
            return self._rows(item, given, path)
        try:
            return self._readers[item.type](item, given)
        except UnreadableError as error:
            self._faults.append(Fault(error.code, facts=(("label", item.label), *error.facts), field=path))
            return None

    def _rows(self, item: FieldDef, given: object, path: str) -> Json:
        limit = item.max or _ROWS
        if not isinstance(given, list | tuple) or not all(isinstance(row, Mapping) for row in given):
            self._faults.append(Fault("bad-list", facts=(("label", item.label),), field=path))
            return None
        if len(given) > limit:
            self._faults.append(
                Fault("too-many-rows", facts=(("label", item.label), ("limit", str(limit))), field=path)
            )
            return None
        rows = [self._row(item, row, f"{path}.{place}") for place, row in enumerate(given)]
        return [row for row in rows if row] or None

    def _row(self, item: FieldDef, given: Mapping[str, object], path: str) -> Json:
        known = {part.name for part in item.fields}
        self._faults += [
            Fault("field-unknown", facts=(("field", f"{path}.{str(name)[:60]}"),))
            for name in given
            if name not in known
        ]
        return {
            part.name: value
            for part in item.fields
            if (value := self.value(part, given.get(part.name), f"{path}.{part.name}")) is not None
        }


def _judge_codes(form: FormDef, content: dict[str, Json], checks: Checks, faults: list[Fault]) -> None:
    """Take out of ``content`` every party code that fails its check digit; the kind is known only now."""
    for item in form.fields:
        code = content.get(item.name)
        if item.type is not FieldType.PARTY_CODE or not isinstance(code, str):
            continue
        kind = item.code_of or str(content.get(item.kind_field, ""))
        if wrong := checks.party_code(kind, code):
            faults.append(Fault(wrong, facts=_code_facts(item, wrong, code), field=item.name))
            del content[item.name]


def _code_facts(item: FieldDef, wrong: str, code: str) -> tuple[tuple[str, str], ...]:
    # The number of a person is repeated nowhere: a fault may end up in a log.
    return (("label", item.label), ("value", code)) if wrong == "bad-credit-code" else (("label", item.label),)


def _drop_inapplicable(form: FormDef, content: dict[str, Json], faults: list[Fault]) -> None:
    """Refuse a value that has no place on the sheet: a fine beside a mere warning is no slip to pass over."""
    for item in form.fields:
        if item.name in content and not item.applies(content):
            given = content.pop(item.name)
            if given is not False:
                faults.append(Fault("field-not-applicable", facts=(("label", item.label),), field=item.name))


def missing(form: FormDef, content: Content) -> tuple[Fault, ...]:
    """Return a fault for each required field that ``content`` leaves empty though it applies."""
    return tuple(
        Fault("field-missing", facts=(("label", label),), field=path)
        for item in form.fields
        if item.applies(content)
        for path, label in _gaps(item, content.get(item.name))
    )


def _gaps(item: FieldDef, value: Json) -> list[tuple[str, str]]:
    if item.required and is_empty(value):
        return [(item.name, item.label)]
    if not isinstance(value, list):
        return []
    return [
        (f"{item.name}.{place}.{part.name}", part.label)
        for place, row in enumerate(value)
        if isinstance(row, dict)
        for part in item.fields
        if part.required and is_empty(row.get(part.name))
    ]


def carried(form: FormDef, earlier: Mapping[str, Content]) -> dict[str, Json]:
    """Return the values that ``form`` offers from ``earlier`` documents (form id to content).

    A field whose condition nobody has answered yet is offered too: the page shows it once the
    answer asks for it.
    """
    found = {item.name: value for item in form.fields if (value := _carried_value(item, earlier)) is not None}
    return {name: value for name, value in found.items() if _may_apply(form.field(name), found)}


def _may_apply(item: FieldDef, found: Mapping[str, Json]) -> bool:
    return replace(item, when=tuple((name, values) for name, values in item.when if name in found)).applies(found)


def carried_from(form: FormDef, name: str, earlier: Mapping[str, Content]) -> str:
    """Return the form whose document offers the field ``name``; "" when none does."""
    return _offering(form.field(name), earlier)[0]


def _carried_value(item: FieldDef, earlier: Mapping[str, Content]) -> Json:
    return _fitted(item, _offering(item, earlier)[1])


def _offering(item: FieldDef, earlier: Mapping[str, Content]) -> tuple[str, Json]:
    for carry in item.carries:
        source, _, name = carry.partition(".")
        value = earlier.get(source, {}).get(name)
        if value is not None:
            return source, value
    return "", None


def _fitted(item: FieldDef, value: Json) -> Json:
    """Return a carried value as ``item`` holds it: the day of a time, the columns that a row has here."""
    if item.type is FieldType.DATE and isinstance(value, str):
        return value[:10]
    if item.type is FieldType.LIST and isinstance(value, list):
        known = {part.name for part in item.fields}
        return [{k: v for k, v in row.items() if k in known} for row in value if isinstance(row, dict)]
    return value


def unflatten(form: FormDef, pairs: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return the raw values of a posted page, of which only the form's own names are taken.

    A cell of a list is named ``findings-0-text``; officers repeat their name. Row numbers give
    the order and may have gaps (a removed row).
    """
    raw: dict[str, object] = {}
    for item in form.fields:
        if item.type is FieldType.LIST:
            raw[item.name] = _posted_rows(item, pairs)
        elif item.name in pairs:
            values = list(pairs[item.name])
            raw[item.name] = values if item.type is FieldType.OFFICERS else (values[-1] if values else "")
    return raw


def _posted_rows(item: FieldDef, pairs: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    rows: dict[int, dict[str, object]] = {}
    known = {part.name for part in item.fields}
    for name, values in pairs.items():
        head, _, tail = name.partition("-")
        place, _, part = tail.partition("-")
        if head == item.name and part in known and place.isascii() and place.isdigit() and len(place) <= 4 and values:  # noqa: PLR2004
            rows.setdefault(int(place), {})[part] = values[-1]
    return [rows[place] for place in sorted(rows)]
