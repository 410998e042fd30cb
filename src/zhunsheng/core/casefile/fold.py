"""The state of a case is the fold of its events, and is stored nowhere as truth.

``fold`` is total over every history ``append`` can produce. An event whose payload was
lawfully disposed of keeps its place: the fold counts it and knows that it no longer
knows. Old schema versions are brought to the present shape by ``UPCASTS``; events are
never migrated. A kind or version nobody taught this module is an error, never skipped:
a case file read in part would be shown as if it were whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final, TypeAlias

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.casefile.people import Party
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault, ZhunshengError


class UnreadableEventError(ZhunshengError):
    """The case file holds an event of a kind or version this program does not know."""

    code: ClassVar[str] = "event-unreadable"

    def __init__(self, position: int, kind: str, schema: int) -> None:
        self.position, self.kind, self.schema = position, kind, schema
        super().__init__(f"event {position}: no reader for {kind} version {schema}")


@dataclass(frozen=True, slots=True)
class Signature:
    officer: str
    position: int
    signed_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a checker or a head said about a document (审核意见, 审批意见)."""

    opinion: str  # checked | approved | returned | refused
    officer: str
    capacity: str  # unit-head | checker | agency-head | deputy-head
    text: str
    delegation: str  # number of the written delegation, where a deputy acted
    position: int
    given_on: date
    recorded_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a document; the bytes are found by their SHA-256 (hex)."""

    role: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Late:
    """What came too late, and the reason that was given for it."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A filed document with everything that later happened to it."""

    id: str
    form: str
    form_version: int
    number: str | None
    made_on: date  # legal date
    officers: tuple[str, ...]
    content: Content
    position: int
    actor: str
    recorded_at: datetime
    files: tuple[Attachment, ...] = ()
    faults: tuple[Fault, ...] = ()
    late: tuple[Late, ...] = ()
    procedure: str = ""
    lawdata: str = ""
    signatures: tuple[Signature, ...] = ()
    voided: bool = False
    void_reason: str = ""
    opinions: tuple[Opinion, ...] = ()
    derived: Content = field(default_factory=lambda: MappingProxyType({}))

    def opined(self, *kinds: str) -> Opinion | None:
        """Return the newest opinion of these kinds."""
        return next((opinion for opinion in reversed(self.opinions) if opinion.opinion in kinds), None)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Return the officers named in it who have not signed, in the order of the sheet."""
        signed = {signature.officer for signature in self.signatures}
        return tuple(officer for officer in self.officers if officer not in signed)


class PublicationState(StrEnum):
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Publication:
    id: str
    document: str
    state: PublicationState
    page: Content
    masks: tuple[Content, ...]
    proposed_by: str  # account
    proposed_at: datetime
    proposed_on: date
    decided_by: str = ""  # account that approved or returned
    decided_on: date | None = None
    page_digest: str = ""
    returned_reason: str = ""
    delivered_at: datetime | None = None
    channel: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class CaseState:
    """What the case file says so far. ``position`` is that of its last event, 0 before the first."""

    number: str = ""
    unit: str = ""
    agency: str = ""
    procedure: str = ""
    opened_on: date | None = None
    party: Party | None = None  # as the newest document in force names it
    item: str = ""
    documents: tuple[Document, ...] = ()
    publications: Mapping[str, Publication] = field(default_factory=lambda: MappingProxyType({}))
    disposed: tuple[int, ...] = ()  # positions whose content was lawfully destroyed
    position: int = 0

    def document(self, document_id: str) -> Document | None:
        """Return the document with this id, voided ones included."""
        return next((document for document in self.documents if document.id == document_id), None)

    def in_force(self, form: str) -> tuple[Document, ...]:
        """Return the documents of ``form`` that were not voided, oldest first."""
        return tuple(document for document in self.documents if document.form == form and not document.voided)

    def latest(self, form: str) -> Document | None:
        """Return the newest document of ``form`` that was not voided."""
        found = self.in_force(form)
        return found[-1] if found else None


Upcast: TypeAlias = Callable[[Content], Content]
Reader: TypeAlias = Callable[[CaseState, Event, Content], CaseState]

CURRENT: Final[Mapping[EventKind, int]] = MappingProxyType(dict.fromkeys(EventKind, 1))
"""The schema version each reader below expects."""

UPCASTS: Final[Mapping[tuple[EventKind, int], Upcast]] = MappingProxyType({})
"""From ``(kind, version)`` to the next version. Every shape is still version 1."""


def fold(events: Iterable[Event]) -> CaseState:
    """Return the state after ``events``, which are one case's, in order of position.

    Raises:
        UnreadableEventError: an event of an unknown kind, or of a version newer than this program.
    """
    state = CaseState()
    for event in events:
        state = advance(state, event)
    return state


def advance(state: CaseState, event: Event) -> CaseState:
    """Return ``state`` after one more event.

    Raises:
        UnreadableEventError: see ``fold``.
    """
    kind = _known(event)
    moved = replace(state, position=event.position)
    if event.payload is None:
        return replace(moved, disposed=(*state.disposed, event.position))
    return _READERS[kind](moved, event, _present(kind, event))


def _known(event: Event) -> EventKind:
    if event.kind not in set(EventKind) or not 1 <= event.schema <= CURRENT[EventKind(event.kind)]:
        raise UnreadableEventError(event.position, event.kind, event.schema)
    return EventKind(event.kind)


def _present(kind: EventKind, event: Event) -> Content:
    payload: Content = event.payload or {}
    for version in range(event.schema, CURRENT[kind]):
        payload = UPCASTS[kind, version](payload)
    return payload


def _opened(state: CaseState, event: Event, payload: Content) -> CaseState:
    return replace(
        state,
        number=read.text(payload, "number"),
        unit=read.text(payload, "unit"),
        agency=read.text(payload, "agency"),
        procedure=read.text(payload, "procedure"),
        opened_on=event.legal_date,
    )


def _filed(state: CaseState, event: Event, payload: Content) -> CaseState:
    document = Document(
        id=read.text(payload, "document"),
        form=read.text(payload, "form"),
        form_version=read.money(payload, "form_version") or 1,
        number=read.text(payload, "number") or None,
        made_on=read.day(payload, "made_on") or event.legal_date,
        officers=read.names(payload.get("officers")),
        content=_mapping(payload.get("content")),
        position=event.position,
        actor=event.actor,
        recorded_at=event.recorded_at,
        files=tuple(_attachment(row) for row in read.rows(payload, "files")),
        faults=tuple(_fault(row) for row in read.rows(payload, "faults")),
        late=tuple(Late(read.text(row, "code"), read.text(row, "reason")) for row in read.rows(payload, "late")),
        procedure=read.text(payload, "procedure"),
        lawdata=read.text(payload, "lawdata"),
        derived=_mapping(payload.get("derived")),
    )
    return _with_subject(replace(state, documents=(*state.documents, document)))


def _signed(state: CaseState, event: Event, payload: Content) -> CaseState:
    officer = read.text(payload, "officer")
    signature = Signature(officer, event.position, event.legal_date, event.recorded_at)

    def sign(document: Document) -> Document:
        if officer in {known.officer for known in document.signatures}:
            return document  # a signature is given once; a second press adds nothing
        return replace(document, signatures=(*document.signatures, signature))

    return _changed(state, read.text(payload, "document"), sign)


def _opined(state: CaseState, event: Event, payload: Content) -> CaseState:
    opinion = Opinion(
        opinion=read.text(payload, "opinion"),
        officer=read.text(payload, "officer"),
        capacity=read.text(payload, "capacity"),
        text=read.text(payload, "text"),
        delegation=read.text(payload, "delegation"),
        position=event.position,
        given_on=event.legal_date,
        recorded_at=event.recorded_at,
        actor=event.actor,
    )
    return _changed(
        state,
        read.text(payload, "document"),
        lambda document: replace(document, opinions=(*document.opinions, opinion)),
    )


def _voided(state: CaseState, _event: Event, payload: Content) -> CaseState:
    reason = read.text(payload, "reason")
    changed = _changed(
        state, read.text(payload, "document"), lambda document: replace(document, voided=True, void_reason=reason)
    )
    return _with_subject(changed)


def _proposed(state: CaseState, event: Event, payload: Content) -> CaseState:
    publication = Publication(
        id=read.text(payload, "publication"),
        document=read.text(payload, "document"),
        state=PublicationState.PROPOSED,
        page=_mapping(payload.get("page")),
        masks=tuple(read.rows(payload, "masks")),
        proposed_by=event.actor,
        proposed_at=event.recorded_at,
        proposed_on=event.legal_date,
    )
    return _published(state, publication)


def _returned(state: CaseState, event: Event, payload: Content) -> CaseState:
    def send_back(publication: Publication) -> Publication:
        return replace(
            publication,
            state=PublicationState.RETURNED,
            decided_by=event.actor,
            decided_on=event.legal_date,
            returned_reason=read.text(payload, "reason"),
        )

    return _moved(state, payload, send_back)


def _approved(state: CaseState, event: Event, payload: Content) -> CaseState:
    def approve(publication: Publication) -> Publication:
        return replace(
            publication,
            state=PublicationState.APPROVED,
            decided_by=event.actor,
            decided_on=event.legal_date,
            page_digest=read.text(payload, "page_digest"),
        )

    return _moved(state, payload, approve)


def _delivered(state: CaseState, event: Event, payload: Content) -> CaseState:
    def deliver(publication: Publication) -> Publication:
        return replace(
            publication,
            state=PublicationState.DELIVERED,
            delivered_at=event.recorded_at,
            channel=read.text(payload, "channel"),
            address=read.text(payload, "address"),
        )

    return _moved(state, payload, deliver)


def _mapping(value: Json) -> Content:
    return MappingProxyType(dict(value)) if isinstance(value, Mapping) else MappingProxyType({})


def _attachment(row: Content) -> Attachment:
    role, name, digest = (read.text(row, key) for key in ("role", "name", "sha256"))
    return Attachment(role, name, digest, read.money(row, "size") or 0)


def _fault(row: Content) -> Fault:
    basis, facts = read.text(row, "basis"), row.get("facts")
    return Fault(
        code=read.text(row, "code"),
        basis=Citation.parse(basis) if basis else None,
        facts=_pairs(facts),
        field=read.text(row, "field") or None,
    )


def _pairs(facts: Json) -> tuple[tuple[str, str], ...]:
    """Read the facts of a fault: an object, or a list of pairs as ``Fault`` itself holds them."""
    if isinstance(facts, Mapping):
        return tuple((name, str(value)) for name, value in facts.items())
    if isinstance(facts, list):
        return tuple((str(pair[0]), str(pair[1])) for pair in facts if isinstance(pair, list) and len(pair) == 2)  # noqa: PLR2004
    return ()


def _changed(state: CaseState, document_id: str, change: Callable[[Document], Document]) -> CaseState:
    documents = tuple(change(known) if known.id == document_id else known for known in state.documents)
    return replace(state, documents=documents)


def _moved(state: CaseState, payload: Content, change: Callable[[Publication], Publication]) -> CaseState:
    publication = state.publications.get(read.text(payload, "publication"))
    # Its proposal may have been disposed of; then there is nothing left to show.
    return state if publication is None else _published(state, change(publication))


def _published(state: CaseState, publication: Publication) -> CaseState:
    return replace(state, publications=MappingProxyType({**state.publications, publication.id: publication}))


def _with_subject(state: CaseState) -> CaseState:
    """Take party and item from the newest document in force that names them."""
    party, item = None, ""
    for document in state.documents:
        if not document.voided:
            party = party_of(document.content) or party
            item = read.text(document.content, "item") or item
    return replace(state, party=party, item=item)


_READERS: Final[Mapping[EventKind, Reader]] = MappingProxyType(
    {
        EventKind.CASE_OPENED: _opened,
        EventKind.DOCUMENT_FILED: _filed,
        EventKind.DOCUMENT_SIGNED: _signed,
        EventKind.DOCUMENT_OPINED: _opined,
        EventKind.DOCUMENT_VOIDED: _voided,
        EventKind.PUBLICATION_PROPOSED: _proposed,
        EventKind.PUBLICATION_RETURNED: _returned,
        EventKind.PUBLICATION_APPROVED: _approved,
        EventKind.PUBLICATION_DELIVERED: _delivered,
    }
)
