"""What a judgement may look at beside the case file: law, day, officers, unit, items."""

from collections.abc import Sequence
from datetime import datetime

from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.procedures.model import Ctx
from zhunsheng.infra import lawdata
from zhunsheng.infra.clock import BEIJING


def context_for(agency: str, unit: str, officers: Sequence[str], *, at: datetime) -> Ctx:
    """Return the surroundings of a step taken by ``officers`` of ``unit`` at ``at`` (aware)."""
    local = at.astimezone(BEIJING)
    return Ctx(
        book=lawdata.book(),
        today=local.date(),
        now=local.replace(tzinfo=None),
        officers=registry.officers_on(officers, agency, local.date()),
        unit=registry.unit(agency, unit),
        items=registry.items(agency),
        area=registry.agency(agency).area,
    )
