"""A witness answers a log (C2SP tlog-witness, add-checkpoint).

    old <size>
    <consistency proof, base64, one hash a line>

    <signed checkpoint>

The answer is a status as the protocol numbers it, a body, and what the witness believes
from then on. The caller keeps the belief durably *before* it sends the answer, one
request at a time for each log: a cosignature promises that no other history was or will
be signed. Keeping requests, belief and evidence is ``apps.journal``'s.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.keys import Signer, VerifierKey, base64_bytes, base64_text
from zhunsheng.core.ledger.note import (
    Checkpoint,
    Note,
    NoteError,
    SignatureInvalidError,
    cosign_line,
    open_note,
    parse_checkpoint,
)
from zhunsheng.core.ledger.tree import MAX_SIZE, Hash
from zhunsheng.core.ledger.trust import ForkError, LedgerError, Witness

MAX_PROOF: Final = 63  # hashes
SIZE_TYPE: Final = "text/x.tlog.size"  # media type of the body of a 409 that names a size
_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})")

GRANTED, MALFORMED, FORBIDDEN, CONFLICT, UNPROVED = 200, 400, 403, 409, 422


class RequestError(ZhunshengError):
    """The body is no add-checkpoint request."""

    code: ClassVar[str] = "witness-request-malformed"


@dataclass(frozen=True, slots=True)
class Request:
    """What a log asks: cosign this, it extends the tree of ``old`` entries."""

    old: int
    proof: tuple[Hash, ...]
    note: Note
    checkpoint: Checkpoint

    def encode(self) -> bytes:
        """Return the body of the request."""
        lines = [f"old {self.old}", *map(base64_text, self.proof), "", ""]
        return "\n".join(lines).encode() + self.note.encode()

    @classmethod
    def parse(cls, body: bytes) -> "Request":
        """Read what ``encode`` writes.

        Raises:
            RequestError: another form, or more than 63 hashes.
            NoteError: what follows the empty line is no signed checkpoint.
        """
        head, empty_line, rest = body.partition(b"\n\n")
        first, *hashes = head.decode("ascii", "replace").split("\n")
        found = _OLD.fullmatch(first)
        if not empty_line or found is None or int(found[1]) > MAX_SIZE or len(hashes) > MAX_PROOF:
            raise RequestError("not an add-checkpoint request")
        note, checkpoint = parse_checkpoint(rest)
        return cls(int(found[1]), tuple(map(_hash, hashes)), note, checkpoint)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness says, and what it believes now. ``refusal`` is evidence to keep."""

    status: int
    body: str
    believed: Checkpoint | None  # None: nothing changed
    refusal: LedgerError | None = None


def add_checkpoint(
    body: bytes, *, beliefs: Mapping[str, Checkpoint], keys: Mapping[str, VerifierKey], signer: Signer, at: int
) -> Answer:
    """Answer one request.

    Args:
        body: the request.
        beliefs: the newest checkpoint believed of each log, by origin.
        keys: the key of each log this witness follows, by origin.
        signer: the witness's own key, for cosignatures.
        at: the time, seconds since 1970 UTC.
    """
    try:
        request = Request.parse(body)
    except (RequestError, NoteError):
        return Answer(MALFORMED, "malformed request\n", None)
    origin = request.checkpoint.origin
    if origin not in keys:
        return Answer(FORBIDDEN, "unknown log\n", None)
    if not _is_signed(request.note, keys[origin]):
        return Answer(FORBIDDEN, "invalid signature\n", None)
    witness = Witness(beliefs[origin]) if origin in beliefs else Witness.new(origin)
    return _advance(request, witness, signer, at)


def _advance(request: Request, witness: Witness, signer: Signer, at: int) -> Answer:
    trusted, new = witness.trusted, request.checkpoint
    if request.old > new.size:
        return Answer(MALFORMED, "the old size is larger than the new one\n", None)
    if request.old != trusted.size:
        return Answer(CONFLICT, f"{trusted.size}\n", None)
    try:
        witness.advance(new, request.proof)
    except ForkError as error:
        # One size, two roots can never be mended by another proof: the log has forked.
        status = CONFLICT if new.size == trusted.size and new.root != trusted.root else UNPROVED
        text = f"{trusted.size}\n" if status == CONFLICT else "invalid consistency proof\n"
        return Answer(status, text, None, error)
    line = cosign_line(request.note.text, signer, at)
    return Answer(GRANTED, f"{line}\n", new)


def _is_signed(note: Note, key: VerifierKey) -> bool:
    try:
        return bool(open_note(note, [key]).verified)
    except SignatureInvalidError:
        return False


def _hash(text: str) -> Hash:
    try:
        value = base64_bytes(text)
    except ValueError as error:
        raise RequestError("a hash is not base64") from error
    return value
