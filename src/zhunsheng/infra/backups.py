"""A backup as a folder that is complete or not there, and is checked byte by byte before it is used.

==================  ================================================================
``manifest.json``   every file below with size and SHA-256; written last
``database.dump``   the database, by ``pg_dump``, without owners and privileges
``files/…``         keys, files, law texts, policy, settings: by their names in the data folder
==================  ================================================================

The tiles of the ledger are not copied: they are made again from the database, and a copy
taken while the log grows could be ahead of the dump. A witness's folder is not copied
either: a witness that is restored has forgotten what it saw.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import database, durable, env, postgres
from zhunsheng.infra.datadir import DataDir

FORMAT: Final = "zhunsheng-backup/1"
MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"
FILES: Final = "files"
FOLDERS: Final = ("blobs", "law", "log/evidence")
SINGLE: Final = ("policy", "witnesses", env.FILE_NAME, "run/clock.json")
KEYS: Final = "keys"
_PIECE: Final = 1 << 20
_SYSTEM_PROGRAMS: Final = Path("/usr/lib/postgresql")


class BackupError(ZhunshengError):
    """The backup cannot be made or used; nothing was changed."""

    code: ClassVar[str] = "backup-refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup; ``path`` is relative to its folder, with ``/``."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole backup. ``damaged`` are stored files whose bytes were not those of their name when they were copied."""

    folder: Path
    entries: tuple[Entry, ...]
    damaged: tuple[str, ...] = ()

    @property
    def has_keys(self) -> bool:
        """Say whether the private keys are in it."""
        return any(entry.path.startswith(f"{FILES}/{KEYS}/") for entry in self.entries)

    @property
    def bytes(self) -> int:
        """Return its size, the manifest apart."""
        return sum(entry.size for entry in self.entries)

    @property
    def digest(self) -> str:
        """Return what names this backup: the SHA-256 of its manifest."""
        return hashlib.sha256((self.folder / MANIFEST).read_bytes()).hexdigest()


def write(data: DataDir, target: Path, dump: Callable[[Path], None], *, at: datetime, keys: bool = True) -> Backup:
    """Write a backup of ``data`` to ``target``, which is there whole when this returns and not there otherwise.

    Args:
        dump: writes the database into the file it is given.
        keys: whether the private keys go along.

    Raises:
        BackupError: something is at ``target`` already.
    """
    if target.exists():
        raise BackupError(f"{target} 已经存在 (is there already): name a new folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        # The database first: a file that comes later is one too many, a file that is missing would be a loss.
        dump(new / DUMP)
        entries = [_entry(new, DUMP)]
        entries += [_copied(data, name, new) for name in _names(data, keys=keys)]
        content = {"format": FORMAT, "at": at.isoformat(), "files": [_fields(entry) for entry in entries]}
        durable.write(new / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1).encode())
        _sync(new)
        # If we stop before this line, a folder without the name is left behind, and no backup.
        new.rename(target)
        durable.sync_folder(target.parent)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return Backup(target, tuple(entries), tuple(_damaged(entries)))


