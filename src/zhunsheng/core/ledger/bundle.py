"""A publication that anybody can carry away and check (docs/spec/bundle.md).

    {"format":"zhunsheng-bundle/1",
     "content":<the public text>, "entry":<the ledger entry>, "index":<its number>,
     "size":<of the tree>, "proof":[<hex>…], "checkpoint":<the signed note>,
     "origin":<name of the log>, "pdf_sha256":<hex, optional>}

Every member is checked, and a member this page does not name makes the bundle
unreadable: a reader could take it for proved. New members need a new format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.canonical import Json, Jsonable, JsonError, canonical, parse_object, sha256
from zhunsheng.core.ledger.commitment import digest_from_hex
from zhunsheng.core.ledger.entry import Entry, EntryError
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.tree import Hash, ProofInvalidError, check_inclusion, leaf_hash
from zhunsheng.core.ledger.verdict import (
    Check,
    Found,
    Signed,
    Verdict,
    examine_checkpoint,
    passed_if,
    unreadable,
)

FORMAT: Final = "zhunsheng-bundle/1"
MAX_BUNDLE: Final = 8 * 1024 * 1024  # bytes
_REQUIRED: Final = frozenset({"format", "content", "entry", "index", "proof", "checkpoint", "origin"})
_OPTIONAL: Final = frozenset({"size", "pdf_sha256"})


class BundleError(ZhunshengError):
    """The bytes are not a bundle of this format. The message names the member."""

    code: ClassVar[str] = "bundle-unreadable"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The members as they are written. Reading them proves nothing: see ``verify_bundle``."""

    content: str
    entry: str
    index: int
    proof: tuple[str, ...]  # hex
    checkpoint: str
    origin: str
    size: int | None = None
    pdf_sha256: str | None = None  # hex; the content carries the same, or it is not proved

    def encode(self) -> bytes:
        """Return the file."""
        members: dict[str, Jsonable] = {
            "format": FORMAT,
            "content": self.content,
            "entry": self.entry,
            "index": self.index,
            "proof": list(self.proof),
            "checkpoint": self.checkpoint,
            "origin": self.origin,
        }
        if self.size is not None:
            members["size"] = self.size
        if self.pdf_sha256 is not None:
            members["pdf_sha256"] = self.pdf_sha256
        return canonical(members)

    @classmethod
    def parse(cls, data: bytes) -> "Bundle":
        """Read a bundle; any spacing and order of members is allowed.

        Raises:
            BundleError: not JSON, another format, a member missing, unknown or of another type.
        """
        try:
            raw = parse_object(data, max_bytes=MAX_BUNDLE)
        except JsonError as error:
            raise BundleError(str(error)) from error
        if raw.get("format") != FORMAT:
            raise BundleError("format")
        odd = (_REQUIRED - raw.keys()) | (raw.keys() - _REQUIRED - _OPTIONAL)
        if odd:
            raise BundleError(min(odd))
        return cls(
            content=text_of(raw, "content"),
            entry=text_of(raw, "entry"),
            index=int_of(raw, "index"),
            proof=texts_of(raw, "proof"),
            checkpoint=text_of(raw, "checkpoint"),
            origin=text_of(raw, "origin"),
            size=int_of(raw, "size") if "size" in raw else None,
            pdf_sha256=text_of(raw, "pdf_sha256") if "pdf_sha256" in raw else None,
        )


def text_of(raw: dict[str, Json], name: str) -> str:
    """Return a member that must be text.

    Raises:
        BundleError: it is missing or something else.
    """
    value = raw.get(name)
    if not isinstance(value, str):
        raise BundleError(name)
    return value


def int_of(raw: dict[str, Json], name: str) -> int:
    """Return a member that must be a whole number.

    Raises:
        BundleError: it is missing or something else; true is no number.
    """
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BundleError(name)
    return value


def texts_of(raw: dict[str, Json], name: str) -> tuple[str, ...]:
    """Return a member that must be a list of texts.

    Raises:
        BundleError: it is missing or something else.
    """
    value = raw.get(name)
    if not isinstance(value, list):
        raise BundleError(name)
    texts = tuple(item for item in value if isinstance(item, str))
    if len(texts) != len(value):
        raise BundleError(name)
    return texts


def verify_bundle(data: bytes, policy: Policy | None) -> Verdict:
    """Say whether ``data`` is a publication as the ledger has it. Never raises.

    Without a policy nobody is believed: the best answer is untrusted.
    """
    try:
        bundle = Bundle.parse(data)
    except BundleError as error:
        return unreadable("bundle", str(error))
    checks, signed = examine_checkpoint(bundle.checkpoint, policy)
    return Verdict((*_own_checks(bundle, signed), *checks), signed)


def _own_checks(bundle: Bundle, signed: Signed | None) -> list[Check]:
    checks = [*_content_checks(bundle), *_pdf_checks(bundle)]
    if signed is None:
        return [*checks, Check("inclusion", Found.NOT_CHECKED)]
    head = signed.checkpoint
    checks.append(passed_if(bundle.origin == head.origin, "origin", expected=head.origin, found=bundle.origin))
    if bundle.size is not None:
        checks.append(passed_if(bundle.size == head.size, "size", expected=str(head.size), found=str(bundle.size)))
    checks.append(inclusion_check(bundle.entry, bundle.index, bundle.proof, signed))
    return checks


def _content_checks(bundle: Bundle) -> list[Check]:
    digest = sha256(bundle.content.encode()).hex()
    try:
        entry = Entry.parse(bundle.entry.encode())
    except EntryError as error:
        return [Check("entry", Found.FAILED, expected="a ledger entry", found=str(error))]
    if entry.public is None:
        return [Check("entry", Found.FAILED, expected="an entry of a publication", found="an entry without one")]
    same = passed_if(entry.public.hex() == digest, "content", expected=entry.public.hex(), found=digest)
    return [Check("entry", Found.PASSED), same]


def _pdf_checks(bundle: Bundle) -> list[Check]:
    """The PDF lies beside the bundle; its digest counts when the published text has it too."""
    if bundle.pdf_sha256 is None:
        return []
    committed = _pdf_in(bundle.content)
    if committed is None:
        return [Check("pdf", Found.NOT_CHECKED, found=bundle.pdf_sha256)]
    return [passed_if(committed == bundle.pdf_sha256, "pdf", expected=committed, found=bundle.pdf_sha256)]


def _pdf_in(content: str) -> str | None:
    try:
        value = parse_object(content.encode()).get("pdf_sha256")
    except JsonError:
        return None
    return value if isinstance(value, str) else None


def inclusion_check(entry: str, index: int, proof: Sequence[str], signed: Signed, record: str = "") -> Check:
    """Check that ``entry`` is number ``index`` of the signed tree."""
    head = signed.checkpoint
    where = f"{index} of {head.size}"
    try:
        check_inclusion(leaf_hash(entry.encode()), index, head.size, _hashes(proof), head.root)
    except (ProofInvalidError, ValueError):
        return Check("inclusion", Found.FAILED, record, expected=head.root.hex(), found=where)
    return Check("inclusion", Found.PASSED, record, found=where)


def _hashes(proof: Sequence[str]) -> list[Hash]:
    return [digest_from_hex(item) for item in proof]
