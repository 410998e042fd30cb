"""Reads of accounts: frozen views, never rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhunsheng.apps.accounts.events import STREAM
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Event


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as a list shows it: no secret in it."""

    login: str
    name: str
    roles: tuple[str, ...]
    agency: str
    unit: str
    officer: str
    active: bool
    has_totp: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an account: no password and no secret in it."""

    kind: str
    at: datetime
    actor: str
    role: str
    reason: str


def accounts(viewer: Viewer) -> Sequence[AccountView]:
    """Return the accounts of the viewer's agency, by login, if he keeps accounts or supervises; else none."""
    if not viewer.has(Role.ADMIN, Role.SUPERVISOR):
        return ()
    return tuple(_view(row) for row in Account.objects.filter(agency=viewer.agency).order_by("pk"))


def account(login: str) -> AccountView | None:
    """Return one account, or None."""
    row = Account.objects.filter(pk=login).first()
    return None if row is None else _view(row)


def history(viewer: Viewer, login: str) -> Sequence[Happened]:
    """Return what happened to an account of the viewer's agency, the newest first; nothing for who may not look."""
    if not viewer.has(Role.ADMIN, Role.SUPERVISOR):
        return ()
    return tuple(
        Happened(event.kind, event.recorded_at, event.actor, _word(event, "role"), _word(event, "reason"))
        for event in reversed(journal.events(Ref(viewer.agency, STREAM, login)))
    )


def _word(event: Event, name: str) -> str:
    return str((event.payload or {}).get(name, ""))


def names(logins: Sequence[str]) -> dict[str, str]:
    """Return login and name of those of ``logins`` that exist, in one query."""
    return dict(Account.objects.filter(pk__in=logins).values_list("pk", "name"))


def people(agency: str, *roles: Role) -> Sequence[AccountView]:
    """Return the open accounts of an agency that have one of ``roles``, by login."""
    rows = Account.objects.filter(agency=agency, active=True, roles__overlap=[role.value for role in roles])
    return tuple(_view(row) for row in rows.order_by("pk"))


def _view(row: Account) -> AccountView:
    return AccountView(
        row.login, row.name, tuple(row.roles), row.agency, row.unit, row.officer, row.active, bool(row.totp_secret)
    )
