"""``zhunsheng restore BACKUP``: make an installation from a backup, and audit it before anybody works with it.

A restore that nobody audits is a way to make the past disappear. So the command asks for
the folder of a witness, compares, and names what the backup lacks; the witness is noted in
``DATA/witnesses``, so that the sequencer will not sign over what is missing. Every step can
be repeated: a restore that was interrupted goes on when it is called again.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from zhunsheng.cli.init import running_server
from zhunsheng.cli.main import COULD_NOT_RUN, settle, show, start_django
from zhunsheng.infra import backups, database, datadir, durable, env, installing, processes
from zhunsheng.infra.backups import Backup, BackupError
from zhunsheng.infra.datadir import DataDir

HELP: Final = "make an installation from a backup in a new data folder, and audit it"
CLEAN: Final = 0
FOUND: Final = 1
MAY_BE_THERE: Final = frozenset({"keys", env.FILE_NAME, "witnesses", "witness"})
"""What an operator may have put into the data folder before: it wins over the backup."""
OF_INIT: Final = frozenset({"run", "policy"})
"""What ``init --print-sql`` leaves there when it is asked for the roles of the new database: the backup wins."""
WITNESSES: Final = "witnesses"
TABLES: Final = "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'portal')"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("folder", type=Path, metavar="BACKUP", help="folder that `zhunsheng backup` made")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--witness", type=Path, metavar="DIR", help="folder of a witness that was not restored")
    which.add_argument("--no-witness", action="store_true", help="there is none: what is missing cannot be found")


def run(args: argparse.Namespace) -> int:
    """Restore, audit, and say what was found; 1 when something is missing or changed."""
    settle(args)
    data = datadir.current()
    if args.witness is not None and not args.witness.is_dir():
        raise BackupError(f"{args.witness} 不是文件夹 (is no folder of a witness)")
    backup = backups.read(args.folder.absolute())
    keep = _begin(data, backup)
    with processes.locked(data.run / "lock"):
        backups.place(backup, data, keep=keep)
        if args.witness is not None:
            _note_witness(data, args.witness.absolute())
        env.change()  # the settings that came with the backup
        database.dsn("owner")  # refuses without keys, with words
        with running_server(data):
            _database(data, backup)
            _own("init")
            _ledger()
            status, audited = _audit(args.witness)
        if status != COULD_NOT_RUN:
            _marker(data).unlink()
    return _report(args, data, status, audited)


def _begin(data: DataDir, backup: Backup) -> frozenset[str]:
    """Refuse a folder that is in use, mark this restore as begun, and return the names that stay as they are."""
    marker = _marker(data)
    if marker.exists():
        state = json.loads(marker.read_bytes())
        if state["backup"] != backup.digest:
            raise BackupError(f"{data.root} 正在从另一份备份恢复 (is being restored from another backup)")
        return frozenset(state["keep"])
    there = {path.name for path in data.root.iterdir() if not _is_empty(path)} if data.root.exists() else set()
    if in_use := there - MAY_BE_THERE - OF_INIT:
        raise BackupError(f"{data.root} 不是空的 (is not empty): {', '.join(sorted(in_use))}")
    if not backup.has_keys and "keys" not in there:
        raise BackupError(f"备份里没有密钥 (the backup holds no keys): put their copy into {data.keys} first")
    data.create()
    keep = sorted(there & MAY_BE_THERE)
    durable.write(marker, json.dumps({"backup": backup.digest, "keep": keep, "database": False}).encode())
    return frozenset(keep)


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _marker(data: DataDir) -> Path:
    return data.run / "restoring.json"


def _note_witness(data: DataDir, witness: Path) -> None:
    path = data.root / WITNESSES
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if str(witness) not in lines:
        durable.write(path, "".join(f"{line}\n" for line in [*lines, str(witness)]).encode(), mode=0o644)


def _database(data: DataDir, backup: Backup) -> None:
    """Make roles and database where we may, and load the dump into the empty database, whole or not at all."""
    place, administrator = database.server(), database.admin_dsn()
    if administrator is not None:
        with database.connect(administrator) as admin:
            installing.create(place, database.passwords(data), admin)
    state = json.loads(_marker(data).read_bytes())
    if state["database"]:
        return
    with database.connect(database.dsn("owner")) as owner:
        major = owner.info.server_version // 10_000
        found = owner.execute(TABLES).fetchone()
    if found is None or found[0]:
        raise BackupError(f"数据库 {place.name} 不是空的 (is not empty): restore into a new one")
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    backups.run("pg_restore", major, *options, str(backup.folder / backups.DUMP))
    durable.write(_marker(data), json.dumps({**state, "database": True}).encode())


def _ledger() -> None:
    """Write the tiles anew from the restored database. Nothing is signed."""
    start_django(())
    from zhunsheng.apps.journal import ledger, sequencer  # noqa: PLC0415  (models load only once Django is ready)

    sequencer.rebuild(ledger.sequencer())


def _audit(witness: Path | None) -> tuple[int, str]:
    words = ["audit", *(["--witness", str(witness.absolute())] if witness else [])]
    done = subprocess.run(_command(*words), check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603  (our own program)
    return done.returncode, done.stdout


def _report(args: argparse.Namespace, data: DataDir, status: int, audited: str) -> int:
    result = {"data": str(data.root), "witness": str(args.witness) if args.witness else None, "audit": status}
    lines = [*audited.splitlines(), f"已恢复到 {data.root}"]
    if status == FOUND:
        lines.append("恢复的数据与证据不符：不要启动，先查明 (do not start it: docs/how-to/back-up-and-restore.md)")
    if args.no_witness:
        lines.append("没有见证人对照：备份以后丢失的记录查不出来 (without a witness, what came later is not missed)")
    show(args, result, lines)
    return status


def _own(*words: str) -> None:
    done = subprocess.run(_command(*words), check=False, stdout=subprocess.DEVNULL)  # noqa: S603  (our own program)
    if done.returncode != 0:
        raise BackupError(f"`zhunsheng {words[0]}` failed; what it said is above. Mend it and restore again")


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "zhunsheng.cli.main", *words]
