"""What was approved and lies in the ledger, read in bulk for the portal; and the deliveries of seeded cases."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhunsheng.apps.disclosure.models import Delivery
from zhunsheng.apps.journal.encoding import entry
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.core.ledger.canonical import canonical

AT_ONCE: Final = 2000
# The page of a case stands in its proposal; a result that was taken over carries its text itself.
APPROVED: Final = """
SELECT l.index, e.commitment, e.public_digest, e.of_commitment, e.recorded_at, own.body, proposal.body
  FROM journal_leaf l JOIN journal_event e ON e.id = l.event_id JOIN journal_payload own ON own.event_id = e.id
  LEFT JOIN LATERAL (
    SELECT p.body FROM journal_event q JOIN journal_payload p ON p.event_id = q.id
     WHERE q.stream_id = e.stream_id AND q.position < e.position AND q.kind = 'publication.proposed'
     ORDER BY q.position DESC LIMIT 1) AS proposal ON true
 WHERE l.index >= %s AND l.index < %s AND e.public_digest IS NOT NULL
 ORDER BY l.index"""


@dataclass(frozen=True, slots=True)
class Approved:
    """One publication as the ledger has it."""

    publication: str
    content: str  # canonical
    entry: str
    index: int
    at: datetime  # of the approval
    has_pdf: bool


def approved(size: int) -> Iterator[Approved]:
    """Yield what is published by the first ``size`` leaves, in the order of the ledger."""
    for start in range(0, size, AT_ONCE):
        for index, commitment, public, of, at, own, proposal in fetch(APPROVED, [start, min(start + AT_ONCE, size)]):
            text = entry(bytes(commitment), bytes(public), bytes(of)).decode()
            payload = json.loads(bytes(own))
            content = payload.get("content")
            page = json.loads(content) if content is not None else json.loads(bytes(proposal))["page"]
            yield Approved(
                publication=payload["publication"],
                content=content if content is not None else canonical(page).decode(),
                entry=text,
                index=int(index),
                at=at,
                has_pdf="pdf_sha256" in page,
            )


def delivered(receipts: Iterable[tuple[str, str, str, int, datetime]], *, proof: str) -> None:
    """Note as delivered: publication, agency, case, position of the approval, its time. Again is harmless."""
    Delivery.objects.bulk_create(
        (
            Delivery(publication=publication, agency=agency, case=case, position=position, approved_at=at, proof=proof)
            for publication, agency, case, position, at in receipts
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
