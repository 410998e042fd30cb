"""Reads of the registry: the core's own types and frozen views, never rows.

Everything is asked within one agency, which comes first. Judging stays with the core:
a query tells what is known of an officer or a unit, not whether he may act.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from zhunsheng.apps.registry import models
from zhunsheng.apps.registry.facts import (
    Agency,
    CertificateView,
    ItemView,
    Mandate,
    OfficerView,
    PostView,
    RecusalView,
    UnitNode,
    UnitView,
)
from zhunsheng.apps.registry.folds import agency_name, authorities
from zhunsheng.apps.registry.items import from_json
from zhunsheng.core.casefile.people import Capacity, Certificate, Officer, Recusal, Unit
from zhunsheng.core.law.items import Item


class UnknownError(LookupError):
    """The agency has no such unit, officer or item: a caller's mistake, or a page that is not found."""


def agencies() -> Sequence[Agency]:
    """Return all agencies of the installation, by id."""
    return tuple(_agency(row) for row in models.Agency.objects.order_by("pk"))


def agency(agency_id: str) -> Agency:
    """Return one agency.

    Raises:
        UnknownError: it is not registered.
    """
    row = models.Agency.objects.filter(pk=agency_id).first()
    if row is None:
        raise UnknownError(agency_id)
    return _agency(row)


def units(agency_id: str) -> Mapping[str, UnitView]:
    """Return the units of an agency by id, each with the mandates granted to itself."""
    granted: dict[str, list[Mandate]] = defaultdict(list)
    for row in models.Capacity.objects.filter(agency=agency_id).order_by("code", "number"):
        granted[row.code].append(_mandate(row))
    rows = models.Unit.objects.filter(agency=agency_id).order_by("code")
    return {
        row.code: UnitView(row.code, row.name, row.agency, row.parent, tuple(row.duties), tuple(granted[row.code]))
        for row in rows
    }


def unit(agency_id: str, unit_id: str) -> Unit:
    """Return a unit as the gates see it.

    A section acts in the capacity of the body it is part of: the capacities of the units
    above it are its own too.

    Raises:
        UnknownError: there is no such unit.
    """
    known = units(agency_id)
    if unit_id not in known:
        raise UnknownError(unit_id)
    return _unit(unit_id, known)


def unit_tree(agency_id: str) -> Sequence[UnitNode]:
    """Return the units of an agency as a forest, each level by id."""
    known = units(agency_id)
    return tuple(_node(each, known) for each in known.values() if not each.parent)


def units_below(agency_id: str, unit_id: str) -> frozenset[str]:
    """Return ``unit_id`` and the ids of all units below it."""
    parents = dict(models.Unit.objects.filter(agency=agency_id).values_list("code", "parent"))
    return frozenset({unit_id, *(each for each in parents if unit_id in _line(each, parents))})


def posts(agency_id: str) -> Mapping[str, PostView]:
    """Return the posts of an agency by id."""
    rows = models.Post.objects.filter(agency=agency_id).order_by("code")
    return {row.code: PostView(row.code, row.name, row.unit, tuple(row.duties)) for row in rows}


def officers_on(ids: Iterable[str], agency_id: str, day: date | None = None) -> Mapping[str, Officer]:
    """Return those of ``ids`` that are officers of the agency, as the gates see them.

    Args:
        ids: officer ids; unknown ones are missing in the answer.
        agency_id: whose officers.
        day: recusals lifted by then are left out; None leaves out every lifted one.
    """
    wanted = sorted(set(ids))
    return {view.id: officer_of(view, day) for view in _officers(Q(agency=agency_id, code__in=wanted))}


def officer_list(agency_id: str, *, unit_id: str = "", below: bool = True) -> Sequence[OfficerView]:
    """Return the officers of an agency, or of a unit and those below it, by unit and id."""
    where = Q(agency=agency_id)
    if unit_id:
        where &= Q(unit__in=units_below(agency_id, unit_id) if below else {unit_id})
    return _officers(where)


def officer(agency_id: str, officer_id: str) -> OfficerView:
    """Return one officer.

    Raises:
        UnknownError: the agency has none of that id.
    """
    found = _officers(Q(agency=agency_id, code=officer_id))
    if not found:
        raise UnknownError(officer_id)
    return found[0]


def items(agency_id: str) -> Mapping[str, Item]:
    """Return the items the agency has adopted, by id; a retired one ends on its last day."""
    rows = models.Item.objects.filter(agency=agency_id).order_by("code")
    return {row.code: _item(row).item for row in rows}


def item_list(agency_id: str) -> Sequence[ItemView]:
    """Return the items of an agency with the day each was retired, by id."""
    return tuple(_item(row) for row in models.Item.objects.filter(agency=agency_id).order_by("code"))


