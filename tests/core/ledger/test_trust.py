"""Belief changes by rule, or not at all; and a witness that answers as the protocol says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.ledger.makers import AT, COSIGNER, LOG, ORIGIN, Ledger
from zhunsheng.core.ledger.keys import KeyKind, SeedSigner, VerifierKey
from zhunsheng.core.ledger.note import Checkpoint, Note, open_note, parse_checkpoint, signed_checkpoint
from zhunsheng.core.ledger.tiles import TileHashes
from zhunsheng.core.ledger.tree import EMPTY_ROOT, CompactRange, consistency_proof, leaf_hash, root
from zhunsheng.core.ledger.trust import ForkError, LedgerError, OtherLogError, RollbackError, Witness
from zhunsheng.core.ledger.witnessing import Answer, Request, RequestError, add_checkpoint


def ledger_of(size: int, word: str = "entry") -> Ledger:
    ledger = Ledger()
    ledger.root = EMPTY_ROOT
    for n in range(size):
        ledger.add(f"{word} {n}".encode())
    return ledger


def head(ledger: Ledger, size: int) -> Checkpoint:
    grown = CompactRange.load(size, TileHashes(ledger.size, ledger.files.__getitem__)) if size else CompactRange()
    return Checkpoint(ORIGIN, size, grown.root())


def proof(ledger: Ledger, old: int, new: int) -> list[bytes]:
    return consistency_proof(old, new, TileHashes(ledger.size, ledger.files.__getitem__))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_an_honest_log_is_always_believed(sizes: list[int]) -> None:
    ledger, witness = ledger_of(40), Witness.new(ORIGIN)
    for size in sorted(sizes):
        witness.advance(head(ledger, size), proof(ledger, witness.trusted.size, size))
        assert witness.trusted == head(ledger, size)


def refused(witness: Witness, checkpoint: Checkpoint, hashes: list[bytes], error: type[LedgerError]) -> None:
    before = witness.trusted
    with pytest.raises(error):
        witness.advance(checkpoint, hashes)
    assert witness.trusted == before


def test_a_smaller_tree_is_a_rollback() -> None:
    ledger = ledger_of(9)
    refused(Witness(head(ledger, 9)), head(ledger, 8), [], RollbackError)


def test_two_roots_for_one_size_are_a_fork() -> None:
    refused(Witness(head(ledger_of(9), 9)), head(ledger_of(9, "forged"), 9), [], ForkError)


@pytest.mark.parametrize("old", [0, 1, 4, 8])
def test_a_larger_tree_without_proof_is_not_believed(old: int) -> None:
    ledger, forged = ledger_of(9), ledger_of(9, "forged")
    refused(Witness(head(ledger, old)), head(forged, 9), proof(forged, old, 9) or [EMPTY_ROOT], ForkError)
    refused(Witness(head(ledger, old)), head(ledger, 9), proof(ledger, old, 9)[:-1] or [EMPTY_ROOT], ForkError)


def test_another_log_is_not_a_later_one_of_this() -> None:
    ledger = ledger_of(9)
    refused(Witness(head(ledger, 9)), replace(head(ledger, 9), origin="other.example"), [], OtherLogError)


# --- The protocol ---


def test_the_requests_of_another_log_are_answered_as_its_authors_expect(vectors: Path) -> None:
    sample = json.loads((vectors / "merkle/witness-add-checkpoint.json").read_text())
    name = parse_checkpoint(sample["steps"][0]["body"].encode().partition(b"\n\n")[2])[1].origin
    key = VerifierKey(name, KeyKind.ED25519, bytes.fromhex(sample["log_public_key_ed25519_hex"]))
    signer = SeedSigner("example.com/witness", KeyKind.COSIGNATURE, b"\x09" * 32)
    beliefs: dict[str, Checkpoint] = {}
    for number, step in enumerate(sample["steps"]):
        answer = add_checkpoint(step["body"].encode(), beliefs=beliefs, keys={name: key}, signer=signer, at=AT)
        assert answer.status == step["expect_status"], number
        assert all(part in answer.body for part in step["expect_body_contains"]), number
        if answer.believed:
            beliefs[name] = answer.believed


def ask(request: Request, believed: Checkpoint | None = None) -> Answer:
    beliefs = {} if believed is None else {ORIGIN: believed}
    return add_checkpoint(request.encode(), beliefs=beliefs, keys={ORIGIN: LOG.key}, signer=COSIGNER, at=AT)


def request(ledger: Ledger, old: int, new: int) -> Request:
    checkpoint = head(ledger, new)
    return Request(old, tuple(proof(ledger, old, new)), signed_checkpoint(checkpoint, [LOG]), checkpoint)


def test_the_cosignature_that_is_answered_makes_the_note_trusted() -> None:
    asked = request(ledger_of(9), 4, 9)
    answer = ask(asked, head(ledger_of(9), 4))
    assert (answer.status, answer.believed, answer.refusal) == (200, asked.checkpoint, None)
    note = Note.parse(asked.note.encode() + answer.body.encode())
    assert len(open_note(note, [LOG.key, COSIGNER.key]).verified) == 2


def test_a_fork_is_refused_and_kept_as_evidence() -> None:
    answer = ask(request(ledger_of(9, "forged"), 9, 9), head(ledger_of(9), 9))
    assert (answer.status, answer.body, answer.believed) == (409, "9\n", None)
    assert isinstance(answer.refusal, ForkError)
    answer = ask(request(ledger_of(9, "forged"), 4, 9), head(ledger_of(9), 4))
    assert (answer.status, answer.believed) == (422, None)
    assert isinstance(answer.refusal, ForkError)


def test_a_log_that_lags_is_told_the_size() -> None:
    answer = ask(request(ledger_of(9), 4, 9), head(ledger_of(9), 6))
    assert (answer.status, answer.body, answer.believed) == (409, "6\n", None)


def test_a_log_that_goes_back_is_refused() -> None:
    ledger = ledger_of(9)
    asked = replace(request(ledger, 5, 5), old=9)
    assert ask(asked, head(ledger, 9)).status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 1",
        b"old 01\n\nx",
        b"old -1\n\nx",
        b"old 9999999999999999999\n\nx",
        b"old 1\n!\n\nx",
        b"old 1\n\xff\n\nx",
        b"old 1\n" + b"AAAA\n" * 64 + b"\nx",
        b"old 1\n\nno note",
    ],
)
def test_a_body_that_is_no_request_is_answered_so(body: bytes) -> None:
    assert add_checkpoint(body, beliefs={}, keys={ORIGIN: LOG.key}, signer=COSIGNER, at=AT).status == 400


def test_a_request_reads_as_it_was_written() -> None:
    asked = request(ledger_of(9), 4, 9)
    assert Request.parse(asked.encode()) == asked
    with pytest.raises(RequestError):
        Request.parse(b"new 4\n\n")


def test_a_checkpoint_another_key_signed_is_not_cosigned() -> None:
    asked = request(ledger_of(3), 0, 3)
    other = SeedSigner("stranger.example", KeyKind.ED25519, b"\x0a" * 32)
    answer = ask(replace(asked, note=signed_checkpoint(asked.checkpoint, [other])))
    assert (answer.status, answer.body) == (403, "invalid signature\n")


def test_a_proof_that_is_no_base64_is_no_request() -> None:
    body = request(ledger_of(9), 4, 9).encode()
    first = body.split(b"\n")[1]
    for spoilt in (b"!", "é".encode(), b"AAA"):
        with pytest.raises(RequestError):
            Request.parse(body.replace(first, spoilt, 1))


def test_a_log_the_witness_does_not_follow_is_refused() -> None:
    asked = request(ledger_of(3), 0, 3)
    answer = add_checkpoint(asked.encode(), beliefs={}, keys={}, signer=COSIGNER, at=AT)
    assert (answer.status, answer.body) == (403, "unknown log\n")


def test_a_checkpoint_whose_signature_was_touched_is_not_cosigned() -> None:
    asked = request(ledger_of(3), 0, 3)
    other = signed_checkpoint(replace(asked.checkpoint, size=2), [LOG]).signatures
    assert ask(replace(asked, note=Note(asked.note.text, other))).status == 403


def test_the_roots_of_the_makers_are_those_of_the_tree() -> None:
    ledger = ledger_of(9)
    assert head(ledger, 9).root == ledger.root == root(leaf_hash(f"entry {n}".encode()) for n in range(9))
