"""The only door of the portal: ``receive`` takes a bundle, checks it, and shows it. Nothing is published around it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.db import connections, transaction

from zhunsheng.apps.portal.encoding import ContentError, columns
from zhunsheng.apps.portal.models import Publication
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.bundle import Bundle, BundleError, verify_bundle
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.verdict import Found, State

PENDING: Final = "pending"  # the quorum is still missing
SIGNED: Final = "signed"  # the policy asks for no witness
WITNESSED: Final = "witnessed"  # the quorum of the policy has cosigned
_WORTH: Final = (PENDING, SIGNED, WITNESSED)
_LOCK: Final = 7_305_112  # one writer at a time numbers the changes


class BundleRefusedError(ZhunshengError):
    """The bundle does not prove what it shows, or would change what is published. Nothing was shown."""

    code: ClassVar[str] = "bundle-refused"


@dataclass(frozen=True, slots=True)
class Received:
    """The receipt: where the publication stands, and with what proof."""

    publication: str
    address: str
    proof: str
    change: int


def receive(bundle: bytes, pdf: bytes, *, policy: Policy, at: datetime) -> Received:
    """Show the publication of ``bundle``. The same bundle twice is harmless; a better proof replaces a lesser one.

    Args:
        bundle: the file of docs/spec/bundle.md.
        pdf: the bytes whose SHA-256 the content names; empty when it names none.
        policy: whose signatures the portal believes.
        at: moment of publication, for a publication that is new here.

    Raises:
        BundleRefusedError: unreadable, the proof fails, the PDF is another one, or other content stands under this id.
    """
    parsed, row = _read(bundle)
    proof = _proof(bundle, policy)
    _check_pdf(parsed, pdf)
    with transaction.atomic(using="portal"):
        _alone()
        known = Publication.objects.filter(pk=row["id"]).first()
        if known is not None and known.content != parsed.content:
            raise BundleRefusedError(f"{known.id} shows other content")
        if known is not None and _WORTH.index(proof) <= _WORTH.index(known.proof):
            return _receipt(known)
        shown = known or Publication(**row, content=parsed.content, pdf=pdf, published_at=at)
        shown.bundle, shown.proof, shown.change = bundle.decode(), proof, _next_change()
        shown.save()
    return _receipt(shown)


def _read(bundle: bytes) -> tuple[Bundle, Mapping[str, object]]:
    try:
        parsed = Bundle.parse(bundle)
        content: Json = json.loads(parsed.content)
        if not isinstance(content, dict):
            raise BundleRefusedError("the content is no object")
        return parsed, columns(content)
    except (BundleError, ContentError, json.JSONDecodeError, RecursionError) as error:
        raise BundleRefusedError(f"unreadable: {error}") from error


def _proof(bundle: bytes, policy: Policy) -> str:
    """Return what the proof is worth: an outage of witnesses must not break a statutory term (decision 13)."""
    verdict = verify_bundle(bundle, policy)
    if verdict.state is State.VERIFIED:
        trust = verdict.signed.trust if verdict.signed else None
        return WITNESSED if trust and trust.cosigners else SIGNED
    lacking = {check.name for check in verdict.checks if check.state is Found.UNTRUSTED}
    if verdict.state is State.UNTRUSTED and lacking == {"witness-quorum"}:
        return PENDING
    raise BundleRefusedError(f"the proof is {verdict.state}")


def _check_pdf(bundle: Bundle, pdf: bytes) -> None:
    # The member of the content is what the ledger commits to; that of the bundle was compared with it.
    expected = json.loads(bundle.content).get("pdf_sha256")
    if (hashlib.sha256(pdf).hexdigest() if pdf else None) != expected:
        raise BundleRefusedError("the PDF is not the one that was approved")


def _alone() -> None:
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _next_change() -> int:
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT coalesce(max(change), 0) + 1 FROM portal_publication")
        return int(cursor.fetchone()[0])


def _receipt(row: Publication) -> Received:
    return Received(row.id, f"/p/{row.id}", row.proof, row.change)
