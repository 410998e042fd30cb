"""One audit, from the first byte to the last finding.

Files that grow (the witness's, the log's) are read before the database's snapshot is taken, so that an event
filed while the audit runs never looks like a contradiction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.audit.files import FileCheck
from zhunsheng.apps.journal.audit.findings import Check, Finding, registered
from zhunsheng.apps.journal.audit.guards import guard_findings
from zhunsheng.apps.journal.audit.log import log_findings, published
from zhunsheng.apps.journal.audit.streams import Leaves, stream_findings
from zhunsheng.apps.journal.audit.witnessed import seen_by, witness_findings
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.apps.journal.tilestore import TileStore
from zhunsheng.infra import datadir
from zhunsheng.infra.blobs import Blobs


@dataclass(frozen=True, slots=True)
class Audited:
    """What was looked at, and what was found."""

    findings: tuple[Finding, ...]
    events: int
    leaves: int
    witnessed: int | None  # leaves a witness has seen; None without a witness


def audit(witness: Path | None = None, checks: Iterable[tuple[str, Check]] | None = None) -> Audited:
    """Recompute and compare everything. Reads only.

    Args:
        witness: the folder of a witness.
        checks: the checks of other applications; all registered ones unless given.

    Raises:
        FileNotFoundError: there is no folder ``witness``.
        PolicyError: the policy cannot be read.
    """
    rules, store = ledger.policy(), TileStore(datadir.current().log)
    keys = [dated.key for dated in rules.logs]
    seen = seen_by(witness, rules) if witness is not None else None
    shown = published(store, keys)
    leaves, files = Leaves(), FileCheck(Blobs(datadir.current().blobs))
    found: list[Finding] = []
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        now, events = fetch("SELECT now(), (SELECT count(*) FROM journal_event)")[0]
        found += stream_findings(now, leaves, files)
        found += log_findings(store, keys, shown, leaves)
        found += guard_findings()
        if witness is not None and seen is not None:
            found += witness_findings(witness, seen, shown, store, leaves)
        found += _others(registered() if checks is None else checks)
    found += files.findings()
    return Audited(tuple(found), int(events), len(leaves.hashes), None if seen is None else len(seen.hashes))


def _others(checks: Iterable[tuple[str, Check]]) -> Iterator[Finding]:
    for name, check in checks:
        try:
            with transaction.atomic():
                yield from list(check())
        except Exception as error:  # noqa: BLE001  (what an attacker left may be anything: it must not end the audit)
            yield Finding("check-failed", name, "a check that can be made", f"{type(error).__name__}: {error}")
