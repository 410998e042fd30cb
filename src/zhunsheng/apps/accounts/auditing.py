"""What the audit learns about people: every row that is not what its stream says, by name."""

from collections.abc import Iterator

from zhunsheng.apps.accounts.projecting import Projector, differences
from zhunsheng.apps.accounts.projections import ACCOUNTS
from zhunsheng.apps.journal.audit import Finding, register_check


def findings(projector: Projector) -> Iterator[Finding]:
    """Yield a finding for each row that is not what its stream says."""
    for each in differences(projector):
        what = f"{each.column}={{}}" if each.column else "{}"
        yield Finding(
            code="projection-differs",
            record=f"{each.table} {each.row} (stream {each.stream})",
            expected=what.format(each.expected),
            found=what.format(each.found),
        )


def check(projector: Projector) -> None:
    """Let ``zhunsheng audit`` compare the rows of one kind of stream."""
    register_check(f"projection-{projector.kind}", lambda: findings(projector))


def register() -> None:
    """Let ``zhunsheng audit`` check the accounts."""
    check(ACCOUNTS)
