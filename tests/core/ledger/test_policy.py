"""The policy file, and what it makes of signatures."""

from datetime import UTC, date, datetime

import pytest

from tests.core.ledger.makers import AT, COSIGNER, LOG, OLD_LOG, ORIGIN, POLICY, SECOND, Ledger
from zhunsheng.core.ledger.keys import KeyKind, SeedSigner, VerifierKey
from zhunsheng.core.ledger.note import Checkpoint, Note, SignatureInvalidError, cosign_line, signed_checkpoint
from zhunsheng.core.ledger.policy import DatedKey, Policy, PolicyError, Trust
from zhunsheng.core.ledger.tree import leaf_hash

HEAD = Checkpoint(ORIGIN, 7, leaf_hash(b"root"))


def note(*logs: SeedSigner, cosigned: dict[SeedSigner, int] | None = None) -> Note:
    signed = signed_checkpoint(HEAD, logs)
    return signed.with_lines(*(cosign_line(signed.text, who, at) for who, at in (cosigned or {}).items()))


def examine(policy: Policy, signed: Note) -> Trust:
    return policy.examine(signed, HEAD)


def day(text: str) -> int:
    return int(datetime.fromisoformat(text + "T12:00:00+08:00").timestamp())


def test_a_policy_reads_as_it_was_written() -> None:
    policy = Policy(
        (DatedKey(OLD_LOG.key, None, date(2026, 6, 30)), DatedKey(LOG.key, date(2026, 7, 1))),
        (DatedKey(COSIGNER.key), DatedKey(SECOND.key, date(2026, 1, 1), date(2027, 1, 1))),
        2,
    )
    assert Policy.parse(policy.write()) == policy
    assert policy.origin == ORIGIN


def test_comments_and_empty_lines_are_for_people() -> None:
    text = f"# whom we believe\n\nlog {LOG.key}   # since the start\n\twitness {COSIGNER.key}\nquorum 1\n"
    assert Policy.parse(text) == POLICY
    assert Policy.parse(f"log {LOG.key}").quorum == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("quorum 0\n", 0),
        (f"log {LOG.key}\nlog {LOG.key}\n", 0),
        (f"log {LOG.key}\nquorum 1\n", 0),
        (f"log {LOG.key}\nwitness {COSIGNER.key}\nquorum 2\n", 0),
        (f"log {LOG.key}\nquorum 0\nquorum 0\n", 3),
        (f"log {LOG.key}\nquorum -1\n", 2),
        (f"log {LOG.key}\nquorum ²\n", 2),
        (f"log {LOG.key}\nquorum\n", 2),
        ("log\n", 1),
        ("log nonsense\n", 1),
        (f"log {COSIGNER.key}\n", 1),
        (f"witness {LOG.key}\n", 1),
        (f"log {LOG.key} from\n", 1),
        (f"log {LOG.key} from 2026-02-30\n", 1),
        (f"log {LOG.key} since 2026-01-01\n", 1),
        (f"log {LOG.key} from 2026-01-01 from 2026-01-02\n", 1),
        (f"log {LOG.key} from 2026-01-01 to\n", 1),
        (f"trust {LOG.key}\n", 1),
    ],
)
def test_a_policy_that_could_be_misread_is_refused(text: str, line: int) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.parse(text)
    assert refused.value.line == line


def test_log_and_quorum_are_found() -> None:
    trust = examine(POLICY, note(LOG, cosigned={COSIGNER: AT}))
    assert (trust.logs, trust.retired, trust.unknown) == ((LOG.key,), (), 0)
    assert [one.at for one in trust.cosigners] == [AT]
    assert trust.has_quorum


def test_a_missing_quorum_shows() -> None:
    assert not examine(POLICY, note(LOG)).has_quorum
    assert examine(Policy((DatedKey(LOG.key),)), note(LOG)).has_quorum


def test_a_key_the_policy_does_not_name_counts_for_nothing() -> None:
    trust = examine(POLICY, note(OLD_LOG, cosigned={SECOND: AT}))
    assert (trust.logs, trust.cosigners, trust.unknown) == ((), (), 2)


