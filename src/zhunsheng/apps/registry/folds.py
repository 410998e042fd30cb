"""What an agency, a unit, a post, an officer, an item is after its events. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from zhunsheng.apps.registry import items
from zhunsheng.apps.registry.events import AgencyKind, ItemKind, OfficerKind, PostKind, UnitKind
from zhunsheng.apps.registry.facts import (
    Agency,
    AgencyName,
    Authorities,
    CertificateView,
    ItemView,
    Mandate,
    OfficerView,
    PostView,
    RecusalView,
    UnitView,
)
from zhunsheng.apps.registry.payloads import count, day, maybe_day, objects, word, words
from zhunsheng.core.casefile.events import Content, Event
from zhunsheng.core.casefile.people import Capacity, Certificate, Recusal

Told: TypeAlias = Sequence[tuple[str, Content]]


def fold_agency(agency: str, events: Sequence[Event]) -> Agency | None:
    """Return the agency after ``events``; None before it was registered."""
    state: Agency | None = None
    for kind, payload in _told(events):
        if kind == AgencyKind.REGISTERED:
            names = tuple(agency_name(each) for each in objects(payload, "names"))
            heard = tuple(authorities(each) for each in objects(payload, "authorities"))
            state = Agency(agency, word(payload, "area"), word(payload, "area_short"), names, heard)
        elif state is not None and kind == AgencyKind.RENAMED:
            state = replace(state, names=(*state.names, agency_name(payload)))
        elif state is not None and kind == AgencyKind.AUTHORITIES_SET:
            state = replace(state, authorities=(*state.authorities, authorities(payload)))
    return state


def agency_name(payload: Content) -> AgencyName:
    """Read one dated name."""
    return AgencyName(day(payload, "since"), word(payload, "name"), word(payload, "seal"))


def authorities(payload: Content) -> Authorities:
    """Read one dated set of authorities."""
    texts = (word(payload, name) for name in ("government", "superior", "court", "source"))
    return Authorities(day(payload, "since"), *texts)


def fold_unit(agency: str, unit: str, events: Sequence[Event]) -> UnitView | None:
    """Return the unit after ``events``; None before it was established."""
    state: UnitView | None = None
    for kind, payload in _told(events):
        if kind == UnitKind.ESTABLISHED:
            state = UnitView(unit, word(payload, "name"), agency, word(payload, "parent"), words(payload, "duties"))
        elif state is not None and kind == UnitKind.CAPACITY_GRANTED:
            state = replace(state, mandates=(*state.mandates, _mandate(payload)))
        elif state is not None and kind == UnitKind.CAPACITY_ENDED:
            state = replace(state, mandates=tuple(_ended(mandate, payload) for mandate in state.mandates))
    return state


def _mandate(payload: Content) -> Mandate:
    capacity = Capacity(
        act=word(payload, "act"),
        fields=words(payload, "fields"),
        area=word(payload, "area"),
        as_=word(payload, "standing"),
        valid_from=day(payload, "valid_from"),
        valid_to=maybe_day(payload, "valid_to"),
        mandate=word(payload, "mandate"),
    )
    number, published = count(payload, "number"), maybe_day(payload, "published_on")
    return Mandate(number, capacity, word(payload, "matters"), word(payload, "powers"), published)


def _ended(mandate: Mandate, payload: Content) -> Mandate:
    if mandate.number != count(payload, "number"):
        return mandate
    return replace(mandate, capacity=replace(mandate.capacity, valid_to=day(payload, "last_day")))


def fold_post(post: str, events: Sequence[Event]) -> PostView | None:
    """Return the post after ``events``; None before it was established."""
    for kind, payload in _told(events):
        if kind == PostKind.ESTABLISHED:
            return PostView(post, word(payload, "name"), word(payload, "unit"), words(payload, "duties"))
    return None


def fold_officer(officer: str, events: Sequence[Event]) -> OfficerView | None:
    """Return the officer after ``events``, without the names of unit and post; None before he was registered."""
    state: OfficerView | None = None
    for kind, payload in _told(events):
        if kind == OfficerKind.REGISTERED:
            state = _registered(officer, payload)
        elif state is not None:
            state = _officer_after(state, kind, payload)
    return state


def _registered(officer: str, payload: Content) -> OfficerView:
    return OfficerView(
        id=officer,
        name=word(payload, "name"),
        unit=word(payload, "unit"),
        unit_name="",
        post=word(payload, "post"),
        post_name="",
        certificates=(),
        recusals=(),
        exam_passed_on=maybe_day(payload, "exam_passed_on"),
        legal_qualification=word(payload, "legal_qualification"),
    )


def _officer_after(state: OfficerView, kind: str, payload: Content) -> OfficerView:
    match kind:
        case OfficerKind.MOVED:
            return replace(state, unit=word(payload, "unit"), post=word(payload, "post"))
        case OfficerKind.EXAM_PASSED:
            return replace(state, exam_passed_on=day(payload, "on"))
        case OfficerKind.CERTIFICATE_ISSUED | OfficerKind.CERTIFICATE_WITHDRAWN:
            return replace(state, certificates=_certificates(state, kind, payload))
        case OfficerKind.RECUSAL_DECIDED | OfficerKind.RECUSAL_LIFTED:
            return replace(state, recusals=_recusals(state, kind, payload))
        case _:
            return state


def _certificates(state: OfficerView, kind: str, payload: Content) -> tuple[CertificateView, ...]:
    if kind == OfficerKind.CERTIFICATE_ISSUED:
        return (*state.certificates, _issued(payload))
    return tuple(_withdrawn(each, payload) for each in state.certificates)


def _recusals(state: OfficerView, kind: str, payload: Content) -> tuple[RecusalView, ...]:
    if kind == OfficerKind.RECUSAL_DECIDED:
        return (*state.recusals, _recusal(payload))
    return tuple(_lifted(each, payload) for each in state.recusals)


def _issued(payload: Content) -> CertificateView:
    certificate = Certificate(
        number=word(payload, "number"),
        category=word(payload, "category"),
        area=word(payload, "area"),
        valid_from=day(payload, "valid_from"),
        valid_to=day(payload, "valid_to"),
        kind=word(payload, "kind"),
    )
    return CertificateView(certificate, word(payload, "issuer"), "")


def _withdrawn(view: CertificateView, payload: Content) -> CertificateView:
    if view.certificate.number != word(payload, "number"):
        return view
    certificate = replace(view.certificate, withdrawn_on=day(payload, "on"))
    return replace(view, certificate=certificate, withdrawn_because=word(payload, "reason"))


def _recusal(payload: Content) -> RecusalView:
    texts = word(payload, "party_code"), word(payload, "party_name")
    recusal = Recusal(*texts, day(payload, "since"), word(payload, "reason"))
    return RecusalView(count(payload, "number"), recusal, word(payload, "decided_by"), None)


def _lifted(view: RecusalView, payload: Content) -> RecusalView:
    return replace(view, lifted_on=day(payload, "on")) if view.number == count(payload, "number") else view


def fold_item(events: Sequence[Event]) -> ItemView | None:
    """Return the item after ``events``; None before it was adopted."""
    state: ItemView | None = None
    for kind, payload in _told(events):
        if kind in {ItemKind.ADOPTED, ItemKind.REVISED}:
            state = ItemView(items.from_json(payload["item"]), None)
        elif state is not None and kind == ItemKind.RETIRED:
            state = replace(state, last_day=day(payload, "last_day"))
    return state


def _told(events: Sequence[Event]) -> Told:
    """Return kind and payload of what has not been lawfully disposed of."""
    return [(event.kind, event.payload) for event in events if event.payload is not None]
