"""From a fault as data to the officer's words: what is wrong, on what basis, what mends it.

The words are in ``lawdata/errors.toml`` (one table for each stable code) and
``lawdata/words.toml`` (Chinese names of roles and forms). A code without an entry is a slip
of ours that a test finds; on a page it still reads as a sentence.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.cite import cite
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.infra import lawdata

UNKNOWN = "…"
DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[ T](?P<t>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?")
PLACEHOLDER = re.compile(r"(?P<before> ?)\{(?P<name>[a-z_]+)\}(?P<after> ?)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of ``errors.toml``."""

    title: str
    text: str
    remedy: str
    basis: Citation | None  # by today's numbers; used when the fault names none
    link_text: str  # words of the link that leads to the place where it is mended
    link: str  # where it leads; empty: to the field the fault names


@dataclass(frozen=True, slots=True)
class Said:
    """A fault in words. ``article`` is printed in full; ``link`` may be empty."""

    code: str
    title: str
    text: str
    article: str
    article_url: str
    remedy: str
    link: str
    link_text: str
    field: str


def say(fault: Fault, day: date, book: Book | None = None) -> Said:
    """Return the words for ``fault``; articles are those of the text in force on ``day``."""
    law = book or lawdata.book()
    entry = entries().get(fault.code)
    if entry is None:
        entry = Entry(
            "不能这样办", f"这一步没有被接受（{fault.code}）。", "请把这一页和编号告诉系统管理员。", None, "", ""
        )
    facts = {name: said_fact(name, value) for name, value in fault.facts}
    basis = fault.basis or (law.as_of(entry.basis, day) if entry.basis else None)
    article = _article(basis, day, law)
    field = fault.field or ""
    return Said(
        code=fault.code,
        title=fill(entry.title, facts),
        text=fill(entry.text, facts),
        article=article,
        article_url=f"/law/{basis.instrument}/{basis.article}/?on={day.isoformat()}" if basis and article else "",
        remedy=fill(entry.remedy, facts),
        link=entry.link or (f"#{field}" if field and entry.link_text else ""),
        link_text=entry.link_text,
        field=field,
    )


def fill(words: str, facts: Mapping[str, str]) -> str:
    """Put the facts into the placeholders; a fact that was not given reads ``…``.

    Not ``str.format``: facts are other people's words and may hold braces.
    """
    return PLACEHOLDER.sub(lambda match: _spaced(match, facts.get(match["name"]) or UNKNOWN), words)


def _spaced(match: re.Match[str], fact: str) -> str:
    """Keep the space beside a number or Latin word, not beside Chinese: 黄小满的执法证 130 到期."""
    before = "" if _is_chinese(fact[0]) else match["before"]
    after = "" if _is_chinese(fact[-1]) else match["after"]
    return f"{before}{fact}{after}"


def _is_chinese(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def said_fact(name: str, value: str) -> str:
    """Return a fact as a person reads it: days in full, roles and forms by their Chinese names."""
    if name == "faults":  # codes of other faults: their titles are what a person reads
        return "、".join(entries()[part].title if part in entries() else part for part in value.split("、"))
    known = words().get(name) or words().get(name.removesuffix("s"))
    if known:
        return "、".join(known.get(part, part) for part in re.split(r",\s*|、", value))
    return DAY.sub(_said_day, value)


def _said_day(match: re.Match[str]) -> str:
    day = f"{match['y']}年{int(match['m'])}月{int(match['d'])}日"
    return f"{day} {match['t']}" if match["t"] and match["t"] != "00:00" else day


def _article(basis: Citation | None, day: date, law: Book) -> str:
    """Return the printed citation; empty when it does not resolve, which ``check-law`` reports."""
    if basis is None:
        return ""
    try:
        return cite(basis, day, law)
    except CitationError:
        return ""


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    """Return all tables of ``errors.toml``.

    Raises:
        LawDataError: a table lacks a key or cites what is not a citation.
    """
    top = lawdata.read(lawdata.ROOT / "errors.toml")
    return {code: _entry(top.table(code)) for code in top.raw}


def _entry(table: lawdata.Table) -> Entry:
    return Entry(
        title=table.text("title"),
        text=table.text("text"),
        remedy=table.text("remedy"),
        basis=table.citation("basis") if "basis" in table.raw else None,
        link_text=table.text("link_text", ""),
        link=table.text("link", ""),
    )


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the Chinese names by kind of fact: ``words()["role"]["officer"]``."""
    top = lawdata.read(lawdata.ROOT / "words.toml")
    return {kind: {word: top.table(kind).text(word) for word in top.table(kind).raw} for kind in top.raw}
