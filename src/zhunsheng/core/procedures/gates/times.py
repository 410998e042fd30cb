"""When: nothing from the future, nothing out of order, nothing too late unexplained.

A document's legal date starts deadlines, so a date that has not come yet is refused for
an act (design, decision 2). That a date lies far back is no fault here: documents written
down later are visibly late, and the terms say how late.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Final

from zhunsheng.core.casefile.content import moment
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    SPOT_DECISION,
    OnsiteRecord,
    PaymentRecord,
    RecordFiling,
    ServiceReceipt,
    SpotDecision,
)
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.model import Check, Gate, Look, Severity
from zhunsheng.core.procedures.terms import due_of

_TIMES: Final = ("started_at", "ended_at", "violated_at", "made_at", "served_at", "held_at")
_DAYS: Final = ("reported_on", "paid_on", "violation_ended_on", "accepted_on", "stated_on", "asked_on", "executed_on")


def not_in_future(look: Look) -> Iterator[Fault]:
    if look.filing and look.filing.made_on > look.ctx.today:
        yield look.fault("date-in-future", "made_on", date=look.filing.made_on, today=look.ctx.today)
    for name in _TIMES:
        at = moment(look.content, name)
        if at and at > look.ctx.now:
            yield look.fault("date-in-future", name, date=at.isoformat(" ", "minutes"), today=look.ctx.today)
    for name in _DAYS:
        at = moment(look.content, name)
        if at and at.date() > look.ctx.today:
            yield look.fault("date-in-future", name, date=at.date(), today=look.ctx.today)


def record_in_order(look: Look) -> Iterator[Fault]:
    record = OnsiteRecord.of(look.content)
    if record.started_at and record.ended_at and record.ended_at < record.started_at:
        yield _disorder(look, "ended_at", record.started_at, record.ended_at)


def decision_in_order(look: Look) -> Iterator[Fault]:
    """The violation, then the record of it, then the decision (行政处罚法 arts 40, 52)."""
    decision = SpotDecision.of(look.content)
    if decision.violated_at and decision.made_at and decision.made_at < decision.violated_at:
        yield _disorder(look, "made_at", decision.violated_at, decision.made_at)
    record = look.latest(ONSITE_RECORD)
    seen = OnsiteRecord.of(record.content).started_at if record else None
    if seen and decision.made_at and decision.made_at < seen:
        yield _disorder(look, "made_at", seen, decision.made_at)


def service_in_order(look: Look) -> Iterator[Fault]:
    decided, served = _decided_at(look), ServiceReceipt.of(look.content).served_at
    if decided and served and served < decided:
        yield _disorder(look, "served_at", decided, served)


def filing_in_order(look: Look) -> Iterator[Fault]:
    yield from _day_in_order(look, "reported_on", RecordFiling.of(look.content).reported_on)


def payment_in_order(look: Look) -> Iterator[Fault]:
    yield from _day_in_order(look, "paid_on", PaymentRecord.of(look.content).paid_on)


def _day_in_order(look: Look, name: str, day: date | None) -> Iterator[Fault]:
    decided = _decided_at(look)
    if decided and day and day < decided.date():
        yield _disorder(look, name, decided, datetime.combine(day, time.min))


def _decided_at(look: Look) -> datetime | None:
    decision = look.latest(SPOT_DECISION)
    return SpotDecision.of(decision.content).made_at if decision else None


def _disorder(look: Look, name: str, earlier: datetime, later: datetime) -> Fault:
    return look.fault("times-out-of-order", name, after=earlier.isoformat(" "), found=later.isoformat(" "))


def late(sub: str, code: str) -> Check:
    """Return the check that a step of ``sub`` comes within its term; late is recorded, not refused."""

    def check(look: Look) -> Iterator[Fault]:
        due = due_of(look.procedure, look.counted, sub, look.ctx)
        if due is not None and look.day > due.last:
            over = (look.day - due.last).days
            yield look.fault(code, "late_reason", basis=due.basis, last=due.last, found=look.day, days=over)

    return check


SPOT: Final = Citation("xzcff", 52, 1)
_ORDER: Final = ("times-out-of-order",)


def _order(name: str, check: Callable[[Look], Iterator[Fault]], basis: Citation = SPOT) -> Gate:
    return Gate(name, check, basis, _ORDER)


GATES: Final = (
    Gate("not-in-future", not_in_future, Citation("xzcff", 47), ("date-in-future",)),
    _order("record-in-order", record_in_order, Citation("xzcff", 55, 2)),
    _order("decision-in-order", decision_in_order, Citation("xzcff", 40)),
    _order("service-in-order", service_in_order, Citation("xzcff", 61, 1)),
    _order("filing-in-order", filing_in_order, Citation("xzcff", 52, 3)),
    _order("payment-in-order", payment_in_order, Citation("xzcff", 67, 3)),
    Gate(
        "service-in-time",
        late("service", "service-late"),
        Citation("xzcff", 61, 1),
        ("service-late",),
        Severity.LATE,
    ),
    Gate(
        "filing-in-time",
        late("record-filing", "record-filing-late"),
        Citation("xzcff", 52, 3),
        ("record-filing-late",),
        Severity.LATE,
    ),
    Gate(
        "payment-in-time",
        late("payment", "payment-late"),
        Citation("xzcff", 67, 3),
        ("payment-late",),
        Severity.FLAG,  # the party is late, not the agency: no reason of ours to give
    ),
    Gate(
        "publication-in-time",
        late("publication", "publication-late"),
        Citation("xzcff", 48, 1),
        ("publication-late",),
        Severity.LATE,
    ),
)
