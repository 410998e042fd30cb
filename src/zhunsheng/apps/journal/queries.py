"""Reading the journal: streams, requests, the ledger's head. Frozen values out, no model instances."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.core.casefile.events import Content, Event

FIELDS = "e.position, e.kind, e.schema, e.actor, e.legal_date, e.claimed_at, e.recorded_at, p.body"

OF_STREAM = f"""
SELECT {FIELDS} FROM journal_stream s JOIN journal_event e ON e.stream_id = s.id
  LEFT JOIN journal_payload p ON p.event_id = e.id
 WHERE s.agency = %s AND s.kind = %s AND s.key = %s AND e.position > %s ORDER BY e.position"""  # noqa: S608  (constant text)

OF_REQUEST = f"""
SELECT first.request_digest, {FIELDS}
  FROM journal_event first
  JOIN journal_event e ON e.stream_id = first.stream_id AND e.position >= first.position
   AND e.request_digest = first.request_digest AND (e.idempotency_key IS NULL OR e.id = first.id)
  LEFT JOIN journal_payload p ON p.event_id = e.id
 WHERE first.actor = %s AND first.idempotency_key = %s ORDER BY e.position"""  # noqa: S608  (constant text)

PUBLISHED = """
SELECT s.agency, s.kind, s.key, e.position, e.public_digest, e.recorded_at, p.body
  FROM journal_event e JOIN journal_stream s ON s.id = e.stream_id LEFT JOIN journal_payload p ON p.event_id = e.id
 WHERE e.public_digest IS NOT NULL ORDER BY e.id"""

OF_LEDGER = f"""
SELECT l.index, s.agency, s.kind, s.key, {FIELDS}
  FROM journal_leaf l JOIN journal_event e ON e.id = l.event_id JOIN journal_stream s ON s.id = e.stream_id
  LEFT JOIN journal_payload p ON p.event_id = e.id
 WHERE l.index >= %s ORDER BY l.index LIMIT %s"""  # noqa: S608  (constant text)


COMMITTED = """
SELECT coalesce(max(e.position), 0) FROM journal_stream s JOIN journal_event e ON e.stream_id = s.id
  JOIN journal_leaf l ON l.event_id = e.id WHERE s.agency = %s AND s.kind = %s AND s.key = %s"""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """An event and its place in the ledger: the order in which projections follow."""

    index: int
    stream: Ref
    event: Event


@dataclass(frozen=True, slots=True)
class Published:
    """An event that published something: what it published, and the digest of the public bytes (hex)."""

    stream: Ref
    position: int
    publication: str
    digest: str
    recorded_at: datetime


def published() -> Iterator[Published]:
    """Yield every event that carries the digest of public bytes, of the newest approval of each publication."""
    newest: dict[str, Published] = {}
    for agency, kind, key, at, digest, recorded_at, body in fetch(PUBLISHED, []):
        if body is not None:
            publication = str(json.loads(bytes(body)).get("publication", ""))
            newest[publication] = Published(
                Ref(agency, kind, key), int(at), publication, bytes(digest).hex(), recorded_at
            )
    yield from newest.values()


def events(ref: Ref, since: int = 0) -> list[Event]:
    """Return the events of a stream after position ``since``, in order; none if there is no such stream."""
    return [_event(row) for row in fetch(OF_STREAM, [ref.agency, ref.kind, ref.key, since])]


def position(ref: Ref) -> int | None:
    """Return the position of the newest event, or None if there is no such stream."""
    found = fetch(
        "SELECT position FROM journal_stream WHERE agency = %s AND kind = %s AND key = %s",
        [ref.agency, ref.kind, ref.key],
    )
    return int(found[0][0]) if found else None


def keys(agency: str, kind: str) -> list[str]:
    """Return the keys of all streams of a kind, in the order of their opening."""
    found = fetch("SELECT key FROM journal_stream WHERE agency = %s AND kind = %s ORDER BY id", [agency, kind])
    return [str(row[0]) for row in found]


def streams(kind: str) -> list[Ref]:
    """Return all streams of a kind, of every agency."""
    found = fetch("SELECT agency, kind, key FROM journal_stream WHERE kind = %s ORDER BY id", [kind])
    return [Ref(*row) for row in found]


def commitment(ref: Ref, at: int) -> str:
    """Return the commitment of the event at position ``at``, hex: what a publication names in ``of``.

    Raises:
        LookupError: there is no such event.
    """
    found = fetch(
        "SELECT e.commitment FROM journal_stream s JOIN journal_event e ON e.stream_id = s.id"
        " WHERE s.agency = %s AND s.kind = %s AND s.key = %s AND e.position = %s",
        [ref.agency, ref.kind, ref.key, at],
    )
    if not found:
        raise LookupError(f"{ref} has no event {at}")
    return bytes(found[0][0]).hex()


def committed(ref: Ref) -> int:
    """Return the position up to which the stream is in the ledger; 0 for none of it."""
    return int(fetch(COMMITTED, [ref.agency, ref.kind, ref.key])[0][0])


def request(actor: str, key: str) -> tuple[bytes, list[Event]] | None:
    """Return the digest and the events of the request that used ``key``, or None."""
    found = fetch(OF_REQUEST, [actor, key])
    if not found:
        return None
    own = [_event(row[1:]) for row in found]
    # A later request with the same content leaves a gap: its first event carries another key.
    return bytes(found[0][0]), [event for n, event in enumerate(own) if event.position == own[0].position + n]


def feed(since: int, limit: int = 500) -> Iterator[Sequenced]:
    """Yield sequenced events from leaf index ``since`` on: what projections follow, with a cursor of their own."""
    for index, agency, kind, key, *fields in fetch(OF_LEDGER, [since, limit]):
        yield Sequenced(int(index), Ref(agency, kind, key), _event(fields))


def _event(row: Sequence[Any]) -> Event:
    at, kind, schema, actor, legal_date, claimed_at, recorded_at, body = row
    return Event(
        position=int(at),
        kind=str(kind),
        schema=int(schema),
        actor=str(actor),
        legal_date=cast("date", legal_date),
        claimed_at=cast("datetime | None", claimed_at),
        recorded_at=cast("datetime", recorded_at),
        payload=None if body is None else cast("Content", json.loads(bytes(body))),
    )
