"""Reads of the portal: newest first, by key, never by offset; a search chooses its plan by how frequent the words are.

A rare word is looked up in the index and its few hits are sorted. A frequent word is
found by walking from the newest until the page is full, because an inverted list of a
frequent word is read whole before its first hit is known (performance guide 5). The walk
is bounded: words that are frequent alone and rare together go back to the index.
"""

# ruff: noqa: S608  (the text of a statement is made of constants of this module; what a visitor types is always a value)

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from django.db import connections

from zhunsheng.apps.portal.encoding import ID
from zhunsheng.apps.portal.models import Publication
from zhunsheng.infra import search

PAGE: Final = 20
COUNT_LIMIT: Final = 10_000
FREQUENT: Final = 0.02
"""Share of all rows above which a word is walked for: then ``WALK`` rows hold a page of it, most likely."""
WALK: Final = 2_000

_COLUMNS: Final = "id, agency, number, kind, title, party, cause, result, decided_on, published_at, proof, change"
_WIDTH: Final = len(_COLUMNS.split(","))
_NEWEST: Final = "ORDER BY decided_on DESC, id DESC"
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")


Value: TypeAlias = str | int | date | list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    id: str
    agency: str
    number: str
    kind: str
    title: str
    party: str
    cause: str
    result: str
    decided_on: date
    published_at: datetime
    proof: str
    change: int

    @property
    def cursor(self) -> str:
        """Where the next page begins."""
        return f"{self.decided_on.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list.

    ``total`` is exact; None when there are more than ``COUNT_LIMIT``, or when they were not ``counted``
    because the words are frequent among more than ``COUNT_LIMIT`` rows.
    """

    rows: tuple[Row, ...]
    more: bool
    total: int | None
    counted: bool = True

    @property
    def next(self) -> str:
        """Where the next page begins; "" on the last one."""
        return self.rows[-1].cursor if self.more else ""


@dataclass(frozen=True, slots=True)
class Detail:
    row: Row
    content: str
    bundle: str
    pdf_size: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A condition and its values."""

    sql: str
    values: tuple[Value, ...] = ()

    def __and__(self, other: "_Part") -> "_Part":
        return _Part(f"{self.sql} AND {other.sql}", self.values + other.values)


_ALL: Final = _Part("TRUE")


def parse_cursor(text: str) -> tuple[date, str] | None:
    """Return the place a cursor names, or None when it is none of ours."""
    day, _tilde, key = text.partition("~")
    try:
        return (date.fromisoformat(day), key) if ID.match(key) else None
    except ValueError:
        return None


def parse_month(text: str) -> date | None:
    """Return the first day of a month (``2026-11``), or None when it is none."""
    found = _MONTH.match(text)
    return date(int(found[1]), int(found[2]), 1) if found and found[1] != "0000" else None


def listing(query: str = "", *, month: date | None = None, after: str = "", limit: int = PAGE) -> Page:
    """Return the newest publications that contain ``query``, decided in the month that begins on ``month``.

    A query of signs alone finds nothing. Reads no more than it needs: two statements, three for words that are
    frequent alone and rare together.

    Args:
        query: parts between spaces must all be there.
        month: its first day.
        after: a cursor of an earlier page; one that is none of ours is as none.
        limit: rows on a page.
    """
    within, place = _within(month), parse_cursor(after)
    needles, words = search.needles(query), search.query_terms(query)
    if query.strip() and not needles:
        return Page((), more=False, total=0)
    if not needles:
        return _page(_newest(within, place, limit), limit, _count(within))
    hit = _Part(" AND ".join("position(%s IN words) > 0" for _ in needles), needles)
    if _is_frequent(words):
        rows = _walk(hit, within, place, limit)
        if len(rows) > limit:
            return _page(rows, limit, None, counted=False)
    return _lookup(words, hit & within, place, limit)


def months() -> tuple[date, ...]:
    """Return the first days of all months from the newest decision to the oldest, newest first."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT min(decided_on), max(decided_on) FROM portal_publication")
        oldest, newest = cursor.fetchone()
    if newest is None:
        return ()
    first, last = oldest.year * 12 + oldest.month - 1, newest.year * 12 + newest.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(last, first - 1, -1))


def changes(since: int, *, limit: int = 100) -> tuple[Row, ...]:
    """Return what changed after change number ``since``, oldest change first."""
    found = _fetch(
        f"SELECT {_COLUMNS} FROM portal_publication WHERE change > %s ORDER BY change LIMIT %s", since, limit
    )
    return _rows(found)


def detail(publication: str) -> Detail | None:
    """Return one publication, or None."""
    found = _fetch(
        f"SELECT {_COLUMNS}, content, bundle, octet_length(pdf) FROM portal_publication WHERE id = %s", publication
    )
    return Detail(*_rows([found[0][:_WIDTH]]), *found[0][_WIDTH:]) if found else None  # type: ignore[arg-type]


def everything() -> Iterator[tuple[str, str, bytes]]:
    """Yield id, content and PDF of every publication, without holding them all at once: for an audit."""
    rows = Publication.objects.order_by("pk").values_list("id", "content", "pdf")
    for key, content, kept in rows.iterator(chunk_size=200):
        yield key, content, bytes(kept)


def pdf(publication: str) -> bytes | None:
    """Return the kept bytes of the published PDF, or None."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT pdf FROM portal_publication WHERE id = %s", [publication])
        found = cursor.fetchone()
    return bytes(found[0]) if found and found[0] else None


