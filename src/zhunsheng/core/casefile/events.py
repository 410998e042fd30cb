"""What can happen to a case file, and the JSON shape of each event's payload.

The value of a kind is written into the ledger: it is never renamed and never reused.
A new meaning gets a new kind; a new shape gets a new schema version and an upcast.
Money is in fen (int), days are ISO dates, times of day are local ``YYYY-MM-DDTHH:MM``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
Content: TypeAlias = Mapping[str, Json]


class EventKind(StrEnum):
    """Events of a case stream, as ``subject.past-participle``."""

    CASE_OPENED = "case.opened"
    """``{number, unit, procedure, agency}``: the stream exists; no legal act yet."""

    DOCUMENT_FILED = "document.filed"
    """``{document, form, form_version, number|null, made_on, officers: [id], content: {…},
    files: [{role, name, sha256, size}], faults: [{code, basis|null, facts, field|null}],
    late: [{code, reason}], device, procedure, lawdata, derived: {…}}``; ``derived`` is what the
    program found by the law of that day (needs, substance, what is owed); absent in old events."""

    DOCUMENT_SIGNED = "document.signed"
    """``{document, officer, strokes|null}``: an officer named in it signs with his own account."""

    DOCUMENT_OPINED = "document.opined"
    """``{document, opinion, officer, capacity, text, delegation|null}``: a checker or head acts on it
    with his own account; ``opinion`` is ``checked``, ``approved``, ``returned`` or ``refused``."""

    DOCUMENT_VOIDED = "document.voided"
    """``{document, reason}``: its number stays used."""

    PUBLICATION_PROPOSED = "publication.proposed"
    """``{publication, document, page: {…}, masks: [{n, field, original, shown, ground}]}``."""

    PUBLICATION_RETURNED = "publication.returned"
    """``{publication, reason}``: the checker sends it back."""

    PUBLICATION_APPROVED = "publication.approved"
    """``{publication, page_digest}``: the checker saw exactly this page. The event that publishes:
    its ledger entry also carries the digest of the public bytes."""

    PUBLICATION_DELIVERED = "publication.delivered"
    """``{publication, channel, address, at}``: the carrier's receipt; the publication clock stops here."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event as the fold sees it. ``payload`` is None once it was lawfully disposed of."""

    position: int  # in its stream, from 1
    kind: str
    schema: int
    actor: str  # account id
    legal_date: date  # written in the document; deadlines run from it
    claimed_at: datetime | None  # the device's claim
    recorded_at: datetime  # the server's record, UTC
    payload: Content | None