def search_items(agency_id: str, words: str, day: date, *, mark: str = "") -> Sequence[Item]:
    """Return the items usable on ``day`` whose cause or field has every one of ``words`` (apart by spaces)."""
    wanted = words.split()
    return tuple(
        item
        for item in items(agency_id).values()
        if item.in_force(day) and mark in {"", item.mark} and all(w in f"{item.cause} {item.field}" for w in wanted)
    )


def officer_of(view: OfficerView, day: date | None = None) -> Officer:
    """Return an officer as the gates see him; see ``officers_on`` for ``day``."""
    standing = (each for each in view.recusals if not _is_lifted(each, day))
    return Officer(
        id=view.id,
        name=view.name,
        unit=view.unit,
        post=view.post_name,
        certificates=tuple(each.certificate for each in view.certificates),
        recusals=tuple(each.recusal for each in standing),
        exam_passed_on=view.exam_passed_on,
    )


def _is_lifted(view: RecusalView, day: date | None) -> bool:
    return view.lifted_on is not None and (day is None or view.lifted_on <= day)


def _officers(where: Q) -> Sequence[OfficerView]:
    rows = list(models.Officer.objects.filter(where).order_by("agency", "unit", "code"))
    keys = Q(agency__in={row.agency for row in rows}, code__in={row.code for row in rows})
    certificates: dict[tuple[str, str], list[CertificateView]] = defaultdict(list)
    for held in models.Certificate.objects.filter(keys).order_by("valid_from", "number"):
        certificates[held.agency, held.code].append(_certificate(held))
    recusals: dict[tuple[str, str], list[RecusalView]] = defaultdict(list)
    for decided in models.Recusal.objects.filter(keys).order_by("number"):
        recusals[decided.agency, decided.code].append(_recusal(decided))
    unit_names = _names(models.Unit.objects.filter(agency__in={row.agency for row in rows}))
    post_names = _names(models.Post.objects.filter(agency__in={row.agency for row in rows}))
    return tuple(
        OfficerView(
            id=row.code,
            name=row.name,
            unit=row.unit,
            unit_name=unit_names.get((row.agency, row.unit), ""),
            post=row.post,
            post_name=post_names.get((row.agency, row.post), ""),
            certificates=tuple(certificates[row.agency, row.code]),
            recusals=tuple(recusals[row.agency, row.code]),
            exam_passed_on=row.exam_passed_on,
            legal_qualification=row.legal_qualification,
        )
        for row in rows
    )


def _names(rows: "Iterable[models.Unit | models.Post]") -> dict[tuple[str, str], str]:
    return {(row.agency, row.code): row.name for row in rows}


def _agency(row: models.Agency) -> Agency:
    names = tuple(agency_name(each) for each in row.names)
    return Agency(row.id, row.area, row.area_short, names, tuple(authorities(each) for each in row.authorities))


def _mandate(row: models.Capacity) -> Mandate:
    capacity = Capacity(
        act=row.act,
        fields=tuple(row.fields),
        area=row.area,
        as_=row.standing,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        mandate=row.mandate,
    )
    return Mandate(row.number, capacity, row.matters, row.powers, row.published_on)


def _unit(unit_id: str, known: Mapping[str, UnitView]) -> Unit:
    parents = {each.id: each.parent for each in known.values()}
    line = [known[each] for each in _line(unit_id, parents) if each in known]
    capacities = tuple(mandate.capacity for each in line for mandate in each.mandates)
    return Unit(unit_id, known[unit_id].name, known[unit_id].agency, capacities)


def _line(unit_id: str, parents: Mapping[str, str]) -> list[str]:
    """Return the unit and those above it, nearest first; a loop (only tampering makes one) ends it."""
    line: list[str] = []
    while unit_id and unit_id not in line:
        line.append(unit_id)
        unit_id = parents.get(unit_id, "")
    return line


def _node(view: UnitView, known: Mapping[str, UnitView]) -> UnitNode:
    return UnitNode(view, tuple(_node(each, known) for each in known.values() if each.parent == view.id))


def _certificate(row: models.Certificate) -> CertificateView:
    certificate = Certificate(
        number=row.number,
        category=row.category,
        area=row.area,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        withdrawn_on=row.withdrawn_on,
        kind=row.kind,
    )
    return CertificateView(certificate, row.issuer, row.withdrawn_because)


def _recusal(row: models.Recusal) -> RecusalView:
    recusal = Recusal(row.party_code, row.party_name, row.since, row.reason)
    return RecusalView(row.number, recusal, row.decided_by, row.lifted_on)


def _item(row: models.Item) -> ItemView:
    item = from_json(row.content)
    if row.last_day is not None:
        item = replace(item, valid_to=row.last_day if item.valid_to is None else min(item.valid_to, row.last_day))
    return ItemView(item, row.last_day)
