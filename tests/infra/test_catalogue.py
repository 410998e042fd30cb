"""Catalogues and benchmarks are read whole, or not at all."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from zhunsheng.core.law.catalogue import Measure, Predicate
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.infra import lawdata

ENTRY = """
[[entries]]
id = "own.one"
since = 2026-01-01
basis = "hcsx:4"
words = "口腔诊所的罚款"
confidence = "S"
source = "本机关目录"
"""
STEP = """
[[benchmarks]]
id = "b"
item = "waste-sorting"
since = 2026-01-01
basis = "xzcff:34"
confidence = "BG"
source = "示范"

[[benchmarks.steps]]
label = "一般"
when = "没有后果"
"""


def catalogue(folder: Path, text: str) -> Path:
    (folder / "own.toml").write_text(f'predicate = "review"\n{text}', encoding="utf-8")
    return folder


def test_an_entry_is_read_whole(tmp_path: Path) -> None:
    more = 'sanctions = ["罚款"]\nparties = ["citizen"]\nmeasure = "fine"\nat_least = "large.fine.citizen"\n'
    (entry,) = lawdata.catalogue(catalogue(tmp_path, ENTRY + more))
    assert (entry.predicate, entry.measure, entry.at_least) == (Predicate.REVIEW, Measure.FINE, "large.fine.citizen")
    assert entry.in_force(date(2026, 1, 1))
    assert not entry.in_force(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENTRY, "no condition"),
        (ENTRY + 'measure = "fine"\n', "without its parameter"),
        (ENTRY + 'at_least = "large.fine.citizen"\nheard = true\n', "without its parameter"),
        (ENTRY + 'measure = "weight"\nat_least = "x"\n', "weight"),
        (2 * (ENTRY + "heard = true\n"), "occurs twice"),
    ],
)
def test_an_entry_that_would_mean_everything_or_nothing_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(lawdata.LawDataError, match=why):
        lawdata.catalogue(catalogue(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (STEP, "low and high, or tenths"),
        (STEP + "low = 100\n", "low and high, or tenths"),
        (STEP + "low = 200\nhigh = 100\n", "low and high, or tenths"),
        (STEP + "low = 1\nhigh = 2\ntenths = [1, 2]\n", "low and high, or tenths"),
        (STEP + "tenths = [3, 2]\n", "from, to"),
        (STEP.partition("[[benchmarks.steps]]")[0], "no steps"),
        (2 * (STEP + "low = 1\nhigh = 2\n"), "occurs twice"),
    ],
)
def test_a_broken_benchmark_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(lawdata.LawDataError, match=why):
        lawdata.benchmarks(tmp_path)


def test_everything_a_catalogue_names_is_there() -> None:
    book = lawdata.book()
    for entry in book.catalogue:
        if entry.at_least:
            book.fen(entry.at_least, max(entry.since, date(2021, 7, 15)))
        try:
            book.resolve(entry.basis, date(2026, 11, 22))
        except CitationError as error:
            pytest.fail(f"{entry.id}: {error}")


def test_a_benchmark_leaves_no_gap_and_stays_in_the_article() -> None:
    book = lawdata.book()
    for benchmark in book.benchmarks:
        item, steps = book.item(benchmark.item), benchmark.steps
        ends = [step.tenths or (step.low or 0, step.high or 0) for step in steps]
        assert all(0 <= other[0] - one[1] <= 1 for one, other in pairwise(ends))
        for step in steps:
            if step.low is not None and step.high is not None:
                assert item.allows(step.low, benchmark.since)
                assert item.allows(step.high, benchmark.since)
