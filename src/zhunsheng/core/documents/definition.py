"""From the data of a form file to a ``FormDef``, with an error that names the place.

The shape of the file is in ``docs/reference``; every key is known, an unknown one is an
error, so that a slip of the pen (``requierd``) does not silently loosen a form.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.model import (
    Choice,
    Condition,
    FieldDef,
    FieldType,
    FormDef,
    FormError,
    FormKind,
    Section,
    Show,
    checked,
)
from zhunsheng.core.documents.numbers import Numbering

T = TypeVar("T")
Groups: TypeAlias = Mapping[str, tuple[FieldDef, ...]]
_NO_GROUPS: Groups = {}


class _Table:
    """One table of the file; remembers what was read so that the rest can be refused."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise FormError(f"{where}: not a table")
        self.where = where
        self._left = dict(data)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        value = self._left.pop(key, default)
        # bool is an int to Python; a form file that writes max = true is wrong all the same.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise FormError(f"{self.where}: {key} must be given as {kind.__name__}")
        return value

    def tables(self, key: str, label: str) -> list["_Table"]:
        rows: list[object] = self.take(key, list, [])
        return [_Table(f"{self.where}.{_named(row, label)}", row) for row in rows]

    def words(self, key: str) -> tuple[str, ...]:
        """Return one string or a list of them as a tuple."""
        value = self._left.pop(key, [])
        rows = [value] if isinstance(value, str) else value
        if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
            raise FormError(f"{self.where}: {key} must be given as str or list")
        return tuple(rows)

    def citations(self, key: str) -> tuple[Citation, ...]:
        rows: list[object] = self.take(key, list, [])
        return tuple(self._citation(str(row)) for row in rows)

    def citation(self, key: str) -> Citation:
        return self._citation(self.take(key, str))

    def _citation(self, text: str) -> Citation:
        try:
            return Citation.parse(text)
        except ValueError as error:
            raise FormError(f"{self.where}: {error}") from None

    def end(self) -> None:
        if self._left:
            raise FormError(f"{self.where}: unknown keys {sorted(self._left)}")


def _named(row: object, label: str) -> str:
    return str(row.get(label, "?")) if isinstance(row, Mapping) else "?"


def group_from(name: str, data: Mapping[str, object]) -> tuple[FieldDef, ...]:
    """Return the fields of a shared group (a parsed file of ``forms/shared``).

    Raises:
        FormError: a key is unknown, missing or of the wrong type.
    """
    table = _Table(name, data)
    fields = tuple(_field(row) for row in table.tables("fields", "name"))
    table.end()
    return fields


def form_from(data: Mapping[str, object], groups: Groups = _NO_GROUPS) -> FormDef:
    """Return the form that ``data`` (a parsed TOML file) describes.

    Args:
        data: the file.
        groups: the fields that several forms share, by the name under which a section takes them in.

    Raises:
        FormError: a key is unknown, missing or of the wrong type, or the form contradicts itself.
    """
    table = _Table(str(data.get("id", "form")), data)
    form = FormDef(
        id=table.take("id", str),
        version=table.take("version", int),
        title=table.take("title", str),
        kind=FormKind(table.take("kind", str)),
        basis=table.citations("basis"),
        legal_date=table.take("legal_date", str),
        numbering=_numbering(table),
        layout=table.take("layout", str, ""),
        stages=tuple(str(stage) for stage in table.take("stages", list, [])),
        copies=table.take("copies", str, ""),
        sections=tuple(_section(row, groups) for row in table.tables("sections", "id")),
    )
    table.end()
    return checked(form)


def _numbering(table: _Table) -> Numbering | None:
    data: dict[str, object] = table.take("number", dict, {})
    if not data:
        return None
    row = _Table(f"{table.where}.number", data)
    numbering = Numbering(
        series=row.take("series", str), pattern=row.take("pattern", str), follows=row.take("follows", str, "")
    )
    row.end()
    return numbering


def _section(table: _Table, groups: Groups) -> Section:
    """Return a section: its own fields, then those of the group it uses, all under its condition."""
    use, sources = table.take("use", str, ""), table.words("carry")
    if use and use not in groups:
        raise FormError(f"{table.where}: no group {use}")
    own = tuple(_field(row) for row in table.tables("fields", "name"))
    shared = tuple(_taken_in(item, sources) for item in groups.get(use, ()))
    when = _condition(table.take("when", dict, {}))
    section = Section(
        id=table.take("id", str),
        label=table.take("label", str),
        help=table.take("help", str, ""),
        fields=tuple(replace(item, when=(*when, *item.when)) for item in (*own, *shared)),
    )
    table.end()
    return section


def _taken_in(item: FieldDef, sources: tuple[str, ...]) -> FieldDef:
    return replace(item, carries=tuple(f"{source}.{item.name}" for source in sources), shared=True)


def _field(table: _Table) -> FieldDef:
    name = table.take("name", str)
    result = FieldDef(
        name=name,
        type=FieldType(table.take("type", str)),
        label=table.take("label", str),
        help=table.take("help", str),
        show=Show(table.take("public", str)),
        ground=table.citation("ground"),
        required=table.take("required", bool, default=False),
        max=table.take("max", int, 0),
        unit=table.take("unit", str, ""),
        choices=tuple(_choice(row) for row in table.tables("choices", "value")),
        when=_condition(table.take("when", dict, {})),
        carries=tuple(_source(words, name) for words in table.words("carry")),
        feeds=table.take("feeds", str, ""),
        kind_field=table.take("kind_field", str, ""),
        code_of=table.take("code_of", str, ""),
        fields=tuple(_field(row) for row in table.tables("fields", "name")),
    )
    table.end()
    return result


def _source(words: str, name: str) -> str:
    """Return ``form.field``; a form alone means its field of the same name."""
    return words if "." in words else f"{words}.{name}"


def _choice(table: _Table) -> Choice:
    choice = Choice(table.take("value", str), table.take("label", str))
    table.end()
    return choice


def _condition(data: Mapping[str, list[str | bool]]) -> Condition:
    return tuple((name, tuple(values)) for name, values in data.items())
