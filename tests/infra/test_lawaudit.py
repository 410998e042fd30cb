"""``check-law`` finds each kind of slip, and names the record."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.core.citation import Citation
from zhunsheng.infra import lawdata, wording
from zhunsheng.infra.lawaudit import WORDS, Report, check
from zhunsheng.infra.lawtexts import Texts, bring_in
from zhunsheng.infra.wording import Entry

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(lawdata.ROOT, tmp_path / "lawdata"))


def checked(folder: Path, texts: Path) -> Report:
    return check(lawdata.load(folder), Texts(texts), wording.entries(), TODAY)


def test_the_book_as_it_is_has_no_findings(folder: Path, tmp_path: Path) -> None:
    report = checked(folder, tmp_path / "none.sqlite")
    assert (report.findings, report.compared) == ((), 0)
    assert len(report.without_text) == len(lawdata.book().items)


@dataclass(frozen=True)
class Slip:
    """One change to a data file, and the finding it must lead to."""

    file: str
    old: str
    new: str
    code: str
    record: str


SIMPLE, ITEMS, LAW = "parameters/simple.toml", "items/physicians.toml", "instruments/xzcff/2021-01-22.toml"
SLIPS = [
    Slip(SIMPLE, 'basis = "xzcff:51"', 'basis = "xzcff:99"', "no-such-article", "parameters/simple"),
    Slip(SIMPLE, 'basis = "xzcff:51"', 'basis = "xzcf:51"', "citation-unresolved", "parameters/simple"),
    Slip(SIMPLE, 'basis = "xzcff:33"', 'basis = "ysf:33"', "instrument-not-in-force", "parameters/simple"),
    Slip(SIMPLE, 'basis = "xzcff:51"', 'basis = "xzcff:0"', "parameter-without-basis", "parameters/simple"),
    Slip(SIMPLE, 'source = "LawRefBook', 'source = " "#', "parameter-without-basis", "parameters/simple"),
    Slip(ITEMS, 'basis = "ysf:57"', 'basis = "ysf:57.2"', "no-such-article", "items/physician-scope"),
    Slip(ITEMS, 'violated = "ysf:25"', 'violated = "ysf:68"', "no-such-article", "items/physician-consent"),
    Slip(ITEMS, "valid_from", "valid_to = 2015-01-01\nvalid_from", "instrument-not-in-force", "items/physician-"),
    Slip(LAW, 'basis = "xzcff:85"', 'basis = "xzcff:87"', "no-such-article", "instruments/xzcff/2021-01-22"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.file}: {slip.new}")
def test_a_citation_that_leads_nowhere_is_found(folder: Path, tmp_path: Path, slip: Slip) -> None:
    path = folder / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.old in text
    path.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")
    found = [one for one in checked(folder, tmp_path / "none.sqlite").findings if one.code == slip.code]
    assert found
    assert found[0].record.startswith(slip.record)
    assert found[0].words()


def test_a_refusal_that_cites_nothing_is_found(tmp_path: Path) -> None:
    entry = Entry("t", "t。", "r。", Citation("xzcff", 87), "", "")
    report = check(lawdata.book(), Texts(tmp_path / "none.sqlite"), {"some-code": entry}, TODAY)
    assert [one.record for one in report.findings] == ["errors/some-code"]


def test_the_real_texts_agree_and_a_changed_shape_does_not(folder: Path, tmp_path: Path, vectors: Path) -> None:
    texts = tmp_path / "texts.sqlite"
    bring_in(vectors / "statutes" / "texts", texts)
    report = checked(folder, texts)
    assert (report.findings, report.compared, report.without_text) == ((), 38, ("public-staff-certificate-rule",))
    path = folder / "instruments" / "xzcff" / "2021-01-22.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[articles.9]", "[articles.8]"), encoding="utf-8")
    assert [one.code for one in checked(folder, texts).findings] == ["article-shape-differs"]


def test_what_waits_for_confirmation_is_listed(folder: Path, tmp_path: Path) -> None:
    waiting = checked(folder, tmp_path / "none.sqlite").unconfirmed
    assert "record_filing" in waiting
    assert "simple.fine_max.citizen" not in waiting


def test_every_finding_has_words() -> None:
    assert all(words.format(expected="a", found="b") for words in WORDS.values())
