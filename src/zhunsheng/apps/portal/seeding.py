"""Many publications at once, for the bulk seeder: the columns of ``receive``, one COPY.

The signatures of the checkpoint are examined once for each batch, since all its bundles
carry the same one; that each text is what its entry says, and lies under the root, is
checked for every bundle, as ``receive`` does.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connections, transaction

from zhunsheng.apps.portal.commands import SIGNED, WITNESSED, BundleRefusedError
from zhunsheng.apps.portal.encoding import columns
from zhunsheng.core.ledger.bundle import Bundle, verify_bundle
from zhunsheng.core.ledger.canonical import sha256
from zhunsheng.core.ledger.entry import Entry
from zhunsheng.core.ledger.note import Checkpoint, parse_checkpoint
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.core.ledger.tree import ProofInvalidError, check_inclusion, leaf_hash
from zhunsheng.core.ledger.verdict import State
from zhunsheng.infra.database import Connection

COLUMNS: Final = (
    *("id", "change", "agency", "number", "kind", "title", "party", "cause", "result", "decided_on", "published_at"),
    *("content", "bundle", "proof", "pdf", "words", "search"),
)
NEXT: Final = "SELECT coalesce(max(change), 0) + 1 FROM portal_publication"
LOCK: Final = "SELECT pg_advisory_xact_lock(7305112)"
"""The lock of ``receive``: one writer at a time numbers the changes."""
INDEX: Final = "portal.portal_search"
PENDING_KB: Final = 2**21 - 1  # as much as a pending list may hold: only ``bulk`` empties it


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One bundle without a PDF, and when it was published."""

    bundle: Bundle
    at: datetime


def known(publications: Sequence[str]) -> set[str]:
    """Return those of ``publications`` that the portal shows."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT id FROM portal_publication WHERE id = ANY(%s)", [list(publications)])
        return {str(row[0]) for row in cursor.fetchall()}


@contextmanager
def bulk(owner: Connection) -> Iterator[None]:
    """Let the search index gather what comes in and sort it once at the end: a sixth of the time.

    A page has some five hundred terms, and each is an insertion of its own where nothing is
    gathered. Searches stay right meanwhile, only slower; a run that breaks off leaves an
    index that gathers, and the next run mends that.
    """
    owner.execute(f"ALTER INDEX {INDEX} SET (fastupdate = on, gin_pending_list_limit = {PENDING_KB})")
    try:
        yield
    finally:
        owner.execute(f"ALTER INDEX {INDEX} SET (fastupdate = off)")
        owner.execute(f"ALTER INDEX {INDEX} RESET (gin_pending_list_limit)")
        settle(owner)


def settle(owner: Connection) -> None:
    """Sort what the index has gathered."""
    owner.execute("SET maintenance_work_mem = '256MB'")
    owner.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])


def show(batch: Sequence[Outgoing], *, policy: Policy) -> str:
    """Show publications that are new here and share one checkpoint; return what their proof is worth.

    Raises:
        BundleRefusedError: a proof fails, or a text is not what its entry says. Nothing was shown.
        IntegrityError: one of them is shown already. Nothing was shown.
    """
    if not batch:
        return WITNESSED
    proof = _worth(batch[0].bundle, policy)
    with transaction.atomic(using="portal"), connections["portal"].cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(NEXT)
        first = int(cursor.fetchone()[0])
        with cursor.copy(f"COPY portal_publication ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in _rows(batch, proof, first):
                copy.write_row(row)
    return proof


def _worth(bundle: Bundle, policy: Policy) -> str:
    verdict = verify_bundle(bundle.encode(), policy)
    if verdict.state is not State.VERIFIED:
        raise BundleRefusedError(f"the proof is {verdict.state}")
    trust = verdict.signed.trust if verdict.signed else None
    return WITNESSED if trust and trust.cosigners else SIGNED


def _rows(batch: Sequence[Outgoing], proof: str, first: int) -> Iterable[tuple[object, ...]]:
    note = batch[0].bundle.checkpoint
    head = parse_checkpoint(note.encode())[1]
    for change, outgoing in enumerate(batch, first):
        bundle = outgoing.bundle
        if bundle.checkpoint != note or bundle.pdf_sha256 is not None:
            raise BundleRefusedError("a batch has one checkpoint and no PDF")
        _check(bundle, head)
        more = {"change": change, "published_at": outgoing.at, "content": bundle.content, "pdf": b""}
        more |= {"bundle": bundle.encode().decode(), "proof": proof}
        row = columns(json.loads(bundle.content)) | more
        yield tuple(row[name] for name in COLUMNS)


def _check(bundle: Bundle, head: Checkpoint) -> None:
    entry, path = bundle.entry.encode(), [bytes.fromhex(value) for value in bundle.proof]
    if Entry.parse(entry).public != sha256(bundle.content.encode()):
        raise BundleRefusedError("the text is not what the ledger commits to")
    try:
        check_inclusion(leaf_hash(entry), bundle.index, head.size, path, head.root)
    except ProofInvalidError as error:
        raise BundleRefusedError("the proof does not lead to the root") from error
