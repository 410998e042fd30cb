"""Whom a verifier believes: the policy file, and what it makes of a checkpoint.

    # one line, one key; days are days in China (UTC+8), both ends included
    log <vkey> [from YYYY-MM-DD] [to YYYY-MM-DD]
    witness <vkey> [from YYYY-MM-DD] [to YYYY-MM-DD]
    quorum <k>

Keys come from nowhere else. A log has as many ``log`` lines as it had keys; all carry
the log's name, which is the first line of its checkpoints.

A plain log signature has no time, so a key that has a last day could be used after it.
Such a key counts only when at least one witness, and a quorum of them if that is more,
cosigned the checkpoint within the key's days. A cosignature counts when its own time
lies within the witness's days. docs/spec/checkpoint.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import ClassVar, Final

from typing_extensions import override

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.keys import KeyKind, KeyTextError, VerifierKey
from zhunsheng.core.ledger.note import Checkpoint, Note, Verified, open_note

CHINA: Final = timezone(timedelta(hours=8))
_DAYS: Final = {"from", "to"}


class PolicyError(ZhunshengError):
    """The policy file cannot be read. ``line`` counts from 1; 0 means the whole."""

    code: ClassVar[str] = "policy-malformed"

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class DatedKey:
    """A key and the days on which it is good. None is open."""

    key: VerifierKey
    since: date | None = None
    until: date | None = None

    def covers(self, at: int) -> bool:
        """Whether ``at``, seconds since 1970 UTC, is one of its days."""
        try:
            day = datetime.fromtimestamp(at, UTC).astimezone(CHINA).date()
        except (OverflowError, ValueError, OSError):  # a clock beyond the year 9999
            return False
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @override
    def __str__(self) -> str:
        """Return ``<vkey> from … to …``."""
        since = "" if self.since is None else f" from {self.since}"
        return f"{self.key}{since}" + ("" if self.until is None else f" to {self.until}")


@dataclass(frozen=True, slots=True)
class Trust:
    """What the signatures of one checkpoint are worth under a policy."""

    logs: tuple[VerifierKey, ...]  # keys of the log that signed, on good days
    retired: tuple[VerifierKey, ...]  # signed as well, but not shown to be on its days
    cosigners: tuple[Verified, ...]  # witnesses whose signature counts
    unknown: int  # signatures of keys the policy does not name
    quorum: int

    @property
    def has_quorum(self) -> bool:
        """Whether enough witnesses saw this checkpoint."""
        return len(self.cosigners) >= self.quorum


@dataclass(frozen=True, slots=True)
class Policy:
    """The parsed file."""

    logs: tuple[DatedKey, ...]
    witnesses: tuple[DatedKey, ...] = ()
    quorum: int = 0

    def __post_init__(self) -> None:
        """Refuse what could never be met, or met by one key twice."""
        keys = [dated.key for dated in (*self.logs, *self.witnesses)]
        if not self.logs or len(set(keys)) != len(keys):
            raise PolicyError(0, "no log key, or a key twice")
        if not 0 <= self.quorum <= len({dated.key.name for dated in self.witnesses}):
            raise PolicyError(0, f"a quorum of {self.quorum} cannot be met")

    @property
    def origin(self) -> str:
        """Name of the log that the first line trusts."""
        return self.logs[0].key.name

    def write(self) -> str:
        """Return the file."""
        lines = [f"log {dated}" for dated in self.logs]
        lines += [f"witness {dated}" for dated in self.witnesses]
        return "\n".join([*lines, f"quorum {self.quorum}", ""])

    @classmethod
    def parse(cls, text: str) -> "Policy":
        """Read what ``write`` writes; comments and empty lines are allowed.

        Raises:
            PolicyError: a line that is none of the three, a key of the wrong kind, a bad
                day, more than one quorum, or no log key.
        """
        logs: list[DatedKey] = []
        witnesses: list[DatedKey] = []
        quorums: list[int] = []
        for number, line in enumerate(text.splitlines(), start=1):
            match line.partition("#")[0].split():
                case []:
                    pass
                case ["log", *rest]:
                    logs.append(_dated(number, rest, KeyKind.ED25519))
                case ["witness", *rest]:
                    witnesses.append(_dated(number, rest, KeyKind.COSIGNATURE))
                case ["quorum", count] if count.isascii() and count.isdigit() and not quorums:
                    quorums.append(int(count[:9]))
                case _:
                    raise PolicyError(number, "neither log, witness nor the one quorum")
        return cls(tuple(logs), tuple(witnesses), sum(quorums))

    def examine(self, note: Note, checkpoint: Checkpoint) -> Trust:
        """Say what the signatures under a checkpoint are worth.

        Raises:
            SignatureInvalidError: one of the policy's keys is claimed and the signature wrong.
        """
        opened = open_note(note, (dated.key for dated in (*self.logs, *self.witnesses)))
        cosigners = self._cosigners(opened.verified)
        signed = {verified.key for verified in opened.verified}
        logs = [d for d in self.logs if d.key in signed and d.key.name == checkpoint.origin]
        good = [d.key for d in logs if self._is_good(d, cosigners)]
        retired = [d.key for d in logs if d.key not in good]
        return Trust(tuple(good), tuple(retired), cosigners, len(opened.unknown), self.quorum)

    def _cosigners(self, verified: Iterable[Verified]) -> tuple[Verified, ...]:
        """One for each witness name: a witness that changes its key is still one witness."""
        days = {dated.key: dated for dated in self.witnesses}
        by_name: dict[str, Verified] = {}
        for one in verified:
            if one.at is not None and days[one.key].covers(one.at):
                by_name.setdefault(one.key.name, one)
        return tuple(by_name.values())

    def _is_good(self, log: DatedKey, cosigners: Sequence[Verified]) -> bool:
        if log.until is None:
            return True
        seen = sum(log.covers(one.at) for one in cosigners if one.at is not None)
        return seen >= max(1, self.quorum)


def _dated(number: int, words: Sequence[str], kind: KeyKind) -> DatedKey:
    try:
        key = VerifierKey.parse(words[0])
        names, days = words[1::2], [date.fromisoformat(word) for word in words[2::2]]
    except (IndexError, KeyTextError, ValueError) as error:
        raise PolicyError(number, "no key, or a day that is none") from error
    found = dict(zip(names, days, strict=False))
    if key.kind is not kind:
        raise PolicyError(number, "a key for another use")
    if len(names) != len(days) or len(found) != len(names) or not found.keys() <= _DAYS:
        raise PolicyError(number, "days are: from YYYY-MM-DD to YYYY-MM-DD")
    return DatedKey(key, found.get("from"), found.get("to"))
