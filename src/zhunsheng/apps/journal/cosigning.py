"""The log's side of witnessing: fetch what witnesses signed, check it, and publish it under the checkpoint.

A witness that believes more than the database knows has seen a history we have lost: the log must not be
continued, whatever the database says (a backup was restored, together with the log's folder).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zhunsheng.apps.journal import checkpoints
from zhunsheng.apps.journal.sequencer import LogBrokenError, Sequencer
from zhunsheng.apps.journal.sources import Source, SourceError, source
from zhunsheng.core.ledger.note import Note, NoteError, SignatureInvalidError, open_note, parse_checkpoint
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.infra.datadir import DataDir

LIST: Final = "witnesses"  # DATA/witnesses: one folder or address a line


@dataclass(frozen=True, slots=True)
class Collected:
    """What a round among the witnesses brought."""

    new: int  # cosignatures
    silent: tuple[str, ...]  # witnesses that could not be read, and why


def places(data: DataDir) -> list[str]:
    """Return where the witnesses of this installation are read: ``DATA/witnesses``, else the demo's own folder."""
    path = data.root / LIST
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [str(data.witness)] if (data.witness / "checkpoint").exists() else []


def collect(log: Sequencer, rules: Policy, witnesses: Iterable[str]) -> Collected:
    """Ask each witness once and publish what is new.

    Raises:
        LogBrokenError: a witness has seen another history. Nothing is published.
    """
    new, silent = 0, []
    for place in witnesses:
        try:
            new += _ask(rules, source(place))
        except (SourceError, NoteError, SignatureInvalidError) as error:
            silent.append(f"{place}: {error}")
        except LogBrokenError as error:
            log.alarm(error)
            raise
    if new:
        with log.store.lock():
            log.recover()
    return Collected(new, tuple(silent))


def _ask(rules: Policy, witness: Source) -> int:
    data = witness.checkpoint()
    if data is None:
        return 0
    note, checkpoint = parse_checkpoint(data)
    witnesses = [dated.key for dated in rules.witnesses]
    # Our own signature counts against us too: a policy that came out of an old backup may not know the witness yet.
    opened = open_note(note, [*witnesses, *(dated.key for dated in rules.logs)])
    if not opened.verified or checkpoint.origin != rules.origin:
        return 0
    known = checkpoints.at(checkpoint.size)
    if known is None or known.root != checkpoint.root:
        newest = checkpoints.newest()
        reason = "witness-ahead" if newest is None or newest.size < checkpoint.size else "witness-forked"
        raise LogBrokenError(reason, f"a witness has seen a tree of {checkpoint.size} that the database does not know")
    return sum(
        checkpoints.add_cosignature(checkpoint.size, verified.key.name, _line(note, verified.key.name))
        for verified in opened.verified
        if verified.key in witnesses
    )


def _line(note: Note, name: str) -> str:
    return next(str(line) for line in note.signatures if line.name == name)
