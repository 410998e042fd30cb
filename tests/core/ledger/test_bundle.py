"""A publication and its proof: what is verified, and that no single byte can change unseen."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledger.makers import COSIGNER, LOG, OLD_LOG, POLICY, SECOND, Ledger, publication, wrap
from zhunsheng.core.ledger.bundle import MAX_BUNDLE, Bundle, BundleError, verify_bundle
from zhunsheng.core.ledger.canonical import canonical, parse_object, sha256
from zhunsheng.core.ledger.entry import Entry
from zhunsheng.core.ledger.note import Note
from zhunsheng.core.ledger.policy import DatedKey, Policy
from zhunsheng.core.ledger.verdict import Found, State, Verdict

LEDGER = Ledger()
BUNDLE = publication(LEDGER)
DATA = BUNDLE.encode()


def verify(bundle: Bundle, policy: Policy | None = POLICY) -> Verdict:
    return verify_bundle(bundle.encode(), policy)


def states(verdict: Verdict) -> dict[str, Found]:
    return {check.name: check.state for check in verdict.checks}


def test_an_untouched_publication_is_verified() -> None:
    verdict = verify(BUNDLE)
    assert verdict.state is State.VERIFIED
    assert set(states(verdict).values()) == {Found.PASSED}
    assert set(states(verdict)) == {
        *("entry", "content", "pdf", "origin", "size", "inclusion", "checkpoint", "log-signature", "witness-quorum")
    }
    assert verdict.signed is not None
    assert verdict.failed == ()


def test_spacing_and_order_of_members_do_not_matter() -> None:
    assert verify_bundle(json.dumps(json.loads(DATA), indent=2).encode(), POLICY).state is State.VERIFIED


@pytest.mark.parametrize("member", ["content", "entry", "proof", "checkpoint", "origin", "pdf_sha256"])
def test_every_single_character_of_every_member_counts(member: str) -> None:
    raw = parse_object(DATA)
    value = raw[member]
    texts = value if isinstance(value, list) else [value]
    for number, text in enumerate(texts):
        assert isinstance(text, str)
        for at in range(len(text)):
            changed = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
            new = [*texts[:number], changed, *texts[number + 1 :]] if isinstance(value, list) else changed
            verdict = verify_bundle(canonical(raw | {member: new}), POLICY)
            assert verdict.state is State.REFUTED, (member, number, at)


@given(st.integers(0, len(DATA) - 1), st.integers(0, 7))
@settings(max_examples=400)
def test_no_bit_of_the_file_can_change_unseen(at: int, bit: int) -> None:
    changed = DATA[:at] + bytes([DATA[at] ^ 1 << bit]) + DATA[at + 1 :]
    assert verify_bundle(changed, POLICY).state in {State.REFUTED, State.UNREADABLE}


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ({"index": BUNDLE.index + 1}, "inclusion"),
        ({"index": -1}, "inclusion"),
        ({"index": 2**53 - 1}, "inclusion"),
        ({"size": 5}, "size"),
        ({"proof": BUNDLE.proof[:-1]}, "inclusion"),
        ({"proof": (*BUNDLE.proof, "00" * 32)}, "inclusion"),
        ({"proof": ("xy",)}, "inclusion"),
        ({"proof": (BUNDLE.proof[0].upper(), *BUNDLE.proof[1:])}, "inclusion"),
        ({"origin": "other.example"}, "origin"),
        ({"checkpoint": "no note"}, "checkpoint"),
        ({"entry": "{}"}, "entry"),
        ({"entry": Entry(b"\x01" * 32).encode().decode()}, "entry"),
        ({"content": BUNDLE.content + " "}, "content"),
        ({"pdf_sha256": "00" * 32}, "pdf"),
    ],
)
def test_what_does_not_fit_is_named(damage: dict[str, object], check: str) -> None:
    verdict = verify(replace(BUNDLE, **damage))  # type: ignore[arg-type]  # members by name
    assert verdict.state is State.REFUTED
    assert states(verdict)[check] is Found.FAILED


def test_a_proof_for_another_publication_is_of_no_use() -> None:
    other = Entry(b"\x01" * 32, Entry.parse(BUNDLE.entry.encode()).public, b"\x02" * 32).encode().decode()
    assert states(verify(replace(BUNDLE, entry=other)))["inclusion"] is Found.FAILED


# --- Whom to believe ---


def test_without_a_policy_nobody_is_believed() -> None:
    verdict = verify(BUNDLE, None)
    assert verdict.state is State.UNTRUSTED
    assert states(verdict)["log-signature"] is Found.UNTRUSTED
    assert states(verdict)["inclusion"] is Found.PASSED
    assert states(verify(replace(BUNDLE, content="x"), None))["content"] is Found.FAILED
    assert verify(replace(BUNDLE, content="x"), None).state is State.REFUTED


def test_another_logs_policy_does_not_vouch() -> None:
    verdict = verify(BUNDLE, Policy((DatedKey(OLD_LOG.key),)))
    assert (verdict.state, states(verdict)["log-signature"]) == (State.UNTRUSTED, Found.UNTRUSTED)


def test_a_missing_quorum_is_its_own_answer() -> None:
    ledger = Ledger()
    bundle = publication(ledger)
    pending = replace(bundle, checkpoint=ledger.note(cosigners=()).encode().decode())
    verdict = verify(pending)
    assert verdict.state is State.UNTRUSTED
    assert states(verdict)["log-signature"] is Found.PASSED
    (check,) = (check for check in verdict.checks if check.name == "witness-quorum")
    assert (check.state, check.expected, check.found) == (Found.UNTRUSTED, "1", "0")


def test_a_quorum_of_none_is_met_and_said_to_prove_nothing() -> None:
    ledger = Ledger()
    alone = replace(publication(ledger), checkpoint=ledger.note(cosigners=()).encode().decode())
    verdict = verify(alone, Policy((DatedKey(LOG.key),)))
    assert (verdict.state, states(verdict)["witness-quorum"]) == (State.VERIFIED, Found.NOT_CHECKED)


def test_a_key_found_in_the_bundle_is_never_believed() -> None:
    """Whoever rewrites the tree signs it with a key of his own and sends the key along."""
    ledger = Ledger()
    forged = replace(publication(ledger), checkpoint=ledger.note(log=OLD_LOG, cosigners=(SECOND,)).encode().decode())
    assert verify(forged).state is State.UNTRUSTED


def test_a_retired_key_has_its_own_name() -> None:
    policy = Policy((DatedKey(LOG.key, None, date(2020, 1, 1)),), (DatedKey(COSIGNER.key),), 1)
    verdict = verify(BUNDLE, policy)
    assert (verdict.state, states(verdict)["log-key-retired"]) == (State.UNTRUSTED, Found.UNTRUSTED)


def test_a_cosignature_that_was_touched_refutes_even_if_the_quorum_is_met_without_it() -> None:
    ledger = Ledger()
    bundle = publication(ledger)
    note = ledger.note(cosigners=(COSIGNER, SECOND))
    text = note.encode().decode()
    changed = text[:-10] + ("A" if text[-10] != "A" else "B") + text[-9:]
    policy = Policy((DatedKey(LOG.key),), (DatedKey(COSIGNER.key), DatedKey(SECOND.key)), 1)
    assert verify(replace(bundle, checkpoint=text), policy).state is State.VERIFIED
    assert verify(replace(bundle, checkpoint=changed), policy).state is State.REFUTED
    assert Note.parse(text.encode()) == note


# --- What is no bundle ---


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"[]",
        b"{}",
        b'{"format":"zhunsheng-bundle/2"}',
        b'{"format":"zhunsheng-bundle/1"}',
        b"[" * 100_000,
        b" " * (MAX_BUNDLE + 1),
        DATA.replace(b'"index":5', b'"index":5.5'),
        DATA.replace(b'"index":5', b'"index":true'),
        DATA.replace(b'"index":5', b'"index":"5"'),
        DATA.replace(b'"index":5', b'"index":5,"index":5'),
        DATA.replace(b'"index":5', b'"index":5,"more":1'),
        DATA.replace(b'"index":5', b'"index":5' + b"0" * 5000),
        DATA.replace(b'"proof":[', b'"proof":[1,'),
        DATA.replace(b'"proof":[', b'"proof":"x","extra":['),
    ],
)
def test_what_is_no_bundle_is_unreadable(data: bytes) -> None:
    verdict = verify_bundle(data, POLICY)
    assert verdict.state is State.UNREADABLE
    with pytest.raises(BundleError):
        Bundle.parse(data)


@pytest.mark.parametrize(("member", "value"), [("proof", "x"), ("content", 1), ("origin", None), ("size", "9")])
def test_a_member_of_another_type_is_unreadable(member: str, value: str | int | None) -> None:
    assert verify_bundle(canonical(parse_object(DATA) | {member: value}), POLICY).state is State.UNREADABLE


@given(st.binary(max_size=300))
def test_noise_never_raises(data: bytes) -> None:
    assert verify_bundle(data, POLICY).state is State.UNREADABLE


def test_a_bundle_reads_as_it_was_written() -> None:
    assert Bundle.parse(DATA) == BUNDLE
    bare = replace(BUNDLE, size=None, pdf_sha256=None)
    assert Bundle.parse(bare.encode()) == bare
    assert verify(bare).state is State.VERIFIED


# --- The PDF ---


def test_a_pdf_the_published_text_does_not_name_is_not_proved() -> None:
    ledger = Ledger()
    text = "plain text, no PDF"
    entry = Entry(b"\x01" * 32, sha256(text.encode()), b"\x02" * 32).encode()
    bundle = wrap(ledger, text, entry, ledger.add(entry))
    assert "pdf" not in states(verify(bundle))
    verdict = verify(replace(bundle, pdf_sha256="00" * 32))
    assert (verdict.state, states(verdict)["pdf"]) == (State.VERIFIED, Found.NOT_CHECKED)


def test_the_worst_check_decides() -> None:
    checks = (*verify(BUNDLE, None).checks, *verify(replace(BUNDLE, content="x")).checks)
    assert Verdict(checks).state is State.REFUTED
    assert Verdict((*checks, *verify_bundle(b"", POLICY).checks)).state is State.UNREADABLE
