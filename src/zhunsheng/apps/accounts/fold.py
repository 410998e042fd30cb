"""What an account is after its events: pure, so that the audit can do it again.

The session version counts every event after which an open session or a token must not
go on: another password, other roles, a lock, another unit, another second factor.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from zhunsheng.apps.accounts.events import AccountKind as K
from zhunsheng.core.casefile.events import Content, Event


@dataclass(frozen=True, slots=True)
class AccountState:
    login: str
    name: str
    password: str  # argon2, as Django writes it
    roles: tuple[str, ...]  # sorted
    unit: str
    officer: str  # officer id, or ""
    active: bool = True
    totp_secret: str = ""  # encrypted; "" = no second factor
    session_version: int = 1
    position: int = 1


def fold(events: Sequence[Event]) -> AccountState | None:
    """Return the state after ``events``, oldest first; None before the account was opened."""
    state: AccountState | None = None
    for event in events:
        if event.payload is None:  # lawfully disposed of: the row keeps what the rest says
            continue
        if event.kind == K.OPENED:
            state = _opened(event.payload)
        elif state is not None:
            state = _after(state, event.kind, event.payload)
        if state is not None:
            state = replace(state, position=event.position)
    return state


def _opened(payload: Content) -> AccountState:
    roles = payload["roles"]
    if not isinstance(roles, list):
        raise TypeError(f"roles are no list: {roles!r}")
    return AccountState(
        login=str(payload["login"]),
        name=str(payload["name"]),
        password=str(payload["password"]),
        roles=tuple(sorted(str(role) for role in roles)),
        unit=str(payload["unit"]),
        officer=str(payload["officer"]),
    )


def _after(state: AccountState, kind: str, payload: Content) -> AccountState:
    change = _CHANGES.get(kind)
    if change is None:  # a kind of a later version of the program
        return state
    return replace(change(state, payload), session_version=state.session_version + 1)


def _granted(state: AccountState, payload: Content) -> AccountState:
    return replace(state, roles=tuple(sorted({*state.roles, str(payload["role"])})))


def _revoked(state: AccountState, payload: Content) -> AccountState:
    return replace(state, roles=tuple(role for role in state.roles if role != payload["role"]))


_CHANGES: Final[Mapping[str, Callable[[AccountState, Content], AccountState]]] = {
    K.PASSWORD_CHANGED: lambda state, payload: replace(state, password=str(payload["password"])),
    K.ROLE_GRANTED: _granted,
    K.ROLE_REVOKED: _revoked,
    K.LOCKED: lambda state, _: replace(state, active=False),
    K.UNLOCKED: lambda state, _: replace(state, active=True),
    K.MOVED: lambda state, payload: replace(state, unit=str(payload["unit"])),
    K.TOTP_ENROLLED: lambda state, payload: replace(state, totp_secret=str(payload["secret"])),
    K.TOTP_REMOVED: lambda state, _: replace(state, totp_secret=""),
}
