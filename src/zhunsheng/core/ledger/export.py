"""A case file taken out of the system, whole, to be checked by anybody (docs/spec/casefile-export.md).

    manifest.json    {"format":"zhunsheng-casefile/1", "number":<of the case>,
                      "events":[{"header":<text>, "salt":<hex|null>, "body":<path|null>,
                                 "entry":<text>, "index":<number>, "proof":[<hex>…]}…],
                      "checkpoint":<the signed note>, "files":[{"path", "sha256"}…]}
    events/NNNN.json the payloads, canonical bytes
    files/…          attachments and issued documents, as they are

A payload that was lawfully disposed of has neither salt nor body: its leaf remains and
still proves that the event happened, when, and in which place.

The folder may be hostile: paths are looked at before anything is opened, only names of
the two folders are read, and what cannot be read is named, never followed.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, Final, TypeAlias

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.bundle import BundleError, inclusion_check, int_of, text_of, texts_of
from zhunsheng.core.ledger.canonical import Json, JsonError, canonical, parse_object, sha256
from zhunsheng.core.ledger.commitment import (
    Header,
    HeaderError,
    digest_from_hex,
    event_commitment,
    payload_commitment,
)
from zhunsheng.core.ledger.entry import Entry, EntryError
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.verdict import Check, Found, Signed, Verdict, examine_checkpoint, passed_if, unreadable

FORMAT: Final = "zhunsheng-casefile/1"
MANIFEST: Final = "manifest.json"
_MEMBERS: Final = {"format", "number", "events", "checkpoint", "files"}
_EVENT_MEMBERS: Final = {"header", "salt", "body", "entry", "index", "proof"}
_FILE_MEMBERS: Final = {"path", "sha256"}
_PATH: Final = re.compile(r"(?:events|files)(?:/[^/\\\x00-\x1f:]{1,200}){1,4}")

Read: TypeAlias = Callable[[str], bytes]
"""Returns the bytes of a file of the folder. Raises ``FileRefusedError``."""


class FileRefusedError(ZhunshengError):
    """A file of the folder is missing, too large, a link, or cannot be read."""

    code: ClassVar[str] = "file-refused"


@dataclass(frozen=True, slots=True)
class ExportedEvent:
    """One event as the manifest has it."""

    header: str
    salt: str | None
    body: str | None  # path
    entry: str
    index: int
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """``manifest.json``."""

    number: str
    events: tuple[ExportedEvent, ...]
    checkpoint: str
    files: tuple[tuple[str, str], ...]  # (path, SHA-256 in hex)

    def encode(self) -> bytes:
        """Return the file."""
        return canonical(
            {
                "format": FORMAT,
                "number": self.number,
                "events": [
                    {name: getattr(event, name) for name in _EVENT_MEMBERS - {"proof"}} | {"proof": list(event.proof)}
                    for event in self.events
                ],
                "checkpoint": self.checkpoint,
                "files": [{"path": path, "sha256": digest} for path, digest in self.files],
            }
        )

    @classmethod
    def parse(cls, data: bytes) -> "Manifest":
        """Read a manifest.

        Raises:
            BundleError: not JSON, another format, a member missing, unknown or of another type.
        """
        try:
            raw = parse_object(data)
        except JsonError as error:
            raise BundleError(str(error)) from error
        if raw.get("format") != FORMAT:
            raise BundleError("format")
        _only(raw, _MEMBERS, "manifest")
        events = [_event(item) for item in _objects(raw, "events", _EVENT_MEMBERS)]
        files = [(text_of(item, "path"), text_of(item, "sha256")) for item in _objects(raw, "files", _FILE_MEMBERS)]
        return cls(text_of(raw, "number"), tuple(events), text_of(raw, "checkpoint"), tuple(files))


def event_path(position: int) -> str:
    """Where the payload of the event at ``position`` lies."""
    return f"events/{position:04d}.json"


def verify_export(
    read: Read, names: Collection[str], policy: Policy | None, *, digest: Callable[[str], bytes] | None = None
) -> Verdict:
    """Say whether a folder is a case file as the ledger has it. Never raises.

    Args:
        read: returns the bytes of a file; raises ``FileRefusedError``.
        names: the path of every file in the folder, with ``/``.
        policy: whom to believe; None is nobody.
        digest: SHA-256 of a file that may be too large to read whole.
    """
    try:
        manifest = Manifest.parse(read(MANIFEST))
    except (BundleError, FileRefusedError) as error:
        return unreadable("manifest", str(error), MANIFEST)
    checks, signed = examine_checkpoint(manifest.checkpoint, policy)
    found = _Examination(manifest, read, digest or (lambda path: sha256(read(path))))
    found.examine(signed, names)
    return Verdict((*found.checks, *checks), signed)


@dataclass
class _Examination:
    """The walk through one folder; ``checks`` grow on the way."""

    manifest: Manifest
    read: Read
    digest: Callable[[str], bytes]
    checks: list[Check] = field(default_factory=list)
    attached: set[str] = field(default_factory=set)  # digests that some payload names
    commitments: set[bytes] = field(default_factory=set)
    is_whole: bool = True  # no payload was disposed of

    def examine(self, signed: Signed | None, names: Collection[str]) -> None:
        headers: list[Header | None] = []
        for position, event in enumerate(self.manifest.events, start=1):
            before = len(self.checks)
            headers.append(self._event(event, f"event {position}", signed))
            if len(self.checks) == before:
                self.checks.append(Check("event", Found.PASSED, f"event {position}"))
        self._order(headers)
        self._files(names)

    def _fail(self, name: str, record: str, expected: str = "", found: str = "") -> None:
        self.checks.append(Check(name, Found.FAILED, record, expected, found))

    # --- one event ---

    def _event(self, event: ExportedEvent, record: str, signed: Signed | None) -> Header | None:
        """Follow one event from its payload to the root; say only what is wrong."""
        if signed is not None:
            inclusion = inclusion_check(event.entry, event.index, event.proof, signed, record)
            if inclusion.state is not Found.PASSED:
                self.checks.append(inclusion)
        commitment = event_commitment(event.header.encode())
        self.commitments.add(commitment)
        self._entry(event, commitment, record)
        try:
            header = Header.parse(event.header.encode())
        except HeaderError as error:
            self._fail("event-header", record, "a header", str(error))
            return None
        self._payload(event, header, record)
        return header

    def _entry(self, event: ExportedEvent, commitment: bytes, record: str) -> None:
        try:
            entry = Entry.parse(event.entry.encode())
        except EntryError as error:
            self._fail("entry", record, "a ledger entry", str(error))
            return
        if entry.commitment != commitment:
            self._fail("event-commitment", record, entry.commitment.hex(), commitment.hex())
        if entry.of is not None and entry.of not in self.commitments:
            self._fail("event-of", record, "an earlier event of this case", entry.of.hex())

    def _payload(self, event: ExportedEvent, header: Header, record: str) -> None:
        if event.body is None and event.salt is None:
            self.is_whole = False
            self.checks.append(Check("event-disposed", Found.NOT_CHECKED, record))
            return
        body = self._read(event.body or "", record)
        if body is None:
            return
        try:
            commitment = payload_commitment(digest_from_hex(event.salt), body)
        except ValueError as error:
            self._fail("event-salt", record, "32 bytes in hex", str(error))
            return
        if commitment != header.payload:
            self._fail("event-payload", record, header.payload.hex(), commitment.hex())
        self._content(body, header, record)

    def _content(self, body: bytes, header: Header, record: str) -> None:
        """Take the attachments and the number of the case out of a payload."""
        try:
            content = parse_object(body)
        except JsonError as error:
            self._fail("event-payload", record, "a JSON object", str(error))
            return
        self.attached |= set(_digests(content.get("files")))
        if header.position == 1 and content.get("number") != self.manifest.number:
            self._fail("number", record, str(content.get("number")), self.manifest.number)

    # --- the whole ---

    def _order(self, headers: Sequence[Header | None]) -> None:
        """One stream, without a gap, in the order of the ledger."""
        whole = [header for header in headers if header is not None]
        streams = {(header.agency, header.stream_kind, header.stream_key) for header in whole}
        self.checks.append(passed_if(len(streams) == 1, "stream", expected="1", found=str(len(streams))))
        for position, header in enumerate(headers, start=1):
            if header is not None and header.position != position:
                self._fail("event-position", f"event {position}", str(position), str(header.position))
        indexes = [event.index for event in self.manifest.events]
        for position, (earlier, later) in enumerate(pairwise(indexes), start=2):
            if earlier >= later:
                self._fail("event-order", f"event {position}", f"after {earlier}", str(later))

    def _files(self, names: Collection[str]) -> None:
        for path, expected in self.manifest.files:
            self._file(path, expected)
        listed = {path for path, _ in self.manifest.files}
        named = listed | {event.body for event in self.manifest.events if event.body} | {MANIFEST}
        for name in sorted(set(names) - named):
            # In our two folders a stranger's file would pass for a part of the case.
            state = Found.FAILED if name.startswith(("events/", "files/")) else Found.NOT_CHECKED
            self.checks.append(Check("file-extra", state, name))
        missing = self.attached - {digest for _, digest in self.manifest.files}
        for digest in sorted(missing):
            self._fail("file-missing", digest, digest)

    def _file(self, path: str, expected: str) -> None:
        found = self._digest(path)
        if found is None:
            return
        if found != expected:
            self._fail("file-digest", path, expected, found)
        elif expected not in self.attached:
            # Whatever the manifest says of it, no event does: it proves nothing.
            state = Found.FAILED if self.is_whole else Found.NOT_CHECKED
            self.checks.append(Check("file-unbound", state, path))
        else:
            self.checks.append(Check("file", Found.PASSED, path))

    def _digest(self, path: str) -> str | None:
        if not _is_inside(path):
            self._fail("file-path", path, "a path below events or files")
            return None
        try:
            return self.digest(path).hex()
        except FileRefusedError as error:
            self._fail("file-unreadable", path, found=str(error))
            return None

    def _read(self, path: str, record: str) -> bytes | None:
        if not _is_inside(path):
            self._fail("file-path", record, "a path below events or files", path)
            return None
        try:
            return self.read(path)
        except FileRefusedError as error:
            self._fail("file-unreadable", record, path, str(error))
            return None


def _is_inside(path: str) -> bool:
    return bool(_PATH.fullmatch(path)) and not {".", ".."} & set(path.split("/"))


def _digests(files: Json) -> list[str]:
    """The digests of a payload's ``files``; a payload without any has none."""
    if not isinstance(files, list):
        return []
    digests = [item.get("sha256") for item in files if isinstance(item, dict)]
    return [digest for digest in digests if isinstance(digest, str)]


def _event(raw: dict[str, Json]) -> ExportedEvent:
    return ExportedEvent(
        header=text_of(raw, "header"),
        salt=None if raw["salt"] is None else text_of(raw, "salt"),
        body=None if raw["body"] is None else text_of(raw, "body"),
        entry=text_of(raw, "entry"),
        index=int_of(raw, "index"),
        proof=texts_of(raw, "proof"),
    )


def _objects(raw: dict[str, Json], name: str, members: Collection[str]) -> list[dict[str, Json]]:
    value = raw.get(name)
    if not isinstance(value, list):
        raise BundleError(name)
    for item in value:
        _only(item, members, name)
    return [item for item in value if isinstance(item, dict)]


def _only(item: Json, members: Collection[str], name: str) -> None:
    if not isinstance(item, dict) or item.keys() != set(members):
        raise BundleError(name)
