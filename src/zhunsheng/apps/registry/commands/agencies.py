"""Acts on an agency: its names and seals by era, its area, who hears remedies against it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhunsheng.apps.accounts.acting import Act
from zhunsheng.apps.accounts.gates import identifier, refuse, text
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.registry import gates
from zhunsheng.apps.registry.events import AGENCY, AgencyKind
from zhunsheng.apps.registry.facts import Agency, AgencyName, Authorities
from zhunsheng.apps.registry.folds import fold_agency
from zhunsheng.apps.registry.projections import AGENCIES
from zhunsheng.core.casefile.events import Content, Event, Json
from zhunsheng.core.errors import Fault, RefusedError


@transaction.atomic(durable=True)
def register_agency(
    agency: str,
    *,
    area: str,
    area_short: str,
    names: Sequence[AgencyName],
    authorities: Sequence[Authorities],
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Register an agency with its names and remedy authorities so far, oldest first.

    Raises:
        RefusedError: ``id-invalid``, ``role-missing``, ``agency-exists``, ``area-invalid``, ``field-empty``,
            ``date-not-later``.
        IdempotencyConflictError: ``key`` was used for another request.
    """
    refuse(identifier(agency, "agency"))
    asked: Content = {
        "area": area,
        "area_short": area_short,
        "names": [_name(each) for each in names],
        "authorities": [_heard(each) for each in authorities],
    }
    act = Act.begin(AGENCIES, Ref(agency, AGENCY, agency), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    refuse(
        gates.keeper(actor, agency),
        [Fault("agency-exists", facts=(("agency", agency),))] if act.events else [],
        gates.area(area),
        text(area_short, "area_short", limit=16),
        [] if names else [Fault("field-empty", facts=(("field", "names"),), field="names")],
        [] if authorities else [Fault("field-empty", facts=(("field", "authorities"),), field="authorities")],
        *(_name_faults(each, [n.since for n in names[:i]]) for i, each in enumerate(names)),
        *(_heard_faults(each, [a.since for a in authorities[:i]]) for i, each in enumerate(authorities)),
    )
    return act.write(AgencyKind.REGISTERED, asked)


@transaction.atomic(durable=True)
def rename_agency(agency: str, name: AgencyName, *, actor: str, at: datetime, key: str | None = None) -> Event:
    """Give the agency a new name and seal from a day on; older documents keep the old ones.

    Raises:
        RefusedError: ``role-missing``, ``agency-unknown``, ``field-empty``, ``date-not-later``.
    """
    asked = _name(name)
    act = Act.begin(AGENCIES, Ref(agency, AGENCY, agency), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse(gates.keeper(actor, agency), _name_faults(name, [each.since for each in state.names]))
    return act.write(AgencyKind.RENAMED, asked)


@transaction.atomic(durable=True)
def set_authorities(
    agency: str, authorities: Authorities, *, actor: str, at: datetime, key: str | None = None
) -> Event:
    """Set who hears remedies against the agency from a day on.

    Raises:
        RefusedError: ``role-missing``, ``agency-unknown``, ``field-empty``, ``date-not-later``.
    """
    asked = _heard(authorities)
    act = Act.begin(AGENCIES, Ref(agency, AGENCY, agency), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    earlier = [each.since for each in state.authorities]
    refuse(gates.keeper(actor, agency), _heard_faults(authorities, earlier))
    return act.write(AgencyKind.AUTHORITIES_SET, asked)


def _known(act: Act) -> Agency:
    state = fold_agency(act.ref.agency, act.events)
    if state is None:
        raise RefusedError([Fault("agency-unknown", facts=(("agency", act.ref.agency[:40]),))])
    return state


def _name(name: AgencyName) -> dict[str, Json]:
    return {"since": name.since.isoformat(), "name": name.name, "seal": name.seal}


def _heard(told: Authorities) -> dict[str, Json]:
    return {
        "since": told.since.isoformat(),
        "government": told.government,
        "superior": told.superior,
        "court": told.court,
        "source": told.source,
    }


def _name_faults(name: AgencyName, earlier: Sequence[date]) -> list[Fault]:
    return [
        *text(name.name, "name"),
        *text(name.seal, "seal"),
        *gates.term(name.since, None, "since"),
        *gates.after_all(name.since, earlier),
    ]


def _heard_faults(told: Authorities, earlier: Sequence[date]) -> list[Fault]:
    return [
        *text(told.government, "government"),
        *text(told.superior, "superior", required=False),
        *text(told.court, "court"),
        *text(told.source, "source"),
        *gates.term(told.since, None, "since"),
        *gates.after_all(told.since, earlier),
    ]
