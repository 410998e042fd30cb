"""The only writer of events.

A command of another app opens a transaction, locks the stream, looks whether the request was answered
before (``replay``), judges, and appends. ``append`` then costs one round trip: it moves the stream, writes
headers, payloads and the queue of the ledger in one statement. No lock reaches beyond the stream, so that
commits of different case files never wait for each other; the place in the ledger is given out later,
by the sequencer.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction

from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.encoding import Request, Row, columns, rows
from zhunsheng.apps.journal.refs import (
    IdempotencyConflictError,
    KeyTakenError,
    New,
    PositionMovedError,
    Ref,
    StreamExistsError,
    StreamMissingError,
)
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import lawdata

T = TypeVar("T")

MOVE = """
    UPDATE journal_stream SET position = %(last)s
     WHERE agency = %(agency)s AND kind = %(stream_kind)s AND key = %(stream_key)s AND position = %(before)s
    RETURNING id"""

OPEN = """
    INSERT INTO journal_stream (agency, kind, key, position)
    VALUES (%(agency)s, %(stream_kind)s, %(stream_key)s, %(last)s)
    ON CONFLICT (agency, kind, key) DO NOTHING RETURNING id"""

WRITE = """
WITH stream AS ({stream}), new AS (
    SELECT * FROM unnest(
        %(position)s::int[], %(kind)s::text[], %(schema)s::int[], %(actor)s::text[], %(legal_date)s::date[],
        %(claimed_at)s::timestamptz[], %(recorded_at)s::timestamptz[], %(idempotency_key)s::text[],
        %(request_digest)s::bytea[], %(lawdata)s::bytea[], %(payload_commitment)s::bytea[],
        %(commitment)s::bytea[], %(public_digest)s::bytea[], %(of_commitment)s::bytea[],
        %(salt)s::bytea[], %(body)s::bytea[]
    ) AS new (position, kind, schema, actor, legal_date, claimed_at, recorded_at, idempotency_key, request_digest,
              lawdata, payload_commitment, commitment, public_digest, of_commitment, salt, body)
), event AS (
    INSERT INTO journal_event (stream_id, position, kind, schema, actor, legal_date, claimed_at, recorded_at,
        idempotency_key, request_digest, lawdata, payload_commitment, commitment, public_digest, of_commitment)
    SELECT stream.id, new.position, new.kind, new.schema, new.actor, new.legal_date, new.claimed_at,
        new.recorded_at, new.idempotency_key, new.request_digest, new.lawdata, new.payload_commitment,
        new.commitment, new.public_digest, new.of_commitment
      FROM stream, new ORDER BY new.position
    RETURNING id, position
), payload AS (
    INSERT INTO journal_payload (event_id, salt, body)
    SELECT event.id, new.salt, new.body FROM event JOIN new USING (position)
), pending AS (
    INSERT INTO journal_pending (event_id) SELECT id FROM event ORDER BY position
)
SELECT count(*) FROM event"""


def lock(ref: Ref) -> int:
    """Lock the stream until the transaction ends; return the position of its newest event.

    Raises:
        StreamMissingError: there is no such stream.
    """
    _inside_transaction()
    found = fetch(
        "SELECT position FROM journal_stream WHERE agency = %s AND kind = %s AND key = %s FOR NO KEY UPDATE",
        [ref.agency, ref.kind, ref.key],
    )
    if not found:
        raise StreamMissingError(ref)
    return int(found[0][0])


def append(
    stream: Ref,
    new: Sequence[New],
    *,
    actor: str,
    at: datetime,
    key: str | None = None,
    request_digest: bytes | None = None,
    expected: int | None = None,
    create: bool = False,
) -> list[Event]:
    """Append ``new`` to ``stream`` inside the caller's transaction and return the events.

    Args:
        stream: where to.
        new: at least one event.
        actor: account id.
        at: the server's record, aware.
        key: idempotency key, unique per actor; ``request_digest`` (32 bytes) goes with it.
        request_digest: SHA-256 of the request.
        expected: position the caller has seen. Without it, whatever is there is built upon.
        create: ``new`` opens the stream.

    Raises:
        PositionMovedError: the stream is not at ``expected``.
        StreamMissingError: there is no such stream, and ``create`` is false.
        StreamExistsError: there is such a stream, and ``create`` is true.
        KeyTakenError: another transaction has just committed this key; the caller's is lost: roll back.
    """
    _inside_transaction()
    if not new:
        raise ValueError("nothing to append")
    if (key is None) != (request_digest is None):
        raise ValueError("an idempotency key and the digest of its request go together")
    before = _position(stream, expected=expected, create=create)
    request = Request(actor, at, lawdata.digest(), key, request_digest)
    encoded = list(rows(stream, before, new, request))
    if _write(stream, before, encoded, OPEN if create else MOVE) != len(encoded):
        raise _why_not(stream, before, create=create)
    return [_event(row, event) for row, event in zip(encoded, new, strict=True)]


def replay(actor: str, key: str, request_digest: bytes) -> list[Event] | None:
    """Return the events that this very request wrote before, or None if it is new.

    Raises:
        IdempotencyConflictError: the key belongs to a request with other content.
    """
    found = queries.request(actor, key)
    if found is None:
        return None
    digest, events = found
    if digest != request_digest:
        raise IdempotencyConflictError(actor, key)
    return events


def once(act: Callable[[], list[Event]], *, actor: str, key: str, request_digest: bytes) -> list[Event]:
    """Run ``act`` in a transaction of its own, or return what the same request wrote before.

    Of two equal requests at one time the second waits for the first, fails on what the first has written (the
    key, the position, or a gate that is closed by now) and gets the first one's answer. Any failure without
    such an answer is passed on.

    Raises:
        RefusedError: the key is blank, so a second click could not be told from a second request.
        IdempotencyConflictError: the key belongs to a request with other content.
    """
    if not key.strip():
        raise RefusedError([Fault("idempotency-key-missing")])
    before = replay(actor, key, request_digest)
    if before is not None:
        return before
    try:
        with transaction.atomic(durable=True):
            return act()
    except Exception:
        meanwhile = replay(actor, key, request_digest)
        if meanwhile is None:
            raise
        return meanwhile


def _inside_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written inside the transaction of a command")


def _position(stream: Ref, *, expected: int | None, create: bool) -> int:
    if create:
        return 0
    return lock(stream) if expected is None else expected


def _write(stream: Ref, before: int, encoded: list[Row], how: str) -> int:
    parameters: dict[str, Any] = dict(zip(Row.__slots__, columns(encoded), strict=True))
    parameters |= {
        "agency": stream.agency,
        "stream_kind": stream.kind,
        "stream_key": stream.key,
        "before": before,
        "last": before + len(encoded),
    }
    try:
        return int(fetch(WRITE.format(stream=how), parameters)[0][0])
    except IntegrityError as error:
        if "journal_event_key" in str(error):
            raise KeyTakenError(encoded[0].actor, encoded[0].idempotency_key or "") from error
        raise


def _why_not(stream: Ref, expected: int, *, create: bool) -> Exception:
    if create:
        return StreamExistsError(stream)
    try:
        return PositionMovedError(stream, expected, lock(stream))
    except StreamMissingError as error:
        return error


def _event(row: Row, new: New) -> Event:
    return Event(
        row.position,
        row.kind,
        row.schema,
        row.actor,
        row.legal_date,
        row.claimed_at,
        row.recorded_at,
        new.payload,
    )
