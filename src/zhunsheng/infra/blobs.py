"""Files by the SHA-256 of their bytes: written once, never changed, checked on every read.

A file is complete before it has its name, so a crash leaves at most a temporary file.
A file whose command was rolled back has a name but nobody who knows it; ``sweep``
removes it after a day (decision 3).
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import durable

_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")
_READ_ONLY: Final = 0o440


class BlobMissingError(ZhunshengError):
    """No file of this digest is here."""

    code: ClassVar[str] = "file-missing"


class BlobDamagedError(ZhunshengError):
    """The bytes on disk are not those that were stored: evidence, not an accident to be hidden."""

    code: ClassVar[str] = "file-damaged"


@dataclass(frozen=True, slots=True)
class Blobs:
    root: Path

    def put(self, content: bytes) -> str:
        """Store ``content`` and return its digest (hex). Durable when this returns; twice is harmless.

        A damaged file of the same digest is not repaired in silence: reading it still fails.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock(fcntl.LOCK_SH):
            if not durable.create(path, content, mode=_READ_ONLY):
                # An old orphan that a new command adopts is young again: the sweep must not take it from under him.
                os.utime(path)
        # Another process may have made the folder and not yet synced its name: the promise is ours.
        durable.sync_folder(self.root)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes of ``digest``.

        Raises:
            BlobMissingError: there is no such file.
            BlobDamagedError: its bytes have another digest.
        """
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise BlobMissingError(digest) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise BlobDamagedError(digest)
        return content

    def path(self, digest: str) -> Path:
        """Return where ``digest`` lies, whether it is there or not.

        Raises:
            ValueError: ``digest`` is not a SHA-256 in lower-case hex, so it could name a path elsewhere.
        """
        if not _DIGEST.match(digest):
            raise ValueError("not a digest")
        return self.root / digest[:2] / digest[2:]

    def digests(self) -> Iterator[str]:
        """Yield the digest of every stored file, in order."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                digest = folder.name + path.name
                if _DIGEST.match(digest):
                    yield digest

    def remove(self, digest: str) -> None:
        """Destroy the file of an approved disposal. Nothing is said if it is gone."""
        path = self.path(digest)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            durable.sync_folder(path.parent)

    def sweep(self, known: Container[str], *, at: datetime, older_than: timedelta = timedelta(days=1)) -> list[str]:
        """Remove files that no event names and return their digests.

        Args:
            known: the digests that events name.
            at: the present moment of the machine, not of the demo clock.
            older_than: younger files stay, they may belong to a command still running.
        """
        limit = (at - older_than).timestamp()
        removed = []
        for path in list(self.root.glob("[0-9a-f][0-9a-f]/*")) + list(self.root.glob("[0-9a-f][0-9a-f]/.*")):
            digest = path.parent.name + path.name
            with self._lock(fcntl.LOCK_EX):
                if digest not in known and _changed(path) < limit:
                    path.unlink(missing_ok=True)
                    removed.append(digest)
        return sorted(removed)

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        """Keep a sweep from removing a file between the moment a command finds it and the moment it makes it young."""
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)


def _changed(path: Path) -> float:
    """Return the time of change, or the far future for a file that has just gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
