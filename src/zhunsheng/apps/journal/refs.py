"""The names by which the journal speaks of streams, events to be, and what went wrong with them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from typing_extensions import override

from zhunsheng.core.casefile.events import Content
from zhunsheng.core.errors import ZhunshengError

AGENCY_LIMIT = 40  # characters
KIND_LIMIT = 40
KEY_LIMIT = 160
ACTOR_LIMIT = 80
IDEMPOTENCY_KEY_LIMIT = 200


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A stream: the agency comes first in every key."""

    agency: str
    kind: str  # case, officer, account, …
    key: str  # unique among the streams of this kind of this agency

    @override
    def __str__(self) -> str:
        return f"{self.agency}/{self.kind}/{self.key}"


@dataclass(frozen=True, slots=True)
class New:
    """An event that is to be appended."""

    kind: str
    payload: Content
    legal_date: date  # written in the document, Asia/Shanghai
    schema: int = 1
    claimed_at: datetime | None = None  # what the device says
    public: bytes | None = None  # the bytes shown to the public, if this event publishes
    of: str | None = None  # hex commitment of the event that is published


class JournalError(ZhunshengError):
    """The journal did not write, or found that what it reads is not there."""


class StreamMissingError(JournalError):
    """There is no such stream."""

    code: ClassVar[str] = "stream-missing"

    def __init__(self, ref: Ref) -> None:
        self.ref = ref
        super().__init__(f"no stream {ref}")


class StreamExistsError(JournalError):
    """A stream was to be opened and is there already."""

    code: ClassVar[str] = "stream-exists"

    def __init__(self, ref: Ref) -> None:
        self.ref = ref
        super().__init__(f"stream {ref} exists")


class PositionMovedError(JournalError):
    """Somebody wrote to the stream since the caller looked at it."""

    code: ClassVar[str] = "position-moved"

    def __init__(self, ref: Ref, expected: int, found: int) -> None:
        self.ref, self.expected, self.found = ref, expected, found
        super().__init__(f"{ref} is at {found}, not {expected}")


class IdempotencyConflictError(JournalError):
    """The key was used by this actor for a request with other content."""

    code: ClassVar[str] = "idempotency-conflict"

    def __init__(self, actor: str, key: str) -> None:
        self.actor, self.key = actor, key
        super().__init__(f"{actor} used the key {key!r} for another request")


class KeyTakenError(JournalError):
    """The same request was committed by another transaction meanwhile: roll back, then ``replay``."""

    code: ClassVar[str] = "key-taken"

    def __init__(self, actor: str, key: str) -> None:
        self.actor, self.key = actor, key
        super().__init__(f"{actor} has just used the key {key!r}")
