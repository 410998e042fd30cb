"""The audit of the journal: every digest, leaf, tile, root and signature, against a bare hash chain copied out."""

from bench import anchors
from bench.common import Measure, Target, compare, rate, report, seconds, size
from zhunsheng.apps.cases.models import CaseRow
from zhunsheng.apps.journal.audit.findings import registered
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.sql import fetch


def main() -> None:
    """Measure the ledger's audit, then what the projections' checks add."""
    events, body = fetch("SELECT count(*), avg(octet_length(body))::int FROM journal_payload")[0]
    anchors.chain(events)
    settings = anchors.settings()
    measure = Measure("audit.ledger", "events/s", "COPY OUT of a 512-byte chain, Python", "higher", Target(0.6, 1.5))
    compare(
        measure,
        lambda: rate(events, _clean),
        lambda: rate(events, anchors.audit_chain),
        n=events,
        settings=settings,
        body_bytes_mean=body,
        asked_for=size().events,
    )
    checks = {name: round(seconds(lambda check=check: list(check())), 2) for name, check in registered()}  # type: ignore[misc]
    cases = {"cases": CaseRow.objects.count(), "repeats": 1, "checks": checks}
    report(Measure("audit.projections", "s", "", "lower"), sum(checks.values()), None, None, settings | cases)


def _clean() -> None:
    done = audit(None, checks=())
    if done.findings:
        raise SystemExit(f"the audit found {done.findings[:3]}")
