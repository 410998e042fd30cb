"""A slip in a data file stops the start, with file and key."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.infra import lawdata
from zhunsheng.infra.lawdata import LawDataError, digest_of, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(lawdata.ROOT, tmp_path / "lawdata"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_books_digest_is_that_of_its_files(folder: Path) -> None:
    assert lawdata.digest() == lawdata.book().digest == digest_of(folder) == load(folder).digest
    assert len(lawdata.digest()) == 64


@pytest.mark.parametrize(
    "act",
    [
        lambda f: change(f / "parameters" / "simple.toml", "value = 20000", "value = 20001"),
        lambda f: (f / "items" / "new.toml").write_text(""),
        lambda f: (f / "calendar" / "2026.toml").rename(f / "calendar" / "2027.toml"),
    ],
)
def test_any_change_changes_the_digest(folder: Path, act: Callable[[Path], object]) -> None:
    act(folder)
    assert digest_of(folder) != lawdata.digest()


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("parameters/simple.toml", "value = 20000", 'value = "20000"', "value is not a whole number"),
        ("parameters/simple.toml", "value = 20000", "value = true", "value is not a whole number"),
        ("parameters/simple.toml", 'basis = "xzcff:51"', 'basis = "xzcff"', "not a citation"),
        ("parameters/simple.toml", 'basis = "xzcff:51"\n', "", "basis is missing"),
        ("parameters/simple.toml", 'confidence = "L"', 'confidence = "sure"', "sure"),
        ("parameters/simple.toml", "since = 2018-01-01", "since = 2031-01-01", "sorted"),
        ("parameters/simple.toml", "since = 2018-01-01", 'since = "2018"', "since is not a date"),
        ("parameters/simple.toml", 'unit = "fen"', 'unit = "yuan"', "yuan"),
        ("parameters/simple.toml", 'whose = "agency"', 'whose = "us"', "us"),
        ("parameters/penalty.toml", '["service"]', '["pay"]', "declare|overwrite|already"),
        ("calendar/2026.toml", "2026-01-01 = ", "2025-01-01 = ", "not a day of 2026"),
        ("calendar/2026.toml", "2026-01-01 = ", "new-year = ", "not a date"),
        ("calendar/2026.toml", "[worked]", '[worked]\n2026-01-01 = "x"', "both off and worked"),
        ("instruments/xzcff/2021-01-22.toml", "adopted = 2021-01-22", "adopted = 2021-01-23", "file name"),
        ("instruments/xzcff/2021-01-22.toml", 'rank = "law"', 'rank = "rumour"', "rumour"),
        ("instruments/xzcff/2021-01-22.toml", "in_force = 2021-07-15", "in_force = 2018-01-01", "distinct"),
        ("instruments/xzcff/2017-09-01.toml", "51 = 33", '51 = "33"', "number = number"),
        ("items/medical-waste.toml", "low = 200000", "low = 900000", "high is below low"),
        ("items/medical-waste.toml", 'id = "waste-training"', 'id = "waste-system"', "occurs twice"),
        ("items/physicians.toml", "times = [2, 5]", "times = [5, 2]", "times"),
        ("items/physicians.toml", "sanctions = [", "sanctions = [1, ", "list of texts"),
        ("items/physicians.toml", "[[items]]", "[[items]", "(?i)expected|bracket"),
    ],
)
def test_a_slip_stops_the_start(folder: Path, file: str, old: str, new: str, why: str) -> None:
    change(folder / file, old, new)
    with pytest.raises(LawDataError, match=why):
        load(folder)


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "items" / "physicians.toml").write_bytes("名称".encode("gb18030"))
    with pytest.raises(LawDataError, match=r"physicians\.toml"):
        load(folder)


def test_a_repeal_is_an_entry(folder: Path) -> None:
    path = folder / "parameters" / "simple.toml"
    entry = """
[["simple.cash_max".entries]]
since = 2030-01-01
repealed = true
basis = "xzcff:68"
confidence = "L"
source = "x"
"""
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    book = load(folder)
    with pytest.raises(LookupError, match="repealed"):
        book.fen("simple.cash_max", date(2030, 1, 1))
    assert book.fen("simple.cash_max", date(2029, 12, 31)) == 10_000


def test_what_we_record_of_each_text_is_true(vectors: Path) -> None:
    """Titles, article counts, paragraphs and items, wherever the text is at hand."""
    from zhunsheng.infra import lawsources  # noqa: PLC0415  (only this test reads texts)

    texts = {(s.title, s.adopted): s for s in lawsources.read(vectors / "statutes" / "texts").statutes}
    compared = 0
    for instrument in lawdata.book().instruments.values():
        for version in instrument.versions:
            text = texts.get((version.title, version.adopted))
            if text is None:
                continue
            compared += 1
            assert version.article_count == len(text.articles), version.title
            for number, article in version.articles.items():
                divided = lawsources.divided(text.articles[number])
                items = {n: len(found) for n, (_, found) in enumerate(divided, 1) if found}
                assert (article.paragraphs, dict(article.items)) == (len(divided), items), (version.title, number)
    assert compared >= 12


def test_no_summary_is_the_text_itself(vectors: Path) -> None:
    """Statute texts are not committed: summaries are our own words."""
    from zhunsheng.infra import lawsources  # noqa: PLC0415

    texts = {(s.title, s.adopted): s for s in lawsources.read(vectors / "statutes" / "texts").statutes}
    for instrument in lawdata.book().instruments.values():
        for version in instrument.versions:
            text = texts.get((version.title, version.adopted))
            for number, article in version.articles.items() if text else ():
                assert text is not None
                longest = max(len(text.articles[number]) // 2, 40)
                assert len(article.summary) <= longest, (version.title, number)
