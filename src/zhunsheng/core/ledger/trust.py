"""What a verifier believes about a ledger it does not control.

``Witness`` holds the newest checkpoint that passed every rule:

1. Sizes never go down. A smaller tree is a rollback.
2. Two checkpoints of one size have one root. Two roots are a fork.
3. A larger tree is believed only with a proof that it extends the old one.
4. A checkpoint of another log is not a later checkpoint of this one.
5. A refused checkpoint changes nothing.

Signatures and the network are checked and used by the caller; nothing here reads a
file, a socket or a clock.
"""

from typing import ClassVar

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.note import Checkpoint
from zhunsheng.core.ledger.tree import EMPTY_ROOT, Proof, ProofInvalidError, check_consistency


class LedgerError(ZhunshengError):
    """The ledger broke a promise. Keep both checkpoints: they are the evidence."""


class RollbackError(LedgerError):
    """A smaller tree than the one believed: history was taken back (rule 1)."""

    code: ClassVar[str] = "ledger-rollback"


class ForkError(LedgerError):
    """Another tree than the one believed: two histories (rules 2 and 3)."""

    code: ClassVar[str] = "ledger-fork"


class OtherLogError(LedgerError):
    """A checkpoint of another log (rule 4)."""

    code: ClassVar[str] = "ledger-other"


class Witness:
    """Belief in one log, from the empty tree or from what was believed before."""

    def __init__(self, trusted: Checkpoint) -> None:
        self._trusted = trusted

    @classmethod
    def new(cls, origin: str) -> "Witness":
        """A witness that has seen nothing of the log yet."""
        return cls(Checkpoint(origin, 0, EMPTY_ROOT))

    @property
    def trusted(self) -> Checkpoint:
        """The newest checkpoint believed."""
        return self._trusted

    def advance(self, new: Checkpoint, proof: Proof) -> None:
        """Believe ``new`` from now on.

        Raises:
            OtherLogError: rule 4.
            RollbackError: rule 1.
            ForkError: rules 2 and 3. Rule 3 is also broken by a proof that was merely
                damaged; who can, rebuilds it from the log's own tiles before alarming.
        """
        old = self._trusted
        if new.origin != old.origin:
            raise OtherLogError(f"{new.origin} is not {old.origin}")
        if new.size < old.size:
            raise RollbackError(f"size went from {old.size} to {new.size}")
        if new.size == old.size and new.root != old.root:
            raise ForkError(f"two roots for size {old.size}")
        try:
            check_consistency(old.size, old.root, new.size, new.root, proof)
        except ProofInvalidError as error:
            raise ForkError(f"size {new.size} is not shown to extend size {old.size}") from error
        self._trusted = new
