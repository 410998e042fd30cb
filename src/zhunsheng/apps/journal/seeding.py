"""Many new streams at once, for ``seed`` and the benches: the encoders of ``append``, fewer round trips.

What is written cannot be told from what the office writes: same bytes, same commitments, same queue. Only new
streams are written, so there is nothing to lock and nothing to collide with.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeAlias

from django.db import connection, transaction

from zhunsheng.apps.journal.encoding import Request, Row, columns, rows
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.core.ledger.tree import Hash, Node, node_hash
from zhunsheng.infra import lawdata

STREAMS_AT_ONCE: Final = 500

WRITE: Final = """
WITH new AS (
    SELECT * FROM unnest(
        %(agency)s::text[], %(stream_kind)s::text[], %(stream_key)s::text[],
        %(position)s::int[], %(kind)s::text[], %(schema)s::int[], %(actor)s::text[], %(legal_date)s::date[],
        %(claimed_at)s::timestamptz[], %(recorded_at)s::timestamptz[], %(idempotency_key)s::text[],
        %(request_digest)s::bytea[], %(lawdata)s::bytea[], %(payload_commitment)s::bytea[],
        %(commitment)s::bytea[], %(public_digest)s::bytea[], %(of_commitment)s::bytea[],
        %(salt)s::bytea[], %(body)s::bytea[]
    ) WITH ORDINALITY AS new (agency, stream_kind, stream_key, position, kind, schema, actor, legal_date, claimed_at,
        recorded_at, idempotency_key, request_digest, lawdata, payload_commitment, commitment, public_digest,
        of_commitment, salt, body, place)
), stream AS (
    INSERT INTO journal_stream (agency, kind, key, position)
    SELECT agency, stream_kind, stream_key, max(position) FROM new
     GROUP BY agency, stream_kind, stream_key ORDER BY min(place)
    RETURNING id, agency, kind, key
), event AS (
    INSERT INTO journal_event (stream_id, position, kind, schema, actor, legal_date, claimed_at, recorded_at,
        idempotency_key, request_digest, lawdata, payload_commitment, commitment, public_digest, of_commitment)
    SELECT stream.id, new.position, new.kind, new.schema, new.actor, new.legal_date, new.claimed_at,
        new.recorded_at, new.idempotency_key, new.request_digest, new.lawdata, new.payload_commitment,
        new.commitment, new.public_digest, new.of_commitment
      FROM new JOIN stream ON (stream.agency, stream.kind, stream.key) = (new.agency, new.stream_kind, new.stream_key)
     ORDER BY new.place
    RETURNING id, commitment
), payload AS (
    INSERT INTO journal_payload (event_id, salt, body)
    SELECT event.id, new.salt, new.body FROM event JOIN new USING (commitment)
), pending AS (
    INSERT INTO journal_pending (event_id) SELECT id FROM event ORDER BY id
)
SELECT count(*) FROM event"""

NUMBERS: Final = """
INSERT INTO journal_counter (agency, series, year, last) VALUES (%(agency)s, %(series)s, %(year)s, %(count)s)
ON CONFLICT (agency, series, year) DO UPDATE SET last = journal_counter.last + %(count)s
RETURNING last"""


@dataclass(frozen=True, slots=True)
class Filed:
    """Events that one person files at one time."""

    new: Sequence[New]
    actor: str
    at: datetime


Acts: TypeAlias = Callable[[Sequence[Row]], Iterable[Filed]]
"""Told act by act, with the rows written so far: a public page bears the commitment of its decision."""


@dataclass(frozen=True, slots=True)
class Story:
    """A stream to be, from its opening on."""

    stream: Ref
    acts: Sequence[Filed] | Acts


def seed(stories: Iterable[Story], *, at_once: int = STREAMS_AT_ONCE) -> int:
    """Write new streams, ``at_once`` of them in a transaction; return the number of events.

    Raises:
        IntegrityError: one of the streams is there already; its batch is not written.
    """
    count, rest = 0, iter(stories)
    while batch := list(islice(rest, at_once)):
        with transaction.atomic(durable=True):
            count += write(batch)
    return count


def write(stories: Iterable[Story]) -> int:
    """Write new streams inside the caller's transaction; return the number of events.

    Raises:
        IntegrityError: one of the streams is there already.
    """
    encoded = [(story.stream, row) for story in stories for row in _encode(story)]
    return int(fetch(WRITE, _parameters(encoded))[0][0]) if encoded else 0


def next_numbers(agency: str, series: str, year: int, count: int) -> int:
    """Take ``count`` numbers of a series inside the caller's transaction; return the first."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    asked = {"agency": agency, "series": series, "year": year, "count": count}
    return int(fetch(NUMBERS, asked)[0][0]) - count + 1


class Tree:
    """A ``HashReader`` that holds every perfect subtree in memory: for proofs of all leaves, not of one."""

    def __init__(self, leaves: Iterable[Hash]) -> None:
        """Hash all levels, two hashes kept for each leaf."""
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([node_hash(left, right) for left, right in pairs])

    def read(self, nodes: Sequence[Node]) -> list[Hash]:
        """Return the hash of each node."""
        return [self._levels[node.level][node.number] for node in nodes]


def _encode(story: Story) -> Iterator[Row]:
    written: list[Row] = []
    for act in story.acts(written) if callable(story.acts) else story.acts:
        before = len(written)
        written.extend(rows(story.stream, before, act.new, Request(act.actor, act.at, lawdata.digest())))
        yield from written[before:]


def _parameters(encoded: Sequence[tuple[Ref, Row]]) -> dict[str, Any]:
    return {
        "agency": [stream.agency for stream, _ in encoded],
        "stream_kind": [stream.kind for stream, _ in encoded],
        "stream_key": [stream.key for stream, _ in encoded],
        **dict(zip(Row.__slots__, columns([row for _, row in encoded]), strict=True)),
    }
