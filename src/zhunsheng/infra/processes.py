"""Processes and their parents, by what Linux offers: death signals, start times, locks."""

import ctypes
import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError

_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG: Final = 1
_START_TIME_FIELD: Final = 19  # of /proc/PID/stat, counted after the name in brackets


class LockedError(ZhunshengError):
    """Another process works on this data folder."""

    code: ClassVar[str] = "data-folder-in-use"


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send ``number`` to this process when its parent ends, however it ends.

    Lost on a change of user: in a child that drops its rights, call it after that.
    """
    if _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def start_time(pid: int) -> int | None:
    """Return when ``pid`` started, in ticks since boot, or None when it is gone or only waits to be reaped.

    With the pid it names a process for ever: pids are used again, pairs are not.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else int(fields[_START_TIME_FIELD])


def is_alive(pid: int) -> bool:
    """Say whether ``pid`` runs; a zombie does not."""
    return start_time(pid) is not None


def send(pid: int, number: int) -> None:
    """Send a signal to a process that may just have ended."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def send_group(pid: int, number: int) -> None:
    """Send a signal to the whole group that ``pid`` leads."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold ``path`` for this process; the kernel lets go of it when the process ends, however it ends.

    Raises:
        LockedError: another process holds it.
    """
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"数据目录正被另一个进程使用 (in use by another process): {path}") from None
        yield
