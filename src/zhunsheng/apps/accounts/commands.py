"""Acts on accounts. Each is one event in the account's own stream, and its row, in one transaction.

Accounts are kept by those with the role ``admin``, of their own agency, and never by
giving oneself a role. Who keeps accounts sees no case: ``admin`` stands alone. One role
too many on purpose is thereby a second person's act, and in the journal.
"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from zhunsheng.apps.accounts import totp
from zhunsheng.apps.accounts.acting import Act, veiled
from zhunsheng.apps.accounts.events import STREAM
from zhunsheng.apps.accounts.events import AccountKind as K
from zhunsheng.apps.accounts.fold import AccountState, fold
from zhunsheng.apps.accounts.gates import SYSTEM, identifier, permitted, refuse, text
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.passwords import weak
from zhunsheng.apps.accounts.projections import ACCOUNTS
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Content, Event, Json
from zhunsheng.core.errors import Fault, RefusedError


@transaction.atomic(durable=True)
def create_account(
    login: str,
    *,
    agency: str,
    name: str,
    password: str,
    roles: Collection[Role],
    unit: str = "",
    officer: str = "",
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Open an account.

    Raises:
        RefusedError: ``role-missing``, ``id-invalid``, ``field-empty``, ``text-unprintable``, ``login-taken``,
            ``admin-stands-alone``, ``officer-has-account``, ``password-weak``.
        IdempotencyConflictError: ``key`` was used for another request.
    """
    chosen: list[Json] = [*sorted(roles)]
    asked: Content = {
        "act": K.OPENED,
        "login": login,
        "name": name,
        "password": veiled(password),
        "roles": chosen,
        "unit": unit,
        "officer": officer,
    }
    refuse(identifier(login, "login"))  # before anything else: it is to be the name of a stream
    act = Act.begin(ACCOUNTS, Ref(agency, STREAM, login), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    refuse(
        permitted(actor, agency, Role.ADMIN),
        text(name, "name", limit=64),
        _free(login),
        _apart(set(roles)),
        _one_account(agency, officer),
        weak(password, login=login, name=name),
    )
    opened: Content = {
        "login": login,
        "name": name,
        "password": make_password(password),
        "roles": chosen,
        "unit": unit,
        "officer": officer,
    }
    return act.write(K.OPENED, opened)


@transaction.atomic(durable=True)
def change_password(
    login: str, *, old: str, new: str, agency: str, actor: str, at: datetime, key: str | None = None
) -> Event:
    """Let a person change his own password; his sessions and tokens end.

    Raises:
        RefusedError: ``role-missing`` (another's account), ``account-unknown``, ``password-wrong``,
            ``password-unchanged``, ``password-weak``.
    """
    asked: Content = {"act": K.PASSWORD_CHANGED, "old": veiled(old), "new": veiled(new)}
    act = _begin(login, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse([] if actor == login else [Fault("role-missing", facts=(("roles", ""),))])
    refuse([] if check_password(old, state.password) else [Fault("password-wrong", field="old")])
    refuse(
        [Fault("password-unchanged", field="new")] if old == new else [],
        weak(new, login=login, name=state.name),
    )
    return act.write(K.PASSWORD_CHANGED, {"password": make_password(new), "by": "self"})


@transaction.atomic(durable=True)
def reset_password(login: str, *, new: str, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Let an administrator give another person a new password.

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``, ``password-weak``.
    """
    asked: Content = {"act": K.PASSWORD_CHANGED, "new": veiled(new)}
    act = _begin(login, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _managed(act)
    refuse(weak(new, login=login, name=state.name))
    return act.write(K.PASSWORD_CHANGED, {"password": make_password(new), "by": "admin"})


@transaction.atomic(durable=True)
def grant_role(login: str, role: Role, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Give a person one more role; his sessions end, so that the next one has it.

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``, ``role-held``, ``admin-stands-alone``.
    """
    act = _begin(login, agency, {"act": K.ROLE_GRANTED, "role": role}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _managed(act)
    refuse(
        [Fault("role-held", facts=(("role", role),))] if role in state.roles else [],
        _apart({*map(Role, state.roles), role}),
    )
    return act.write(K.ROLE_GRANTED, {"role": role})


@transaction.atomic(durable=True)
def revoke_role(login: str, role: Role, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Take a role from a person; his sessions end at once.

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``, ``role-not-held``.
    """
    act = _begin(login, agency, {"act": K.ROLE_REVOKED, "role": role}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _managed(act)
    refuse([] if role in state.roles else [Fault("role-not-held", facts=(("role", role),))])
    return act.write(K.ROLE_REVOKED, {"role": role})


@transaction.atomic(durable=True)
def lock_account(login: str, reason: str, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Shut an account until somebody unlocks it; its sessions and tokens end at once.

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``, ``field-empty``, ``account-locked``.
    """
    act = _begin(login, agency, {"act": K.LOCKED, "reason": reason}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _managed(act)
    refuse(text(reason, "reason"), [] if state.active else [Fault("account-locked")])
    return act.write(K.LOCKED, {"reason": reason})


@transaction.atomic(durable=True)
def unlock_account(login: str, reason: str, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Open a shut account again.

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``, ``field-empty``, ``account-not-locked``,
            ``officer-has-account``.
    """
    act = _begin(login, agency, {"act": K.UNLOCKED, "reason": reason}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _managed(act)
    refuse(
        text(reason, "reason"),
        [Fault("account-not-locked")] if state.active else [],
        _one_account(agency, state.officer, but=login),
    )
    return act.write(K.UNLOCKED, {"reason": reason})


@transaction.atomic(durable=True)
def move_account(login: str, unit: str, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Let the person see the cases of another unit from now on, and no longer those of the old one.

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``.
    """
    act = _begin(login, agency, {"act": K.MOVED, "unit": unit}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    _managed(act)
    return act.write(K.MOVED, {"unit": unit})


@transaction.atomic(durable=True)
def enrol_totp(
    login: str, secret: str, code: str, *, agency: str, actor: str, at: datetime, key: str | None = None
) -> Event:
    """Turn on the one-time code for a person's own account, once a first code proves that it works.

    Args:
        login: whose account.
        secret: what ``totp.new_secret`` gave, base32.
        code: what the authenticator shows now.
        agency: of the account.
        actor: the same person.
        at: the world's time, not the demo's: the code is judged by it.
        key: idempotency key.

    Raises:
        RefusedError: ``role-missing`` (another's account), ``account-unknown``, ``totp-enrolled``, ``totp-wrong``.
    """
    asked: Content = {"act": K.TOTP_ENROLLED, "secret": veiled(secret)}
    act = _begin(login, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse(
        [] if actor == login else [Fault("role-missing", facts=(("roles", ""),))],
        [Fault("totp-enrolled")] if state.totp_secret else [],
        [] if totp.step_of(secret, code, at) is not None else [Fault("totp-wrong", field="code")],
    )
    return act.write(K.TOTP_ENROLLED, {"secret": totp.encrypt(secret)})


@transaction.atomic(durable=True)
def remove_totp(login: str, reason: str, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Let an administrator turn off another person's one-time code (a lost telephone).

    Raises:
        RefusedError: ``role-missing``, ``own-account``, ``account-unknown``, ``field-empty``, ``totp-not-enrolled``.
    """
    act = _begin(login, agency, {"act": K.TOTP_REMOVED, "reason": reason}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _managed(act)
    refuse(text(reason, "reason"), [] if state.totp_secret else [Fault("totp-not-enrolled")])
    return act.write(K.TOTP_REMOVED, {"reason": reason})


def _begin(login: str, agency: str, asked: Content, *, actor: str, at: datetime, key: str | None) -> Act:
    return Act.begin(ACCOUNTS, Ref(agency, STREAM, login), asked, actor=actor, at=at, key=key)


def _known(act: Act) -> AccountState:
    state = fold(act.events)
    if state is None:
        raise RefusedError([Fault("account-unknown", facts=(("login", act.ref.key[:40]),))])
    return state


def _managed(act: Act) -> AccountState:
    """Return the account that ``actor`` may manage: another's, in his agency.

    That nobody manages his own account also keeps the last administrator from locking himself out.
    """
    refuse(permitted(act.actor, act.ref.agency, Role.ADMIN))
    state = _known(act)
    refuse([Fault("own-account")] if act.actor == act.ref.key else [])
    return state


def _free(login: str) -> list[Fault]:
    taken = login == SYSTEM or Account.objects.filter(pk=login).exists()
    return [Fault("login-taken", facts=(("login", login),), field="login")] if taken else []


def _apart(roles: set[Role]) -> list[Fault]:
    return [Fault("admin-stands-alone")] if Role.ADMIN in roles and len(roles) > 1 else []


def _one_account(agency: str, officer: str, *, but: str = "") -> list[Fault]:
    """A person who had two accounts could check what he proposed himself."""
    if not officer:
        return []
    other = Account.objects.filter(agency=agency, officer=officer, active=True).exclude(pk=but).first()
    return [Fault("officer-has-account", facts=(("login", other.login),))] if other else []
