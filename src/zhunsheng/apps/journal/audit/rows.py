"""The journal as one stream of rows, copied out of the database in one snapshot. Nothing is computed there.

The database is the suspect: it only hands over what it stores. COPY in binary costs a few microseconds a row;
one query per event would cost a hundred times as much.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast

from django.db import connection

EVENTS: Final = """
COPY (SELECT s.agency, s.kind, s.key, s.id, e.id, e.position, e.kind, e.schema, e.actor, e.legal_date, e.claimed_at,
             e.recorded_at, e.idempotency_key, e.request_digest, e.lawdata, e.payload_commitment, e.commitment,
             e.public_digest, e.of_commitment, p.salt, p.body, l.index, q.queued_at
        FROM journal_event e JOIN journal_stream s ON s.id = e.stream_id
        LEFT JOIN journal_payload p ON p.event_id = e.id
        LEFT JOIN journal_leaf l ON l.event_id = e.id
        LEFT JOIN journal_pending q ON q.event_id = e.id
       ORDER BY s.id, e.position, e.id) TO STDOUT (FORMAT binary)"""
TYPES: Final = (
    *("text", "text", "text", "int8", "int8", "int4", "text", "int2", "text", "date", "timestamptz", "timestamptz"),
    *("text", "bytea", "bytea", "bytea", "bytea", "bytea", "bytea", "bytea", "bytea", "int8", "timestamptz"),
)


class EventRow(NamedTuple):
    """One event with all that hangs on it. Digests are bytes; what is not there is None."""

    agency: str
    stream_kind: str
    key: str
    stream: int
    id: int
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
    salt: bytes | None
    body: bytes | None
    leaf: int | None  # its index
    queued_at: datetime | None

    @property
    def record(self) -> str:
        """The name under which a finding speaks of this event."""
        return f"{self.agency}/{self.stream_kind}/{self.key} #{self.position}"


def event_rows() -> Iterator[EventRow]:
    """Yield every event, stream by stream, in the order of positions."""
    with connection.cursor() as cursor, cursor.copy(EVENTS) as copy:
        copy.set_types(TYPES)
        for row in copy.rows():
            yield EventRow._make(cast("tuple[Any, ...]", row))
