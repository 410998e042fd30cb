"""The commands an operator types first: init, dsn, doctor, clock, and what they say when something is missing."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.server import forget
from zhunsheng.cli import main
from zhunsheng.infra import installing, postgres
from zhunsheng.infra.database import RoleNames, Server
from zhunsheng.infra.datadir import DataDir

pytestmark = pytest.mark.postgres

LET_THROUGH = ("PATH", "HOME", "LANG", "ZHUNSHENG_POSTGRES_BIN", "ZHUNSHENG_SYSTEM_FOLDER")


def zhunsheng(data: Path, *words: str, demo: bool = True) -> "subprocess.CompletedProcess[str]":
    environment = {name: os.environ[name] for name in LET_THROUGH if name in os.environ}
    if demo:
        environment["ZHUNSHENG_DEMO"] = "1"
    command = [sys.executable, "-m", "zhunsheng.cli.main", "--data", str(data), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("installed") / "data"
    done = zhunsheng(data, "init")
    assert done.returncode == 0, done.stderr
    cluster = postgres.Cluster(DataDir(data))
    cluster.start()
    yield data
    forget(DataDir(data))


def dsn(data: Path, role: str) -> str:
    answer: dict[str, str] = json.loads(zhunsheng(data, "--json", "dsn", "--role", role).stdout)
    return answer["dsn"]


@pytest.mark.parametrize("role", ["owner", "app", "portal"])
def test_each_role_gets_in_by_the_address_it_is_given(installed: Path, role: str) -> None:
    with psycopg.connect(dsn(installed, role)) as connection:
        row = connection.execute("SELECT current_user, current_database()").fetchone()
    assert row == (f"zhunsheng_{role}", "zhunsheng")


def test_the_portal_cannot_read_a_case_and_the_app_cannot_rewrite_an_event(installed: Path) -> None:
    with psycopg.connect(dsn(installed, "portal"), autocommit=True) as portal:
        assert portal.execute("SELECT count(*) FROM portal.portal_publication").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            portal.execute("SELECT 1 FROM public.journal_event")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            portal.execute("DELETE FROM portal.portal_publication")
    with psycopg.connect(dsn(installed, "app"), autocommit=True) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("UPDATE journal_event SET actor = 'x'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("ALTER TABLE journal_event DISABLE TRIGGER ALL")


def test_running_init_again_changes_nothing_that_exists(installed: Path) -> None:
    keys = {path.name: path.read_bytes() for path in (installed / "keys").iterdir()}
    address = dsn(installed, "app")
    done = zhunsheng(installed, "init")
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in (installed / "keys").iterdir()} == keys
    assert dsn(installed, "app") == address


def test_doctor_finds_nothing_wrong_with_a_fresh_installation(installed: Path) -> None:
    done = zhunsheng(installed, "doctor", "--json")
    answers = json.loads(done.stdout)
    assert [one for one in answers if one["state"] == "bad"] == []
    assert done.returncode == 0
    assert {"migrations", "privileges", "policy", "database as portal"} <= {one["name"] for one in answers}


def test_doctor_names_a_privilege_that_somebody_gave_and_how_to_mend_it(installed: Path) -> None:
    with psycopg.connect(dsn(installed, "owner"), autocommit=True) as owner:
        owner.execute("GRANT DELETE ON journal_event TO zhunsheng_app")
    done = zhunsheng(installed, "doctor", "--json")
    privileges = next(one for one in json.loads(done.stdout) if one["name"] == "privileges")
    assert (done.returncode, privileges["state"], privileges["mend"]) == (1, "bad", "zhunsheng init")
    assert "journal_event" in privileges["found"]
    assert zhunsheng(installed, "init").returncode == 0
    assert zhunsheng(installed, "doctor").returncode == 0


def test_doctor_says_how_to_close_a_key_that_others_can_read(installed: Path) -> None:
    key = installed / "keys" / "log.key"
    key.chmod(0o644)
    try:
        done = zhunsheng(installed, "doctor")
        assert done.returncode == 1
        assert f"chmod 600 {key}" in done.stdout
    finally:
        key.chmod(0o600)


def test_before_init_a_command_says_what_to_run(tmp_path: Path) -> None:
    for words in (("dsn",), ("serve", "office")):
        done = zhunsheng(tmp_path / "empty", *words)
        assert done.returncode == main.COULD_NOT_RUN
        assert "zhunsheng init" in done.stderr


def test_the_sql_for_an_administrator_holds_no_password(tmp_path: Path) -> None:
    done = zhunsheng(tmp_path / "data", "init", "--print-sql")
    passwords = json.loads((tmp_path / "data" / "keys" / "database.json").read_bytes())
    assert [role for role, password in passwords.items() if password in done.stdout] == []
    assert "SCRAM-SHA-256$4096:" in done.stdout


def test_what_an_administrator_ran_is_all_that_init_needs_of_him(installed: Path, tmp_path: Path) -> None:
    """The database administrator runs the printed SQL with psql; init then works without any right of his."""
    data = tmp_path / "bureau"
    place = Server(str(postgres.Cluster(DataDir(installed)).socket()), 5432, "bureau")
    data.mkdir()
    (data / "zhunsheng.env").write_text(f"DATABASE_URL=postgresql:///bureau?host={place.host}\n", encoding="utf-8")
    script = zhunsheng(data, "init", "--print-sql", demo=False).stdout
    admin = place.url(
        "postgres", json.loads((installed / "keys" / "database.json").read_bytes())["admin"], name="postgres"
    )
    psql = postgres.wheel_programs() / "psql"
    for _ in range(2):  # it can be run twice
        words = [str(psql), "--no-psqlrc", "-v", "ON_ERROR_STOP=1", admin]
        done = subprocess.run(words, input=script, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    made = zhunsheng(data, "init", demo=False)
    assert made.returncode == 0, made.stderr
    with psycopg.connect(dsn(data, "app")) as app:
        assert app.execute("SELECT count(*) FROM journal_event").fetchone() == (0,)


def test_the_clock_of_a_demonstration_moves_forward_as_an_event(installed: Path) -> None:
    refused = zhunsheng(installed, "clock", "--set", "2001-01-01T00:00:00+08:00")
    assert refused.returncode == main.COULD_NOT_RUN
    assert "forward only" in refused.stderr
    moved = zhunsheng(installed, "clock", "--set", "2099-01-01T09:00:00+08:00", "--json")
    assert json.loads(moved.stdout)["today"] == "2099-01-01"
    with psycopg.connect(dsn(installed, "app")) as app:
        row = app.execute("SELECT count(*) FROM journal_event WHERE kind = 'clock.moved'").fetchone()
    assert row == (1,), "the refused one left nothing"


def test_a_service_has_no_clock_to_move(installed: Path) -> None:
    done = zhunsheng(installed, "clock", "--set", "2199-01-01T09:00:00+08:00", demo=False)
    assert done.returncode == main.COULD_NOT_RUN
    assert "demonstration" in done.stderr


def test_a_password_verifier_is_what_postgresql_itself_would_store() -> None:
    # RFC 7677's example: user "user", password "pencil".
    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    verifier = installing.scram_verifier("pencil", salt=salt)
    assert verifier == (
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
        "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )


def test_roles_are_named_after_the_database() -> None:
    assert RoleNames("bureau").all() == ("bureau_owner", "bureau_app", "bureau_portal", "bureau_disposal")
