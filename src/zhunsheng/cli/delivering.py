"""Between disclosure and portal, which do not know each other: the worker carries approved publications over.

A publication goes out as soon as its event is in the ledger and witnessed. If the
witnesses stay silent it goes out after ``PATIENCE`` as "proof pending", because an outage of
ours must not break a statutory term; it is delivered again when the quorum has signed.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog

from zhunsheng.apps.disclosure import commands, queries
from zhunsheng.apps.journal import proofs
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.audit import Finding
from zhunsheng.apps.portal import queries as portal
from zhunsheng.apps.portal.commands import receive
from zhunsheng.core.ledger.canonical import sha256
from zhunsheng.infra import clock, env

PATIENCE: Final = timedelta(seconds=20)
"""How long a publication waits for its witnesses. They answer within seconds; see the window in SECURITY.md."""

_log: Final = structlog.get_logger("delivery")


def differences() -> Iterator[Finding]:
    """Yield what the portal shows otherwise than it was approved. Asked by ``zhunsheng audit``."""
    approved = {one.publication: one for one in journal.published()}
    for publication, content, pdf in portal.everything():
        one = approved.pop(publication, None)
        found = sha256(content.encode()).hex()
        if one is None or one.digest != found:
            yield Finding(
                "publication-changed", f"公示 {publication}", one.digest if one else "nothing approved", found
            )
            continue
        expected = json.loads(content).get("pdf_sha256")
        shown = sha256(pdf).hex() if pdf else None
        if shown != expected:
            yield Finding("publication-changed", f"公示 {publication} 的 PDF", str(expected), str(shown))
    for publication in approved:
        if queries.shown_proof(publication):
            yield Finding("publication-missing", f"公示 {publication}", "on the portal", "gone")


def deliver() -> bool:
    """Carry over what is ready; return whether anything was."""
    carried = [_carry(publication) for publication in queries.underway()]
    return any(carried)


def _carry(publication: str) -> bool:
    out = queries.outgoing(publication)
    if out is None:
        return False
    shown = queries.shown_proof(publication)
    waited = clock.now() - out.approved_at
    if not out.witnessed and (shown or waited < PATIENCE):
        return False
    policy = proofs.policy()
    if policy is None:
        return False
    if not out.witnessed:
        _log.warning("published without its witnesses", publication=publication, waited_seconds=waited.total_seconds())
    receipt = receive(out.bundle, out.pdf, policy=policy, at=clock.now())
    address = f"{env.current().portal_url}{receipt.address}"
    commands.delivered(publication, channel="portal", address=address, proof=receipt.proof, at=clock.now())
    return True
