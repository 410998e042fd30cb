"""The file that describes a bureau: read as TOML, every slip with its line and field, before anything is judged.

What the values mean is the business of the commands; here they only get their types.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.casefile.people import Capacity, Certificate
from zhunsheng.core.errors import ZhunshengError

FORMAT: Final = "zhunsheng-bureau/1"
LARGEST: Final = 4 * 1024**2  # bytes
_HEADER: Final = re.compile(r"\s*\[(\[?)\s*([A-Za-z0-9_.\-]+)\s*\]")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")


class BureauFileError(ZhunshengError):
    """The file cannot be read at all: not there, not UTF-8, not TOML."""

    code: ClassVar[str] = "bureau-file-unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the file. ``line`` is 0 where none can be told."""

    line: int
    where: str  # units[2].capacities[1]
    field: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A table of the file: how it is called, and which line each of its fields stands on."""

    where: str
    line: int = 0
    fields: Mapping[str, int] = field(default_factory=dict)

    def problem(self, name: str, code: str, text: str) -> Problem:
        return Problem(self.fields.get(name, self.line), self.where, name, code, text)


class Table:
    """One table with typed reading: a slip is noted and reading goes on, so that one run names them all."""

    def __init__(self, raw: Mapping[str, object], place: Place, problems: list[Problem]) -> None:
        self.raw, self.place, self._problems = raw, place, problems
        self._read: set[str] = set()

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without ``default`` it must be there."""
        value = self._value(name, required=default is None)
        if value is None:
            return default or ""
        if isinstance(value, str):
            return value
        self._note(name, "文字 (text in quotes)")
        return ""

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._value(name, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._note(name, '一列文字 (a list of texts, ["…", "…"])')
            return ()
        return tuple(value)

    def day(self, name: str) -> date:
        """Return a day that must be there."""
        return self._day(name, required=True) or date.min

    def maybe_day(self, name: str) -> date | None:
        """Return a day, or None."""
        return self._day(name, required=False)

    def knows(self, *names: str) -> None:
        """Take ``names`` as read: somebody else reads them."""
        self._read.update(names)

    def rest(self) -> None:
        """Note every name that nobody asked for: a misspelt one must not pass in silence."""
        for name in sorted(self.raw.keys() - self._read):
            text = f"没有“{name}”这一项 (no such field)"
            self._problems.append(self.place.problem(name, "field-unknown", text))

    def _day(self, name: str, *, required: bool) -> date | None:
        value = self._value(name, required=required)
        if value is None or type(value) is date:
            return value
        self._note(name, "日期 (a date without quotes, 2026-11-22)")
        return None

    def _value(self, name: str, *, required: bool) -> object:
        self._read.add(name)
        if name not in self.raw and required:
            self._problems.append(self.place.problem(name, "field-missing", f"缺少“{name}” (missing)"))
        return self.raw.get(name)

    def _note(self, name: str, wanted: str) -> None:
        self._problems.append(self.place.problem(name, "field-type", f"“{name}”要写成{wanted}"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to found, with its place in the file; ``values`` go to the command by name."""

    place: Place
    id: str
    values: Mapping[str, object]
    parts: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Bureau:
    agency: Entry
    names: tuple[Entry, ...]
    authorities: tuple[Entry, ...]
    units: tuple[Entry, ...]
    posts: tuple[Entry, ...]
    officers: tuple[Entry, ...]
    admins: tuple[Entry, ...]


def read(path: Path) -> tuple[Bureau, list[Problem]]:
    """Return what the file describes and what is wrong with its form; use the first only when there is no second.

    Raises:
        BureauFileError: it cannot be read at all.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BureauFileError(f"{path}: 文件太大 (larger than {LARGEST} bytes)")
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as error:
        raise BureauFileError(f"{path}: 打不开 ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BureauFileError(f"{path}: 不是 UTF-8 编码 (not UTF-8, byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise BureauFileError(f"{path}: 不是 TOML 格式 ({error})") from error
    return _Reader(raw, _lines(text)).bureau()


class _Reader:
    def __init__(self, raw: Mapping[str, object], places: Mapping[str, Place]) -> None:
        self.raw, self.places = raw, places
        self.problems: list[Problem] = []

    def bureau(self) -> tuple[Bureau, list[Problem]]:
        top = Table(self.raw, self.places.get("", Place("")), self.problems)
        if top.text("format") not in {FORMAT, ""}:
            text = f'要写成 format = "{FORMAT}" (another format)'
            self.problems.append(top.place.problem("format", "format-unknown", text))
        agency = self._one("agency")
        found = Bureau(
            agency=Entry(agency.place, agency.text("id"), {name: agency.text(name) for name in ("area", "area_short")}),
            names=tuple(self._name(each) for each in self._many(agency.raw, "names", "agency.")),
            authorities=tuple(self._authorities(each) for each in self._many(agency.raw, "authorities", "agency.")),
            units=tuple(self._unit(each) for each in self._many(self.raw, "units")),
            posts=tuple(self._post(each) for each in self._many(self.raw, "posts")),
            officers=tuple(self._officer(each) for each in self._many(self.raw, "officers")),
            admins=tuple(self._admin(each) for each in self._many(self.raw, "admins")),
        )
        agency.knows("names", "authorities")
        agency.rest()
        top.knows("agency", "units", "posts", "officers", "admins")
        top.rest()
        return found, sorted(self.problems, key=lambda one: (one.line, one.field))

    def _name(self, table: Table) -> Entry:
        name = table.text("name")
        values = {"since": table.day("since"), "name": name, "seal": table.text("seal", name)}
        return self._made(table, "", values)

    def _authorities(self, table: Table) -> Entry:
        values = {"since": table.day("since"), "superior": table.text("superior", "")}
        values |= {name: table.text(name) for name in ("government", "court", "source")}
        return self._made(table, "", values)

    def _unit(self, table: Table) -> Entry:
        capacities = tuple(self._capacity(each) for each in self._below(table, "capacities"))
        values = {"name": table.text("name"), "parent": table.text("parent", ""), "duties": table.texts("duties")}
        return self._made(table, table.text("id"), values, capacities)

    def _capacity(self, table: Table) -> Entry:
        capacity = Capacity(
            act=table.text("act"),
            fields=table.texts("fields", required=True),
            area=table.text("area"),
            as_=table.text("standing"),
            valid_from=table.day("valid_from"),
            valid_to=table.maybe_day("valid_to"),
            mandate=table.text("mandate", ""),
        )
        more = {"matters": table.text("matters", ""), "powers": table.text("powers", "")}
        return self._made(table, "", {"capacity": capacity, **more, "published_on": table.maybe_day("published_on")})

    def _post(self, table: Table) -> Entry:
        values = {"name": table.text("name"), "unit": table.text("unit"), "duties": table.texts("duties")}
        return self._made(table, table.text("id"), values)

    def _officer(self, table: Table) -> Entry:
        held = tuple(self._certificate(each) for each in self._below(table, "certificates"))
        values = {
            "name": table.text("name"),
            "unit": table.text("unit"),
            "post": table.text("post", ""),
            "exam_passed_on": table.maybe_day("exam_passed_on"),
            "legal_qualification": table.text("legal_qualification", ""),
        }
        return self._made(table, table.text("id"), values, held)

    def _certificate(self, table: Table) -> Entry:
        certificate = Certificate(
            number=table.text("number"),
            category=table.text("category"),
            area=table.text("area"),
            valid_from=table.day("valid_from"),
            valid_to=table.day("valid_to"),
            kind=table.text("kind", "行政执法证"),
        )
        return self._made(table, certificate.number, {"certificate": certificate, "issuer": table.text("issuer")})

    def _admin(self, table: Table) -> Entry:
        values = {"name": table.text("name"), "unit": table.text("unit", "")}
        return self._made(table, table.text("login"), values)

    def _made(self, table: Table, ident: str, values: Mapping[str, object], parts: tuple[Entry, ...] = ()) -> Entry:
        table.rest()
        return Entry(table.place, ident, values, parts)

    def _one(self, name: str) -> Table:
        value = self.raw.get(name)
        if not isinstance(value, dict):
            self.problems.append(Problem(0, "", name, "field-missing", f"缺少 [{name}] (missing)"))
            return Table({}, Place(name), [])  # what is missing in it need not be said
        return Table(value, self.places.get(name, Place(name)), self.problems)

    def _below(self, table: Table, name: str) -> Iterator[Table]:
        table.knows(name)
        return self._many(table.raw, name, f"{table.place.where}.")

    def _many(self, raw: Mapping[str, object], name: str, above: str = "") -> Iterator[Table]:
        value = raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            place = self.places.get(f"{above}{name}", Place(f"{above}{name}"))
            self.problems.append(place.problem("", "field-type", f"要写成 [[{above}{name}]] (an array of tables)"))
            return
        for number, each in enumerate(value, 1):
            where = f"{above}{name}[{number}]"
            yield Table(each, self.places.get(where, Place(where)), self.problems)


def _lines(text: str) -> Mapping[str, Place]:
    """Return the tables of a TOML text by their path, with the lines of their fields.

    A reader of headers and keys only, for messages: ``tomllib`` keeps no lines. Text in
    three quotes is stepped over.
    """
    found: dict[str, tuple[int, dict[str, int]]] = {"": (1, {})}
    counts: dict[str, int] = {}
    here, within = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if within:
            within = "" if within in line else within
            continue
        if header := _HEADER.match(line):
            here = _path(header[2], counts, opens=bool(header[1]))
            found.setdefault(here, (number, {}))
        elif key := _KEY.match(line):
            found[here][1].setdefault(key[1], number)
        within = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
    return {where: Place(where, first, fields) for where, (first, fields) in found.items()}


def _path(header: str, counts: dict[str, int], *, opens: bool) -> str:
    """Return ``units[2].capacities[1]`` for the header ``units.capacities``."""
    path, plain = "", ""
    parts = header.split(".")
    for depth, part in enumerate(parts):
        plain = f"{path}.{part}".lstrip(".")
        if opens and depth == len(parts) - 1:
            counts[plain] = counts.get(plain, 0) + 1
        path = f"{plain}[{counts[plain]}]" if plain in counts else plain
    return path
