"""Pages of the portal, in one process without a server: list, detail, search, each against the plain way."""

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings as django_settings
from django.db import connections
from django.test import Client, override_settings

from bench import anchors
from bench.common import Measure, Target, compare, percentile, rate, seconds, size
from zhunsheng.apps.portal import queries
from zhunsheng.cli.seed_names import TUNES

RARE: Final = tuple(tune[:2] for tune in TUNES[-12:])  # 瑞龙, 扬州: a few in a thousand
FREQUENT: Final = ("卫生", "警告", "如梦", "理发", "决定", "公共", "登记", "消毒", "江南", "诊所")
COUNTED: Final = "SELECT count(*) FROM portal_publication"
ROWS: Final = "SELECT id, number, title, party, words FROM portal_publication ORDER BY decided_on, id"
WALK: Final = """
SELECT id, number, title, party FROM portal_publication
 WHERE words LIKE %s ORDER BY decided_on DESC, id DESC LIMIT 20"""


def main() -> None:
    """Measure."""
    conditions = anchors.settings() | {"server": "none, in process", "publications": str(_fetch(COUNTED)[0][0])}
    plain = override_settings(ROOT_URLCONF="bench.plain", MIDDLEWARE=[])
    ours, ids = Client(), [str(row[0]) for row in _fetch("SELECT id FROM portal_publication ORDER BY change LIMIT 500")]
    turn = cycle(ids)
    pages: Sequence[tuple[str, Callable[[], str], Callable[[], str]]] = (
        ("portal.list", lambda: "/results/", lambda: "/"),
        ("portal.detail", lambda: f"/p/{next(turn)}", lambda: f"/d/{next(turn)}"),
    )
    for name, address, other in pages:
        measure = Measure(name, "requests/s", "plain Django: ORM and template, no middleware", "higher", Target(0.6, 2))

        def anchor(other: Callable[[], str] = other) -> float:
            with plain:
                return _requests(Client(), other)

        compare(
            measure,
            lambda address=address: _requests(ours, address),  # type: ignore[misc]
            anchor,
            n=size().requests,
            settings=conditions,
            middleware=len(django_settings.MIDDLEWARE),
        )
    _search(conditions)


def _search(conditions: dict[str, str]) -> None:
    """Measure the query alone, p95 over the words: an answer that is late for one word is late."""
    with TemporaryDirectory() as folder:
        bigrams = anchors.Bigrams(Path(folder) / "pairs.sqlite", _fetch(ROWS))
        kinds = (
            ("portal.search.rare", RARE, "SQLite FTS5 over pairs", Target(20, 5), bigrams.newest),
            ("portal.search.frequent", FREQUENT, "newest-first walk without an index", Target(3, 1), _walk),
        )
        for name, words, anchor, target, other in kinds:
            compare(
                Measure(name, "ms p95", anchor, "lower", target),
                lambda words=words: _p95(queries.listing, words),  # type: ignore[misc]
                lambda words=words, other=other: _p95(other, words),  # type: ignore[misc]
                n=len(words) * _rounds(),
                settings=conditions,
                hits=str({word: queries.listing(word).total for word in words[:3]}),
            )


def _requests(client: Client, address: Callable[[], str]) -> float:
    def run() -> None:
        for _ in range(size().requests):
            answer = client.get(address(), headers={"host": "localhost"})
            if answer.status_code != 200:  # noqa: PLR2004
                raise SystemExit(f"{answer.status_code} for {address()}")

    client.get(address(), headers={"host": "localhost"})  # templates and plans are warm
    return rate(size().requests, run)


def _p95(act: Callable[[str], object], words: Sequence[str]) -> float:
    for word in words:
        act(word)  # warm: all figures of search are
    return 1000 * percentile([seconds(lambda: act(word)) for _ in range(_rounds()) for word in words], 0.95)  # noqa: B023


def _rounds() -> int:
    return max(1, size().requests // 12)


def _walk(word: str) -> object:
    return _fetch(WALK, f"%{word}%")


def _fetch(statement: str, *values: str) -> list[tuple[object, ...]]:
    with connections["portal"].cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())
