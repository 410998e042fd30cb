"""Events against their own digests, their streams and their files; and the leaf each of them must have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from zhunsheng.apps.journal.audit.files import FileCheck
from zhunsheng.apps.journal.audit.findings import Finding
from zhunsheng.apps.journal.audit.rows import EventRow, event_rows
from zhunsheng.apps.journal.encoding import entry
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.core.ledger.commitment import SALT_SIZE, Header, event_commitment, payload_commitment
from zhunsheng.core.ledger.tree import leaf_hash

PATIENCE: Final = timedelta(minutes=10)  # how long an event may wait for the sequencer before the audit says so
MOST_NAMED: Final = 10_000
STREAMS: Final = "SELECT id, agency, kind, key, position FROM journal_stream ORDER BY id"
ORPHANS: Final = """
SELECT e.id, e.commitment FROM journal_event e LEFT JOIN journal_stream s ON s.id = e.stream_id WHERE s.id IS NULL"""


@dataclass(slots=True)
class Leaves:
    """What the database says of the ledger: for each leaf its hash, its event's commitment and its event's name."""

    hashes: dict[int, bytes] = field(default_factory=dict)
    commitments: dict[int, bytes] = field(default_factory=dict)
    records: dict[int, str] = field(default_factory=dict)

    def record(self, index: int) -> str:
        """Name the event at ``index``, or the leaf where there is none."""
        return self.records.get(index, f"leaf {index}")


@dataclass(slots=True)
class _Place:
    """Where the reading of one stream is."""

    position: int = 0
    index: int = -1


def stream_findings(now: datetime, leaves: Leaves, files: FileCheck) -> Iterator[Finding]:
    """Yield what is wrong with events and streams; fill ``leaves`` on the way.

    Args:
        now: the database's time of the snapshot.
        leaves: filled with what the events say of the ledger.
        files: told of every file that a payload names.
    """
    ends = {int(row[0]): (f"{row[1]}/{row[2]}/{row[3]}", int(row[4])) for row in fetch(STREAMS)}
    place, stream = _Place(), -1
    reached: dict[int, int] = {}
    for row in event_rows():
        if row.stream != stream:
            place, stream = _Place(), row.stream
        yield from _digests(row)
        yield from _order(row, place, now)
        _leaf(row, leaves)
        files.mention(row)
        reached[stream] = place.position
    yield from _ends(ends, reached)
    for event, commitment in fetch(ORPHANS):
        yield Finding("event-orphaned", f"event {event}", "a stream", bytes(commitment).hex())


def _digests(row: EventRow) -> Iterator[Finding]:
    stated = row.commitment.hex()
    header = Header(
        agency=row.agency,
        stream_kind=row.stream_kind,
        stream_key=row.key,
        position=row.position,
        kind=row.kind,
        schema=row.schema,
        actor=row.actor,
        legal_date=row.legal_date,
        claimed_at=row.claimed_at,
        recorded_at=row.recorded_at,
        idempotency_key=row.idempotency_key,
        request_digest=row.request_digest,
        lawdata=row.lawdata.hex(),
        payload=row.payload_commitment,
    )
    computed = event_commitment(header.encode()).hex()
    if computed != stated:
        yield Finding("header-changed", row.record, stated, computed)
    if row.salt is None or row.body is None:
        yield Finding("payload-missing", row.record, row.payload_commitment.hex(), "nothing")
    elif len(row.salt) != SALT_SIZE or payload_commitment(row.salt, row.body) != row.payload_commitment:
        found = payload_commitment(row.salt, row.body).hex() if len(row.salt) == SALT_SIZE else "a salt cut short"
        yield Finding("payload-changed", row.record, row.payload_commitment.hex(), found)


def _order(row: EventRow, place: _Place, now: datetime) -> Iterator[Finding]:
    name = row.record.rpartition(" #")[0]
    yield from _missing(name, place.position + 1, row.position)
    if row.position <= place.position:
        yield Finding("event-repeated", row.record, "one event", f"another: {row.commitment.hex()}")
    place.position = max(place.position, row.position)
    if row.leaf is not None:
        if row.leaf <= place.index:
            yield Finding("leaf-order", row.record, f"a leaf after {place.index}", f"leaf {row.leaf}")
        place.index = max(place.index, row.leaf)
    elif row.queued_at is None:
        yield Finding("event-not-queued", row.record, "a leaf, or a place in the queue", "neither")
    elif now - row.queued_at > PATIENCE:
        yield Finding("event-overlooked", row.record, f"a leaf within {PATIENCE}", f"queued at {row.queued_at}")


def _missing(name: str, first: int, stop: int) -> Iterator[Finding]:
    """Name each missing event, or the whole stretch where a planted position would make it endless."""
    if stop - first > MOST_NAMED:
        yield Finding("event-missing", f"{name} #{first}", f"events up to #{stop - 1}", "nothing")
        return
    for position in range(first, stop):
        yield Finding("event-missing", f"{name} #{position}", "an event", "nothing")


def _leaf(row: EventRow, leaves: Leaves) -> None:
    if row.leaf is None:
        return
    leaves.hashes[row.leaf] = leaf_hash(_entry(row))
    leaves.commitments[row.leaf] = row.commitment
    leaves.records[row.leaf] = row.record


def _entry(row: EventRow) -> bytes:
    """Return the event's entry; of half a publication, which no entry says, bytes that equal none."""
    if (row.public_digest is None) != (row.of_commitment is None):
        return b"half a publication"
    return entry(row.commitment, row.public_digest, row.of_commitment)


def _ends(ends: Mapping[int, tuple[str, int]], reached: Mapping[int, int]) -> Iterator[Finding]:
    for stream, (name, end) in ends.items():
        last = reached.get(stream, 0)
        yield from _missing(name, last + 1, end + 1)
        if last > end:
            yield Finding("stream-behind", name, f"position {last}", f"position {end}")
