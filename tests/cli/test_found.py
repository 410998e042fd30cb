"""Founding a bureau from a file: all of it or nothing, twice is once, every slip named with its line."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from tests.apps.registry.doings import events
from tests.conftest import REPOSITORY
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.journal.audit.findings import registered
from zhunsheng.apps.registry import queries as registry
from zhunsheng.cli.found import found
from zhunsheng.cli.found_file import BureauFileError, read
from zhunsheng.cli.main import main
from zhunsheng.infra import clock, lawdata

pytestmark = pytest.mark.postgres

HOW_TO = REPOSITORY / "docs" / "how-to" / "found-a-bureau.md"
AGENCY = "990101-health"


def example() -> str:
    """Return the file of the documentation."""
    block = re.search(r"   ```toml\n(.*?)\n   ```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    return re.sub(r"(?m)^   ", "", block[1]) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bureau.toml"
    path.write_text(example(), encoding="utf-8")
    return path


def change(file: Path, old: str, new: str) -> int:
    """Change the file at one place and return the number of the line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_file_of_the_documentation_founds_a_bureau_that_can_work(fresh_db: str, file: Path) -> None:
    done = found(file, clock.now())
    assert done.problems == []
    agency = registry.agency(AGENCY)
    assert [each.name for each in agency.names] == ["示例区卫生和计划生育局", "示例区卫生健康局"]
    assert registry.unit(AGENCY, "inspection-1").capacities[0].mandate == "示海卫委〔2026〕1号"
    (officer,) = registry.officer_list(AGENCY)
    assert (officer.post_name, officer.certificates[0].certificate.number) == ("监督员", "示海卫执法0001")
    assert len(registry.items(AGENCY)) == len(lawdata.book().items)
    for opened in done.accounts:
        row = Account.objects.get(pk=opened.login)
        assert row.check_password(opened.password)
        assert row.roles == ["admin"]


def test_the_same_file_again_writes_nothing_and_shows_no_password(fresh_db: str, file: Path) -> None:
    found(file, clock.now())
    before = events()
    again = found(file, clock.now())
    assert (again.problems, again.accounts, events()) == ([], [], before)
    assert sum(again.written.values()) == 0


def test_more_in_the_file_is_founded_besides_what_is_there(fresh_db: str, file: Path) -> None:
    found(file, clock.now())
    before = events()
    with file.open("a", encoding="utf-8") as more:
        more.write('\n[[units]]\nid = "policy"\nname = "政策法规科"\n\n[[admins]]\nlogin = "third"\nname = "温小暑"\n')
        more.write('\n[[agency.names]]\nsince = 2026-01-01\nname = "示例区卫生健康委员会"\n')
    done = found(file, clock.now())
    assert done.problems == []
    assert {name: count for name, count in done.written.items() if count} == {"names": 1, "units": 1, "accounts": 1}
    assert [one.login for one in done.accounts] == ["third"]
    assert events() == before + 3


def test_what_was_founded_is_not_changed_by_changing_the_file(fresh_db: str, file: Path) -> None:
    found(file, clock.now())
    before = events()
    change(file, 'name = "监督一科"', 'name = "监督二科"')
    done = found(file, clock.now())
    assert [(one.where, one.code) for one in done.problems] == [("units[4]", "bureau-entry-changed")]
    assert events() == before


REFUSED: Final = (
    ('area = "350205"    ', 'area = "35020"    ', "agency", "area", "area-invalid"),
    ("since = 2019-01-01", "since = 2014-01-01", "agency.names[2]", "since", "date-not-later"),
    ('court = "示例区人民法院"', 'court = " "', "agency.authorities[1]", "court", "field-empty"),
    ('parent = "inspection"', 'parent = "nowhere"', "units[4]", "parent", "unit-unknown"),
    ('mandate = "示海卫委〔2026〕1号"', 'mandate = ""', "units[3].capacities[1]", "mandate", "mandate-incomplete"),
    ("valid_to = 2028-12-31", "valid_to = 2025-12-31", "units[3].capacities[1]", "valid_to", "dates-reversed"),
    ('unit = "inspection-1"\nduties', 'unit = "lost"\nduties', "posts[1]", "unit", "unit-unknown"),
    ('post = "inspector-1"', 'post = "lost"', "officers[1]", "post", "post-unknown"),
    ('id = "chenguyu"', 'id = "陈谷雨"', "officers[1]", "id", "id-invalid"),
    ("2016-03-10", "2022-03-10", "officers[1].certificates[1]", "valid_from", "exam-missing"),
    ('login = "lixiazhi"', 'login = "Li Xia Zhi"', "admins[2]", "login", "id-invalid"),
    ('unit = "office"  ', 'unit = "offices"', "admins[1]", "unit", "unit-unknown"),
)


