r"""From an event to the 32 bytes that stand for it in the ledger.

    payload commitment = SHA-256("zhunsheng payload v1\n" || salt || body)
    event commitment   = SHA-256("zhunsheng event v1\n" || header)

``body`` are the canonical bytes of the payload, ``salt`` 32 random bytes of its own, so
that nobody can guess a short payload and find it in the public ledger, and so that
destroying salt and body leaves a leaf that says nothing. ``header`` is the canonical
JSON of ``Header``; it names agency, stream and actor, which therefore never show in the
ledger. The public description is docs/spec/ledger-entry.md.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, Final, TypeVar

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.canonical import CanonicalError, Json, JsonError, canonical_plain, parse_object, sha256

SUITE: Final = "zs1"  # SHA-256, Ed25519, RFC 8785, RFC 6962
SALT_SIZE: Final = 32  # bytes
HASH_SIZE: Final = 32  # bytes
_PAYLOAD: Final = b"zhunsheng payload v1\n"
_EVENT: Final = b"zhunsheng event v1\n"
_INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
_MEMBERS: Final = frozenset(
    {
        "suite",
        "agency",
        "stream",
        "position",
        "kind",
        "schema",
        "actor",
        "legal_date",
        "claimed_at",
        "recorded_at",
        "idempotency_key",
        "request_digest",
        "lawdata",
        "payload",
    }
)

T = TypeVar("T")


class HeaderError(ZhunshengError):
    """The bytes are not an event header of a suite we know."""

    code: ClassVar[str] = "header-malformed"


def payload_commitment(salt: bytes, body: bytes) -> bytes:
    """Commit to ``body`` under ``salt``.

    Raises:
        ValueError: the salt is not 32 bytes long; a movable border between salt and
            body would let two payloads share one commitment.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes, not {len(salt)}")
    return sha256(_PAYLOAD + salt + body)


def event_commitment(header: bytes) -> bytes:
    """Commit to the canonical bytes of a header."""
    return sha256(_EVENT + header)


@dataclass(frozen=True, slots=True)
class Header:
    """What an event says about itself, without its payload."""

    agency: str
    stream_kind: str
    stream_key: str
    position: int  # in its stream, from 1
    kind: str
    schema: int
    actor: str  # account id
    legal_date: date
    claimed_at: datetime | None  # aware; the device's claim
    recorded_at: datetime  # aware; the server's record
    idempotency_key: str | None
    request_digest: bytes | None
    lawdata: str  # digest of the law data it was judged by, hex
    payload: bytes  # payload commitment

    def encode(self) -> bytes:
        """Return the canonical bytes: the ones the event commitment covers."""
        return canonical_plain(
            {
                "suite": SUITE,
                "agency": self.agency,
                "stream": {"kind": self.stream_kind, "key": self.stream_key},
                "position": self.position,
                "kind": self.kind,
                "schema": self.schema,
                "actor": self.actor,
                "legal_date": self.legal_date.isoformat(),
                "claimed_at": None if self.claimed_at is None else instant(self.claimed_at),
                "recorded_at": instant(self.recorded_at),
                "idempotency_key": self.idempotency_key,
                "request_digest": None if self.request_digest is None else self.request_digest.hex(),
                "lawdata": self.lawdata,
                "payload": self.payload.hex(),
            }
        )

    @classmethod
    def parse(cls, data: bytes) -> "Header":
        """Read what ``encode`` writes, and nothing else.

        Raises:
            HeaderError: another suite, a member missing, unknown or of the wrong type,
                or bytes that are not the canonical ones.
        """
        try:
            header = cls._from_members(parse_object(data))
            is_canonical = header.encode() == data
        except (JsonError, CanonicalError, KeyError, ValueError, TypeError) as error:
            raise HeaderError("not a header") from error
        if not is_canonical:
            raise HeaderError("not the canonical bytes of a header")
        return header

    @classmethod
    def _from_members(cls, raw: dict[str, Json]) -> "Header":
        stream = raw["stream"]
        if raw.keys() != _MEMBERS or raw["suite"] != SUITE or not isinstance(stream, dict):
            raise ValueError("unknown suite or members")
        claimed, key, digest = raw["claimed_at"], raw["idempotency_key"], raw["request_digest"]
        return cls(
            agency=_typed(raw["agency"], str),
            stream_kind=_typed(stream["kind"], str),
            stream_key=_typed(stream["key"], str),
            position=_typed(raw["position"], int),
            kind=_typed(raw["kind"], str),
            schema=_typed(raw["schema"], int),
            actor=_typed(raw["actor"], str),
            legal_date=date.fromisoformat(_typed(raw["legal_date"], str)),
            claimed_at=None if claimed is None else _instant(_typed(claimed, str)),
            recorded_at=_instant(_typed(raw["recorded_at"], str)),
            idempotency_key=None if key is None else _typed(key, str),
            request_digest=None if digest is None else bytes.fromhex(_typed(digest, str)),
            lawdata=_typed(raw["lawdata"], str),
            payload=digest_from_hex(raw["payload"]),
        )


def instant(moment: datetime) -> str:
    """Write an aware time as ``2026-03-01T08:00:00.000000Z``: UTC, always six decimals.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    # strftime does not pad years below 1000 everywhere; isoformat does.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def digest_from_hex(value: Json) -> bytes:
    """Read 32 bytes in lower-case hex.

    Raises:
        ValueError: anything else, upper case included: one digest, one spelling.
    """
    if not isinstance(value, str) or len(value) != 2 * HASH_SIZE or bytes.fromhex(value).hex() != value:
        raise ValueError("not 64 lower-case hex digits")
    return bytes.fromhex(value)


def _instant(text: str) -> datetime:
    return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)


def _typed(value: Json, kind: type[T]) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is not a {kind.__name__}")
    return value
