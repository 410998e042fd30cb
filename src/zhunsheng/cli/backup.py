"""``zhunsheng backup DIR``: everything that must be kept, in a new folder that is complete or not there."""

import argparse
from pathlib import Path
from typing import Final

from zhunsheng.cli.init import running_server
from zhunsheng.cli.main import settle, show
from zhunsheng.infra import backups, clock, database, datadir

HELP: Final = "copy everything that must be kept into a new folder"
DAMAGED: Final = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder to make; must not exist")
    parser.add_argument("--without-keys", action="store_true", help="leave the private keys out: they are kept apart")


def run(args: argparse.Namespace) -> int:
    """Back up and say what was written; 1 when a stored file was already damaged."""
    settle(args)
    data = datadir.current()
    address = database.dsn("owner")  # refuses before init, with words
    with running_server(data):
        with database.connect(address) as owner:
            major = owner.info.server_version // 10_000

        def dump(file: Path) -> None:
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
            backups.run("pg_dump", major, *options)

        made = backups.write(data, args.folder.absolute(), dump, at=clock.now(), keys=not args.without_keys)
    result = {
        "folder": str(made.folder),
        "files": len(made.entries),
        "bytes": made.bytes,
        "keys": made.has_keys,
        "damaged": list(made.damaged),
    }
    lines = [f"已备份到 {made.folder}：{len(made.entries)} 个文件，{made.bytes / 2**20:.1f} MiB"]
    lines += [] if made.has_keys else ["备份里没有密钥 (no keys in it): keep a copy of the folder keys apart"]
    lines += [f"备份前就已损坏 (was damaged before): blobs {digest}" for digest in made.damaged]
    show(args, result, lines)
    return DAMAGED if made.damaged else 0
