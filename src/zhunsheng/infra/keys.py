"""The private keys of an installation: files of mode 0600 in ``DATA/keys``, made by ``init``.

==============  ==================================================================
log.key         signs checkpoints of the ledger (C2SP secret key text, Ed25519); newest first
witness.key     cosigns them; only where a witness of our own runs (the demo)
field.key       encrypts single columns (TOTP secrets), Fernet, one key a line, newest first
django.key      signs sessions and form tokens
==============  ==================================================================

A key is made once. Only the log's is ever replaced, by ``zhunsheng rotate-key``, so that
old and new sign together for a while (docs/how-to/rotate-keys.md).
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from cryptography.fernet import Fernet, MultiFernet

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.keys import KEY_SIZE, KeyKind, SeedSigner, Signer
from zhunsheng.infra import durable
from zhunsheng.infra.datadir import DataDir


class KeyMissingError(ZhunshengError):
    """The key has not been made here, or cannot be read by this user."""

    code: ClassVar[str] = "key-missing"


@dataclass(frozen=True, slots=True)
class KeyRing:
    data: DataDir

    def make(self, origin: str, *, witness: str | None = None) -> None:
        """Make the keys that are missing; existing ones stay.

        Args:
            origin: name of the ledger, first line of its checkpoints.
            witness: name of our own witness, where one runs.
        """
        self._create("log.key", _new_signer(origin, KeyKind.ED25519))
        if witness:
            self._create("witness.key", _new_signer(witness, KeyKind.COSIGNATURE))
        self._create("field.key", Fernet.generate_key() + b"\n")
        self._create("django.key", secrets.token_urlsafe(48).encode() + b"\n")

    def log_signer(self) -> Signer:
        """Return who signs checkpoints.

        Raises:
            KeyMissingError: ``init`` has not run here.
        """
        return self.log_signers()[0]

    def log_signers(self) -> tuple[Signer, ...]:
        """Return all who sign: one, and while a key is being replaced the new and the old.

        Raises:
            KeyMissingError: ``init`` has not run here.
        """
        return tuple(SeedSigner.parse(line) for line in self._read("log.key").split())

    def add_log_signer(self) -> Signer:
        """Make a new key for the log, which signs beside the old one from now on. Called again it makes no third one.

        Raises:
            KeyMissingError: ``init`` has not run here.
        """
        if len(self.log_signers()) == 1:
            fresh = _new_signer(self.log_signer().key.name, KeyKind.ED25519)
            durable.write(self.path("log.key"), fresh + self.path("log.key").read_bytes())
        return self.log_signer()

    def drop_old_log_signers(self) -> None:
        """Have the newest key sign alone. The old ones are gone for good."""
        newest, *_ = self._read("log.key").split()
        durable.write(self.path("log.key"), f"{newest}\n".encode("ascii"))

    def witness_signer(self) -> Signer:
        """Return who cosigns in a demonstration.

        Raises:
            KeyMissingError: no witness of our own runs here.
        """
        return SeedSigner.parse(self._read("witness.key").strip())

    def field_cipher(self) -> MultiFernet:
        """Return the cipher of encrypted columns: it encrypts with the newest key and reads with any.

        Raises:
            KeyMissingError: ``init`` has not run here.
        """
        return MultiFernet([Fernet(line) for line in self._read("field.key").split()])

    def django_secret(self) -> str:
        """Return Django's secret, or one for this process alone before ``init``, when nobody can sign in yet."""
        try:
            return self._read("django.key").strip()
        except KeyMissingError:
            return secrets.token_urlsafe(48)

    def path(self, name: str) -> Path:
        """Return where the file of a key lies."""
        return self.data.keys / name

    def _create(self, name: str, content: bytes) -> None:
        if not self.path(name).exists():
            durable.create(self.path(name), content)

    def _read(self, name: str) -> str:
        try:
            return self.path(name).read_text(encoding="ascii")
        except (FileNotFoundError, PermissionError):
            raise KeyMissingError(f"没有密钥 (no key) {name}: run `zhunsheng init` first") from None


def _new_signer(name: str, kind: KeyKind) -> bytes:
    return (SeedSigner(name, kind, os.urandom(KEY_SIZE)).secret_text() + "\n").encode("ascii")
