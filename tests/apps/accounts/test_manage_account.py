"""Passwords, roles, locks, units: each act is another person's, and ends the sessions it should end."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.apps.accounts.doings import A_PASSWORD, codes_of, events_of, open_account
from tests.apps.cast import AGENCY, NOON
from zhunsheng.apps.accounts.commands import (
    change_password,
    grant_role,
    lock_account,
    move_account,
    reset_password,
    revoke_role,
    unlock_account,
)
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.postgres

NEW = "nine-herons-by-the-strait"
BOSS, KONG = "shenxiaoxue", "kongyushui"


@pytest.fixture(autouse=True)
def two_people(fresh_db: str) -> None:
    open_account(BOSS, name="沈小雪", roles=(Role.ADMIN,))
    open_account(KONG)


def row(login: str = KONG) -> Account:
    return Account.objects.get(pk=login)


def test_a_new_password_ends_the_sessions(fresh_db: str) -> None:
    before = row().get_session_auth_hash()
    change_password(KONG, old=A_PASSWORD, new=NEW, agency=AGENCY, actor=KONG, at=NOON)
    assert row().check_password(NEW)
    assert not row().check_password(A_PASSWORD)
    assert row().get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("old", "new", "actor", "code"),
    [
        ("wrong-password-9", NEW, KONG, "password-wrong"),
        (A_PASSWORD, A_PASSWORD, KONG, "password-unchanged"),
        (A_PASSWORD, "short1", KONG, "password-weak"),
        (A_PASSWORD, NEW, BOSS, "role-missing"),
    ],
)
def test_it_refuses_and_the_old_password_stays(fresh_db: str, old: str, new: str, actor: str, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        change_password(KONG, old=old, new=new, agency=AGENCY, actor=actor, at=NOON)
    assert codes_of(refusal) == {code}
    assert row().check_password(A_PASSWORD)
    assert len(events_of(KONG)) == 1


def test_a_double_click_is_one_act_whatever_the_act(fresh_db: str) -> None:
    by_boss: dict[str, Any] = {"agency": AGENCY, "actor": BOSS, "at": NOON}
    acts: list[Callable[..., Event]] = [
        partial(change_password, KONG, old=A_PASSWORD, new=NEW, agency=AGENCY, actor=KONG, at=NOON),
        partial(reset_password, KONG, new=A_PASSWORD, **by_boss),
        partial(grant_role, KONG, Role.PUBLISHER, **by_boss),
        partial(revoke_role, KONG, Role.OFFICER, **by_boss),
        partial(lock_account, KONG, "调离", **by_boss),
        partial(unlock_account, KONG, "调回", **by_boss),
        partial(move_account, KONG, "policy", **by_boss),
    ]
    for number, act in enumerate(acts, 1):
        assert act(key=f"k{number}") == act(key=f"k{number}")
        assert len(events_of(KONG)) == number + 1


def test_a_reset_is_another_persons_act(fresh_db: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        reset_password(KONG, new=NEW, agency=AGENCY, actor=KONG, at=NOON)
    assert codes_of(refusal) == {"role-missing"}
    reset_password(KONG, new=NEW, agency=AGENCY, actor=BOSS, at=NOON)
    assert row().check_password(NEW)


def test_nobody_gives_himself_a_role(fresh_db: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        grant_role(BOSS, Role.OFFICER, agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {"own-account"}
    assert row(BOSS).roles == ["admin"]


def test_a_role_given_and_taken_ends_the_sessions_each_time(fresh_db: str) -> None:
    grant_role(KONG, Role.PUBLISHER, agency=AGENCY, actor=BOSS, at=NOON)
    assert (row().roles, row().session_version) == (["officer", "publisher"], 2)
    revoke_role(KONG, Role.OFFICER, agency=AGENCY, actor=BOSS, at=NOON)
    assert (row().roles, row().session_version) == (["publisher"], 3)


@pytest.mark.parametrize(("role", "code"), [(Role.OFFICER, "role-held"), (Role.ADMIN, "admin-stands-alone")])
def test_it_refuses_a_role_held_and_the_keeper_who_would_also_act(fresh_db: str, role: Role, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        grant_role(KONG, role, agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {code}
    assert len(events_of(KONG)) == 1


def test_it_refuses_to_take_a_role_nobody_holds(fresh_db: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        revoke_role(KONG, Role.CHECKER, agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {"role-not-held"}


def test_a_lock_shuts_and_an_unlock_opens(fresh_db: str) -> None:
    lock_account(KONG, "调离", agency=AGENCY, actor=BOSS, at=NOON)
    assert not row().is_active
    with pytest.raises(RefusedError) as refusal:
        lock_account(KONG, "调离", agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {"account-locked"}
    unlock_account(KONG, "调回", agency=AGENCY, actor=BOSS, at=NOON)
    assert row().is_active
    with pytest.raises(RefusedError) as refusal:
        unlock_account(KONG, "调回", agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {"account-not-locked"}


def test_a_lock_needs_a_reason(fresh_db: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        lock_account(KONG, "", agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {"field-empty"}
    assert row().is_active


def test_an_unlock_does_not_make_a_second_account_of_one_officer(fresh_db: str) -> None:
    open_account("old", officer="kong")
    lock_account("old", "换账号", agency=AGENCY, actor=BOSS, at=NOON)
    open_account("new", officer="kong")
    with pytest.raises(RefusedError) as refusal:
        unlock_account("old", "误停", agency=AGENCY, actor=BOSS, at=NOON)
    assert codes_of(refusal) == {"officer-has-account"}


def test_the_keeper_of_another_agency_does_not_know_the_account(fresh_db: str) -> None:
    open_account("other-boss", name="外人", roles=(Role.ADMIN,), agency="990205-other")
    with pytest.raises(RefusedError) as refusal:
        lock_account(KONG, "？", agency=AGENCY, actor="other-boss", at=NOON)
    assert codes_of(refusal) == {"role-missing"}
    with pytest.raises(RefusedError) as refusal:
        lock_account(KONG, "？", agency="990205-other", actor="other-boss", at=NOON)
    assert codes_of(refusal) == {"account-unknown"}
    assert row().is_active


def test_a_locked_keeper_keeps_nothing(fresh_db: str) -> None:
    open_account("boss2", name="沈大雪", roles=(Role.ADMIN,))
    lock_account("boss2", "停用", agency=AGENCY, actor=BOSS, at=NOON)
    with pytest.raises(RefusedError) as refusal:
        lock_account(KONG, "？", agency=AGENCY, actor="boss2", at=NOON)
    assert codes_of(refusal) == {"role-missing"}


def test_a_move_changes_the_unit(fresh_db: str) -> None:
    move_account(KONG, "inspection-2", agency=AGENCY, actor=BOSS, at=NOON)
    assert (row().unit, row().session_version) == ("inspection-2", 2)
