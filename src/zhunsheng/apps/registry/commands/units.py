"""Acts on units and posts: the tree, and in which capacity a unit does which kind of act."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from zhunsheng.apps.accounts.acting import Act
from zhunsheng.apps.accounts.gates import identifier, refuse, text
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.registry import gates, models
from zhunsheng.apps.registry.events import POST, UNIT, PostKind, UnitKind
from zhunsheng.apps.registry.facts import UnitView
from zhunsheng.apps.registry.folds import fold_unit
from zhunsheng.apps.registry.payloads import iso
from zhunsheng.apps.registry.projections import POSTS, UNITS
from zhunsheng.core.casefile.events import Content, Event
from zhunsheng.core.casefile.people import Capacity
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault, RefusedError

ACTS: Final = ("penalty", "inspection", "permit", "coercion")
OWN, ENTRUSTED = "own", "entrusted"

MANDATE_CONTENT: Final = Citation("xzcff", 20, 2)  # 委托书 states matters, powers, term, and is published
COERCION_STAYS: Final = Citation("xzqzf", 17, 1)  # 行政强制措施权不得委托
PERMIT_TO_AGENCY: Final = Citation("xzxkf", 24, 1)  # only to another 行政机关; a unit of ours is none


@transaction.atomic(durable=True)
def register_unit(
    unit: str,
    *,
    agency: str,
    name: str,
    duties: Sequence[str],
    parent: str = "",
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Add a unit below the agency or below another unit.

    Raises:
        RefusedError: ``id-invalid``, ``role-missing``, ``agency-unknown``, ``unit-exists``, ``unit-unknown``
            (the parent), ``field-empty``.
    """
    refuse(identifier(unit, "unit"))
    asked: Content = {"name": name, "parent": parent, "duties": [*duties]}
    act = Act.begin(UNITS, Ref(agency, UNIT, unit), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    refuse(
        gates.keeper(actor, agency),
        gates.known_agency(agency),
        [Fault("unit-exists", facts=(("unit", unit),), field="unit")] if act.events else [],
        gates.known_unit(agency, parent, "parent") if parent else [],
        text(name, "name"),
        [fault for duty in duties for fault in text(duty, "duties")],
    )
    return act.write(UnitKind.ESTABLISHED, asked)


@transaction.atomic(durable=True)
def grant_capacity(
    unit: str,
    capacity: Capacity,
    *,
    agency: str,
    matters: str = "",
    powers: str = "",
    published_on: date | None = None,
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Record in which capacity the unit does one kind of act; an entrusted one with its 委托书.

    Args:
        unit: unit id.
        capacity: act, fields, area, own or entrusted, term, number of the 委托书.
        agency: agency id.
        matters: what is entrusted (委托事项).
        powers: how far (权限).
        published_on: when the 委托书 was made public.
        actor: account id.
        at: the server's time.
        key: idempotency key.

    Raises:
        RefusedError: ``role-missing``, ``unit-unknown``, ``act-unknown``, ``field-empty``, ``area-invalid``,
            ``area-outside``, ``dates-reversed``, ``date-impossible``, ``mandate-incomplete`` (行政处罚法 art. 20),
            ``mandate-not-published``, ``coercion-not-entrustable`` (行政强制法 art. 17),
            ``permit-not-entrustable`` (行政许可法 art. 24).
    """
    asked = _asked(capacity, matters, powers, published_on)
    act = Act.begin(UNITS, Ref(agency, UNIT, unit), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse(
        gates.keeper(actor, agency),
        _capacity_faults(agency, capacity),
        [*text(capacity.mandate, "mandate", required=False), *text(matters, "matters", required=False, limit=2000)],
        text(powers, "powers", required=False, limit=2000),
        _mandate_faults(capacity, matters, powers, published_on) if capacity.as_ == ENTRUSTED else [],
    )
    return act.write(UnitKind.CAPACITY_GRANTED, {"number": len(state.mandates) + 1, **asked})


@transaction.atomic(durable=True)
def end_capacity(
    unit: str,
    number: int,
    last_day: date,
    reason: str,
    *,
    agency: str,
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """End a capacity early; ``last_day`` is the last day on which the unit may still act in it.

    Raises:
        RefusedError: ``role-missing``, ``unit-unknown``, ``capacity-unknown``, ``dates-reversed``,
            ``date-not-earlier``, ``field-empty``.
    """
    asked: Content = {"number": number, "last_day": last_day.isoformat(), "reason": reason}
    act = Act.begin(UNITS, Ref(agency, UNIT, unit), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    mandate = next((each for each in _known(act).mandates if each.number == number), None)
    if mandate is None:
        raise RefusedError([Fault("capacity-unknown", facts=(("number", str(number)),), field="number")])
    until = mandate.capacity.valid_to
    refuse(
        gates.keeper(actor, agency),
        gates.term(mandate.capacity.valid_from, last_day, "last_day"),
        [Fault("date-not-earlier", facts=(("date", str(last_day)), ("last", str(until))), field="last_day")]
        if until is not None and last_day >= until
        else [],
        text(reason, "reason"),
    )
    return act.write(UnitKind.CAPACITY_ENDED, asked)


@transaction.atomic(durable=True)
def establish_post(
    post: str,
    *,
    agency: str,
    name: str,
    unit: str,
    duties: Sequence[str],
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Add a post with its responsibilities to a unit.

    Raises:
        RefusedError: ``id-invalid``, ``role-missing``, ``post-exists``, ``unit-unknown``, ``field-empty``.
    """
    refuse(identifier(post, "post"))
    asked: Content = {"name": name, "unit": unit, "duties": [*duties]}
    act = Act.begin(POSTS, Ref(agency, POST, post), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    refuse(
        gates.keeper(actor, agency),
        [Fault("post-exists", facts=(("post", post),), field="post")] if act.events else [],
        gates.known_unit(agency, unit),
        text(name, "name"),
        [fault for duty in duties for fault in text(duty, "duties")],
    )
    return act.write(PostKind.ESTABLISHED, asked)


def _known(act: Act) -> UnitView:
    state = fold_unit(act.ref.agency, act.ref.key, act.events)
    if state is None:
        raise RefusedError([Fault("unit-unknown", facts=(("unit", act.ref.key[:64]),), field="unit")])
    return state


def _asked(capacity: Capacity, matters: str, powers: str, published_on: date | None) -> Content:
    return {
        "act": capacity.act,
        "fields": [*capacity.fields],
        "area": capacity.area,
        "standing": capacity.as_,
        "valid_from": capacity.valid_from.isoformat(),
        "valid_to": iso(capacity.valid_to),
        "mandate": capacity.mandate,
        "matters": matters,
        "powers": powers,
        "published_on": iso(published_on),
    }


def _capacity_faults(agency: str, capacity: Capacity) -> list[Fault]:
    faults = [*gates.area(capacity.area), *gates.term(capacity.valid_from, capacity.valid_to)]
    if capacity.act not in ACTS or capacity.as_ not in {OWN, ENTRUSTED}:
        faults.append(Fault("act-unknown", facts=(("act", f"{capacity.act} {capacity.as_}"[:40]),), field="act"))
    if not capacity.fields or not all(0 < len(mark) <= 8 for mark in capacity.fields):  # noqa: PLR2004 (a column)
        faults.append(Fault("field-empty", facts=(("field", "fields"),), field="fields"))
    whole = models.Agency.objects.filter(pk=agency).values_list("area", flat=True).first() or ""
    if not faults and not within(capacity.area, whole):
        facts = (("area", capacity.area), ("whole", whole))
        faults.append(Fault("area-outside", facts=facts, field="area"))
    return faults


def within(area: str, whole: str) -> bool:
    """Return whether ``area`` is ``whole`` or a part of it: 350205 lies in 350200 and in 350000."""
    stem = whole[:2] if whole.endswith("0000") else whole[:4] if whole.endswith("00") else whole
    return bool(stem) and area.startswith(stem)


def _mandate_faults(capacity: Capacity, matters: str, powers: str, published_on: date | None) -> list[Fault]:
    if capacity.act == "coercion":
        return [Fault("coercion-not-entrustable", basis=COERCION_STAYS, field="act")]
    if capacity.act == "permit":
        return [Fault("permit-not-entrustable", basis=PERMIT_TO_AGENCY, field="act")]
    needed = {"mandate": capacity.mandate, "matters": matters, "powers": powers, "valid_to": capacity.valid_to}
    missing = [
        Fault("mandate-incomplete", basis=MANDATE_CONTENT, facts=(("field", name),), field=name)
        for name, value in needed.items()
        if not value
    ]
    if published_on is None or published_on > capacity.valid_from:
        missing.append(Fault("mandate-not-published", basis=MANDATE_CONTENT, field="published_on"))
    return missing
