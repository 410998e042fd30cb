"""What a stranger needs to check one event: its entry, the path to a root, the signed checkpoint of that root."""

from dataclasses import dataclass
from typing import Any, Final

from zhunsheng.apps.journal import checkpoints
from zhunsheng.apps.journal.encoding import entry
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.apps.journal.tilestore import TileStore
from zhunsheng.core.ledger.commitment import Header
from zhunsheng.core.ledger.note import parse_checkpoint
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.tiles import TileHashes
from zhunsheng.core.ledger.tree import inclusion_proof
from zhunsheng.infra import datadir

RECORD: Final = """
SELECT e.position, e.kind, e.schema, e.actor, e.legal_date, e.claimed_at, e.recorded_at, e.idempotency_key,
       e.request_digest, e.lawdata, e.payload_commitment, e.commitment, e.public_digest, e.of_commitment,
       p.salt, p.body, l.index
  FROM journal_stream s JOIN journal_event e ON e.stream_id = s.id
  LEFT JOIN journal_payload p ON p.event_id = e.id LEFT JOIN journal_leaf l ON l.event_id = e.id
 WHERE s.agency = %s AND s.kind = %s AND s.key = %s AND e.position BETWEEN %s AND %s
 ORDER BY e.position"""

LAST: Final = 2**31 - 1  # positions are four-byte integers


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the tree of a checkpoint. Hashes and commitments are hex."""

    entry: str  # the exact text of the leaf
    index: int
    size: int  # of the tree the hashes lead to
    hashes: tuple[str, ...]  # from the leaf upwards
    checkpoint: str  # the note, with all signatures
    origin: str
    witnessed: bool  # the quorum of the policy has cosigned it


@dataclass(frozen=True, slots=True)
class Record:
    """One event as an export carries it: what its commitment covers, and what was committed to."""

    position: int
    header: bytes  # canonical bytes
    commitment: str
    salt: bytes | None  # None, and ``body`` too, once it was lawfully disposed of
    body: bytes | None
    entry: str
    index: int | None  # None while it waits for the sequencer


@dataclass(frozen=True, slots=True)
class Head:
    """The newest checkpoint of the ledger and what it is worth."""

    size: int
    root: str
    checkpoint: str
    witnessed: bool


def policy() -> Policy | None:
    """Return the policy of this installation, or None where none was written.

    Raises:
        PolicyError: the file cannot be read as one.
    """
    path = datadir.current().policy
    return Policy.parse(path.read_text(encoding="utf-8")) if path.exists() else None


def head() -> Head | None:
    """Return the newest committed checkpoint, or None before the first event."""
    newest = checkpoints.newest()
    if newest is None:
        return None
    note = newest.signed()
    return Head(newest.size, newest.root.hex(), note.decode(), _witnessed(note))


def proof(ref: Ref, position: int, *, size: int | None = None) -> Proof | None:
    """Return the proof of one event, or None while it is not in the ledger.

    The newest checkpoint with a quorum is taken where one holds the event, else the newest: its proof is
    "pending", and the caller says so. ``size`` asks for the tree of another known checkpoint.
    """
    for one in _records(ref, position, position):
        if one.index is not None:
            return proof_of(one.entry, one.index, size=size)
    return None


def proof_of(text: str, index: int, *, size: int | None = None) -> Proof | None:
    """Return the proof of the entry ``text`` at ``index``, as ``proof`` does."""
    chosen = checkpoints.at(size) if size is not None else _best(index)
    if chosen is None or chosen.size <= index:
        return None
    store = TileStore(datadir.current().log)
    hashes = inclusion_proof(index, chosen.size, TileHashes(chosen.size, store.fetch))
    note = chosen.signed()
    return Proof(
        entry=text,
        index=index,
        size=chosen.size,
        hashes=tuple(value.hex() for value in hashes),
        checkpoint=note.decode(),
        origin=parse_checkpoint(note)[1].origin,
        witnessed=_witnessed(note),
    )


def records(ref: Ref) -> list[Record]:
    """Return all events of a stream as an export carries them, in order."""
    return _records(ref, 1, LAST)


def _records(ref: Ref, first: int, last: int) -> list[Record]:
    return [_record(ref, row) for row in fetch(RECORD, [ref.agency, ref.kind, ref.key, first, last])]


def _record(ref: Ref, row: tuple[Any, ...]) -> Record:
    head = Header(
        agency=ref.agency,
        stream_kind=ref.kind,
        stream_key=ref.key,
        position=row[0],
        kind=row[1],
        schema=row[2],
        actor=row[3],
        legal_date=row[4],
        claimed_at=row[5],
        recorded_at=row[6],
        idempotency_key=row[7],
        request_digest=_bytes(row[8]),
        lawdata=bytes(row[9]).hex(),
        payload=bytes(row[10]),
    )
    return Record(
        position=row[0],
        header=head.encode(),
        commitment=bytes(row[11]).hex(),
        salt=_bytes(row[14]),
        body=_bytes(row[15]),
        entry=entry(bytes(row[11]), _bytes(row[12]), _bytes(row[13])).decode(),
        index=row[16],
    )


def _bytes(value: Any) -> bytes | None:  # noqa: ANN401  (a column of the driver)
    return None if value is None else bytes(value)


def _best(index: int) -> checkpoints.Committed | None:
    rules = policy()
    quorum = rules.quorum if rules else 0
    return (checkpoints.cosigned(index, quorum) if quorum else None) or checkpoints.newest()


def _witnessed(note: bytes) -> bool:
    rules = policy()
    if rules is None:
        return False
    trust = rules.examine(*parse_checkpoint(note))
    return bool(trust.logs) and trust.has_quorum
