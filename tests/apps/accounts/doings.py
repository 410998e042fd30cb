"""What tests of accounts do again and again, with one line each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import pytest

from tests.apps.cast import AGENCY, NOON
from zhunsheng.apps.accounts.commands import create_account
from zhunsheng.apps.accounts.events import STREAM
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.errors import RefusedError

A_PASSWORD: Final = "seven-lanterns-over-xiamen"


def open_account(
    login: str,
    *,
    agency: str = AGENCY,
    name: str = "孔雨水",
    password: str = A_PASSWORD,
    roles: Sequence[Role] = (Role.OFFICER,),
    unit: str = "",
    officer: str = "",
    actor: str = SYSTEM,
    at: datetime = NOON,
    key: str | None = None,
) -> Event:
    return create_account(
        login,
        agency=agency,
        name=name,
        password=password,
        roles=roles,
        unit=unit,
        officer=officer,
        actor=actor,
        at=at,
        key=key,
    )


def events_of(login: str, agency: str = AGENCY) -> list[Event]:
    return queries.events(Ref(agency, STREAM, login))


def codes_of(refusal: pytest.ExceptionInfo[RefusedError]) -> set[str]:
    return {fault.code for fault in refusal.value.faults}
