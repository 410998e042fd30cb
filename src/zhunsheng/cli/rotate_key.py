"""``zhunsheng rotate-key``: replace the key that signs the ledger, so that whoever trusted the old one follows.

Twice. First with ``--last-day``: a new key is made and signs beside the old one, and the
policy file gets a line for it and a last day for the old. Then, when that day is over and
every witness knows the new key, with ``--finish``: the old key is destroyed.
"""

import argparse
from datetime import date
from typing import ClassVar, Final

from zhunsheng.apps.journal import ledger
from zhunsheng.cli.main import show
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.keys import VerifierKey
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.infra import clock, datadir, durable
from zhunsheng.infra.keys import KeyRing

HELP: Final = "replace the key that signs the ledger: first with --last-day, later with --finish"
DJANGO: Final = True


class RotationError(ZhunshengError):
    """This step of the rotation cannot be taken now."""

    code: ClassVar[str] = "rotation-refused"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--last-day", type=_day, metavar="DATE", help="make a new key; the old one's last day")
    which.add_argument("--finish", action="store_true", help="destroy the old key: its last day is over")


def run(args: argparse.Namespace) -> int:
    """Take one of the two steps."""
    if args.finish:
        key = finish(clock.today())
        show(args, {"key": str(key), "finished": True}, [f"旧密钥已销毁 (old key destroyed); signs now: {key}"])
        return 0
    key = begin(args.last_day, clock.today())
    lines = [
        f"新密钥 (new key): {key}",
        f"新旧密钥一起签名 (both sign). Publish {datadir.current().policy}; witnesses add the key to log.vkey.",
        f"After {args.last_day}: zhunsheng rotate-key --finish",
    ]
    show(args, {"key": str(key), "finished": False}, lines)
    return 0


def begin(last_day: date, today: date) -> VerifierKey:
    """Make the new key and date the old one. Called again after an interruption it goes on.

    Raises:
        RotationError: the last day is in the past.
        KeyMissingError: ``init`` has not run here.
    """
    if last_day < today:
        raise RotationError(f"{last_day} 已经过去 (is over): a key cannot end in the past")
    data = datadir.current()
    ring, rules = KeyRing(data), ledger.policy()
    # If we stop after this line both keys sign and everybody still believes the old one.
    new = ring.add_log_signer().key
    _witness(new)
    if new not in {dated.key for dated in rules.logs}:
        old = ring.log_signers()[1].key
        text = _dated(data.policy.read_text(encoding="utf-8"), old, new, last_day, today)
        Policy.parse(text)  # what could not be read is not written
        durable.write(data.policy, text.encode(), mode=0o644)
    return new


def finish(today: date) -> VerifierKey:
    """Destroy the old key.

    Raises:
        RotationError: no rotation is under way, or the old key's last day is not over.
    """
    ring = KeyRing(datadir.current())
    newest, *old = (signer.key for signer in ring.log_signers())
    if not old:
        raise RotationError("没有正在更换的密钥 (no rotation is under way)")
    days = {dated.key: dated.until for dated in ledger.policy().logs}
    for key in old:
        last = days.get(key)
        if last is None or last >= today:
            raise RotationError(f"旧密钥用到 {last} (the old key is good until then): finish on a later day")
    ring.drop_old_log_signers()
    return newest


def _dated(text: str, old: VerifierKey, new: VerifierKey, last_day: date, today: date) -> str:
    """Return the policy with a last day for ``old`` and a line for ``new``; comments stay."""
    lines = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words[:2] != ["log", str(old)]:
            lines.append(line)
            continue
        since = " ".join(words[2:4]) if words[2:3] == ["from"] else ""
        lines.append(" ".join(filter(None, ["log", str(old), since, "to", last_day.isoformat()])))
        lines.append(f"log {new} from {today.isoformat()}")
    return "\n".join([*lines, ""])


def _witness(new: VerifierKey) -> None:
    """Tell the demo's own witness; others are told by people, who compare the key."""
    witness = ledger.own_witness()
    known = witness.keys() if witness else []
    if witness and known and new not in known:
        witness.pin([*known, new])


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError("not a day such as 2026-11-30") from None