def test_one_refusal_takes_everything_back_and_names_its_line(fresh_db: str, file: Path) -> None:
    for old, new, where, field, code in REFUSED:
        file.write_text(example(), encoding="utf-8")
        line = change(file, old, new)
        done = found(file, clock.now())
        named = {(one.where, one.field, one.code): one.line for one in done.problems}
        assert (where, field, code) in named, (old, done.problems)
        if old.startswith(f"{field} = "):
            assert named[where, field, code] == line
        assert (done.accounts, sum(done.written.values()), events()) == ([], 0, 0), old


def test_the_same_administrator_twice_is_one(fresh_db: str, file: Path) -> None:
    change(file, 'login = "lixiazhi"', 'login = "shenxiaoxue"')
    done = found(file, clock.now())
    assert (done.problems, [one.login for one in done.accounts]) == ([], ["shenxiaoxue"])


def test_a_check_judges_everything_and_writes_nothing(fresh_db: str, file: Path) -> None:
    done = found(file, clock.now(), check=True)
    assert (done.problems, done.accounts, events()) == ([], [], 0)
    assert done.written["certificates"] == 1


def test_the_audit_finds_nothing_in_what_was_founded(fresh_db: str, file: Path) -> None:
    found(file, clock.now())
    assert [finding for name, check in registered() if name.startswith("projection") for finding in check()] == []


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ('format = "zhunsheng-bureau/1"', 'format = "zhunsheng-bureau/9"', "format", "format-unknown"),
        ('area_short = "示海"  ', 'area_shrot = "示海"', "area_shrot", "field-unknown"),
        ("since = 2015-01-01", 'since = "2015-01-01"', "since", "field-type"),
        ("since = 2015-01-01", "since = 2015-01-01T08:00:00", "since", "field-type"),
        ('fields = ["公", "医"]', 'fields = "公医"', "fields", "field-type"),
        ('name = "陈谷雨"', "name = 7", "name", "field-type"),
    ],
)
def test_a_slip_of_form_is_named_with_its_line(file: Path, old: str, new: str, field: str, code: str) -> None:
    line = change(file, old, new)
    problems = read(file)[1]
    assert (line, field, code) in {(one.line, one.field, one.code) for one in problems}


def test_all_slips_of_form_are_named_at_once(file: Path) -> None:
    change(file, "since = 2015-01-01", "since = 2015")
    change(file, 'number = "示海卫执法0001"\n', "")
    change(file, 'login = "lixiazhi"', 'logn = "lixiazhi"')
    assert [(one.where, one.field) for one in read(file)[1]] == [
        ("agency.names[1]", "since"),
        ("officers[1].certificates[1]", "number"),
        ("admins[2]", "login"),
        ("admins[2]", "logn"),
    ]


@pytest.mark.parametrize("content", ["", "format = 'zhunsheng-bureau/1'", "units = 3\nofficers = ['x']\nagency = 1"])
def test_a_file_that_describes_nothing_is_refused_with_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "empty.toml"
    path.write_text(content, encoding="utf-8")
    assert ("agency", "field-missing") in {(one.field, one.code) for one in read(path)[1]}


@pytest.mark.parametrize("content", [b"[agency\n", b"\xff\xfe\x00", b"a = 1\na = 2\n"])
def test_what_is_no_file_of_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    for each in (path, tmp_path / "missing.toml", tmp_path):
        with pytest.raises(BureauFileError):
            read(each)


def test_the_command_prints_the_password_once_and_says_what_it_refuses(
    fresh_db: str, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/zhunsheng")
    assert main(["found", str(file), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert [one["login"] for one in first["accounts"]] == ["shenxiaoxue", "lixiazhi"]
    assert main(["found", str(file)]) == 0
    assert first["accounts"][0]["password"] not in capsys.readouterr().out
    line = change(file, 'name = "监督一科"', 'name = ""')
    assert main(["found", str(file)]) == 1
    assert f"第 {line - 2} 行 units[4]" in capsys.readouterr().out
    assert main(["found", str(file.parent / "missing.toml")]) == 2
    assert "bureau-file-unreadable" in capsys.readouterr().err
