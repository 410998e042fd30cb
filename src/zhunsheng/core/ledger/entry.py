"""One entry of the public ledger.

    {"commitment":<hex>,"suite":"zs1"}
    {"commitment":<hex>,"of":<hex>,"public":<hex>,"suite":"zs1"}

The second form is a publication: ``public`` is the SHA-256 of the exact public text,
``of`` the event commitment of the decision it makes public. An entry names neither
agency nor case: the ledger can be given to anybody. docs/spec/ledger-entry.md.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.canonical import JsonError, canonical_plain, parse_object
from zhunsheng.core.ledger.commitment import SUITE, digest_from_hex

MAX_ENTRY: Final = 1024  # bytes; the longest entry of suite zs1 has 247


class EntryError(ZhunshengError):
    """The bytes are not a ledger entry of a suite we know."""

    code: ClassVar[str] = "entry-malformed"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one leaf says. ``public`` and ``of`` are both there or both absent."""

    commitment: bytes  # of the event
    public: bytes | None = None  # SHA-256 of the published text
    of: bytes | None = None  # commitment of the decision that is published

    def __post_init__(self) -> None:
        """Refuse half a publication."""
        if (self.public is None) != (self.of is None):
            raise ValueError("public and of belong together")

    def encode(self) -> bytes:
        """Return the canonical bytes: the ones the leaf hash covers."""
        members: dict[str, str] = {"commitment": self.commitment.hex(), "suite": SUITE}
        if self.public is not None and self.of is not None:
            members |= {"public": self.public.hex(), "of": self.of.hex()}
        return canonical_plain(members)

    @classmethod
    def parse(cls, data: bytes) -> "Entry":
        """Read what ``encode`` writes, and nothing else.

        Raises:
            EntryError: another suite, unknown members, or not the canonical bytes.
        """
        try:
            raw = parse_object(data, max_bytes=MAX_ENTRY)
            published = {name: digest_from_hex(raw[name]) for name in ("public", "of") if name in raw}
            entry = cls(digest_from_hex(raw["commitment"]), **published)
        except (JsonError, KeyError, ValueError) as error:
            raise EntryError("not an entry") from error
        if entry.encode() != data:  # also another suite and unknown members
            raise EntryError("not the canonical bytes of an entry")
        return entry
