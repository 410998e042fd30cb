"""Names for keys, and who can sign with them (C2SP signed-note, tlog-cosignature).

A verifier key is written ``name+hint+base64(kind || public key)``; the hint is the
beginning of a hash over name and key, so that a signature line can say which key it
means. The secret twin is ``PRIVATE+KEY+name+hint+base64(kind || seed)``.

The core never makes a key (that needs chance) and never reads one from a file:
``infra.keys`` does both and hands over a ``Signer``.
"""

import base64
from dataclasses import dataclass, field
from enum import IntEnum
from typing import ClassVar, Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.canonical import sha256

KEY_SIZE: Final = 32  # bytes, public key and seed alike
SIGNATURE_SIZE: Final = 64  # bytes
HINT_SIZE: Final = 4  # bytes
_SECRET: Final = "PRIVATE+KEY+"  # noqa: S105  # a prefix, no secret


class KeyTextError(ZhunshengError):
    """The text is not a key of this form, or its hint does not fit the key."""

    code: ClassVar[str] = "key-malformed"


class KeyKind(IntEnum):
    """The byte before the key, from the registry in C2SP signed-note."""

    ED25519 = 1  # a log signs the text of its checkpoint
    COSIGNATURE = 4  # a witness signs time and text (cosignature/v1)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public Ed25519 key, its name and what it is used for."""

    name: str
    kind: KeyKind
    public: bytes

    def __post_init__(self) -> None:
        """Refuse a name no signature line could carry."""
        if not is_key_name(self.name) or len(self.public) != KEY_SIZE:
            raise KeyTextError("a key needs a name without spaces and plus signs, and 32 bytes")

    @property
    def hint(self) -> bytes:
        """SHA-256(name || LF || kind || key), the first four bytes."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public)[:HINT_SIZE]

    @override
    def __str__(self) -> str:
        """Return the text form: ``name+hint+base64``."""
        return f"{self.name}+{self.hint.hex()}+{base64_text(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read what ``str`` writes.

        Raises:
            KeyTextError: another form, an unknown kind, or a hint that does not fit.
        """
        name, hint, kind, public = _key_parts(text)
        key = cls(name, kind, public)
        if key.hint.hex() != hint:
            raise KeyTextError("the hint does not fit the key")
        return key

    def is_signature(self, signature: bytes, message: bytes) -> bool:
        """Whether ``signature`` is one of this key over ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):  # ValueError: 32 bytes that are no key
            return False
        return True


class Signer(Protocol):
    """Somebody who signs with the secret half of ``key``: a file, a token, a service."""

    @property
    def key(self) -> VerifierKey:
        """The public half."""

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature over ``message``, 64 bytes."""


@dataclass(frozen=True, slots=True)
class SeedSigner:
    """A ``Signer`` whose secret lies in memory. It never shows in ``repr``."""

    name: str
    kind: KeyKind
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a seed of another length."""
        if len(self.seed) != KEY_SIZE:
            raise KeyTextError("a seed has 32 bytes")

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.kind, self._private().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature over ``message``."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def secret_text(self) -> str:
        """Return the secret text form, for a file only its owner can read."""
        return f"{_SECRET}{self.name}+{self.key.hint.hex()}+{base64_text(bytes([self.kind]) + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> "SeedSigner":
        """Read what ``secret_text`` writes.

        Raises:
            KeyTextError: another form, an unknown kind, or a hint that does not fit.
        """
        if not text.startswith(_SECRET):
            raise KeyTextError("not a secret key")
        name, hint, kind, seed = _key_parts(text.removeprefix(_SECRET))
        signer = cls(name, kind, seed)
        if signer.key.hint.hex() != hint:
            raise KeyTextError("the hint does not fit the key")
        return signer


def is_key_name(name: str) -> bool:
    """Whether a signature line can carry ``name``: not empty, no space, no plus sign."""
    return bool(name) and "+" not in name and not any(c.isspace() for c in name) and name.isprintable()


def base64_text(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def base64_bytes(text: str) -> bytes:
    """Decode standard base64 with padding. Spare bits at the end are not looked at.

    Raises:
        ValueError: characters or padding that do not belong there.
    """
    return base64.b64decode(text.encode("ascii"), validate=True)


def _key_parts(text: str) -> tuple[str, str, KeyKind, bytes]:
    name, _, rest = text.partition("+")
    hint, _, encoded = rest.partition("+")
    try:
        data = base64_bytes(encoded)
        kind = KeyKind(data[0])
    except (ValueError, IndexError) as error:
        raise KeyTextError("not a key text of a known kind") from error
    if base64_text(data) != encoded:
        raise KeyTextError("not the one spelling of a key text")
    return name, hint, kind, data[1:]
