"""After the decision: service by every lawful way, payment, enforcement, closing (行政处罚法 arts 61, 66-73)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT, PaymentRecord, ServiceReceipt
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.casefile.names import NO_PENALTY_DECISION, PENALTY_DECISION, REMINDER
from zhunsheng.core.casefile.ordinary import Deferral
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures.account import account
from zhunsheng.core.procedures.courses import newest
from zhunsheng.core.procedures.gates.hearings import term
from zhunsheng.core.procedures.model import Gate, Look, Severity
from zhunsheng.core.procedures.serving import served_on

SERVED: Final = Citation("xzcff", 61, 1)
PAID: Final = Citation("xzcff", 67, 3)
COURT: Final = Citation("xzqzf", 53)
REMINDED: Final = Citation("xzqzf", 54)
CLOSE: Final = "case.close"
REMEDIES: Final = ("reconsideration", "litigation")


def way_of_service(look: Look) -> Iterator[Fault]:
    """Each way has its own proof: consent for electronic, a slip for post, files for a public notice."""
    receipt = ServiceReceipt.of(look.content)
    roles = set(look.filing.file_roles) if look.filing else set()
    match receipt.method:
        case "electronic" if not receipt.confirmed:
            yield look.fault("consent-missing", "confirmed", basis=Citation("xzcff", 61, 2))
        case "post" if not receipt.posted_receipt and "receipt" not in roles:
            yield look.fault("posting-proof-missing", "posted_receipt", basis=Citation("wsjkxzcfcxgd", 56))


def served_after_made(look: Look) -> Iterator[Fault]:
    subject, served = look.subject(), ServiceReceipt.of(look.content).served_at
    if subject and served and served.date() < subject.made_on:
        yield look.fault("times-out-of-order", "served_at", after=subject.made_on, found=served.date())


def account_kept(look: Look) -> Iterator[Fault]:
    """What was paid is set against fine, gains and surcharge; a difference stays in view."""
    record = PaymentRecord.of(look.content)
    day = record.paid_on or look.day
    standing = account(look.counted, day, look.ctx.book)
    if not record.amount or record.amount < 0:
        yield look.fault("amount-missing", "amount", due=Fen(standing.left).yuan() if standing else "")
    elif standing and record.amount != standing.left:
        yield look.fault("wrong-amount", "amount", found=Fen(record.amount).yuan(), due=Fen(standing.left).yuan())


def paid_late(look: Look) -> Iterator[Fault]:
    """Late money costs 3 % a day; the party is late, not the agency."""
    record = PaymentRecord.of(look.content)
    standing = account(look.counted, record.paid_on or look.day, look.ctx.book)
    if standing and standing.surcharge and standing.due:
        found, surcharge = record.paid_on or look.day, Fen(standing.surcharge).yuan()
        facts = {"found": found, "days": standing.days, "surcharge": surcharge}
        yield look.fault("payment-late", "paid_on", basis=None, last=standing.due, **facts)


def deferral_complete(look: Look) -> Iterator[Fault]:
    """Asked for by the party, with a last day; instalments end on it and make up what is owed."""
    asked = Deferral.of(look.content)
    if asked.asked_on is None:
        yield look.fault("date-missing", "asked_on")
    if read.text(look.content, "granted") == "refused":
        return
    if asked.until is None:
        yield look.fault("date-missing", "until")
    if asked.instalments:
        standing = account(look.counted, look.day, look.ctx.book)
        total = sum(amount for _, amount in asked.instalments)
        if standing and total != standing.left:
            found, due = Fen(total).yuan(), Fen(standing.left).yuan()
            yield look.fault("instalments-do-not-add-up", "instalments", found=found, due=due)


def reminder_complete(look: Look) -> Iterator[Fault]:
    if read.day(look.content, "pay_by") is None:
        yield look.fault("date-missing", "pay_by")
    standing = account(look.counted, look.day, look.ctx.book)
    if standing and standing.due and look.day <= standing.due:
        yield look.fault("still-in-time", "made_on", last=standing.due)


def court_may_be_asked(look: Look) -> Iterator[Fault]:
    """The reminder was served ten working days ago, and no remedy can be sought any more (强制法 arts 53, 54)."""
    reminder, decision = look.latest(REMINDER), look.latest(PENALTY_DECISION)
    pressed = _served(look, reminder)
    last = term("enforcement.demand", pressed, look)
    if last and look.day <= last.last:
        yield look.fault("reminder-still-running", "made_on", basis=REMINDED, last=last.last)
    received = _served(look, decision)
    ends = [found.last for name in REMEDIES if (found := term(name, received, look))]
    if ends and look.day <= max(ends):
        yield look.fault("remedies-still-open", "made_on", last=max(ends))


def court_in_time(look: Look) -> Iterator[Fault]:
    """Within three months after the remedies have run out; later it is recorded, the court decides."""
    received = _served(look, look.latest(PENALTY_DECISION))
    ends = [found.last for name in REMEDIES if (found := term(name, received, look))]
    last = term("enforcement.apply", max(ends), look) if ends else None
    if last and look.day > last.last:
        yield look.fault("court-late", "made_on", last=last.last, found=look.day)


def _served(look: Look, document: Document | None) -> date | None:
    receipts = [ServiceReceipt.of(known.content) for known in look.all(SERVICE_RECEIPT)]
    days = [served_on(receipt, look.ctx.book) for receipt in receipts if document and receipt.document == document.id]
    return days[-1] if days else None


def decision_ready(look: Look) -> Iterator[Fault]:
    """A decision goes to the public signed by whoever made it."""
    decision = newest(look.counted, PENALTY_DECISION)
    if decision and decision.unsigned:
        named = (look.ctx.officers.get(key) for key in decision.unsigned)
        words = [officer.name if officer else key for key, officer in zip(decision.unsigned, named, strict=True)]
        yield look.fault("not-signed-by-both", "document", officers="、".join(words))


def closing_complete(look: Look) -> Iterator[Fault]:
    if not read.text(look.content, "execution"):
        yield look.fault("execution-missing", "execution")
    if not read.text(look.content, "result_text"):
        yield look.fault("reasons-missing", "result_text")


def closing_in_time(look: Look) -> Iterator[Fault]:
    decision = newest(look.counted, PENALTY_DECISION, NO_PENALTY_DECISION)
    try:
        due = deadline(CLOSE, decision.made_on, look.ctx.book) if decision else None
    except NoRuleError:
        return
    if due and look.day > due.last:
        yield look.fault("closing-late", "late_reason", last=due.last, found=look.day, days=(look.day - due.last).days)


GATES: Final = (
    Gate("way-of-service", way_of_service, SERVED, ("consent-missing", "posting-proof-missing")),
    Gate("served-after-made", served_after_made, SERVED, ("times-out-of-order",)),
    Gate("account-kept", account_kept, PAID, ("amount-missing", "wrong-amount"), Severity.FLAG),
    Gate("paid-late", paid_late, Citation("xzcff", 72, 1, 1), ("payment-late",), Severity.FLAG),
    Gate(
        "deferral-complete",
        deferral_complete,
        Citation("xzcff", 66, 2),
        ("date-missing", "instalments-do-not-add-up"),
    ),
    Gate("reminder-complete", reminder_complete, REMINDED, ("date-missing", "still-in-time")),
    Gate(
        "court-may-be-asked",
        court_may_be_asked,
        COURT,
        ("reminder-still-running", "remedies-still-open"),
        parameters=("enforcement.demand", *REMEDIES),
    ),
    Gate("court-in-time", court_in_time, COURT, ("court-late",), Severity.LATE, parameters=("enforcement.apply",)),
    Gate("decision-ready", decision_ready, Citation("xzcff", 59, 2), ("not-signed-by-both",), standing=True),
    Gate("closing-complete", closing_complete, Citation("xzcff", 47), ("execution-missing", "reasons-missing")),
    Gate(
        "closing-in-time", closing_in_time, Citation("xzcff", 47), ("closing-late",), Severity.LATE, parameters=(CLOSE,)
    ),
)
