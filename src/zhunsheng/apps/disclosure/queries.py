"""Reads of publications: the publisher's draft, the checker's exact page, what is on its way to the portal."""

from dataclasses import dataclass
from datetime import datetime

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.disclosure import drafts
from zhunsheng.apps.disclosure.drafts import Draft
from zhunsheng.apps.disclosure.models import Delivery
from zhunsheng.apps.journal import proofs
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.fold import CaseState, Publication, PublicationState
from zhunsheng.core.disclosure.masks import Mask
from zhunsheng.core.errors import Fault
from zhunsheng.core.ledger.bundle import Bundle
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.infra import datadir
from zhunsheng.infra.blobs import Blobs


@dataclass(frozen=True, slots=True)
class Checking:
    """What a checker sees: the publication, the exact page, its digest, the original it was made from."""

    publication: Publication
    page: Content
    page_digest: str  # goes back with the approval
    original: Json  # the paper with each hidden stretch marked
    masks: tuple[Mask, ...]
    residual: tuple[Fault, ...]
    own: bool  # the viewer proposed it himself, so somebody else must check it


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An approved publication with the best proof there is."""

    publication: str
    bundle: bytes
    pdf: bytes
    witnessed: bool
    approved_at: datetime


def drafting(number: str, *, viewer: Viewer, at: datetime) -> Draft | None:
    """Return the draft of a case's public page, with the masks of the newest proposal or with fresh ones.

    Raises:
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    state, _events = cases.load(number, viewer=viewer)
    earlier = _newest(state)
    masks = None if earlier is None else sealed_masks(earlier)
    return drafts.draft(state, masks, at=at)


def redrafted(number: str, masks: tuple[Mask, ...], *, viewer: Viewer, at: datetime) -> Draft | None:
    """Return the draft as it would be with ``masks``: what the publisher looks at before proposing.

    Raises:
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    state, _events = cases.load(number, viewer=viewer)
    return drafts.draft(state, masks, at=at)


def checking(number: str, *, viewer: Viewer, at: datetime) -> Checking | None:
    """Return what waits for a checker in this case, or None.

    Raises:
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    state, _events = cases.load(number, viewer=viewer)
    found = _newest(state)
    if found is None or found.state is not PublicationState.PROPOSED:
        return None
    masks = sealed_masks(found)
    whole = drafts.draft(state, masks, at=at)
    return Checking(
        publication=found,
        page=found.page,
        page_digest=sha256(canonical(dict(found.page))).hex(),
        original=whole.original if whole else None,
        masks=masks,
        residual=whole.residual if whole else (),
        own=found.proposed_by == viewer.account,
    )


def public_pdf(number: str, *, viewer: Viewer) -> bytes | None:
    """Return the PDF of the newest proposal, exactly as it will be published."""
    state, _events = cases.load(number, viewer=viewer)
    found = _newest(state)
    digest = found.page.get("pdf_sha256") if found else None
    return Blobs(datadir.current().blobs).read(digest) if isinstance(digest, str) else None


def underway(limit: int = 50) -> tuple[str, ...]:
    """Return publications that are approved and not yet shown with a full proof, oldest first."""
    rows = Delivery.objects.filter(proof__in=["", "pending"]).order_by("approved_at", "publication")
    return tuple(rows.values_list("publication", flat=True)[:limit])


def outgoing(publication: str) -> Outgoing | None:
    """Return a publication with its proof, or None while its event waits for the sequencer."""
    row = Delivery.objects.get(pk=publication)
    proof = proofs.proof(Ref(row.agency, "case", row.case), row.position)
    if proof is None:
        return None
    state = cases.state_of(row.agency, row.case)
    page = state.publications[publication].page
    content = canonical(dict(page)).decode()
    digest = page.get("pdf_sha256")
    bundle = Bundle(
        content=content,
        entry=proof.entry,
        index=proof.index,
        proof=proof.hashes,
        checkpoint=proof.checkpoint,
        origin=proof.origin,
        size=proof.size,
        pdf_sha256=digest if isinstance(digest, str) else None,
    )
    pdf = Blobs(datadir.current().blobs).read(digest) if isinstance(digest, str) else b""
    return Outgoing(publication, bundle.encode(), pdf, proof.witnessed, row.approved_at)


def shown_proof(publication: str) -> str:
    """Return the proof with which it was last delivered, "" before."""
    return Delivery.objects.values_list("proof", flat=True).filter(pk=publication).first() or ""


def sealed_masks(publication: Publication) -> tuple[Mask, ...]:
    """Return the masks of a proposal with their originals, which never leave the case file."""
    return tuple(
        Mask(n, str(row.get("original", "")), str(row.get("shown", "")), str(row.get("ground", "")))
        for n, row in enumerate(publication.masks, start=1)
    )


def _newest(state: CaseState) -> Publication | None:
    return max(state.publications.values(), key=lambda known: known.proposed_at, default=None)
