"""A case file taken out of the system, whole: events, payloads, files and proofs in a folder anybody can check.

The format is docs/spec/casefile-export.md; ``zhunsheng verify`` reads it without a
database. The folder appears at once and complete, or not at all.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from zhunsheng.apps.cases.models import CaseRow
from zhunsheng.apps.journal import proofs, queries, readings
from zhunsheng.apps.journal.proofs import Proof, Record
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.documents import normalise
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.export import MANIFEST, ExportedEvent, Manifest, event_path
from zhunsheng.infra import datadir
from zhunsheng.infra.blobs import Blobs

OPERATOR = "operator"
"""Who exports: somebody with a shell on the machine, whom no account names."""


class ExportError(ZhunshengError):
    """The case file cannot be taken out like this. The text says why and what helps."""

    code: ClassVar[str] = "export-refused"


@dataclass(frozen=True, slots=True)
class Exported:
    number: str
    folder: Path
    events: int
    files: int
    witnessed: bool


def export(number: str, folder: Path, *, at: datetime) -> Exported:
    """Write the case file ``number`` into the new folder ``folder``. That it was taken out is recorded as a reading.

    Raises:
        ExportError: there is no such case, the folder is there already, or an event still waits for the ledger.
        BlobMissingError, BlobDamagedError: a file of the case is not what it was.
    """
    ref = _find(number)
    if folder.exists():
        raise ExportError(f"{folder} 已经存在，请换一个文件夹 (exists already)")
    readings.record(OPERATOR, ref, at=at, what="导出案卷")
    records, events = proofs.records(ref), queries.events(ref)
    proved = _proofs(records)
    last = proved[-1]
    files = list(_files(events))
    manifest = Manifest(
        number=ref.key,
        events=tuple(_event(record, proof) for record, proof in zip(records, proved, strict=True)),
        checkpoint=last.checkpoint,
        files=tuple((path, digest) for path, digest in files),
    )
    _write(folder, manifest, records, files)
    return Exported(ref.key, folder, len(records), len(files), last.witnessed)


def _find(number: str) -> Ref:
    row = CaseRow.objects.filter(number=normalise(number)).values_list("agency", "number").first()
    if row is None:
        raise ExportError(f"没有案件 {number} (no such case)")
    return Ref(row[0], "case", row[1])


def _proofs(records: Sequence[Record]) -> list[Proof]:
    """Return a proof of every event, all for the tree of one checkpoint."""
    newest = records[-1]
    last = None if newest.index is None else proofs.proof_of(newest.entry, newest.index)
    found = [] if last is None else [_proof(record, last.size) for record in records]
    if last is None or None in found:
        raise ExportError("案卷里有刚写入、还没有登记的事件，请过几秒再试 (not committed to the ledger yet)")
    return [proof for proof in found if proof is not None]


def _proof(record: Record, size: int) -> Proof | None:
    return None if record.index is None else proofs.proof_of(record.entry, record.index, size=size)


def _event(record: Record, proof: Proof) -> ExportedEvent:
    return ExportedEvent(
        header=record.header.decode(),
        salt=record.salt.hex() if record.salt is not None else None,
        body=event_path(record.position) if record.body is not None else None,
        entry=record.entry,
        index=proof.index,
        proof=proof.hashes,
    )


def _files(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Yield path and digest of every file the payloads name, each digest once."""
    seen: set[str] = set()
    for event in events:
        for row in read.rows(event.payload or {}, "files"):
            digest = read.text(row, "sha256")
            if digest and digest not in seen:
                seen.add(digest)
                suffix = ".pdf" if read.text(row, "role") in {"pdf", "public-pdf"} else ""
                yield f"files/{event.position:04d}-{digest[:16]}{suffix}", digest


def _write(folder: Path, manifest: Manifest, records: Sequence[Record], files: Sequence[tuple[str, str]]) -> None:
    half = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        for name in ("events", "files"):
            (half / name).mkdir(parents=True)
        for record in records:
            if record.body is not None:
                (half / event_path(record.position)).write_bytes(record.body)
        blobs = Blobs(datadir.current().blobs)
        for path, digest in files:
            (half / path).write_bytes(blobs.read(digest))
        (half / MANIFEST).write_bytes(manifest.encode())
        half.rename(folder)
    except OSError as error:
        raise ExportError(f"不能写入 {folder} (cannot write): {error.strerror}") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
