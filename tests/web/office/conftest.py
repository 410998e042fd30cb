"""People at their desks: signed-in clients of the office, on the day of the story."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.apps import cast
from zhunsheng.apps.accounts.models import Account

BACKEND = "zhunsheng.apps.accounts.backend.AccountBackend"


class Desk:
    """A person in front of the office."""

    def __init__(self, login: str) -> None:
        self.client = Client()
        self.client.force_login(Account.objects.get(pk=login), backend=BACKEND)

    def get(self, path: str) -> HttpResponse:
        return self.client.get(path)  # type: ignore[return-value]  # the test client's own subclass

    def post(self, path: str, data: Mapping[str, object]) -> HttpResponse:
        return self.client.post(path, data)  # type: ignore[return-value]

    def page(self, path: str, status: int = 200) -> str:
        response = self.get(path)
        assert response.status_code == status, response.status_code
        return response.content.decode()


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be noon on the day of the story."""
    monkeypatch.setattr("zhunsheng.infra.clock.now", lambda: cast.NOON)


@pytest.fixture
def people(fresh_db: str, noon: None, settings: Settings) -> None:
    """The bureau with everybody's account; passwords are hashed quickly, since no test here is about the hash."""
    del fresh_db, noon
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast.bureau(accounts=True)


@pytest.fixture
def desk(people: None) -> Callable[[str], Desk]:
    """Give the desk of a person by login."""
    del people
    return Desk


def case_url(number: str, tail: str = "") -> str:
    return f"/cases/{quote(number)}/{tail}"


def as_posted(raw: Mapping[str, object]) -> dict[str, object]:
    """Return answers as a page sends them: rows by number, yes and no in words, strokes as text."""
    posted: dict[str, object] = {}
    for name, value in raw.items():
        if isinstance(value, bool):
            posted[name] = "yes" if value else "no"
        elif isinstance(value, dict):
            posted[name] = json.dumps(value)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            posted |= {f"{name}-{n}-{part}": text for n, row in enumerate(value) for part, text in row.items()}
        else:
            posted[name] = value
    return posted
