"""The only door of the portal: ``receive`` takes a bundle, checks it, and shows it. Nothing is published around it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from django.db import connections, transaction

from zhunsheng.apps.portal.models import Publication
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.ledger.bundle import Bundle, verify_bundle
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.verdict import Found, State
from zhunsheng.infra import search

WITNESSED: Final = "witnessed"  # the quorum of the policy has cosigned
SIGNED: Final = "signed"  # the policy asks for no witness
PENDING: Final = "pending"  # the quorum is still missing
_LOCK: Final = 7_305_112  # one writer at a time numbers the changes
_FORMATS: Final = frozenset({"zhunsheng-publication/1"})


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
        BundleRefusedError: the proof fails, the PDF is another one, or other content stands under this id.
    """
    parsed = Bundle.parse(bundle)
    proof = _proof(bundle, policy)
    content = _content(parsed)
    _check_pdf(content, pdf)
    with transaction.atomic(using="portal"):
        _alone()
        known = Publication.objects.filter(pk=content["publication"]).first()
        if known is not None and known.content != parsed.content:
            raise BundleRefusedError(f"{known.id} shows other content")
        if known is not None and proof in {known.proof, PENDING}:
            return _receipt(known)
        row = known or Publication(**_columns(content), content=parsed.content, pdf=pdf, published_at=at)
        row.bundle, row.proof, row.change = bundle.decode(), proof, _next_change()
        row.save()
    return _receipt(row)


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


def _content(bundle: Bundle) -> dict[str, object]:
    content: object = json.loads(bundle.content)
    if not isinstance(content, dict) or content.get("format") not in _FORMATS:
        raise BundleRefusedError("unknown format of content")
    return content


def _check_pdf(content: Mapping[str, object], pdf: bytes) -> None:
    expected = content.get("pdf_sha256")
    if (hashlib.sha256(pdf).hexdigest() if pdf else None) != expected:
        raise BundleRefusedError("the PDF is not the one that was approved")


def _columns(content: Mapping[str, object]) -> dict[str, object]:
    party = content.get("party")
    name = party.get("name", "") if isinstance(party, Mapping) else ""
    shown = list(_strings(content))
    return {
        "id": content["publication"],
        "agency": content["agency"],
        "number": content["number"],
        "kind": content["kind"],
        "title": content["title"],
        "party": name,
        "cause": content["cause"],
        "result": content["result"],
        "decided_on": date.fromisoformat(str(content["decided_on"])),
        "words": search.normalise(" ".join(shown)),
        "search": _vector(shown),
    }


def _vector(shown: list[str]) -> str:
    # Terms hold letters and digits only: no quoting can go wrong.
    return " ".join(f"'{term}'" for term in search.terms(" ".join(shown)))


_UNSEARCHED: Final = frozenset({"format", "publication", "decision", "pdf_sha256", "kind", "due_explained", "masks"})


def _strings(value: object, name: str = "") -> Iterator[str]:
    """Yield what a reader of the page sees, once each place."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key not in _UNSEARCHED:
                yield from _strings(part, str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, name)


def _alone() -> None:
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _next_change() -> int:
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT coalesce(max(change), 0) + 1 FROM portal_publication")
        return int(cursor.fetchone()[0])


def _receipt(row: Publication) -> Received:
    return Received(row.id, f"/p/{row.id}", row.proof, row.change)
