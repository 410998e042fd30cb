"""Statute texts: imported into ``DATA/law/texts.sqlite``, opened by citation and day.

Texts are not part of the program. Three sources are understood: a folder of Markdown files
``NAME(YYYY-MM-DD).md``, an SQLite file with the tables ``laws`` and ``articles``, and a wheel
that holds such a file. An import is all or nothing: a new file is built beside the old one
and takes its place by one rename; importing the same source again changes nothing.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.instruments import CitationError, InstrumentVersion
from zhunsheng.infra import datadir, durable, lawdata, lawsources
from zhunsheng.infra.lawsources import Statute

FILE: Final = "texts.sqlite"
SCHEMA: Final = """
CREATE TABLE statute (title TEXT NOT NULL, adopted TEXT NOT NULL, source TEXT NOT NULL, articles INTEGER NOT NULL,
                      PRIMARY KEY (title, adopted)) WITHOUT ROWID;
CREATE TABLE article (title TEXT NOT NULL, adopted TEXT NOT NULL, number INTEGER NOT NULL, words TEXT NOT NULL,
                      PRIMARY KEY (title, adopted, number)) WITHOUT ROWID;
"""


class TextsUnreadableError(ZhunshengError):
    """The imported file itself is broken; import again."""

    code: ClassVar[str] = "lawtext-unreadable"


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a provision. ``words`` is the whole article, ``part`` what was cited of it."""

    citation: Citation
    title: str
    adopted: date
    words: str  # paragraphs and items separated by line ends
    part: str  # equal to ``words`` when the article was cited as a whole
    source: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by title and date."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[str, ...]  # in the source but not whole: reason in words


def path() -> Path:
    """Return where the texts of this installation lie."""
    return datadir.current().law / FILE


def bring_in(source: Path, target: Path) -> Imported:
    """Import ``source`` into the file ``target``; whatever goes wrong, ``target`` stays as it was.

    Raises:
        SourceError: the source is not readable, too large, or not whole.
        TextsUnreadableError: the texts imported before cannot be read.
    """
    reading = lawsources.read(source)
    old = {(s.title, s.adopted): s for s in _stored(target)} if target.exists() else {}
    new = {(s.title, s.adopted): s for s in reading.statutes}
    added = [key for key in new if key not in old]
    changed = [key for key in new if key in old and not _same(new[key], old[key])]
    if added or changed:
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = old | {key: new[key] for key in (*added, *changed)}
        durable.write(target, _built(kept.values()), mode=0o644)
    return Imported(
        added=_names(added),
        changed=_names(changed),
        unchanged=_names([key for key in new if key not in added and key not in changed]),
        skipped=reading.skipped,
    )


def _same(one: Statute, other: Statute) -> bool:
    """Tell whether two texts say the same; collections differ in the width of commas and colons."""
    return _bare(one) == _bare(other)


def _bare(statute: Statute) -> list[tuple[int, str]]:
    return [(n, "".join(filter(str.isalnum, unicodedata.normalize("NFKC", w)))) for n, w in statute.articles.items()]


def _names(keys: Sequence[tuple[str, date]]) -> tuple[str, ...]:
    return tuple(f"{title}（{adopted}）" for title, adopted in sorted(keys))


def _built(statutes: Iterable[Statute]) -> bytes:
    """Return a database file with the statutes, equal bytes for equal content."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        for one in sorted(statutes, key=lambda s: (s.title, s.adopted)):
            key = (one.title, one.adopted.isoformat())
            db.execute("INSERT INTO statute VALUES (?, ?, ?, ?)", (*key, one.source, len(one.articles)))
            db.executemany("INSERT INTO article VALUES (?, ?, ?, ?)", [(*key, n, w) for n, w in one.articles.items()])
        db.commit()
        return db.serialize()


def _stored(target: Path) -> Iterator[Statute]:
    try:
        with closing(_connect(target)) as db:
            rows = db.execute("SELECT title, adopted, source FROM statute").fetchall()
            for title, adopted, source in rows:
                words = db.execute(
                    "SELECT number, words FROM article WHERE title = ? AND adopted = ? ORDER BY number",
                    (title, adopted),
                )
                yield Statute(title, date.fromisoformat(adopted), dict(words.fetchall()), source)
    except (sqlite3.Error, ValueError) as error:
        raise TextsUnreadableError(f"{target.name}: {error}") from error


def _connect(target: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{target}?mode=ro", uri=True)


class Texts:
    """The imported texts of one file; a missing file is an empty library."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def statutes(self) -> dict[tuple[str, date], int]:
        """Return title and adoption date of each text, with its number of articles."""
        rows = self._ask("SELECT title, adopted, articles FROM statute")
        return {(str(title), date.fromisoformat(str(adopted))): int(str(count)) for title, adopted, count in rows}

    def whole(self, version: InstrumentVersion, number: int) -> tuple[str, str] | None:
        """Return the words of an article and their source, or None if this text was not imported."""
        rows = self._ask(
            "SELECT a.words, s.source FROM article a JOIN statute s USING (title, adopted)"
            " WHERE a.title = ? AND a.adopted = ? AND a.number = ?",
            version.title, version.adopted.isoformat(), number,
        )  # fmt: skip
        return (str(rows[0][0]), str(rows[0][1])) if rows else None

    def article(self, citation: Citation, day: date, book: Book | None = None) -> Text | None:
        """Return the text in force on ``day``, or None: unknown citation, or text not imported."""
        try:
            version = (book or lawdata.book()).resolve(citation, day)
        except CitationError:
            return None
        found = self.whole(version, citation.article)
        if found is None:
            return None
        words, source = found
        return Text(citation, version.title, version.adopted, words, part_of(words, citation), source)

    @staticmethod
    def shape(words: str) -> tuple[int, dict[int, int]]:
        """Return how many paragraphs an article has, and how many items each of them."""
        paragraphs = lawsources.divided(words)
        return len(paragraphs), {number: len(items) for number, (_, items) in enumerate(paragraphs, 1) if items}

    def _ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        if not self.target.exists():
            return []
        try:
            with closing(_connect(self.target)) as db:
                return db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise TextsUnreadableError(f"{self.target.name}: {error}") from error


def part_of(words: str, citation: Citation) -> str:
    """Return the cited paragraph or item; the whole article if it is not divided as cited."""
    paragraphs = lawsources.divided(words)
    if not citation.paragraph or citation.paragraph > len(paragraphs):
        return words
    opening, items = paragraphs[citation.paragraph - 1]
    if not citation.item:
        return "\n".join((opening, *items))
    return items[citation.item - 1] if citation.item <= len(items) else words


def article(citation: Citation, day: date) -> Text | None:
    """Return the text of ``citation`` as in force on ``day``, from this installation's library."""
    return Texts(path()).article(citation, day)
