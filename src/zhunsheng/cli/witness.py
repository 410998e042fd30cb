"""``zhunsheng witness``: look at a published log, sign what extends what was seen, keep proof of what does not.

It needs no database and nothing of the operator but the published files. Run it on another machine, under
another hand: a witness under the operator's own hand proves little.
"""

import argparse
import os
import socket
import sys
import time
from pathlib import Path
from typing import Final

from zhunsheng.apps.journal.sources import SourceError, source
from zhunsheng.apps.journal.tilestore import StoreBusyError, TileStore
from zhunsheng.apps.journal.witnessing import LogUnreadableError, Witness, believed_by
from zhunsheng.cli.main import settle, show
from zhunsheng.core.ledger.keys import KEY_SIZE, KeyKind, SeedSigner
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.trust import LedgerError
from zhunsheng.infra import clock, datadir, durable, keys

HELP: Final = "look at a published log and cosign what extends what was seen"

SIGNED: Final = 0  # or nothing new
REFUSED: Final = 1  # the log broke its promise
UNREADABLE: Final = 2  # nobody answers, or nothing that can be judged


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--state", type=Path, required=True, metavar="DIR", help="the witness's own folder")
    parser.add_argument("--log", required=True, metavar="URL", help="address or folder of the published log")
    parser.add_argument("--once", action="store_true", help="look once and end; else look again and again")
    parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="time between two looks")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="take the log's keys from here at the first look")
    parser.add_argument("--name", default=f"{socket.gethostname()}/witness", help="name of a new witness key")


def run(args: argparse.Namespace) -> int:
    """Look once, or until interrupted."""
    settle(args)
    args.state.mkdir(parents=True, exist_ok=True)
    witness = Witness(TileStore(args.state), _signer(args.state, args.name), _machine_seconds)
    if args.policy is not None and not witness.keys():
        logs = Policy.parse(args.policy.read_text(encoding="utf-8")).logs
        witness.pin([dated.key for dated in logs])
    while True:
        status = _look(args, witness)
        if args.once:
            return status
        time.sleep(args.every)


def _look(args: argparse.Namespace, witness: Witness) -> int:
    try:
        signed = witness.look(source(args.log))
    except LedgerError as error:
        return _refused(args, REFUSED, error.code, str(error))
    except (SourceError, LogUnreadableError, StoreBusyError) as error:
        return _refused(args, UNREADABLE, error.code, str(error))
    if args.once or signed is not None:
        believed = signed or believed_by(witness.store)
        result = {
            "state": "signed" if signed else "nothing-new",
            "size": believed.size if believed else 0,
            "root": believed.root.hex() if believed else None,
            "witness": str(witness.signer.key),
        }
        words = f"已见证 {result['size']} 条" if signed else f"没有新内容,已见证 {result['size']} 条"
        show(args, result, [words])
    return SIGNED


def _refused(args: argparse.Namespace, status: int, code: str, detail: str) -> int:
    evidence = str(args.state / "evidence") if status == REFUSED else None
    show(args, {"state": "refused", "code": code, "detail": detail, "evidence": evidence}, [])
    words = "存证日志自相矛盾,已拒绝签名并保留证据" if status == REFUSED else "无法读取存证日志"
    print(f"{words} ({code}): {detail}", file=sys.stderr)
    return status


def _signer(state: Path, name: str) -> SeedSigner:
    """Return the key in the witness's folder, the demo's own for the demo's folder, or a new one."""
    path = state / "witness.key"
    demo = keys.KeyRing(datadir.current())
    if not path.exists() and state.absolute() == datadir.current().witness and demo.path("witness.key").exists():
        path = demo.path("witness.key")
    if not path.exists():
        fresh = SeedSigner(name, KeyKind.COSIGNATURE, os.urandom(KEY_SIZE))
        durable.create(path, f"{fresh.secret_text()}\n".encode("ascii"))
    return SeedSigner.parse(path.read_text(encoding="ascii").strip())


def _machine_seconds() -> int:
    return int((clock.now() - clock.offset()).timestamp())
