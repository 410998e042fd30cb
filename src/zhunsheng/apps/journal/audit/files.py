"""The files that payloads name, against the bytes that are there."""

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from zhunsheng.apps.journal.audit.findings import Finding
from zhunsheng.apps.journal.audit.rows import EventRow
from zhunsheng.infra.blobs import Blobs

MARK: Final = b'"files":['  # canonical bytes have no spaces: what lacks this names no file


class FileCheck:
    """Collects the digests that payloads name, then reads each file once."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._named: dict[str, str] = {}  # digest -> the first record that names it, and under which name

    def mention(self, row: EventRow) -> None:
        """Note the files of one event."""
        if row.body is None or MARK not in row.body:
            return
        try:
            files = json.loads(row.body).get("files", [])
        except (ValueError, AttributeError):
            return  # no longer what was written: found by its digest
        for file in files:
            if isinstance(file, dict) and isinstance(file.get("sha256"), str):
                self._named.setdefault(file["sha256"], f"{row.record} {file.get('name') or file.get('role') or 'file'}")

    def findings(self) -> Iterator[Finding]:
        """Yield the files that are missing or have other bytes."""
        for digest, record in self._named.items():
            try:
                found = self._digest(digest)
            except FileNotFoundError:
                yield Finding("file-missing", record, digest, "nothing")
            except (OSError, ValueError) as error:
                yield Finding("file-missing", record, digest, type(error).__name__)
            else:
                if found != digest:
                    yield Finding("file-changed", record, digest, found)

    def _digest(self, digest: str) -> str:
        with self._blobs.path(digest).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
