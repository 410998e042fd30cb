"""The fold of an account: pure, and patient with what it does not know or what was lawfully destroyed."""

from datetime import UTC, date, datetime

import pytest

from zhunsheng.apps.accounts.events import AccountKind as K
from zhunsheng.apps.accounts.fold import AccountState, fold
from zhunsheng.core.casefile.events import Content, Event

OPENED: Content = {
    "login": "kong",
    "name": "孔雨水",
    "password": "argon2$x",
    "roles": ["publisher", "officer"],
    "unit": "policy",
    "officer": "",
}


def told(*events: tuple[str, Content | None]) -> list[Event]:
    at = datetime(2026, 11, 20, 4, tzinfo=UTC)
    return [
        Event(position, kind, 1, "system", date(2026, 11, 20), None, at, payload)
        for position, (kind, payload) in enumerate(events, 1)
    ]


def folded(*events: tuple[str, Content | None]) -> AccountState:
    state = fold(told((K.OPENED, OPENED), *events))
    assert state is not None
    return state


def test_roles_are_sorted_so_that_equal_states_are_equal() -> None:
    assert folded().roles == ("officer", "publisher")


def test_before_it_was_opened_there_is_nothing() -> None:
    assert fold([]) is None
    assert fold(told((K.LOCKED, {"reason": "x"}))) is None
    assert fold(told((K.OPENED, None))) is None


def test_what_was_destroyed_or_is_of_a_later_version_changes_nothing() -> None:
    state = folded((K.LOCKED, None), ("account.blessed", {"by": "x"}))
    assert (state.active, state.session_version, state.position) == (True, 1, 3)


@pytest.mark.parametrize(
    ("kind", "payload", "changed"),
    [
        (K.PASSWORD_CHANGED, {"password": "argon2$y", "by": "self"}, {"password": "argon2$y"}),
        (K.ROLE_GRANTED, {"role": "checker"}, {"roles": ("checker", "officer", "publisher")}),
        (K.ROLE_REVOKED, {"role": "officer"}, {"roles": ("publisher",)}),
        (K.LOCKED, {"reason": "x"}, {"active": False}),
        (K.UNLOCKED, {"reason": "x"}, {"active": True}),
        (K.MOVED, {"unit": "office"}, {"unit": "office"}),
        (K.TOTP_ENROLLED, {"secret": "token"}, {"totp_secret": "token"}),
        (K.TOTP_REMOVED, {"reason": "x"}, {"totp_secret": ""}),
    ],
)
def test_each_event_changes_its_field_and_ends_the_sessions(
    kind: str, payload: Content, changed: dict[str, object]
) -> None:
    state = folded((kind, payload))
    assert {name: getattr(state, name) for name in changed} == changed
    assert (state.session_version, state.position) == (2, 2)


def test_roles_that_are_no_list_are_no_account() -> None:
    with pytest.raises(TypeError, match="no list"):
        fold(told((K.OPENED, {**OPENED, "roles": "admin"})))
