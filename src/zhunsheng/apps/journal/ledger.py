"""The ledger of this installation, as the worker keeps it going and others ask about it.

One round: hear the witnesses, so that nothing is signed that contradicts them; sequence a batch; have our own
witness look (in a demonstration); publish its signature. From the office's commit to the witness's signature
takes one to two rounds: the unwitnessed window.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from zhunsheng.apps.journal import checkpoints, cosigning, proofs
from zhunsheng.apps.journal.checkpoints import Window
from zhunsheng.apps.journal.sequencer import Sequencer
from zhunsheng.apps.journal.sources import Folder
from zhunsheng.apps.journal.tilestore import StoreBusyError, TileStore
from zhunsheng.apps.journal.witnessing import Witness
from zhunsheng.core.ledger.policy import DatedKey, Policy
from zhunsheng.infra import clock, datadir, durable, env
from zhunsheng.infra.keys import KeyMissingError, KeyRing

ROUND_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why the log is not continued, or what the witness holds against it."""

    who: str  # log | witness
    reason: str
    detail: str
    evidence: str


def tick() -> bool:
    """Do one round; say whether there was anything to sequence. What the worker calls.

    Raises:
        LogBrokenError: database, published log and witnesses do not fit. Nothing was signed.
        RollbackError, ForkError: our own witness refuses the log.
    """
    data = datadir.current()
    rules, log, witness = policy(), sequencer(), own_witness()
    cosigning.collect(log, rules, cosigning.places(data))
    count = log.run_once()
    if witness is not None:
        with suppress(StoreBusyError):  # ``zhunsheng witness`` is at work on the same folder: it looks for us
            witness.look(Folder(data.log))
        cosigning.collect(log, rules, [str(witness.store.root)])
    return count > 0


def sequencer() -> Sequencer:
    """Return the sequencer of this installation."""
    data = datadir.current()
    return Sequencer(TileStore(data.log), env.current().origin, KeyRing(data).log_signers())


def own_witness() -> Witness | None:
    """Return the demo's own witness, or None where none runs here."""
    data = datadir.current()
    with suppress(KeyMissingError):
        return Witness(TileStore(data.witness), KeyRing(data).witness_signer(), machine_seconds)
    return None


def machine_seconds() -> int:
    """Return the machine's time in seconds since 1970: a witness signs when it looked, whatever the demo clock says."""
    return int((clock.now() - clock.offset()).timestamp())


def policy() -> Policy:
    """Return the policy of this installation; written from its own keys where there is none yet.

    Raises:
        PolicyError: the file cannot be read as one.
    """
    found = proofs.policy()
    if found is not None:
        return found
    data = datadir.current()
    witness = own_witness()
    cosigners = () if witness is None else (DatedKey(witness.signer.key),)
    made = Policy((DatedKey(KeyRing(data).log_signer().key),), cosigners, len(cosigners))
    durable.create(data.policy, made.write().encode(), mode=0o644)
    return made


def window() -> Window:
    """Measure the unwitnessed window of this installation, in seconds."""
    return checkpoints.window(policy().quorum)


def alarms() -> list[Alarm]:
    """Return what the sequencer and our own witness refuse at present; nothing when all is well."""
    data = datadir.current()
    found = []
    for who, folder in (("log", data.log), ("witness", data.witness)):
        with suppress(FileNotFoundError):
            content = json.loads((folder / "alarm.json").read_bytes())
            found.append(Alarm(who, content["reason"], content["detail"], content["evidence"]))
    return found
