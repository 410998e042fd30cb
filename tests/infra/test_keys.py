"""Keys: made once, closed to others, and never lost by running ``init`` again."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from zhunsheng.core.ledger.keys import KeyKind, SeedSigner
from zhunsheng.infra.datadir import DataDir
from zhunsheng.infra.keys import KeyMissingError, KeyRing


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    data = DataDir(tmp_path)
    data.create()
    return KeyRing(data)


def test_before_init_nobody_signs(ring: KeyRing) -> None:
    with pytest.raises(KeyMissingError, match="zhunsheng init"):
        ring.log_signer()


def test_what_the_log_signs_its_public_key_confirms(ring: KeyRing) -> None:
    ring.make("agency.example/log")
    signer = ring.log_signer()
    assert signer.key.name == "agency.example/log"
    assert signer.key.kind is KeyKind.ED25519
    assert signer.key.is_signature(signer.sign(b"checkpoint"), b"checkpoint")
    assert not signer.key.is_signature(signer.sign(b"checkpoint"), b"another")


def test_a_witness_has_a_key_of_its_own_and_only_where_it_is_wanted(ring: KeyRing) -> None:
    ring.make("agency.example/log")
    with pytest.raises(KeyMissingError):
        ring.witness_signer()
    ring.make("agency.example/log", witness="witness.example")
    assert ring.witness_signer().key.kind is KeyKind.COSIGNATURE
    assert ring.witness_signer().key.public != ring.log_signer().key.public


def test_making_keys_again_keeps_those_that_are_there(ring: KeyRing) -> None:
    ring.make("agency.example/log")
    before = {path.name: path.read_bytes() for path in ring.data.keys.iterdir()}
    ring.make("another.example/log")
    assert {path.name: path.read_bytes() for path in ring.data.keys.iterdir()} == before


def test_others_on_the_machine_cannot_read_them(ring: KeyRing) -> None:
    ring.make("agency.example/log", witness="witness.example")
    assert ring.data.keys.stat().st_mode & 0o077 == 0
    assert [path.name for path in ring.data.keys.iterdir() if path.stat().st_mode & 0o077] == []


def test_a_column_encrypted_before_a_rotation_can_be_read_after_it(ring: KeyRing) -> None:
    ring.make("agency.example/log")
    old = ring.field_cipher().encrypt(b"totp secret")
    path = ring.path("field.key")
    path.write_bytes(Fernet.generate_key() + b"\n" + path.read_bytes())
    assert ring.field_cipher().decrypt(old) == b"totp secret"
    newer = ring.field_cipher().encrypt(b"x")
    assert newer != old


def test_the_secret_of_sessions_is_stable_once_made(ring: KeyRing) -> None:
    assert ring.django_secret() != ring.django_secret(), "before init each process has its own"
    ring.make("agency.example/log")
    assert ring.django_secret() == ring.django_secret()


def test_a_damaged_key_file_is_refused_and_not_made_anew(ring: KeyRing) -> None:
    ring.make("agency.example/log")
    path = ring.path("log.key")
    path.write_text(path.read_text(encoding="ascii").replace("agency", "tampered"), encoding="ascii")
    with pytest.raises(Exception, match="hint"):
        SeedSigner.parse(path.read_text(encoding="ascii").strip())
    with pytest.raises(Exception, match="hint"):
        ring.log_signer()
