"""From an event that is to be to the row that is stored: the one place where a commitment is made.

``append`` and the bulk seeder share it, so that what a bench measures is what the office writes.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.core.ledger.commitment import SALT_SIZE, Header, event_commitment, payload_commitment
from zhunsheng.core.ledger.entry import Entry


@dataclass(frozen=True, slots=True)
class Request:
    """What all events of one append have in common."""

    actor: str
    at: datetime
    lawdata: str  # hex
    key: str | None = None
    digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the tables hold it. The order of the fields is that of ``commands.COLUMNS``."""

    position: int
    kind: str
    schema: int
    actor: str
    legal_date: date
    claimed_at: datetime | None
    recorded_at: datetime
    idempotency_key: str | None
    request_digest: bytes | None
    lawdata: bytes
    payload_commitment: bytes
    commitment: bytes
    public_digest: bytes | None
    of_commitment: bytes | None
    salt: bytes
    body: bytes


def rows(ref: Ref, after: int, events: Iterable[New], request: Request) -> Iterator[Row]:
    """Encode ``events`` for the positions that follow ``after``.

    The idempotency key stands on the first event alone, the request's digest on all: so the events of one
    request can be told from its neighbours, and the key is unique without a second table.
    """
    key = request.key
    for position, new in enumerate(events, start=after + 1):
        yield _row(ref, position, new, request, key)
        key = None


def entry(commitment: bytes, public_digest: bytes | None, of_commitment: bytes | None) -> bytes:
    """Return the bytes of the ledger entry that stands for an event."""
    return Entry(commitment, public_digest, of_commitment).encode()


def columns(encoded: Sequence[Row]) -> list[list[object]]:
    """Return the rows as columns, in the order of the fields: what ``unnest`` takes."""
    return [[getattr(row, name) for row in encoded] for name in Row.__slots__]


def _row(ref: Ref, position: int, new: New, request: Request, key: str | None) -> Row:
    body = canonical(new.payload)
    salt = secrets.token_bytes(SALT_SIZE)
    payload = payload_commitment(salt, body)
    head = Header(
        agency=ref.agency,
        stream_kind=ref.kind,
        stream_key=ref.key,
        position=position,
        kind=new.kind,
        schema=new.schema,
        actor=request.actor,
        legal_date=new.legal_date,
        claimed_at=new.claimed_at,
        recorded_at=request.at,
        idempotency_key=key,
        request_digest=request.digest,
        lawdata=request.lawdata,
        payload=payload,
    )
    return Row(
        position=position,
        kind=new.kind,
        schema=new.schema,
        actor=request.actor,
        legal_date=new.legal_date,
        claimed_at=new.claimed_at,
        recorded_at=request.at,
        idempotency_key=key,
        request_digest=request.digest,
        lawdata=bytes.fromhex(request.lawdata),
        payload_commitment=payload,
        commitment=event_commitment(head.encode()),
        public_digest=None if new.public is None else sha256(new.public),
        of_commitment=None if new.of is None else bytes.fromhex(new.of),
        salt=salt,
        body=body,
    )
