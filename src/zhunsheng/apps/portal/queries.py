"""Reads of the portal: newest first, by key, never by offset; a search chooses its plan by how frequent the words are.

A rare word is looked up in the index and its few hits are sorted. A frequent word is
found by walking from the newest until the page is full, because an inverted list of a
frequent word is read whole before its first hit is known (performance guide 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connections

from zhunsheng.infra import search

PAGE: Final = 20
COUNT_LIMIT: Final = 10_000
FREQUENT: Final = 0.01
"""Share of all rows above which a word is walked for. Measured in bench: the two plans cross between 0.5 and 2 %."""

_COLUMNS: Final = "id, agency, number, kind, title, party, cause, result, decided_on, published_at, proof, change"


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
    rows: tuple[Row, ...]
    more: bool
    total: int | None  # None: more than COUNT_LIMIT, or not counted because the word is frequent
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Detail:
    row: Row
    content: str
    bundle: str
    pdf_size: int


def parse_cursor(text: str) -> tuple[date, str] | None:
    """Return the place a cursor names, or None when it is none of ours."""
    day, tilde, key = text.partition("~")
    try:
        return (date.fromisoformat(day), key) if tilde else None
    except ValueError:
        return None


def listing(query: str = "", *, after: str = "", limit: int = PAGE) -> Page:
    """Return the newest publications, those that contain ``query`` when it holds a letter or digit.

    Two statements at most besides the count; none of them reads more than it needs.
    """
    place = parse_cursor(after)
    words = search.query_terms(query)
    if not words:
        rows = _walk("TRUE", [], place, limit)
        return _page(rows, limit, None if place else _count_all())
    needle = search.normalise(query)
    hit = " AND ".join("position(%s IN words) > 0" for _ in needle.split())
    if _share(words) > FREQUENT:
        rows = _walk(hit, needle.split(), place, limit)
        return _page(rows, limit, None, counted=False)
    return _lookup(search.tsquery(query), hit, needle.split(), place, limit)


def changes(since: int, *, limit: int = 100) -> tuple[Row, ...]:
    """Return what changed after change number ``since``, oldest change first."""
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM portal_publication WHERE change > %s ORDER BY change LIMIT %s",  # noqa: S608
            [since, limit],
        )
        return _rows(cursor.fetchall())


def detail(publication: str) -> Detail | None:
    """Return one publication, or None."""
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS}, content, bundle, octet_length(pdf) FROM portal_publication WHERE id = %s",  # noqa: S608
            [publication],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    return Detail(Row(*found[:12]), *found[12:])


def pdf(publication: str) -> bytes | None:
    """Return the kept bytes of the published PDF, or None."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT pdf FROM portal_publication WHERE id = %s", [publication])
        found = cursor.fetchone()
    return bytes(found[0]) if found and found[0] else None


def _walk(hit: str, words: Sequence[str], place: tuple[date, str] | None, limit: int) -> tuple[Row, ...]:
    older = "AND (decided_on, id) < (%s, %s)" if place else ""
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM portal_publication WHERE {hit} {older} "  # noqa: S608
            "ORDER BY decided_on DESC, id DESC LIMIT %s",
            [*words, *(place or ()), limit + 1],
        )
        return _rows(cursor.fetchall())


def _lookup(tsquery: str, hit: str, words: Sequence[str], place: tuple[date, str] | None, limit: int) -> Page:
    # MATERIALIZED keeps the planner from betting on a walk: the hits of a rare word are few.
    older = "WHERE (decided_on, id) < (%s, %s)" if place else ""
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            f"WITH hits AS MATERIALIZED (SELECT {_COLUMNS} FROM portal_publication "  # noqa: S608
            f"WHERE search @@ %s::tsquery AND {hit}) "
            f"SELECT *, (SELECT count(*) FROM hits) FROM hits {older} ORDER BY decided_on DESC, id DESC LIMIT %s",
            [tsquery, *words, *(place or ()), limit + 1],
        )
        found = cursor.fetchall()
    return _page(_rows([row[:12] for row in found]), limit, found[0][12] if found else 0)


def _share(words: Sequence[str]) -> float:
    """Return the share of rows that hold the rarest of ``words``, as the last ANALYZE saw it."""
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            "SELECT f.share FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) "
            "AS f(term, share) WHERE s.tablename = 'portal_publication' AND s.schemaname = current_schema() "
            "AND s.attname = 'search' AND f.term = ANY(%s)",
            [list(words)],
        )
        shares = [float(row[0]) for row in cursor.fetchall()]
    return min(shares) if len(shares) == len(words) else 0.0


def _count_all() -> int | None:
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM portal_publication LIMIT %s) t", [COUNT_LIMIT + 1])
        count: int = cursor.fetchone()[0]
    return count if count <= COUNT_LIMIT else None


def _page(rows: tuple[Row, ...], limit: int, total: int | None, *, counted: bool = True) -> Page:
    return Page(rows[:limit], len(rows) > limit, total, counted)


def _rows(found: Sequence[Sequence[object]]) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in found)  # type: ignore[arg-type]  # one place where SQL meets types