def read(folder: Path) -> Backup:
    """Return the backup in ``folder`` after comparing every byte with its manifest.

    Raises:
        BackupError: no backup, or not as it was written; the text names the file.
    """
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        entries = tuple(Entry(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in content["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{folder} 不是备份 (is no backup): {type(error).__name__}") from None
    if content.get("format") != FORMAT:
        raise BackupError(f"{folder}: format {content.get('format')} is not {FORMAT}")
    for entry in entries:
        _check(folder, entry)
    return Backup(folder, entries)


def place(backup: Backup, data: DataDir, *, keep: frozenset[str]) -> None:
    """Put the files of ``backup`` into the data folder; what stands under a name of ``keep`` stays as it is.

    Doing it twice is harmless.
    """
    for entry in backup.entries:
        _, _, name = entry.path.partition("/")
        if not entry.path.startswith(f"{FILES}/") or name.partition("/")[0] in keep:
            continue
        target = data.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        _copy(backup.folder / entry.path, target, private=name.startswith(f"{KEYS}/"))
    data.create()
    _sync(data.root)


def client(name: str, major: int) -> Path:
    """Return ``pg_dump`` or ``pg_restore`` of the server's own version, else the oldest that is newer.

    An older one refuses a newer server; a newer one may say what an older server does not understand.

    Raises:
        BackupError: there is none on this machine.
    """
    found = {version: path for path in _clients(name) if (version := _version(path)) >= major}
    if not found:
        raise BackupError(
            f"没有可用的 {name} (no {name} of PostgreSQL {major} or newer): install postgresql-client-{major}, "
            "or set ZHUNSHENG_POSTGRES_BIN"
        )
    return found[min(found)]


def run(name: str, major: int, *words: str) -> None:
    """Run ``pg_dump`` or ``pg_restore`` as the owner of the database. The password travels where ``ps`` does not look.

    Raises:
        BackupError: there is no such program, or it fails; with its own words.
    """
    place, password = database.server(), database.passwords(DataDir(env.current().data.absolute()))["owner"]
    command = [str(client(name, major)), *words, f"--dbname={place.url(place.roles.owner, '')}"]
    environment = {**os.environ, "PGPASSWORD": password, "LC_ALL": "C"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603  (found above)
    if done.returncode != 0:
        raise BackupError(f"{name}: {' '.join((done.stderr or done.stdout).split())}")


def _clients(name: str) -> Iterator[Path]:
    given = env.current().postgres_bin
    folders = [given] if given else []
    with suppress(database.DatabaseError):
        folders.append(postgres.wheel_programs())
    folders += sorted(_SYSTEM_PROGRAMS.glob("*/bin"))
    # Later ones win where versions are equal, so those of the system's path come first.
    on_path = shutil.which(name)
    yield from ([Path(on_path)] if on_path else [])
    yield from (folder / name for folder in reversed(folders) if (folder / name).exists())


def _version(program: Path) -> int:
    said = subprocess.run([str(program), "--version"], check=False, capture_output=True, text=True)  # noqa: S603  (found)
    match = re.search(r"(\d+)(?:\.|devel|beta|rc)", said.stdout)
    return int(match[1]) if match else 0


def _names(data: DataDir, *, keys: bool) -> Iterator[str]:
    for folder in (KEYS, *FOLDERS) if keys else FOLDERS:
        for path in sorted((data.root / folder).rglob("*")):
            # Names with a dot are half-written files: nothing refers to them.
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield path.relative_to(data.root).as_posix()
    yield from (name for name in SINGLE if (data.root / name).is_file())


def _copied(data: DataDir, name: str, new: Path) -> Entry:
    target = new / FILES / name
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(data.root / name, target, private=name.startswith(f"{KEYS}/"))
    return _entry(new, f"{FILES}/{name}")


def _copy(source: Path, target: Path, *, private: bool) -> None:
    with source.open("rb") as old, target.open("xb") as new:
        os.fchmod(new.fileno(), durable.PRIVATE if private else source.stat().st_mode & 0o777)
        shutil.copyfileobj(old, new, _PIECE)
        new.flush()
        os.fsync(new.fileno())


def _entry(folder: Path, name: str) -> Entry:
    path = folder / name
    return Entry(name, path.stat().st_size, _sha256(path))


def _fields(entry: Entry) -> Mapping[str, object]:
    return {"path": entry.path, "size": entry.size, "sha256": entry.sha256}


def _check(folder: Path, entry: Entry) -> None:
    pure = PurePosixPath(entry.path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or "\0" in entry.path:
        raise BackupError(f"{entry.path[:80]!r} leads out of the backup")
    path = folder / entry.path
    try:
        found = _sha256(path)
    except OSError as error:
        raise BackupError(f"备份缺少文件 (missing): {entry.path} ({type(error).__name__})") from None
    if found != entry.sha256:
        raise BackupError(f"备份的文件被改动或损坏 (changed or damaged): {entry.path}")


def _damaged(entries: list[Entry]) -> Iterator[str]:
    """Yield the stored files whose bytes are not those of their name: the audit names who misses them."""
    for entry in entries:
        _, _, name = entry.path.partition("/blobs/")
        if entry.path.startswith(f"{FILES}/blobs/") and name.replace("/", "") != entry.sha256:
            yield name.replace("/", "")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Make all names below ``folder`` durable."""
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            durable.sync_folder(path)
    durable.sync_folder(folder)
