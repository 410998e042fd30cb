"""Checks that several commands of the registry share. Each returns faults, raises nothing."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from zhunsheng.apps.accounts.gates import permitted
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.registry import models
from zhunsheng.core.errors import Fault

_AREA: Final = re.compile(r"[1-9][0-9]{5}")
FAR: Final = date(2200, 1, 1)
LONG_AGO: Final = date(1949, 10, 1)


def keeper(actor: str, agency: str) -> list[Fault]:
    """Return a fault unless ``actor`` may keep the registry of ``agency``."""
    return permitted(actor, agency, Role.ADMIN, Role.SUPERVISOR)


def known_agency(agency: str) -> list[Fault]:
    """Return a fault unless the agency is registered."""
    found = models.Agency.objects.filter(pk=agency).exists()
    return [] if found else [Fault("agency-unknown", facts=(("agency", agency[:40]),))]


def known_unit(agency: str, unit: str, field: str = "unit") -> list[Fault]:
    """Return a fault unless the agency has the unit."""
    found = models.Unit.objects.filter(agency=agency, code=unit).exists()
    return [] if found else [Fault("unit-unknown", facts=(("unit", unit[:64]),), field=field)]


def known_post(agency: str, post: str, unit: str) -> list[Fault]:
    """Return a fault unless ``post`` is empty or a post of ``unit``."""
    if not post or models.Post.objects.filter(agency=agency, code=post, unit=unit).exists():
        return []
    return [Fault("post-unknown", facts=(("post", post[:64]),), field="post")]


def area(value: str, field: str = "area") -> list[Fault]:
    """Return a fault unless ``value`` has the shape of a GB/T 2260 code."""
    return [] if _AREA.fullmatch(value) else [Fault("area-invalid", facts=(("area", value[:12]),), field=field)]


def term(first: date, last: date | None, field: str = "valid_to") -> list[Fault]:
    """Return a fault unless ``first`` to ``last`` is a term: in order, and in this age of the world."""
    days = [day for day in (first, last) if day is not None]
    if any(not LONG_AGO <= day < FAR for day in days):
        return [Fault("date-impossible", facts=(("date", ", ".join(map(str, days))),), field=field)]
    if last is not None and last < first:
        return [Fault("dates-reversed", facts=(("from", str(first)), ("to", str(last))), field=field)]
    return []


def not_future(day: date, today: date, field: str) -> list[Fault]:
    """Return a fault when ``day`` has not come yet."""
    facts = (("date", str(day)), ("today", str(today)))
    return [Fault("date-in-future", facts=facts, field=field)] if day > today else []


def after_all(since: date, earlier: Sequence[date]) -> list[Fault]:
    """Return a fault unless ``since`` is later than every day in ``earlier``: dated entries only grow."""
    if any(since <= day for day in earlier):
        return [Fault("date-not-later", facts=(("date", str(since)), ("last", str(max(earlier)))), field="since")]
    return []
