"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

    <origin>                          the note's text: what is signed
    <tree size>
    <root hash, base64>
                                      an empty line
    — <key name> <base64(hint || signature)>

A signature of a key the reader does not know is passed over; one that claims a known
key and is wrong makes the whole note wrong. Text and spelling are strict: one note, one
sequence of bytes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from typing_extensions import override

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.keys import (
    HINT_SIZE,
    SIGNATURE_SIZE,
    KeyKind,
    Signer,
    VerifierKey,
    base64_bytes,
    base64_text,
    is_key_name,
)
from zhunsheng.core.ledger.tree import EMPTY_ROOT, MAX_SIZE, Hash

MAX_NOTE: Final = 1_000_000  # bytes
MAX_SIGNATURES: Final = 100
TIME_SIZE: Final = 8  # bytes of a cosignature before the signature proper
_DASH: Final = "— "
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ZhunshengError):
    """The bytes are not a signed note, or its text is not a checkpoint."""

    code: ClassVar[str] = "note-malformed"


class SignatureInvalidError(ZhunshengError):
    """A line names a known key, and the signature is not of that key."""

    code: ClassVar[str] = "signature-invalid"


class AmbiguousKeyError(ZhunshengError):
    """Two known keys have the name and hint that a line gives."""

    code: ClassVar[str] = "key-ambiguous"


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note."""

    name: str
    hint: bytes  # 4 bytes
    blob: bytes  # what follows the hint: a signature, or time and signature
    exact: bool = True  # spelled in the one way base64 is written

    @override
    def __str__(self) -> str:
        """Return the line without its end."""
        return f"{_DASH}{self.name} {base64_text(self.hint + self.blob)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it."""

    text: str  # with its last line feed
    signatures: tuple[SignatureLine, ...]

    def encode(self) -> bytes:
        """Return the note as it is stored and sent, UTF-8."""
        return "\n".join([self.text, *map(str, self.signatures), ""]).encode()

    def with_lines(self, *lines: SignatureLine) -> "Note":
        """Return this note with more signatures; a line that is there already is not doubled."""
        added = [line for line in lines if line not in self.signatures]
        return Note(self.text, (*self.signatures, *added))

    @classmethod
    def parse(cls, data: bytes) -> "Note":
        """Read a note. No signature is checked: see ``open_note``.

        Raises:
            NoteError: not UTF-8, control characters, no empty line, no signature, a line
                that is none, or more than 100 of them.
        """
        text, lines = _split(data)
        if not 1 <= len(lines) <= MAX_SIGNATURES:
            raise NoteError(f"{len(lines)} signatures")
        return cls(text, tuple(_signature_line(line) for line in lines))


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that is right: who, and when if the signature says so."""

    key: VerifierKey
    at: int | None  # seconds since 1970 UTC, what the cosigner's clock said


@dataclass(frozen=True, slots=True)
class Opened:
    """What checking the signatures of a note gave."""

    verified: tuple[Verified, ...]
    unknown: tuple[SignatureLine, ...]


def open_note(note: Note, keys: Iterable[VerifierKey]) -> Opened:
    """Check every signature of ``note`` that claims one of ``keys``.

    A key that signs twice counts once, with its first line.

    Raises:
        SignatureInvalidError: a line that claims one of the keys is wrong, or a line that
            is a signature of one of them was relabelled.
        AmbiguousKeyError: a line fits two of the keys.
    """
    known = list(keys)
    verified: dict[VerifierKey, Verified] = {}
    unknown: list[SignatureLine] = []
    for line in note.signatures:
        fitting = [key for key in known if (key.name, key.hint) == (line.name, line.hint)]
        if len(fitting) > 1:
            raise AmbiguousKeyError(line.name)
        if fitting:
            verified.setdefault(fitting[0], _verify(line, fitting[0], note.text))
        elif any(_is_damaged(line, key, note.text) for key in known):
            # Passed over as unknown it would look like a note nobody signed; it was altered.
            raise SignatureInvalidError(f"{line.name}: name or hint was changed")
        else:
            unknown.append(line)
    return Opened(tuple(verified.values()), tuple(unknown))


def sign_line(text: str, signer: Signer) -> SignatureLine:
    """Sign ``text`` as a log does.

    Raises:
        ValueError: the signer's key is for cosignatures.
    """
    _check_kind(signer, KeyKind.ED25519)
    return SignatureLine(signer.key.name, signer.key.hint, signer.sign(text.encode()))


def cosign_line(text: str, signer: Signer, at: int) -> SignatureLine:
    """Sign ``text`` as a witness does, at ``at`` seconds since 1970 UTC.

    Raises:
        ValueError: the signer's key is not for cosignatures.
    """
    _check_kind(signer, KeyKind.COSIGNATURE)
    blob = at.to_bytes(TIME_SIZE, "big") + signer.sign(_cosigned(text, at))
    return SignatureLine(signer.key.name, signer.key.hint, blob)


def _check_kind(signer: Signer, kind: KeyKind) -> None:
    if signer.key.kind is not kind:
        raise ValueError(f"{signer.key.name} has a key for another use")


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _verify(line: SignatureLine, key: VerifierKey, text: str) -> Verified:
    if not (line.exact and _is_signed(line.blob, key, text)):
        raise SignatureInvalidError(line.name)
    at = int.from_bytes(line.blob[:TIME_SIZE], "big") if key.kind is KeyKind.COSIGNATURE else None
    return Verified(key, at)


def _is_damaged(line: SignatureLine, key: VerifierKey, text: str) -> bool:
    """Whether a line that names no known key was one of ``key`` before somebody touched it.

    Either its signature is right under another label, or the label is off by the byte of
    the hint that shares a base64 character with the signature: two keys of one name agree
    in three bytes of four once in 16 million.
    """
    near = line.name == key.name and line.hint[:-1] == key.hint[:-1]
    return near or _is_signed(line.blob, key, text)


def _is_signed(blob: bytes, key: VerifierKey, text: str) -> bool:
    if key.kind is KeyKind.ED25519:
        return key.is_signature(blob, text.encode())
    if len(blob) != TIME_SIZE + SIGNATURE_SIZE:
        return False
    return key.is_signature(blob[TIME_SIZE:], _cosigned(text, int.from_bytes(blob[:TIME_SIZE], "big")))


def _split(data: bytes) -> tuple[str, list[str]]:
    if len(data) > MAX_NOTE:
        raise NoteError(f"{len(data)} bytes")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError("not UTF-8") from error
    text, empty_line, under = whole.rpartition("\n\n")
    if not empty_line or not under.endswith("\n") or _CONTROL.search(whole):
        raise NoteError("no text, empty line and signatures")
    return text + "\n", under[:-1].split("\n")


def _signature_line(line: str) -> SignatureLine:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        data = base64_bytes(encoded)
    except ValueError as error:
        raise NoteError("a signature is not base64") from error
    if not line.startswith(_DASH) or not is_key_name(name) or len(data) <= HINT_SIZE:
        raise NoteError("a line under the note is no signature")
    return SignatureLine(name, data[:HINT_SIZE], data[HINT_SIZE:], exact=base64_text(data) == encoded)


# --- Checkpoints -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: so many entries, this root."""

    origin: str
    size: int  # entries
    root: Hash
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text that is signed."""
        return "\n".join([self.origin, str(self.size), base64_text(self.root), *self.extensions, ""])

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read what ``text`` writes.

        Raises:
            NoteError: fewer than three lines, an empty one, a size that is not plain
                decimal, a root that is not 32 bytes, or not the one spelling.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004  # three lines and what follows the last
            raise NoteError("not the lines of a checkpoint")
        origin, size, encoded, *extensions = lines[:-1]
        checkpoint = cls(origin, _size(size), _root(encoded), tuple(extensions))
        if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
            raise NoteError("an empty tree has one root")
        return checkpoint


def signed_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer]) -> Note:
    """Sign as the log. Two signers while a key is being replaced, else one."""
    text = checkpoint.text()
    return Note(text, tuple(sign_line(text, signer) for signer in signers))


def parse_checkpoint(data: bytes) -> tuple[Note, Checkpoint]:
    """Read a note whose text is a checkpoint. No signature is checked.

    Raises:
        NoteError: it is not.
    """
    note = Note.parse(data)
    return note, Checkpoint.parse(note.text)


def _size(text: str) -> int:
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise NoteError("the size is not a plain decimal number")
    return int(text)


def _root(text: str) -> Hash:
    try:
        value = base64_bytes(text)
    except ValueError as error:
        raise NoteError("the root is not base64") from error
    if len(value) != len(EMPTY_ROOT) or base64_text(value) != text:
        raise NoteError("the root is not 32 bytes in plain base64")
    return value
