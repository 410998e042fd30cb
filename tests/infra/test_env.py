"""Settings: typed, refused with words, never with secrets in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhunsheng.infra import database, env


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZHUNSHENG_DATA", str(tmp_path))
    env.current.cache_clear()
    yield
    env.current.cache_clear()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ZHUNSHENG_DEMO", "perhaps"),
        ("ZHUNSHENG_LOG_LEVEL", "loud"),
        ("ZHUNSHENG_DATABASE", "drop table"),
        ("ZHUNSHENG_POOL", "-1"),
        ("DATABASE_URL", "mysql://someone:hunter2@host/x"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_by_name(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(env.EnvError, match=variable) as caught:
        env.current()
    assert "hunter2" not in str(caught.value)


def test_the_file_in_the_data_folder_speaks_where_the_environment_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / env.FILE_NAME).write_text("ZHUNSHENG_DEMO=1\nZHUNSHENG_POOL=3\n", encoding="ascii")
    monkeypatch.delenv("ZHUNSHENG_DEMO", raising=False)
    monkeypatch.setenv("ZHUNSHENG_POOL", "5")
    assert env.current().demo
    assert env.current().pool == 5


def test_hosts_are_read_by_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOSTS", "a.example, b.example,")
    assert env.current().hosts == ("a.example", "b.example")


def test_processes_connect_as_their_role_whoever_the_address_names() -> None:
    place = database.parse("postgresql://root:p%40ss@db.example:6432/bureau?sslmode=verify-full", "zhunsheng")
    assert (place.host, place.port, place.name, place.user, place.password) == (
        "db.example",
        6432,
        "bureau",
        "root",
        "p@ss",
    )
    address = place.url(place.roles.app, "s/e:c@ret")
    again = database.parse(address, "")
    assert (again.user, again.password, again.host) == ("bureau_app", "s/e:c@ret", "db.example")
    assert ("sslmode", "verify-full") in again.options
