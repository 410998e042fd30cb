"""The registry's tables, from its streams: one projector for each kind of stream."""

from collections.abc import Sequence
from typing import Final

from zhunsheng.apps.accounts.models import Projected
from zhunsheng.apps.accounts.projecting import Projector
from zhunsheng.apps.accounts.projecting import rebuild as rebuild_rows
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.registry import events as streams
from zhunsheng.apps.registry import folds, items, models
from zhunsheng.apps.registry.facts import CertificateView, Mandate, RecusalView
from zhunsheng.core.casefile.events import Event


def _agency_rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
    agency = folds.fold_agency(ref.agency, events)
    if agency is None:
        return []
    names = [{"since": each.since.isoformat(), "name": each.name, "seal": each.seal} for each in agency.names]
    heard = [
        {
            "since": each.since.isoformat(),
            "government": each.government,
            "superior": each.superior,
            "court": each.court,
            "source": each.source,
        }
        for each in agency.authorities
    ]
    row = models.Agency(
        id=agency.id, area=agency.area, area_short=agency.area_short, names=names, authorities=heard,
        **_from(ref, events),
    )  # fmt: skip
    return [row]


def _unit_rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
    unit = folds.fold_unit(ref.agency, ref.key, events)
    if unit is None:
        return []
    row = models.Unit(
        key=f"{ref.agency}/{unit.id}", code=unit.id, name=unit.name, parent=unit.parent, duties=[*unit.duties],
        **_from(ref, events),
    )  # fmt: skip
    return [row, *(_capacity(ref, events, mandate) for mandate in unit.mandates)]


def _capacity(ref: Ref, events: Sequence[Event], mandate: Mandate) -> models.Capacity:
    capacity = mandate.capacity
    return models.Capacity(
        key=f"{ref.agency}/{ref.key}/{mandate.number}",
        code=ref.key,
        number=mandate.number,
        act=capacity.act,
        fields=[*capacity.fields],
        area=capacity.area,
        standing=capacity.as_,
        valid_from=capacity.valid_from,
        valid_to=capacity.valid_to,
        mandate=capacity.mandate,
        matters=mandate.matters,
        powers=mandate.powers,
        published_on=mandate.published_on,
        **_from(ref, events),
    )


def _post_rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
    post = folds.fold_post(ref.key, events)
    if post is None:
        return []
    row = models.Post(
        key=f"{ref.agency}/{post.id}", code=post.id, name=post.name, unit=post.unit, duties=[*post.duties],
        **_from(ref, events),
    )  # fmt: skip
    return [row]


def _officer_rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
    officer = folds.fold_officer(ref.key, events)
    if officer is None:
        return []
    row = models.Officer(
        key=f"{ref.agency}/{officer.id}",
        code=officer.id,
        name=officer.name,
        unit=officer.unit,
        post=officer.post,
        exam_passed_on=officer.exam_passed_on,
        legal_qualification=officer.legal_qualification,
        **_from(ref, events),
    )
    certificates = [_certificate(ref, events, each) for each in officer.certificates]
    return [row, *certificates, *(_recusal(ref, events, each) for each in officer.recusals)]


def _certificate(ref: Ref, events: Sequence[Event], view: CertificateView) -> models.Certificate:
    certificate = view.certificate
    return models.Certificate(
        key=f"{ref.agency}/{certificate.number}",
        code=ref.key,
        number=certificate.number,
        category=certificate.category,
        area=certificate.area,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        kind=certificate.kind,
        issuer=view.issuer,
        withdrawn_on=certificate.withdrawn_on,
        withdrawn_because=view.withdrawn_because,
        **_from(ref, events),
    )


def _recusal(ref: Ref, events: Sequence[Event], view: RecusalView) -> models.Recusal:
    recusal = view.recusal
    return models.Recusal(
        key=f"{ref.agency}/{ref.key}/{view.number}",
        code=ref.key,
        number=view.number,
        party_code=recusal.party_code,
        party_name=recusal.party_name,
        since=recusal.since,
        reason=recusal.reason,
        decided_by=view.decided_by,
        lifted_on=view.lifted_on,
        **_from(ref, events),
    )


def _item_rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
    view = folds.fold_item(events)
    if view is None:
        return []
    item = view.item
    row = models.Item(
        key=f"{ref.agency}/{item.id}", code=item.id, mark=item.mark, cause=item.cause,
        content=items.to_json(item), last_day=view.last_day, **_from(ref, events),
    )  # fmt: skip
    return [row]


def _from(ref: Ref, events: Sequence[Event]) -> dict[str, object]:
    return {"agency": ref.agency, "stream": ref.key, "position": events[-1].position}


AGENCIES: Final = Projector(streams.AGENCY, (models.Agency,), _agency_rows)
UNITS: Final = Projector(streams.UNIT, (models.Unit, models.Capacity), _unit_rows)
POSTS: Final = Projector(streams.POST, (models.Post,), _post_rows)
OFFICERS: Final = Projector(streams.OFFICER, (models.Officer, models.Certificate, models.Recusal), _officer_rows)
ITEMS: Final = Projector(streams.ITEM, (models.Item,), _item_rows)

ALL: Final = (AGENCIES, UNITS, POSTS, OFFICERS, ITEMS)


def rebuild() -> int:
    """Write all tables of the registry anew; return the number of their rows."""
    return sum(rebuild_rows(projector) for projector in ALL)