def _within(month: date | None) -> _Part:
    if month is None:
        return _ALL
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1) if month < date(9999, 12, 1) else date.max
    return _Part("decided_on >= %s AND decided_on < %s", (month, following))


def _older(place: tuple[date, str] | None) -> _Part:
    return _Part("(decided_on, id) < (%s, %s)", place) if place else _ALL


def _newest(within: _Part, place: tuple[date, str] | None, limit: int) -> tuple[Row, ...]:
    chosen = within & _older(place)
    sql = f"SELECT {_COLUMNS} FROM portal_publication WHERE {chosen.sql} {_NEWEST} LIMIT %s"
    return _rows(_fetch(sql, *chosen.values, limit + 1))


def _walk(hit: _Part, within: _Part, place: tuple[date, str] | None, limit: int) -> tuple[Row, ...]:
    """Return the hits among the ``WALK`` newest rows; the database stops at the last one needed."""
    chosen = within & _older(place)
    sql = (
        f"SELECT {_COLUMNS} FROM "
        f"(SELECT * FROM portal_publication WHERE {chosen.sql} {_NEWEST} LIMIT {WALK}) AS recent "
        f"WHERE {hit.sql} {_NEWEST} LIMIT %s"
    )
    return _rows(_fetch(sql, *chosen.values, *hit.values, limit + 1))


def _lookup(words: Sequence[str], hit: _Part, place: tuple[date, str] | None, limit: int) -> Page:
    # MATERIALIZED keeps the planner from betting on a walk: the hits of a rare word are few.
    older = _older(place)
    sql = (
        "WITH hits AS MATERIALIZED (SELECT id, decided_on FROM portal_publication "
        f"WHERE search @@ %s::tsquery AND {hit.sql}), "
        f"page AS (SELECT id FROM hits WHERE {older.sql} {_NEWEST} LIMIT %s) "
        f"SELECT {_COLUMNS}, (SELECT count(*) FROM hits) FROM (SELECT 1) AS always "
        f"LEFT JOIN (SELECT * FROM portal_publication JOIN page USING (id)) AS shown ON TRUE {_NEWEST}"
    )
    found = _fetch(sql, search.tsquery(words), *hit.values, *older.values, limit + 1)
    total = int(str(found[0][_WIDTH]))
    rows = _rows([row[:_WIDTH] for row in found if row[0] is not None])
    return _page(rows, limit, total if total <= COUNT_LIMIT else None)


def _is_frequent(words: Sequence[str]) -> bool:
    """Tell whether even the rarest of ``words`` is too frequent to be looked up, as the last ANALYZE saw it."""
    found = _fetch(
        "SELECT (SELECT reltuples FROM pg_class WHERE oid = 'portal_publication'::regclass), "
        "count(*), min(f.share) FROM pg_stats s, "
        "unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS f(term, share) "
        "WHERE s.tablename = 'portal_publication' AND s.schemaname = current_schema() "
        "AND s.attname = 'search' AND f.term = ANY(%s)",
        list(words),
    )
    rows, known, share = found[0]
    if float(str(rows)) <= COUNT_LIMIT or known != len(words):
        return False  # a small register is always looked up, and so counted; a word without statistics is rare
    return float(str(share)) > FREQUENT


def _count(within: _Part) -> int | None:
    counted = f"SELECT count(*) FROM (SELECT 1 FROM portal_publication WHERE {within.sql} LIMIT %s) AS first"
    count = int(str(_fetch(counted, *within.values, COUNT_LIMIT + 1)[0][0]))
    return count if count <= COUNT_LIMIT else None


def _page(rows: tuple[Row, ...], limit: int, total: int | None, *, counted: bool = True) -> Page:
    return Page(rows[:limit], len(rows) > limit, total, counted)


def _fetch(sql: str, *values: Value) -> list[tuple[object, ...]]:
    with connections["portal"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _rows(found: Sequence[Sequence[object]]) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in found)  # type: ignore[arg-type]  # one place where SQL meets types
