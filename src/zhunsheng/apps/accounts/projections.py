"""The accounts table, from the account streams."""

from collections.abc import Sequence

from zhunsheng.apps.accounts.events import STREAM
from zhunsheng.apps.accounts.fold import fold
from zhunsheng.apps.accounts.models import Account, Projected
from zhunsheng.apps.accounts.projecting import Projector
from zhunsheng.apps.accounts.projecting import rebuild as rebuild_rows
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Event


def account_rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
    """Return the one row of an account stream."""
    state = fold(events)
    if state is None:
        return []
    return [
        Account(
            agency=ref.agency,
            stream=ref.key,
            position=state.position,
            login=state.login,
            name=state.name,
            password=state.password,
            roles=list(state.roles),
            unit=state.unit,
            officer=state.officer,
            active=state.active,
            totp_secret=state.totp_secret,
            session_version=state.session_version,
        )
    ]


ACCOUNTS = Projector(STREAM, (Account,), account_rows)


def rebuild() -> int:
    """Write the accounts table anew; return the number of its rows."""
    return rebuild_rows(ACCOUNTS)
