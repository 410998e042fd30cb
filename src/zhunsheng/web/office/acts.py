"""Small acts on one page: each a form of its own with a few fields, its button, and its faults beside it.

Case documents have their forms as data; here are the acts on accounts and on the
registry, where one page offers several. Types are read here, rules are judged by the
commands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypeAlias, TypedDict

from django.http import QueryDict

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock, wording
from zhunsheng.infra.wording import Said
from zhunsheng.web.office.posted import KEY_BYTES, new_key
from zhunsheng.web.office.said import SummaryLine
from zhunsheng.web.office.widgets import Option, Widget

KEY_LIMIT: Final = 4 * KEY_BYTES
ONE_LINE: Final = 200  # characters; the limit the commands set


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind`` is text, date, or document: one of ``options``."""

    name: str
    label: str
    help: str
    kind: str = "text"
    required: bool = True
    options: tuple[Option, ...] = ()
    max: int = 64
    default: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One act: ``title`` says what changes, ``button`` is its verb with an object."""

    id: str
    title: str
    button: str
    fields: tuple[Field, ...] = ()
    help: str = ""
    grave: bool = False
    after: str = ""  # where on the page the answer stands; "" = at the form itself

    @property
    def anchor(self) -> str:
        """The id of the form on the page."""
        return f"act-{self.id}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as the page shows it, with what was answered and what is wrong with it."""

    form: Form
    widgets: tuple[Widget, ...]
    key: str
    summary: tuple[SummaryLine, ...] = ()
    general: tuple[Said, ...] = ()


Raw: TypeAlias = Mapping[str, str]


class By(TypedDict):
    """Who acts, for whom, when, by which request: what every command takes."""

    agency: str
    actor: str
    at: datetime
    key: str


class Answers:
    """The answers to a form. Reading one of a wrong type notes the fault; ``done`` refuses with all of them."""

    def __init__(self, form: Form, posted: QueryDict) -> None:
        self.form = form
        self.raw: Raw = {field.name: str(posted.get(field.name, "")).strip() for field in form.fields}
        self.key = str(posted.get("key", ""))[:KEY_LIMIT] or new_key()
        self._faults: list[Fault] = []

    def text(self, name: str) -> str:
        """Return one line; an empty one is a fault where the field must be filled."""
        field, value = self._field(name), self.raw[name]
        if not value and field.required:
            self._note("field-missing", field)
        return value

    def choice(self, name: str) -> str:
        """Return one of the options; "" where none must be chosen."""
        field, value = self._field(name), self.text(name)
        if value and value not in {option.value for option in field.options}:
            self._note("bad-choice", field, value=value[:40])
        return value

    def day(self, name: str) -> date:
        """Return a day; where none was given, one that ``done`` will not let through."""
        return self.maybe_day(name) or date.max

    def maybe_day(self, name: str) -> date | None:
        """Return a day, or None where the field may be empty."""
        field, value = self._field(name), self.text(name)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._note("bad-date", field, value=value[:40])
            return None

    def done(self) -> None:
        """Refuse what could not be read; call it before the command.

        Raises:
            RefusedError: with one fault for each unreadable answer.
        """
        if self._faults:
            raise RefusedError(self._faults)

    def by(self, viewer: Viewer) -> By:
        """Return who acts now, with the key of this page; refuses as ``done`` does."""
        self.done()
        return By(agency=viewer.agency, actor=viewer.account, at=clock.now(), key=self.key)

    def _field(self, name: str) -> Field:
        return next(field for field in self.form.fields if field.name == name)

    def _note(self, code: str, field: Field, **facts: str) -> None:
        self._faults.append(Fault(code, facts=(("label", field.label), *facts.items()), field=field.name))


def shown(
    form: Form, day: date, *, answers: Answers | None = None, faults: Sequence[Fault] = (), key: str = ""
) -> Shown:
    """Return ``form`` for the page: empty, or with the answers kept and the faults in place."""
    said = [_here(form, wording.say(fault, day)) for fault in faults]
    names = {field.name for field in form.fields}
    ruled = {fault.field for fault in faults if fault.basis is not None}
    return Shown(
        form,
        tuple(_widget(form, field, answers.raw if answers else {}, said, ruled) for field in form.fields),
        key or new_key(),
        tuple(SummaryLine(each.text, _id(form, each.field) if each.field in names else "") for each in said),
        tuple(each for each in said if each.field not in names),
    )


def with_refused(offered: Sequence[Shown], refused: Shown) -> list[Shown]:
    """Return what is offered with the refused act in its place; one that is offered no longer comes first."""
    if refused.form.id not in {each.form.id for each in offered}:
        return [refused, *offered]
    return [refused if each.form.id == refused.form.id else each for each in offered]


def _here(form: Form, said: Said) -> Said:
    """Let the link of a fault lead to the field of this form: a page may hold several of one name."""
    return replace(said, link=f"#{form.id}-{said.field}") if said.link.startswith("#") else said


def _widget(form: Form, field: Field, raw: Raw, said: Sequence[Said], ruled: set[str | None]) -> Widget:
    value = raw.get(field.name, field.default)
    about = tuple(each for each in said if each.field == field.name)
    return Widget(
        name=field.name,
        id=_id(form, field.name),
        kind=field.kind,
        label=field.label,
        help=field.help,
        required=field.required,
        value=value,
        max=field.max if field.kind == "text" else 0,
        options=tuple(replace(option, chosen=option.value == value) for option in field.options),
        errors=() if field.name in ruled else about,
        refusals=about if field.name in ruled else (),
    )


def _id(form: Form, name: str) -> str:
    return f"f-{form.id}-{name}"
