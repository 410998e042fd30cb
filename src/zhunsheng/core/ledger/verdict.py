"""What a verification found: checks as data, and the one state they add up to.

    unreadable   it is not a file of ours; nothing can be said
    refuted      something in it is not as it was committed
    untrusted    all fits together, but the policy does not vouch for the signer, or the
                 witnesses it asks for have not (yet) signed
    verified     all fits, and those whom the policy names say so

The worst check decides, in this order. What was *not* checked is listed like the rest:
a reader must not take silence for proof. Sentences for people are made by the caller.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from zhunsheng.core.ledger.note import (
    AmbiguousKeyError,
    Checkpoint,
    Note,
    NoteError,
    SignatureInvalidError,
    parse_checkpoint,
)
from zhunsheng.core.ledger.policy import Policy, Trust


class State(StrEnum):
    """Of the whole. The values are public."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNREADABLE = "unreadable"
    UNTRUSTED = "untrusted"


class Found(StrEnum):
    """Of one check. The values are public."""

    PASSED = "passed"
    FAILED = "failed"
    UNREADABLE = "unreadable"
    UNTRUSTED = "untrusted"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer. ``name`` is stable and public (docs/spec/verdict.md)."""

    name: str
    state: Found
    record: str = ""  # the exact record: "event 3", a path; "" is the whole
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """The checkpoint that everything was compared with."""

    checkpoint: Checkpoint
    trust: Trust | None  # None without a policy, or when a signature is wrong


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "is this what was committed?"."""

    checks: tuple[Check, ...]
    signed: Signed | None = None

    @property
    def state(self) -> State:
        """The worst check decides."""
        states = {check.state for check in self.checks}
        for worst, state in _ORDER:
            if worst in states:
                return state
        return State.VERIFIED

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that refute."""
        return tuple(check for check in self.checks if check.state is Found.FAILED)


_ORDER: Final = (
    (Found.UNREADABLE, State.UNREADABLE),
    (Found.FAILED, State.REFUTED),
    (Found.UNTRUSTED, State.UNTRUSTED),
)


def unreadable(name: str, reason: str, record: str = "") -> Verdict:
    """Return the verdict on something that is not a file of ours."""
    return Verdict((Check(name, Found.UNREADABLE, record, found=reason),))


def passed_if(ok: bool, name: str, *, record: str = "", expected: str = "", found: str = "") -> Check:  # noqa: FBT001  # the question itself
    """Return a check that passed or failed."""
    return Check(name, Found.PASSED if ok else Found.FAILED, record, expected, found)


def examine_checkpoint(text: str, policy: Policy | None) -> tuple[list[Check], Signed | None]:
    """Check form and signatures of a checkpoint.

    Returns:
        Checks ``checkpoint``, ``log-signature``, ``witness-quorum``, and the checkpoint,
        or None when it cannot be read.
    """
    try:
        note, checkpoint = parse_checkpoint(text.encode())
    except NoteError as error:
        return [Check("checkpoint", Found.FAILED, expected="a signed checkpoint", found=str(error))], None
    checks, trust = _signatures(note, checkpoint, policy)
    return [Check("checkpoint", Found.PASSED, found=checkpoint.origin), *checks], Signed(checkpoint, trust)


def _signatures(note: Note, checkpoint: Checkpoint, policy: Policy | None) -> tuple[list[Check], Trust | None]:
    if policy is None:
        return [
            Check("log-signature", Found.UNTRUSTED, expected="a policy"),
            Check("witness-quorum", Found.NOT_CHECKED),
        ], None
    try:
        trust = policy.examine(note, checkpoint)
    except (SignatureInvalidError, AmbiguousKeyError) as error:
        return [Check("log-signature", Found.FAILED, found=str(error))], None
    return [_log_check(trust, policy), _quorum_check(trust)], trust


def _log_check(trust: Trust, policy: Policy) -> Check:
    if trust.logs:
        return Check("log-signature", Found.PASSED, found=str(trust.logs[0]))
    name = "log-key-retired" if trust.retired else "log-signature"
    found = ", ".join(map(str, trust.retired)) or f"{trust.unknown} unknown"
    return Check(name, Found.UNTRUSTED, expected=policy.origin, found=found)


def _quorum_check(trust: Trust) -> Check:
    expected, found = str(trust.quorum), str(len(trust.cosigners))
    if not trust.has_quorum:
        return Check("witness-quorum", Found.UNTRUSTED, expected=expected, found=found)
    state = Found.PASSED if trust.cosigners else Found.NOT_CHECKED  # a quorum of none proves nothing
    return Check("witness-quorum", state, expected=expected, found=found)
