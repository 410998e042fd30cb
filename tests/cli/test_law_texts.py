"""``import-law`` and ``check-law`` as a person runs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "# 公共场所卫生管理条例\n\n<!-- INFO END -->\n\n"


def run(data: Path, *words: str) -> tuple[int, dict[str, object], str]:
    done = subprocess.run(
        [sys.executable, "-m", "zhunsheng.cli.main", "--data", str(data), "--json", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_without_texts_the_book_is_sound_and_says_what_was_not_compared(data: Path) -> None:
    status, found, _ = run(data, "check-law")
    assert (status, found["findings"], found["compared"]) == (0, [], 0)
    assert "public-health-certificate" in found["without_text"]  # type: ignore[operator]
    assert "record_filing" in found["unconfirmed"]  # type: ignore[operator]


def test_with_the_real_texts_every_item_agrees(data: Path, vectors: Path) -> None:
    status, done, _ = run(data, "import-law", str(vectors / "statutes" / "texts"))
    assert (status, len(done["added"])) == (0, 49)  # type: ignore[arg-type]
    status, found, _ = run(data, "check-law")
    assert (status, found["findings"], found["compared"]) == (0, [], 38)


@pytest.mark.clause("P2.1", partly="articles and amounts of each item are checked; lists and export are not here yet")
def test_a_text_with_another_amount_is_found(data: Path, vectors: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    name = "医疗废物管理条例(2011-01-08).md"
    real = (vectors / "statutes" / "texts" / name).read_text(encoding="utf-8")
    (texts / name).write_text(real.replace("可以并处5000元以下", "可以并处8000元以下"), encoding="utf-8")
    assert run(data, "import-law", str(texts))[0] == 0
    status, found, _ = run(data, "check-law")
    codes = {(one["record"], one["code"]) for one in found["findings"]}  # type: ignore[attr-defined]
    assert status == 1
    assert ("items/waste-sorting", "amount-not-in-text") in codes
    assert ("items/waste-sorting", "amount-not-in-item") in codes


def test_a_text_of_another_length_is_found(data: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "公共场所卫生管理条例(2019-04-23).md").write_text(HEAD + "第一条 甲。\n", encoding="utf-8")
    assert run(data, "import-law", str(texts))[0] == 0
    status, found, _ = run(data, "check-law")
    codes = {one["code"] for one in found["findings"]}  # type: ignore[attr-defined]
    assert (status, "article-count-differs" in codes) == (1, True)


@pytest.mark.parametrize("source", ["nowhere", "installed"])
def test_a_source_that_is_not_there_ends_with_2(data: Path, source: str) -> None:
    status, found, err = run(data, "import-law", source)
    assert (status, found["error"]) == (2, "lawtext-unreadable")
    assert "原来的文本没有变" in err


def test_a_broken_text_leaves_the_old_library(data: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    good = texts / "公共场所卫生管理条例(2019-04-23).md"
    good.write_text(HEAD + "第一条 甲。\n", encoding="utf-8")
    assert run(data, "import-law", str(texts))[0] == 0
    before = (data / "law" / "texts.sqlite").read_bytes()
    good.write_bytes((HEAD + "第一条 甲。\n").encode("gb18030"))
    assert run(data, "import-law", str(texts))[0] == 2
    assert (data / "law" / "texts.sqlite").read_bytes() == before
