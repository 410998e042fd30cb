"""A small ledger with a publication and a case file in it, for tests that then damage them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from zhunsheng.core.ledger.bundle import Bundle
from zhunsheng.core.ledger.canonical import Jsonable, canonical, sha256
from zhunsheng.core.ledger.commitment import Header, event_commitment, payload_commitment
from zhunsheng.core.ledger.entry import Entry
from zhunsheng.core.ledger.export import ExportedEvent, FileRefusedError, Manifest, event_path
from zhunsheng.core.ledger.keys import KeyKind, SeedSigner
from zhunsheng.core.ledger.note import Checkpoint, Note, cosign_line, signed_checkpoint
from zhunsheng.core.ledger.policy import DatedKey, Policy
from zhunsheng.core.ledger.tiles import TileHashes, grow
from zhunsheng.core.ledger.tree import inclusion_proof

ORIGIN = "ledger.example/zhunsheng"
LOG = SeedSigner(ORIGIN, KeyKind.ED25519, b"\x01" * 32)
OLD_LOG = SeedSigner(ORIGIN, KeyKind.ED25519, b"\x04" * 32)
COSIGNER = SeedSigner("cosigner.example", KeyKind.COSIGNATURE, b"\x02" * 32)
SECOND = SeedSigner("second.example", KeyKind.COSIGNATURE, b"\x03" * 32)
POLICY = Policy((DatedKey(LOG.key),), (DatedKey(COSIGNER.key),), 1)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
AT = int(NOON.timestamp())
NUMBER = "厦海卫案〔2026〕1号"
PHOTO = b"\xff\xd8 a photo"
SHEET = b"%PDF-1.7 a sheet"


class Ledger:
    """The tree and its files, in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.size = 0

    def add(self, entry: bytes) -> int:
        growth = grow(self.size, [entry], self.files.__getitem__)
        self.files.update(growth.files)
        self.size, self.root = growth.size, growth.root
        return self.size - 1

    def proof(self, index: int) -> list[bytes]:
        return inclusion_proof(index, self.size, TileHashes(self.size, self.files.__getitem__))

    def note(self, *, log: SeedSigner = LOG, cosigners: tuple[SeedSigner, ...] = (COSIGNER,), at: int = AT) -> Note:
        note = signed_checkpoint(Checkpoint(ORIGIN, self.size, self.root), [log])
        return note.with_lines(*(cosign_line(note.text, cosigner, at) for cosigner in cosigners))


@dataclass
class Export:
    """An exported case file as a folder in memory, and its parts, to be damaged."""

    manifest: Manifest
    files: dict[str, bytes]

    def read(self, name: str) -> bytes:
        if name == "manifest.json" and name not in self.files:
            return self.manifest.encode()
        if name not in self.files:
            raise FileRefusedError("missing")
        return self.files[name]

    @property
    def names(self) -> set[str]:
        return {"manifest.json", *self.files}


def header(position: int, kind: str, payload: bytes, *, key: str = "case-1") -> Header:
    return Header(
        agency="agency-1",
        stream_kind="case",
        stream_key=key,
        position=position,
        kind=kind,
        schema=1,
        actor="account-7",
        legal_date=date(2026, 3, 2),
        claimed_at=None,
        recorded_at=NOON,
        idempotency_key=f"key-{position}",
        request_digest=sha256(b"request"),
        lawdata="ab" * 32,
        payload=payload,
    )


def attachments() -> list[Jsonable]:
    return [
        {"role": "photo", "name": "现场.jpg", "sha256": sha256(PHOTO).hex(), "size": len(PHOTO)},
        {"role": "pdf", "name": "笔录.pdf", "sha256": sha256(SHEET).hex(), "size": len(SHEET)},
    ]


PAGE = canonical({"title": "当场行政处罚决定", "party": "张某", "pdf_sha256": sha256(SHEET).hex()}).decode()


def case_file(ledger: Ledger, *, note: Note | None = None, other_stream_at: int = 0) -> Export:
    """File a case of three events, the last of which publishes, with other entries in between."""
    payloads: list[tuple[str, Jsonable]] = [
        ("case.opened", {"number": NUMBER, "unit": "unit-1"}),
        ("document.filed", {"document": "d1", "files": attachments()}),
        ("publication.approved", {"publication": "p1"}),
    ]
    files = {"files/现场.jpg": PHOTO, "files/笔录.pdf": SHEET}
    parts: list[tuple[bytes, str, str, bytes, int]] = []
    decision = b""
    for position, (kind, payload) in enumerate(payloads, start=1):
        salt, body = bytes([position]) * 32, canonical(payload)
        key = "case-2" if position == other_stream_at else "case-1"
        head = header(position, kind, payload_commitment(salt, body), key=key).encode()
        commitment = event_commitment(head)
        decision = commitment if kind == "document.filed" else decision
        published = (sha256(PAGE.encode()), decision) if kind == "publication.approved" else (None, None)
        entry = Entry(commitment, *published).encode()
        ledger.add(Entry(sha256(b"another case %d" % position)).encode())
        parts.append((head, salt.hex(), event_path(position), entry, ledger.add(entry)))
        files[event_path(position)] = body
    events = tuple(
        ExportedEvent(head.decode(), salt, body, entry.decode(), index, tuple(h.hex() for h in ledger.proof(index)))
        for head, salt, body, entry, index in parts
    )
    listed = tuple((path, sha256(data).hex()) for path, data in files.items() if path.startswith("files/"))
    checkpoint = (note or ledger.note()).encode().decode()
    return Export(Manifest(NUMBER, events, checkpoint, listed), files)


def publication(ledger: Ledger, *, note: Note | None = None) -> Bundle:
    """Publish the page and wrap it with its proof."""
    entry = Entry(sha256(b"event"), sha256(PAGE.encode()), sha256(b"decision")).encode()
    for n in range(5):
        ledger.add(Entry(sha256(b"before %d" % n)).encode())
    index = ledger.add(entry)
    for n in range(3):
        ledger.add(Entry(sha256(b"after %d" % n)).encode())
    return wrap(ledger, PAGE, entry, index, note=note)


def wrap(ledger: Ledger, content: str, entry: bytes, index: int, *, note: Note | None = None) -> Bundle:
    """Put a text, its entry and the proof together."""
    return Bundle(
        content=content,
        entry=entry.decode(),
        index=index,
        proof=tuple(item.hex() for item in ledger.proof(index)),
        checkpoint=(note or ledger.note()).encode().decode(),
        origin=ORIGIN,
        size=ledger.size,
        pdf_sha256=sha256(SHEET).hex() if content == PAGE else None,
    )
