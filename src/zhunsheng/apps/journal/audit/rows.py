"""The journal as one stream of rows, copied out of the database in one snapshot. Nothing is computed there.

The database is the suspect: it only hands over what it stores. COPY in binary costs a few microseconds a row;
one query per event would cost a hundred times as much. A date that no calendar here has (infinity, the year 29999,
before Christ) comes as the nearest one that can be read: then it is not what the event committed to.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast

from django.db import connection

DAY: Final = "least(greatest({0}, DATE '0001-01-01'), DATE '9999-12-31')"
MOMENT: Final = """CASE WHEN {0} IS NOT NULL
              THEN least(greatest({0}, TIMESTAMPTZ '0001-01-02 00:00Z'), TIMESTAMPTZ '9999-12-30 00:00Z') END"""
EVENTS: Final = f"""
COPY (SELECT s.agency, s.kind, s.key, s.id, e.id, e.position, e.kind, e.schema, e.actor,
             {DAY.format("e.legal_date")}, {MOMENT.format("e.claimed_at")}, {MOMENT.format("e.recorded_at")},
             e.idempotency_key, e.request_digest, e.lawdata, e.payload_commitment, e.commitment,
             e.public_digest, e.of_commitment, p.salt, p.body, l.index,
             {MOMENT.format("q.queued_at")}
        FROM journal_event e JOIN journal_stream s ON s.id = e.stream_id
        LEFT JOIN journal_payload p ON p.event_id = e.id
        LEFT JOIN journal_leaf l ON l.event_id = e.id
        LEFT JOIN journal_pending q ON q.event_id = e.id
       ORDER BY s.id, e.position, e.id) TO STDOUT (FORMAT binary)"""  # noqa: S608  (constant text)
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
