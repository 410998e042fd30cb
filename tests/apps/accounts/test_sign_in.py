"""Signing in: wrong passwords, lock-out, the one-time code and its replay."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user, login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from tests.apps.accounts.doings import A_PASSWORD, codes_of, events_of, open_account
from tests.apps.cast import AGENCY, NOON
from zhunsheng.apps.accounts import totp
from zhunsheng.apps.accounts.commands import (
    enrol_totp,
    grant_role,
    lock_account,
    move_account,
    remove_totp,
    reset_password,
)
from zhunsheng.apps.accounts.models import Account, UsedCode
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.signin import second_step, sign_in
from zhunsheng.apps.accounts.tokens import account_for, issue
from zhunsheng.core.errors import RefusedError
from zhunsheng.infra import clock

pytestmark = pytest.mark.postgres

KONG, BOSS = "kongyushui", "shenxiaoxue"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LIMIT = 5


@pytest.fixture(autouse=True)
def two_people(fresh_db: str) -> None:
    open_account(BOSS, name="沈小雪", roles=(Role.ADMIN,))
    open_account(KONG)


def request(address: str = "192.0.2.1") -> HttpRequest:
    return RequestFactory().post("/login", REMOTE_ADDR=address)


def attempt(password: str = A_PASSWORD, code: str = "", *, login: str = KONG, address: str = "192.0.2.1") -> Account:
    return sign_in(request(address), login, password, code)


def refused(password: str, code: str = "", *, login: str = KONG, address: str = "192.0.2.1") -> set[str]:
    with pytest.raises(RefusedError) as refusal:
        attempt(password, code, login=login, address=address)
    return codes_of(refusal)


def world() -> datetime:
    return clock.now() - clock.offset()


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


def test_the_right_password_opens_and_writes_no_event_and_no_row(fresh_db: str) -> None:
    before = Account.objects.values().get(pk=KONG)
    assert attempt().login == KONG
    assert Account.objects.values().get(pk=KONG) == before
    assert len(events_of(KONG)) == 1


def test_what_is_wrong_is_not_said(fresh_db: str) -> None:
    wrong = [(KONG, "wrong-password-1"), (KONG, ""), ("nobody", A_PASSWORD), ("", A_PASSWORD)]
    hostile = [("\x00", A_PASSWORD), ("x" * 3000, A_PASSWORD), ("孔雨水", A_PASSWORD), ("' OR 1=1 --", A_PASSWORD)]
    for who, password in wrong + hostile:
        assert refused(password, login=who) == {"sign-in-wrong"}


def test_a_shut_account_does_not_open(fresh_db: str) -> None:
    lock_account(KONG, "调离", agency=AGENCY, actor=BOSS, at=NOON)
    assert refused(A_PASSWORD) == {"sign-in-wrong"}


def test_five_failures_lock_login_and_address_with_the_minutes_said(fresh_db: str) -> None:
    for _ in range(LIMIT - 1):
        assert refused("wrong-password-1") == {"sign-in-wrong"}
    assert refused("wrong-password-1") == {"sign-in-locked"}
    with pytest.raises(RefusedError) as refusal:
        attempt()
    assert [(fault.code, fault.facts) for fault in refusal.value.faults] == [("sign-in-locked", (("minutes", "15"),))]


def test_a_stranger_elsewhere_cannot_lock_somebody_out(fresh_db: str) -> None:
    for _ in range(LIMIT):
        refused("wrong-password-1", address="203.0.113.9")
    assert refused(A_PASSWORD, address="203.0.113.9") == {"sign-in-locked"}
    assert attempt(address="192.0.2.1").login == KONG


def test_a_colleague_at_the_same_address_is_not_locked(fresh_db: str) -> None:
    for _ in range(LIMIT):
        refused("wrong-password-1")
    assert attempt(login=BOSS).login == BOSS


def test_the_counters_hold_no_password(fresh_db: str) -> None:
    refused("wrong-password-1")
    assert AccessAttempt.objects.get().username == KONG
    assert "wrong-password" not in str(AccessAttempt.objects.values().get())


def enrol() -> None:
    enrol_totp(KONG, SECRET, code_at(world()), agency=AGENCY, actor=KONG, at=world())


def test_a_second_factor_is_asked_for_and_its_secret_lies_encrypted(fresh_db: str) -> None:
    enrol()
    assert SECRET not in str(Account.objects.values().get(pk=KONG))
    assert SECRET not in str(events_of(KONG))
    assert refused(A_PASSWORD) == {"totp-needed"}
    assert refused(A_PASSWORD, "000000") <= {"totp-wrong"}
    assert refused(A_PASSWORD, "１２３４５６") == {"totp-wrong"}
    assert attempt(A_PASSWORD, code_at(world())).login == KONG


def test_a_used_code_is_not_taken_again_nor_an_earlier_one(fresh_db: str) -> None:
    account = Account(login=KONG, totp_secret=totp.encrypt(SECRET))
    now = datetime(2026, 11, 20, 4, 0, 10, tzinfo=UTC)
    earlier = code_at(now - timedelta(seconds=30))
    assert totp.refused(account, code_at(now), now) == []
    assert [fault.code for fault in totp.refused(account, code_at(now), now)] == ["totp-used"]
    assert [fault.code for fault in totp.refused(account, earlier, now)] == ["totp-used"]
    later = now + timedelta(seconds=30)
    assert totp.refused(account, code_at(later), later) == []
    assert UsedCode.objects.count() == 1


def test_a_code_of_another_hour_is_wrong(fresh_db: str) -> None:
    account = Account(login=KONG, totp_secret=totp.encrypt(SECRET))
    now = datetime(2026, 11, 20, 4, tzinfo=UTC)
    stale = code_at(now - timedelta(hours=1))
    assert [fault.code for fault in totp.refused(account, stale, now)] == ["totp-wrong"]


def test_wrong_codes_lock_like_wrong_passwords(fresh_db: str) -> None:
    enrol()
    found = [refused(A_PASSWORD, "abcdef") for _ in range(LIMIT)]
    assert found == [{"totp-wrong"}] * (LIMIT - 1) + [{"sign-in-locked"}]
    assert refused(A_PASSWORD, code_at(world())) == {"sign-in-locked"}


def test_the_second_step_alone_opens_nothing_without_a_second_factor(fresh_db: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        second_step(request(), KONG, "123456")
    assert codes_of(refusal) == {"sign-in-wrong"}
    enrol()
    assert second_step(request(), KONG, code_at(world())).login == KONG


def test_enrolment_needs_a_code_that_works_and_ones_own_account(fresh_db: str) -> None:
    for actor, code, expected in [(KONG, "abcdef", "totp-wrong"), (BOSS, code_at(world()), "role-missing")]:
        with pytest.raises(RefusedError) as refusal:
            enrol_totp(KONG, SECRET, code, agency=AGENCY, actor=actor, at=world())
        assert codes_of(refusal) == {expected}
    enrol()
    with pytest.raises(RefusedError) as refusal:
        enrol()
    assert codes_of(refusal) == {"totp-enrolled"}
    remove_totp(KONG, "手机丢失", agency=AGENCY, actor=BOSS, at=NOON)
    assert attempt().login == KONG


def test_a_token_speaks_for_the_account_until_a_session_would_end(fresh_db: str) -> None:
    token = issue(Account.objects.get(pk=KONG))
    found = account_for(token)
    assert found is not None
    assert found.login == KONG
    assert account_for(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert account_for("") is None
    grant_role(KONG, Role.PUBLISHER, agency=AGENCY, actor=BOSS, at=NOON)
    assert account_for(token) is None
    token = issue(Account.objects.get(pk=KONG))
    lock_account(KONG, "调离", agency=AGENCY, actor=BOSS, at=NOON)
    assert account_for(token) is None


def test_an_old_token_is_dead(fresh_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    token = issue(Account.objects.get(pk=KONG))
    monkeypatch.setattr("zhunsheng.apps.accounts.tokens.LIFETIME_SECONDS", -1)
    assert account_for(token) is None


def test_an_open_session_ends_with_the_password_the_roles_or_the_lock(fresh_db: str) -> None:
    ends: list[Callable[[], object]] = [
        lambda: reset_password(KONG, new="nine-herons-by-the-strait", agency=AGENCY, actor=BOSS, at=NOON),
        lambda: grant_role(KONG, Role.PUBLISHER, agency=AGENCY, actor=BOSS, at=NOON),
        lambda: move_account(KONG, "policy", agency=AGENCY, actor=BOSS, at=NOON),
        lambda: lock_account(KONG, "调离", agency=AGENCY, actor=BOSS, at=NOON),
    ]
    for end in ends:
        visit = request()
        visit.session = SessionStore()
        login(visit, Account.objects.get(pk=KONG), backend="zhunsheng.apps.accounts.backend.AccountBackend")
        assert get_user(visit).is_authenticated
        end()
        assert not get_user(visit).is_authenticated
