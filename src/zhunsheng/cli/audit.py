"""``zhunsheng audit``: recompute everything and compare it, with a witness's folder where one is given.

Ends with 0 if all is as it was, 1 if something was found, 2 if the audit could not run.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from django.db import Error

from zhunsheng.apps.journal.audit.findings import register_check, sentence
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.cli import delivering
from zhunsheng.cli.main import show
from zhunsheng.core.errors import ZhunshengError

HELP: Final = "recompute every digest, leaf and root, and compare; with --witness, with what a witness has seen"
DJANGO: Final = True

CLEAN: Final = 0
FOUND: Final = 1
COULD_NOT_RUN: Final = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--witness", type=Path, metavar="DIR", help="folder of a witness")


def run(args: argparse.Namespace) -> int:
    """Audit and report."""
    register_check("published", delivering.differences)
    try:
        done = audit(args.witness)
    except (Error, OSError, ZhunshengError) as error:
        code = getattr(error, "code", None) if isinstance(error, ZhunshengError) else "audit-failed"
        show(args, {"error": code, "detail": f"{error}"}, [])
        print(f"审计未能进行 ({code}): {error}", file=sys.stderr)
        return COULD_NOT_RUN
    result = {
        "findings": [finding.data() for finding in done.findings],
        "events": done.events,
        "leaves": done.leaves,
        "witnessed": done.witnessed,
    }
    scope = f"{done.events} 个事件,{done.leaves} 个存证条目"
    scope += "" if done.witnessed is None else f",见证人见过 {done.witnessed} 个"
    verdict = f"发现 {len(done.findings)} 处不符" if done.findings else "未发现不符"
    show(args, result, [*map(sentence, done.findings), f"审计完成:{scope};{verdict}"])
    return FOUND if done.findings else CLEAN
