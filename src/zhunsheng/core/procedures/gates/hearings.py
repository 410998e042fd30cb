"""The hearing (行政处罚法 arts 63-65): asked for in time, called in time, held by somebody who did not investigate."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT, ServiceReceipt
from zhunsheng.core.casefile.names import HEARING_SUMMONS, PRIOR_NOTICE
from zhunsheng.core.casefile.ordinary import Hearing, Summons
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import Deadline, deadline
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.procedures.gates.opinions import investigators
from zhunsheng.core.procedures.model import Gate, Look
from zhunsheng.core.procedures.serving import served_on

REQUEST: Final = "hearing.request"
NOTICE: Final = "hearing.notice"


def notice_served(look: Look) -> date | None:
    """Return the day the notice in force was served; None while it was not."""
    notice = look.latest(PRIOR_NOTICE)
    if notice is None:
        return None
    for known in reversed(look.all(SERVICE_RECEIPT)):
        receipt = ServiceReceipt.of(known.content)
        if receipt.document == notice.id:
            return served_on(receipt, look.ctx.book)
    return None


def term(name: str, start: date | None, look: Look) -> Deadline | None:
    """Return the end of a term; None before it began, or where the law of that day set none."""
    if start is None:
        return None
    try:
        return deadline(name, start, look.ctx.book)
    except NoRuleError:
        return None


def asked_in_time(look: Look) -> Iterator[Fault]:
    last = term(REQUEST, notice_served(look), look)
    if last and look.filing and look.filing.made_on > last.last:
        yield look.fault("hearing-asked-late", "asked_on", last=last.last, found=look.filing.made_on)


def summons_complete(look: Look) -> Iterator[Fault]:
    summons = Summons.of(look.content)
    if summons.held_at is None:
        yield look.fault("date-missing", "held_at")
    if not summons.place:
        yield look.fault("place-missing", "place")
    if not summons.chair:
        yield look.fault("chair-missing", "chair")
    if not summons.public and not summons.closed_ground:
        yield look.fault("closed-hearing-ungrounded", "closed_ground", basis=Citation("xzcff", 64, 1, 3))


def chair_independent(look: Look) -> Iterator[Fault]:
    """听证由非本案调查人员主持; the clerk is no investigator either."""
    people = investigators(look)
    for name in ("chair", "clerk"):
        officer = read.officer(look.content, name)
        if officer and officer in people:
            known = look.ctx.officers.get(officer)
            yield look.fault("chair-investigated", name, officer=known.name if known else officer)


def _latest_notice(look: Look, held: date) -> date | None:
    """Return the last day on which a summons is in time for a hearing on ``held``."""
    try:
        return deadline(NOTICE, held, look.ctx.book).last
    except NoRuleError:
        return None


def summons_early_enough(look: Look) -> Iterator[Fault]:
    summons = Summons.of(look.content)
    last = _latest_notice(look, summons.held_at.date()) if summons.held_at else None
    if last and look.filing and look.filing.made_on > last:
        yield look.fault("summons-too-late", "held_at", last=last, found=look.filing.made_on)


def summons_in_time(look: Look) -> Iterator[Fault]:
    """What counts is the day the party had it in hand."""
    subject = look.subject()
    held = Summons.of(subject.content).held_at if subject else None
    served = served_on(ServiceReceipt.of(look.content), look.ctx.book)
    last = _latest_notice(look, held.date()) if held else None
    if last and served and served > last:
        yield look.fault("summons-too-late", "served_at", last=last, found=served)


def held_as_summoned(look: Look) -> Iterator[Fault]:
    hearing, summons = Hearing.of(look.content), look.latest(HEARING_SUMMONS)
    called = Summons.of(summons.content) if summons else None
    if called is None or hearing.started_at is None:
        return
    if called.held_at and hearing.started_at < called.held_at:
        yield look.fault("hearing-before-summons", "started_at", called=called.held_at, found=hearing.started_at)
    if called.chair and hearing.chair and hearing.chair != called.chair:
        yield look.fault("chair-differs", "chair", called=called.chair, found=hearing.chair)


def hearing_recorded(look: Look) -> Iterator[Fault]:
    """The record is read by the party and signed, or says that it refused (art. 64(8))."""
    hearing = Hearing.of(look.content)
    if hearing.started_at is None:
        yield look.fault("date-missing", "started_at")
    if not hearing.chair:
        yield look.fault("chair-missing", "chair")
    if not hearing.record_text:
        yield look.fault("findings-missing", "record_text")
    if hearing.party_present and not hearing.party_signed and not hearing.refusal_note:
        yield look.fault("refusal-note-missing", "refusal_note")


def hearing_reported(look: Look) -> Iterator[Fault]:
    if not read.text(look.content, "conclusion"):
        yield look.fault("conclusion-missing", "conclusion")
    if not read.text(look.content, "proposed"):
        yield look.fault("proposal-missing", "proposed")


CHAIR: Final = Citation("xzcff", 64, 1, 4)
RECORD: Final = Citation("xzcff", 64, 1, 8)

GATES: Final = (
    Gate("asked-in-time", asked_in_time, Citation("xzcff", 64, 1, 1), ("hearing-asked-late",), parameters=(REQUEST,)),
    Gate(
        "summons-complete",
        summons_complete,
        Citation("xzcff", 64, 1, 2),
        ("date-missing", "place-missing", "chair-missing", "closed-hearing-ungrounded"),
    ),
    Gate("chair-independent", chair_independent, CHAIR, ("chair-investigated",)),
    Gate(
        "summons-early-enough",
        summons_early_enough,
        Citation("xzcff", 64, 1, 2),
        ("summons-too-late",),
        parameters=(NOTICE,),
    ),
    Gate("summons-in-time", summons_in_time, Citation("xzcff", 64, 1, 2), ("summons-too-late",), parameters=(NOTICE,)),
    Gate("held-as-summoned", held_as_summoned, CHAIR, ("hearing-before-summons", "chair-differs")),
    Gate(
        "hearing-recorded",
        hearing_recorded,
        RECORD,
        ("date-missing", "chair-missing", "findings-missing", "refusal-note-missing"),
    ),
    Gate("hearing-reported", hearing_reported, Citation("xzcff", 65), ("conclusion-missing", "proposal-missing")),
)
