"""What a form is: its fields, its number, who may see what of it.

A form is data (``lawdata/forms/<id>.toml``); this module gives the data a type and
refuses a file that contradicts itself when the program starts, not when an officer
stands in a shop. Reading the file is left to ``infra.forms``.

To add a field, add it to the TOML file alone: entry page, parsing, sheet and the table
of what is public all read it from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.numbers import Numbering

Condition: TypeAlias = tuple[tuple[str, tuple[str | bool, ...]], ...]


class FormKind(StrEnum):
    """Whether the agency acts by it, or only says what happened (design, decision 5)."""

    ACT = "act"  # refused when unlawful
    FACT = "fact"  # always kept, faults flagged


class FieldType(StrEnum):
    """What a field holds; the shape of its value in the content is in the comment."""

    TEXT = "text"  # str, one line
    LONGTEXT = "longtext"  # str, lines parted by "\n"
    CHOICE = "choice"  # str, one of the choices
    BOOL = "bool"  # bool
    DATE = "date"  # "YYYY-MM-DD"
    DATETIME = "datetime"  # "YYYY-MM-DDTHH:MM", local time of the agency
    MONEY = "money"  # int, fen
    PARTY_CODE = "party-code"  # str, credit code or resident number
    OFFICERS = "officers"  # list of officer ids, in the order of signing
    ITEM = "item"  # str, id of an enforcement item
    DOCUMENT = "document"  # str, id of a document of the same case
    LIST = "list"  # list of objects of the sub-fields
    SIGNATURE = "signature"  # {"strokes": [[[x, y], …], …]}, see ``strokes``
    FILE = "file"  # {"sha256", "name", "size"}


class Show(StrEnum):
    """How a field appears to the public; each comes with its ground (spec law 6.4)."""

    SHOWN = "shown"
    MASKED = "masked"  # shown in part, after a person has marked what is hidden
    HIDDEN = "hidden"


class FormError(ValueError):
    """A form file contradicts itself. The program does not start with it."""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldDef:
    """One field. ``label`` and ``help`` are in an officer's words."""

    name: str
    type: FieldType
    label: str
    help: str
    show: Show
    ground: Citation
    required: bool = False
    max: int = 0  # characters of a text, rows of a list; 0 = the default of the type
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    when: Condition = ()  # every named field holds one of the values, else the field does not apply
    carries: tuple[str, ...] = ()  # "form.field" of earlier documents; the first that has a value offers it
    feeds: str = ""  # the typed fact of core.casefile.facts this field becomes
    kind_field: str = ""  # for a party code: the field that says whose code it is,
    code_of: str = ""  # or the kind itself, where only one can be meant
    fields: tuple["FieldDef", ...] = ()  # of a list row
    shared: bool = False  # of a group that several forms use; an earlier form need not have all of it

    @property
    def carry(self) -> str:
        """Return the place the value usually comes from; "" when it is not carried."""
        return self.carries[0] if self.carries else ""

    def choice_label(self, value: str) -> str:
        """Return the words for ``value``, or ``value`` itself when no choice has it."""
        return next((choice.label for choice in self.choices if choice.value == value), value)

    def applies(self, content: Mapping[str, Json]) -> bool:
        """Tell whether the field has a place on a sheet with ``content``."""
        return all(_held(content, name) in values for name, values in self.when)


def _held(content: Mapping[str, Json], name: str) -> Json:
    value = content.get(name)
    return False if value is None else value  # a box nobody ticked says no


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    label: str
    fields: tuple[FieldDef, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class FormDef:
    """One form. ``legal_date`` names the field whose day the document bears."""

    id: str
    version: int
    title: str
    kind: FormKind
    basis: tuple[Citation, ...]
    legal_date: str
    sections: tuple[Section, ...]
    numbering: Numbering | None = None
    layout: str = ""  # file beside the form; "" = no sheet
    stages: tuple[str, ...] = ()  # where the procedure usually asks for it: a hint for help pages
    copies: str = ""  # the line at the foot that says how many copies there are
    names: Mapping[str, FieldDef] = field(default_factory=dict, compare=False, repr=False)

    @property
    def fields(self) -> Iterator[FieldDef]:
        """Every field in the order of the sheet."""
        return (item for section in self.sections for item in section.fields)

    def field(self, name: str) -> FieldDef:
        """Return the field called ``name``.

        Raises:
            KeyError: the form has no such field.
        """
        return self.names[name]


def checked(form: FormDef) -> FormDef:
    """Return ``form`` with its index of fields, after every cross-check.

    Raises:
        FormError: a name is used twice, or a reference points nowhere.
    """
    names: dict[str, FieldDef] = {}
    for item in form.fields:
        if item.name in names:
            raise FormError(f"{form.id}: field {item.name} is defined twice")
        names[item.name] = item
    for item in names.values():
        _check_field(form.id, item, names)
    if form.legal_date not in names or names[form.legal_date].type not in {FieldType.DATE, FieldType.DATETIME}:
        raise FormError(f"{form.id}: legal_date names no date: {form.legal_date!r}")
    return replace(form, names=names)


def _check_field(form: str, item: FieldDef, names: Mapping[str, FieldDef]) -> None:
    where = f"{form}.{item.name}"
    if not (item.label and item.help):
        raise FormError(f"{where}: label and help must say something")
    if (item.type is FieldType.CHOICE) != bool(item.choices):
        raise FormError(f"{where}: a choice needs choices, and nothing else has them")
    if (item.type is FieldType.LIST) != bool(item.fields):
        raise FormError(f"{where}: a list needs fields, and nothing else has them")
    if item.kind_field and item.kind_field not in names:
        raise FormError(f"{where}: no field {item.kind_field}")
    for name, values in item.when:
        if name not in names:
            raise FormError(f"{where}: depends on {name}, which the form does not have")
        _check_condition(where, names[name], values)
    for part in item.fields:
        if part.fields or part.when:
            raise FormError(f"{where}.{part.name}: a row is flat and unconditional")
        _check_field(where, part, names)


def _check_condition(where: str, on: FieldDef, values: Sequence[str | bool]) -> None:
    possible: set[str | bool] = {True, False} if on.type is FieldType.BOOL else {choice.value for choice in on.choices}
    if not set(values) <= possible:
        raise FormError(f"{where}: {on.name} can never be {sorted(map(str, set(values) - possible))}")
