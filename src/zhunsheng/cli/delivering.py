"""Between disclosure and portal, which do not know each other: the worker carries approved publications over.

A publication goes out as soon as its event is in the ledger and witnessed. If the
witnesses stay silent it goes out after ``PATIENCE`` as "proof pending", because an outage of
ours must not break a statutory term; it is delivered again when the quorum has signed.
"""

from datetime import timedelta
from typing import Final

import structlog

from zhunsheng.apps.disclosure import commands, queries
from zhunsheng.apps.journal import proofs
from zhunsheng.apps.portal.commands import receive
from zhunsheng.infra import clock, env

PATIENCE: Final = timedelta(seconds=20)
"""How long a publication waits for its witnesses. They answer within seconds; see the window in SECURITY.md."""

_log: Final = structlog.get_logger("delivery")


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
