"""Signed notes and checkpoints against those of other programs."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.ledger.keys import KeyKind, KeyTextError, SeedSigner, VerifierKey
from zhunsheng.core.ledger.note import (
    MAX_NOTE,
    AmbiguousKeyError,
    Checkpoint,
    Note,
    NoteError,
    SignatureInvalidError,
    cosign_line,
    open_note,
    parse_checkpoint,
    sign_line,
    signed_checkpoint,
)
from zhunsheng.core.ledger.tree import EMPTY_ROOT, leaf_hash

LOG = SeedSigner("log.example", KeyKind.ED25519, b"\x01" * 32)
COSIGNER = SeedSigner("cosigner.example", KeyKind.COSIGNATURE, b"\x02" * 32)
HEAD = Checkpoint("log.example", 7, leaf_hash(b"root"))


def outcome(case: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    """What opening a sample gives, in the words of the sample."""
    try:
        keys = [VerifierKey.parse(text) for text in case["vkeys"]]
        opened = open_note(Note.parse(base64.b64decode(case["note_b64"])), keys)
    except KeyTextError:
        return "bad_vkey", [], []
    except NoteError:
        return "malformed", [], []
    except SignatureInvalidError:
        return "invalid_signature", [], []
    except AmbiguousKeyError:
        return "ambiguous_key", [], []
    names = [one.key.name for one in opened.verified]
    return "ok" if names else "unverified", names, [line.name for line in opened.unknown]


def test_notes_of_the_go_project_open_as_they_do_there(vectors: Path) -> None:
    cases = json.loads((vectors / "merkle/signed-note.json").read_text())
    for case in cases:
        assert outcome(case) == (case["expect"], case["verified"], case["unverified"]), case["name"]
    assert len(cases) == 11


def test_real_checkpoints_are_read_and_their_signatures_are_right(vectors: Path) -> None:
    for case in json.loads((vectors / "merkle/checkpoints.json").read_text())["checkpoints"]:
        data = case["checkpoint"].encode()
        note, checkpoint = parse_checkpoint(data)
        opened = open_note(note, [VerifierKey.parse(text) for text in case["vkeys"]])
        assert len(opened.verified) == 1, case["name"]
        assert (note.encode(), checkpoint.text()) == (data, note.text)


def test_the_time_of_a_cosignature_is_read(vectors: Path) -> None:
    case = json.loads((vectors / "merkle/checkpoints.json").read_text())["checkpoints"][1]
    key = VerifierKey.parse(case["vkeys"][0])
    (one,) = open_note(Note.parse(case["checkpoint"].encode()), [key]).verified
    assert one.at == 0x69546780


def test_checkpoint_bodies_are_read_or_refused(vectors: Path) -> None:
    for case in json.loads((vectors / "merkle/checkpoints.json").read_text())["bodies"]:
        try:
            checkpoint = Checkpoint.parse(case["body"])
        except NoteError:
            assert not case["ok"]
        else:
            # The sample that is wrong only by its origin is refused where the origin is pinned.
            assert case["ok"] is (checkpoint.origin == "go.sum database tree")
            assert checkpoint.root == leaf_hash(b"hello world")


def is_rekor_signature(key: dict[str, str], signature: bytes, text: bytes) -> bool:
    public = load_der_public_key(base64.b64decode(key["public_key_der_b64"]))
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, text, ec.ECDSA(hashes.SHA256()))
        else:
            assert isinstance(public, Ed25519PublicKey)
            public.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def test_checkpoints_of_a_public_log_are_read_and_name_the_right_key(vectors: Path) -> None:
    """Their keys are not of a kind we trust, so the reading is ours and the checking the test's."""
    keys = json.loads((vectors / "merkle/rekor-log-keys.json").read_text())
    seen: list[str] = []
    for line in (vectors / "merkle/rekor-inclusion.jsonl").read_text().splitlines():
        case = json.loads(line)
        if case["checkpoint_matches_proof"] is None:
            continue
        note, checkpoint = parse_checkpoint(case["checkpoint"].encode())
        same = (checkpoint.size, checkpoint.root) == (case["tree_size"], base64.b64decode(case["root_b64"]))
        assert same is case["checkpoint_matches_proof"]
        by_hint = {base64.b64decode(key["log_id_b64"])[:4]: key for key in keys}
        known = [(by_hint[sig.hint], sig.blob) for sig in note.signatures if sig.hint in by_hint]
        good = any(is_rekor_signature(key, blob, note.text.encode()) for key, blob in known)
        seen.append(case["checkpoint_signature"])
        assert good is (case["checkpoint_signature"] == "valid"), case["source"]
    assert len(seen) == 22


# --- Our own ---


def test_log_and_cosigner_sign_what_a_verifier_accepts() -> None:
    note = signed_checkpoint(HEAD, [LOG])
    note = note.with_lines(cosign_line(note.text, COSIGNER, 1_790_000_000))
    opened = open_note(Note.parse(note.encode()), [LOG.key, COSIGNER.key])
    assert [(one.key, one.at) for one in opened.verified] == [(LOG.key, None), (COSIGNER.key, 1_790_000_000)]
    assert opened.unknown == ()


def test_a_line_that_is_there_is_not_doubled() -> None:
    note = signed_checkpoint(HEAD, [LOG])
    assert note.with_lines(sign_line(note.text, LOG)) == note


