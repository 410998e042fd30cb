"""``zhunsheng verify PATH``: is this what was committed? Offline, without a server, with ``core`` alone.

``PATH`` is a bundle (a file) or an exported case file (a folder). Exit status: 0 verified,
1 refuted, 2 unreadable, 3 all fits but the policy does not vouch for it (unknown or
retired key, too few witnesses, or no policy given).

What is read may be hostile: only regular files are opened, links are never followed, and
everything has a size limit. Archives are not opened at all.
"""

import argparse
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from zhunsheng.cli import verify_words as words
from zhunsheng.core.ledger.bundle import MAX_BUNDLE, verify_bundle
from zhunsheng.core.ledger.canonical import MAX_BYTES
from zhunsheng.core.ledger.export import FileRefusedError, verify_export
from zhunsheng.core.ledger.policy import Policy, PolicyError
from zhunsheng.core.ledger.verdict import Found, State, Verdict, unreadable

HELP: Final = "check a published decision or an exported case file, offline"
EXIT: Final = {State.VERIFIED: 0, State.REFUTED: 1, State.UNREADABLE: 2, State.UNTRUSTED: 3}
MAX_POLICY: Final = 64 * 1024  # bytes
MAX_FILE: Final = 64 * 1024**3  # bytes, of an attachment; it is hashed in pieces
MAX_NAMES: Final = 100_000  # files in a folder
_PIECE: Final = 1 << 20
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a bundle, or the folder of an exported case file")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="whom to believe; keys come from nowhere else")


def run(args: argparse.Namespace) -> int:
    """Verify, say what was found, and return the exit status."""
    verdict = verify(args.path, args.policy)
    # Not cli.main.show: main can start the applications, and this command must not even name them.
    print(json.dumps(as_json(verdict), ensure_ascii=False) if args.json else "\n".join(words.explain(verdict)))
    return EXIT[verdict.state]


def verify(path: Path, policy_path: Path | None) -> Verdict:
    """Return the verdict on a file or folder. Never raises for what lies there."""
    try:
        policy = None if policy_path is None else _policy(policy_path)
    except (FileRefusedError, PolicyError, UnicodeDecodeError) as error:
        return unreadable("policy", str(error), _shown(policy_path))
    try:
        if path.is_dir():
            folder = Folder(path)
            return verify_export(folder.read, folder.names, policy, digest=folder.digest)
        return verify_bundle(_read(path.resolve(), MAX_BUNDLE), policy)
    except (FileRefusedError, OSError, RuntimeError, ValueError) as error:
        # RuntimeError: links in a circle, folders without end. ValueError: a NUL in the path.
        return unreadable("file", str(error), _shown(path))


def as_json(verdict: Verdict) -> dict[str, object]:
    """Return the verdict as docs/spec/verdict.md describes it."""
    signed = verdict.signed
    return {
        "state": verdict.state.value,
        "summary": words.HEADLINES[verdict.state],
        "checks": [
            {"name": c.name, "state": c.state.value, **_values(record=c.record, expected=c.expected, found=c.found)}
            for c in verdict.checks
        ],
        "failed": words.sentences(verdict, Found.FAILED),
        "pending": words.sentences(verdict, Found.UNTRUSTED),
        "proved": words.proved(verdict),
        "not_proved": words.not_proved(verdict),
        "checkpoint": None
        if signed is None
        else {
            "origin": signed.checkpoint.origin,
            "size": signed.checkpoint.size,
            "root": signed.checkpoint.root.hex(),
            "cosigners": [
                {"name": one.key.name, "at": one.at} for one in (signed.trust.cosigners if signed.trust else ())
            ],
        },
    }


def _values(**values: str) -> dict[str, str]:
    return {name: words.printable(value) for name, value in values.items()}


class Folder:
    """The folder of an export: its real files by name, and how to read them."""

    def __init__(self, root: Path) -> None:
        """List the folder once. Links are listed, but neither followed nor read.

        Raises:
            FileRefusedError: more files than any case has.
            OSError: the folder cannot be listed.
        """
        self._paths: dict[str, Path] = {}
        for path in _walk(root.resolve()):
            self._paths[_shown(path.relative_to(root.resolve()))] = path
            if len(self._paths) > MAX_NAMES:
                raise FileRefusedError("too many files")

    @property
    def names(self) -> frozenset[str]:
        """Every file and link, with ``/`` between folders."""
        return frozenset(self._paths)

    def read(self, name: str) -> bytes:
        """Return a file of the folder.

        Raises:
            FileRefusedError: missing, no regular file, too large, or unreadable.
        """
        return _read(self._path(name), MAX_BYTES)

    def digest(self, name: str) -> bytes:
        """Return the SHA-256 of a file of any size.

        Raises:
            FileRefusedError: as ``read``.
        """
        digest = hashlib.sha256()
        with _opened(self._path(name), MAX_FILE) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
        return digest.digest()

    def _path(self, name: str) -> Path:
        if name not in self._paths:
            raise FileRefusedError("missing")
        return self._paths[name]


def _walk(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            else:
                yield Path(entry.path)


@contextmanager
def _opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file of at most ``limit`` bytes; a pipe or device would block or never end."""
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise FileRefusedError("not a regular file")
            if about.st_size > limit:
                raise FileRefusedError("too large")
            yield file
    except OSError as error:  # the system's words, not the path: it may hold anything
        raise FileRefusedError(error.strerror or "unreadable") from error


def _read(path: Path, limit: int) -> bytes:
    with _opened(path, limit) as file:
        return file.read(limit)


def _policy(path: Path) -> Policy:
    return Policy.parse(_read(path.resolve(), MAX_POLICY).decode("utf-8"))


def _shown(path: Path | None) -> str:
    """Return a path as text that can always be printed; names on disk are bytes."""
    return os.fsencode(path or "").decode("utf-8", "backslashreplace").replace(os.sep, "/")
