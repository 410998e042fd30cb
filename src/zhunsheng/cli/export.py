"""``zhunsheng export``: one case file as a folder that ``verify`` reads without a database."""

import argparse
from pathlib import Path
from typing import Final

from zhunsheng.apps.cases.exporting import export
from zhunsheng.cli.main import show
from zhunsheng.infra import clock

HELP: Final = "write one case file, with its proofs, into a folder"
DJANGO: Final = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("number", help="number of the case, for example 厦海卫案〔2026〕1号")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="folder to make; must not exist"
    )


def run(args: argparse.Namespace) -> int:
    """Export and say what was written."""
    done = export(args.number, args.output, at=clock.now())
    result = {
        "number": done.number,
        "folder": str(done.folder),
        "events": done.events,
        "files": done.files,
        "witnessed": done.witnessed,
    }
    lines = [f"{done.number}：{done.events} 个事件、{done.files} 个文件，已写入 {done.folder}"]
    if not done.witnessed:
        lines.append("见证还没有完成：内容可以核对，见证人还没有签名。")
    lines.append(f"核验：zhunsheng verify {done.folder} --policy <密钥文件>")
    show(args, result, lines)
    return 0