def test_a_key_that_signs_twice_counts_once() -> None:
    note = signed_checkpoint(HEAD, [LOG])
    doubled = Note(note.text, note.signatures * 2)
    assert len(open_note(doubled, [LOG.key]).verified) == 1


def test_a_key_signs_only_for_its_own_use() -> None:
    with pytest.raises(ValueError, match="another use"):
        sign_line("x\n", COSIGNER)
    with pytest.raises(ValueError, match="another use"):
        cosign_line("x\n", LOG, 1)


def test_no_byte_of_a_signed_checkpoint_can_change_unseen() -> None:
    note = signed_checkpoint(HEAD, [LOG])
    data = note.with_lines(cosign_line(note.text, COSIGNER, 1_790_000_000)).encode()
    for at in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[at] ^= 1 << bit
            with pytest.raises((NoteError, SignatureInvalidError)):
                open_note(parse_checkpoint(bytes(changed))[0], [LOG.key, COSIGNER.key])


def test_spare_bits_in_base64_are_no_second_spelling() -> None:
    data = signed_checkpoint(HEAD, [LOG]).encode()
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".index(chr(data[-3]))
    twin = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[last ^ 1]
    changed = data[:-3] + twin.encode() + data[-2:]
    with pytest.raises(SignatureInvalidError):
        open_note(Note.parse(changed), [LOG.key])


def test_two_keys_that_claim_one_line_are_refused() -> None:
    with pytest.raises(AmbiguousKeyError):
        open_note(signed_checkpoint(HEAD, [LOG]), [LOG.key, LOG.key])


@pytest.mark.parametrize("cut", [0, 7, 71, 73])
def test_a_cosignature_of_another_length_is_wrong(cut: int) -> None:
    line = cosign_line(HEAD.text(), COSIGNER, 5)
    blob = (line.blob + b"x")[:cut]
    note = Note(HEAD.text(), (type(line)(line.name, line.hint, blob),))
    with pytest.raises(SignatureInvalidError):
        open_note(note, [COSIGNER.key])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        "origin\n1\n\n",
        "\n1\n" + "A" * 43 + "=\n",
        "origin\n01\n" + "A" * 43 + "=\n",
        "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n+1\n" + "A" * 43 + "=\n",
        "origin\n١\n" + "A" * 43 + "=\n",
        "origin\n9999999999999999999\n" + "A" * 43 + "=\n",
        "origin\n9223372036854775809\n" + "A" * 43 + "=\n",
        "origin\n1\n" + "A" * 42 + "==\n",
        "origin\n1\n" + "A" * 42 + "B=\n",
        "origin\n1\n!\n",
        "origin\n1\né\n",
        "origin\n1\n" + "A" * 43 + "=",
        "origin\n1\n" + "A" * 43 + "=\n\nx\n",
        "origin\n0\n" + "A" * 43 + "=\n",
    ],
)
def test_a_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "data",
    [
        b"x" * (MAX_NOTE + 1),
        b"text\n\n\xff\n",
        "text\n\n— name ****\n".encode(),
        "text\n\n— na+me AAAAAAAA\n".encode(),
        "text\n\n— name AAAA\n".encode(),
        b"text\n\n-- name AAAAAAAA\n",
        "text\n\n—  AAAAAAAA\n".encode(),
        "text\n\n— name\n".encode(),
        "text\r\n\n— name AAAAAAAA\n".encode(),
        "text\n\n— name éAAAAAA\n".encode(),
    ],
)
def test_bytes_that_are_no_note_are_refused(data: bytes) -> None:
    with pytest.raises(NoteError):
        Note.parse(data)


@given(
    st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(st.from_regex(r"[!-~]+", fullmatch=True))
)
def test_a_checkpoint_reads_as_it_was_written(size: int, top: bytes, extensions: list[str]) -> None:
    checkpoint = Checkpoint("log.example", size, top if size else EMPTY_ROOT, tuple(extensions))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


# --- Key texts ---


def test_key_texts_of_other_programs_read_as_they_were_written(vectors: Path) -> None:
    text = (vectors / "merkle/tlog-tiles-log15/vkey.txt").read_text().strip()
    assert str(VerifierKey.parse(text)) == text


def test_a_secret_key_reads_as_it_was_written_and_never_shows() -> None:
    text = LOG.secret_text()
    assert SeedSigner.parse(text) == LOG
    assert "seed" not in repr(LOG)
    assert text.split("+")[-1] not in repr(LOG)


@pytest.mark.parametrize("what", [LOG.secret_text(), str(LOG.key)])
def test_no_character_of_a_key_text_can_change_unseen(what: str) -> None:
    parse = SeedSigner.parse if what.startswith("PRIVATE") else VerifierKey.parse
    for at in range(len(what)):
        with pytest.raises(KeyTextError):
            parse(what[:at] + chr(ord(what[at]) ^ 1) + what[at + 1 :])


@pytest.mark.parametrize(
    "text", ["", "name", "name+00000000+", "name+00000000+Ag==", "name+00000000+é", "a b+00000000+AQ=="]
)
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyTextError):
        VerifierKey.parse(text)


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(KeyTextError):
        SeedSigner("log.example", KeyKind.ED25519, b"short")


def test_a_key_that_is_no_point_verifies_nothing() -> None:
    assert not VerifierKey("x", KeyKind.ED25519, b"\xff" * 32).is_signature(b"\x00" * 64, b"")
