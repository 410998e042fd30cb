"""The user PostgreSQL runs as when the program runs as root: PostgreSQL refuses root, and rightly.

No user is made on the machine: ``zhunsheng`` where an operator made one, else ``nobody``.
"""

import os
import pwd
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhunsheng.infra import processes

_CANDIDATES: Final = ("zhunsheng", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs a child process; ``uid`` None: the user we are."""

    uid: int | None = None
    gid: int | None = None

    def take_over(self, path: Path, *, mode: int) -> None:
        """Give ``path`` to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def can(self, question: str, path: Path) -> bool:
        """Answer ``test -QUESTION PATH`` as this user: ``x`` enter or run, ``w`` write, ``r`` read."""
        words = ["test", f"-{question}", str(path)]
        done = subprocess.run(  # noqa: S603  (no word of it comes from outside)
            words, check=False, cwd="/", user=self.uid, group=self.gid, extra_groups=self.groups
        )
        return done.returncode == 0

    @property
    def groups(self) -> list[int] | None:
        """Return the further groups of a child: none for another user, ours for ourselves."""
        return None if self.uid is None else []

    def owns(self, path: Path) -> bool:
        """Say whether ``path`` itself, not what it points to, belongs to this user."""
        return path.lstat().st_uid == (os.geteuid() if self.uid is None else self.uid)


def account() -> Account:
    """Return who runs PostgreSQL: ourselves, or an unprivileged user when we are root."""
    if os.geteuid() != 0:
        return Account()
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise AssertionError("a Linux system has the user nobody")


def dying_with_parent(number: int) -> Callable[[], None]:
    """Return what a child calls between fork and exec, after the change of user, to end with its parent."""

    def call() -> None:
        processes.die_with_parent(number)

    return call
