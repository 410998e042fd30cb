"""Read ``lawdata``: the one place where the law's data files become the frozen ``Book``.

Every slip in the files is an error at start, with file and key: a wrong number must not
wait for the case that needs it.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

import zhunsheng
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.law.benchmarks import Benchmark, BenchmarkStep
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.calendar import Calendar, CalendarYear
from zhunsheng.core.law.catalogue import CatalogueEntry, Measure, Predicate
from zhunsheng.core.law.instruments import Article, CountingRule, Instrument, InstrumentVersion, Rank
from zhunsheng.core.law.items import FineRange, Item
from zhunsheng.core.law.parameters import Confidence, Dated, Parameter, Repeal, Term, Version, Whose
from zhunsheng.core.law.quantities import Choice, Fen, Number, Percent, Period, PeriodUnit, Value

ROOT = Path(zhunsheng.__file__).parent / "lawdata"


class LawDataError(ZhunshengError):
    """A data file is not what it must be. The program does not start with it."""

    code: ClassVar[str] = "lawdata-broken"

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path.name}: {why}")


class Table:
    """One TOML table with typed reading; knows its file and key for the message."""

    def __init__(self, path: Path, raw: Mapping[str, object], where: str = "") -> None:
        self.path, self.raw, self.where = path, raw, where

    def fail(self, why: str) -> LawDataError:
        """Return the error that names this table."""
        return LawDataError(self.path, f"{self.where or 'top'}: {why}")

    def need(self, key: str) -> object:
        """Return the value; the key must be there."""
        if key not in self.raw:
            raise self.fail(f"{key} is missing")
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string."""
        value = self.raw.get(key, default) if default is not None else self.need(key)
        if not isinstance(value, str):
            raise self.fail(f"{key} is not a text")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self.raw.get(key, default) if default is not None else self.need(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(f"{key} is not a whole number")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{key} is not true or false")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.need(key)
        if type(value) is not date:
            raise self.fail(f"{key} is not a date")
        return value

    def maybe_day(self, key: str) -> date | None:
        """Return a date or None."""
        return self.day(key) if key in self.raw else None

    def citation(self, key: str) -> Citation:
        """Return a citation in its short form."""
        try:
            return Citation.parse(self.text(key))
        except ValueError as error:
            raise self.fail(str(error)) from error

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; absent is empty."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(f"{key} is not a list of texts")
        return tuple(value)

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; absent is empty."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, int) for v in value):
            raise self.fail(f"{key} is not a list of whole numbers")
        return tuple(value)

    def table(self, key: str) -> "Table":
        """Return a sub-table; absent is empty."""
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{key} is not a table")
        return Table(self.path, value, f"{self.where}.{key}".lstrip("."))

    def tables(self, key: str) -> Iterator["Table"]:
        """Yield the tables of an array; absent is none."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fail(f"{key} is not an array of tables")
        for number, raw in enumerate(value, 1):
            yield Table(self.path, raw, f"{self.where}.{key}[{number}]".lstrip("."))

    def numbers(self) -> dict[int, int]:
        """Return the whole table as number = number."""
        result = {}
        for key, value in self.raw.items():
            if not key.isdecimal() or not isinstance(value, int):
                raise self.fail(f"{key} = {value!r} is not number = number")
            result[int(key)] = value
        return result

    def confidence(self) -> Confidence:
        """Return the confidence tag."""
        try:
            return Confidence(self.text("confidence"))
        except ValueError as error:
            raise self.fail(str(error)) from error


def read(path: Path) -> Table:
    """Read one file.

    Raises:
        LawDataError: it is not UTF-8 or not TOML.
    """
    try:
        return Table(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LawDataError(path, str(error)) from error


@lru_cache(maxsize=1)
def book() -> Book:
    """Return the program's own book of law. Read once; the files do not change under a process."""
    return load(ROOT)


@lru_cache(maxsize=1)
def digest() -> str:
    """Return the digest that events pin (hex)."""
    return digest_of(ROOT)


def digest_of(root: Path) -> str:
    """Return SHA-256 (hex) over the sorted lines ``<sha256 of the file>  <path>`` of all data files."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "_")) and path.suffix not in {".pyc", ".py"}
    ]
    return hashlib.sha256("".join(sorted(lines, key=lambda line: line[66:])).encode()).hexdigest()


def load(root: Path) -> Book:
    """Read a whole folder.

    Raises:
        LawDataError: a file is broken, a name occurs twice, or a value has the wrong unit.
    """
    return Book(
        instruments=_instruments(root / "instruments"),
        parameters=_parameters(root / "parameters"),
        calendar=_calendar(root / "calendar"),
        items=_items(root / "items"),
        catalogue=catalogue(root / "catalogue"),
        benchmarks=benchmarks(root / "discretion"),
        digest=digest_of(root),
    )


def _instruments(folder: Path) -> dict[str, Instrument]:
    result = {}
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        versions = [_instrument(each.name, read(path)) for path in sorted(each.glob("*.toml"))]
        try:
            result[each.name] = Instrument(each.name, sorted(versions, key=lambda v: v.in_force))
        except ValueError as error:
            raise LawDataError(each, str(error)) from error
    return result


def _instrument(name: str, table: Table) -> InstrumentVersion:
    adopted = table.day("adopted")
    if table.path.stem != adopted.isoformat():
        raise table.fail(f"adopted {adopted} does not match the file name")
    articles = table.table("articles")
    return InstrumentVersion(
        id=name,
        title=table.text("title"),
        short=table.text("short"),
        issuer=table.text("issuer"),
        rank=_rank(table),
        adopted=adopted,
        in_force=table.day("in_force"),
        confidence=table.confidence(),
        source=table.text("source"),
        repealed_on=table.maybe_day("repealed_on"),
        article_count=table.whole("article_count") if "article_count" in table.raw else None,
        articles={int(number): _article(int(number), articles.table(number)) for number in articles.raw},
        counting=_counting(table.table("counting")),
        moved=table.table("moved").numbers(),
        same_numbers=table.flag("same_numbers"),
        note=table.text("note", ""),
    )


def _rank(table: Table) -> Rank:
    try:
        return Rank(table.text("rank"))
    except ValueError as error:
        raise table.fail(str(error)) from error


def _article(number: int, table: Table) -> Article:
    return Article(number, table.text("summary"), table.whole("paragraphs", 0), table.table("items").numbers())


def _counting(table: Table) -> CountingRule | None:
    if not table.raw:
        return None
    return CountingRule(
        basis=table.citation("basis"),
        every=table.flag("every"),
        up_to=table.whole("up_to", 0),
        lengths=frozenset(table.wholes("lengths")),
    )


def _parameters(folder: Path) -> dict[str, Parameter]:
    result: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.toml")):
        top = read(path)
        for name in top.raw:
            if name in result:
                raise top.fail(f"{name} occurs twice")
            result[name] = _parameter(name, Table(path, top.table(name).raw, name))
    return result


def _parameter(name: str, table: Table) -> Parameter:
    unit = table.text("unit")
    entries = [_entry(unit, entry) for entry in table.tables("entries")]
    try:
        dated = Dated(name, entries)
    except ValueError as error:
        raise table.fail(str(error)) from error
    return Parameter(name, table.text("title"), dated, _term(table), table.path.stem)


def _term(table: Table) -> Term | None:
    if "whose" not in table.raw:
        return None
    try:
        whose = Whose(table.text("whose"))
    except ValueError as error:
        raise table.fail(str(error)) from error
    return Term(whose, table.text("trigger"), table.flag("backwards"))


def _entry(unit: str, table: Table) -> Version[Value] | Repeal:
    since, basis, source = table.day("since"), table.citation("basis"), table.text("source")
    note = table.text("note", "")
    if table.flag("repealed"):
        return Repeal(since, basis, table.confidence(), source, note)
    # An entry may change the unit: three months became ninety days.
    value = _value(table.text("unit", unit), table)
    return Version(since, value, basis, table.confidence(), source, note)


def _value(unit: str, table: Table) -> Value:
    if unit == "choice":
        return Choice(table.text("value"))
    amount = table.whole("value")
    try:
        match unit:
            case "fen":
                return Fen(amount)
            case "percent":
                return Percent(amount)
            case "people":
                return Number(amount)
            case _:
                return Period(amount, PeriodUnit(unit))
    except ValueError as error:
        raise table.fail(str(error)) from error


def _calendar(folder: Path) -> Calendar:
    years = {}
    for path in sorted(folder.glob("*.toml")):
        table = read(path)
        year = table.whole("year")
        version = f"{year}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
        off, worked = _days(table.table("off"), year), _days(table.table("worked"), year)
        if off.keys() & worked.keys():
            raise table.fail("a day is both off and worked")
        years[year] = CalendarYear(year, version, table.text("notice"), off, worked, table.text("url", ""))
    return Calendar(years)


def _days(table: Table, year: int) -> dict[date, str]:
    result = {}
    for key in table.raw:
        try:
            day = date.fromisoformat(key)
        except ValueError as error:
            raise table.fail(f"{key} is not a date") from error
        if day.year != year:
            raise table.fail(f"{key} is not a day of {year}")
        result[day] = table.text(key)
    return result


def _items(folder: Path) -> dict[str, Item]:
    result: dict[str, Item] = {}
    for path in sorted(folder.glob("*.toml")):
        top = read(path)
        for table in top.tables("items"):
            item = _item(top, table)
            if item.id in result:
                raise table.fail(f"{item.id} occurs twice")
            result[item.id] = item
    return result


def _item(top: Table, table: Table) -> Item:
    return Item(
        id=table.text("id"),
        mark=top.text("mark"),
        field=top.text("field"),
        act=top.text("act"),
        cause=table.text("cause"),
        violated=table.citation("violated"),
        basis=table.citation("basis"),
        sanctions=table.strings("sanctions"),
        fines=tuple(_fine(each) for each in table.tables("fines")),
        valid_from=table.day("valid_from"),
        valid_to=table.maybe_day("valid_to"),
        confidence=table.confidence(),
        source=table.text("source"),
        note=table.text("note", ""),
        correct=table.text("correct", ""),
        detailed_by=table.citation("detailed_by") if "detailed_by" in table.raw else None,
        by=table.strings("by"),
    )


def _fine(table: Table) -> FineRange:
    times = table.wholes("times")
    if times and (len(times) != 2 or times[0] > times[1]):  # noqa: PLR2004  from and to
        raise table.fail("times is not [from, to]")
    low = Fen(table.whole("low", 0))
    high = Fen(table.whole("high")) if "high" in table.raw else None
    if high is not None and high < low:
        raise table.fail("high is below low")
    return FineRange(
        words=table.text("words"),
        low=low,
        high=high,
        when=table.text("when", ""),
        times=(times[0], times[1]) if times else None,
        base_floor=Fen(table.whole("base_floor")) if "base_floor" in table.raw else None,
    )


def catalogue(folder: Path) -> tuple[CatalogueEntry, ...]:
    """Read the catalogues of a folder; a folder that is not there holds none.

    Raises:
        LawDataError: an entry is broken, occurs twice, or would apply to every case.
    """
    found: dict[str, CatalogueEntry] = {}
    for path in sorted(folder.glob("*.toml")):
        top = read(path)
        for table in top.tables("entries"):
            entry = _catalogue_entry(top, table)
            if entry.id in found:
                raise table.fail(f"{entry.id} occurs twice")
            if entry.bare or bool(entry.measure) is not bool(entry.at_least):
                raise table.fail(f"{entry.id} has no condition, or a measure without its parameter")
            found[entry.id] = entry
    return tuple(found.values())


def _catalogue_entry(top: Table, table: Table) -> CatalogueEntry:
    try:
        predicate = Predicate(top.text("predicate"))
        measure = Measure(table.text("measure")) if "measure" in table.raw else None
    except ValueError as error:
        raise table.fail(str(error)) from error
    return CatalogueEntry(
        id=table.text("id"),
        predicate=predicate,
        since=table.day("since"),
        until=table.maybe_day("until"),
        basis=table.citation("basis"),
        words=table.text("words"),
        confidence=table.confidence(),
        source=table.text("source"),
        sanctions=table.strings("sanctions"),
        parties=table.strings("parties"),
        measure=measure,
        at_least=table.text("at_least", ""),
        heard=table.flag("heard"),
        marks=table.strings("marks"),
        note=table.text("note", ""),
    )


def benchmarks(folder: Path) -> tuple[Benchmark, ...]:
    """Read the benchmarks of a folder; a folder that is not there holds none.

    Raises:
        LawDataError: a benchmark or a step is broken, or occurs twice.
    """
    found: dict[str, Benchmark] = {}
    for path in sorted(folder.glob("*.toml")):
        for table in read(path).tables("benchmarks"):
            benchmark = _benchmark(table)
            if benchmark.id in found:
                raise table.fail(f"{benchmark.id} occurs twice")
            found[benchmark.id] = benchmark
    return tuple(found.values())


def _benchmark(table: Table) -> Benchmark:
    name = table.text("id")
    steps = tuple(_benchmark_step(name, number, each) for number, each in enumerate(table.tables("steps"), 1))
    if not steps:
        raise table.fail("no steps")
    return Benchmark(
        id=name,
        item=table.text("item"),
        since=table.day("since"),
        until=table.maybe_day("until"),
        basis=table.citation("basis"),
        confidence=table.confidence(),
        source=table.text("source"),
        steps=steps,
        note=table.text("note", ""),
    )


def _benchmark_step(name: str, number: int, table: Table) -> BenchmarkStep:
    tenths = table.wholes("tenths")
    if tenths and (len(tenths) != 2 or tenths[0] > tenths[1]):  # noqa: PLR2004  from and to
        raise table.fail("tenths is not [from, to]")
    low = Fen(table.whole("low")) if "low" in table.raw else None
    high = Fen(table.whole("high")) if "high" in table.raw else None
    if (low is None or high is None) is not bool(tenths) or (low is not None and high is not None and high < low):
        raise table.fail("a step has low and high, or tenths")
    return BenchmarkStep(
        id=f"{name}.{number}",
        label=table.text("label"),
        when=table.text("when"),
        factors=table.strings("factors"),
        low=low,
        high=high,
        tenths=(tenths[0], tenths[1]) if tenths else None,
    )