def test_a_wrong_signature_of_a_named_key_is_not_passed_over() -> None:
    signed = note(LOG, cosigned={COSIGNER: AT})
    other = Note(Checkpoint(ORIGIN, 8, HEAD.root).text(), signed.signatures)
    with pytest.raises(SignatureInvalidError):
        POLICY.examine(other, HEAD)


def test_a_log_key_speaks_for_its_own_log_only() -> None:
    stranger = Checkpoint("other.example", 7, HEAD.root)
    trust = POLICY.examine(signed_checkpoint(stranger, [LOG]), stranger)
    assert trust.logs == ()


@pytest.mark.parametrize(
    ("seen", "good"),
    [(None, False), ("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_retired_key_needs_a_witness_of_its_days(seen: str | None, good: bool) -> None:  # noqa: FBT001
    policy = Policy((DatedKey(LOG.key, date(2026, 6, 1), date(2026, 6, 30)),), (DatedKey(COSIGNER.key),), 0)
    trust = examine(policy, note(LOG, cosigned={COSIGNER: day(seen)} if seen else None))
    assert (trust.logs, trust.retired) == (((LOG.key,), ()) if good else ((), (LOG.key,)))


def test_a_retired_key_needs_a_whole_quorum_of_its_days() -> None:
    keys = (DatedKey(COSIGNER.key), DatedKey(SECOND.key))
    policy = Policy((DatedKey(LOG.key, None, date(2026, 6, 30)),), keys, 2)
    late = {COSIGNER: day("2026-06-01"), SECOND: day("2026-07-01")}
    assert examine(policy, note(LOG, cosigned=late)).logs == ()
    assert examine(policy, note(LOG, cosigned=late | {SECOND: day("2026-06-02")})).logs == (LOG.key,)


def test_while_a_key_is_replaced_either_one_is_enough() -> None:
    policy = Policy((DatedKey(OLD_LOG.key, None, date(2026, 1, 1)), DatedKey(LOG.key)))
    trust = examine(policy, note(OLD_LOG, LOG))
    assert (trust.logs, trust.retired) == ((LOG.key,), (OLD_LOG.key,))


def test_a_witness_counts_on_its_days_only() -> None:
    policy = Policy((DatedKey(LOG.key),), (DatedKey(COSIGNER.key, date(2026, 6, 1)),), 1)
    assert not examine(policy, note(LOG, cosigned={COSIGNER: day("2026-05-31")})).has_quorum
    assert examine(policy, note(LOG, cosigned={COSIGNER: day("2026-06-01")})).has_quorum


def test_a_witness_that_changes_its_key_is_still_one_witness() -> None:
    renewed = SeedSigner(COSIGNER.name, KeyKind.COSIGNATURE, b"\x0b" * 32)
    keys = (DatedKey(COSIGNER.key), DatedKey(renewed.key), DatedKey(SECOND.key))
    trust = examine(Policy((DatedKey(LOG.key),), keys, 2), note(LOG, cosigned={COSIGNER: AT, renewed: AT}))
    assert not trust.has_quorum
    with pytest.raises(PolicyError):
        Policy((DatedKey(LOG.key),), keys[:2], 2)


@pytest.mark.parametrize("at", [2**63, 2**40 * 10])
def test_a_clock_gone_mad_does_not_count_and_does_not_crash(at: int) -> None:
    assert not DatedKey(COSIGNER.key).covers(at)
    assert not examine(POLICY, note(LOG, cosigned={COSIGNER: at})).has_quorum


def test_a_day_is_a_day_in_china() -> None:
    key = DatedKey(LOG.key, date(2026, 3, 2), date(2026, 3, 2))
    first, last = (int(datetime(2026, 3, d, 16, tzinfo=UTC).timestamp()) for d in (1, 2))
    assert [key.covers(at) for at in (first - 1, first, last - 1, last)] == [False, True, True, False]


def test_the_origin_is_the_name_of_the_log() -> None:
    ledger = Ledger()
    ledger.add(b"x")
    assert ledger.note().text.split("\n")[0] == VerifierKey.parse(str(LOG.key)).name
