"""What the party owes: fine, confiscated gains, and what a late fine costs more.

行政处罚法 arts 66, 67, 72, 73: the fine is due fifteen days after the decision was
received, or when a deferral ends; 3 % of what is unpaid of it for each later day, never
more than the fine. Confiscated gains bear no surcharge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import PAYMENT_RECORD, SERVICE_RECEIPT, PaymentRecord, ServiceReceipt
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.casefile.names import PAYMENT_DEFERRAL, PENALTY_DECISION
from zhunsheng.core.casefile.ordinary import Deferral
from zhunsheng.core.casefile.outcome import FINE, Outcome
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.law.surcharge import days_late, for_days
from zhunsheng.core.procedures.serving import served_on


@dataclass(frozen=True, slots=True)
class Account:
    """The account on one day, in fen. ``due`` is None while the decision was not received."""

    fine: int
    gains: int
    surcharge: int
    paid: int
    due: date | None
    days: int  # days late that count

    @property
    def left(self) -> int:
        return max(self.fine + self.gains + self.surcharge - self.paid, 0)

    def as_json(self) -> dict[str, Json]:
        """Return the account as it is pinned to a payment."""
        return {
            "fine": self.fine,
            "gains": self.gains,
            "surcharge": self.surcharge,
            "paid": self.paid,
            "left": self.left,
            "due": self.due.isoformat() if self.due else None,
            "days": self.days,
        }


def account(documents: Sequence[Document], day: date, book: Book, *, adding: int = 0) -> Account | None:
    """Return what is owed at the end of ``day``; None without a penalty decision in force.

    Args:
        adding: a payment of ``day`` that is not in the file yet.
    """
    decision = next((d for d in reversed(documents) if d.form == PENALTY_DECISION and not d.voided), None)
    if decision is None:
        return None
    outcome = Outcome.of(decision.content)
    fine = (outcome.fine or 0) if outcome.imposes(FINE) else 0
    payments = [
        (record.paid_on or document.made_on, record.amount or 0)
        for document in documents
        if document.form == PAYMENT_RECORD and not document.voided
        for record in (PaymentRecord.of(document.content),)
    ]
    payments.append((day, adding))
    due = due_on(documents, decision, book)
    surcharge, days = _surcharge(fine, due, day, payments, book)
    return Account(fine, outcome.total - fine, surcharge, sum(amount for _, amount in payments), due, days)


def due_on(documents: Sequence[Document], decision: Document, book: Book) -> date | None:
    """Return the last day to pay in time: fifteen days after service, or the end of a deferral."""
    granted = (d for d in documents if d.form == PAYMENT_DEFERRAL and not d.voided and d.opined("approved"))
    deferrals = [Deferral.of(document.content).until for document in granted]
    received = [
        day
        for document in documents
        if document.form == SERVICE_RECEIPT and not document.voided
        if read.text(document.content, "document") == decision.id
        if (day := served_on(ServiceReceipt.of(document.content), book)) is not None
    ]
    if not received:
        return None
    last = deadline("pay", received[-1], book).last
    return max([last, *(until for until in deferrals if until)])


def _surcharge(
    fine: int, due: date | None, day: date, payments: Sequence[tuple[date, int]], book: Book
) -> tuple[int, int]:
    """Return the surcharge up to ``day`` and the days it was counted for.

    Money is taken for the fine first. Each day counts what of the fine was still unpaid
    when it began, so that a part paid in time costs nothing more (assumption A-20).
    """
    if due is None or day <= due or fine == 0:
        return 0, 0
    steps = sorted({min(max(paid_on, due), day) for paid_on, _ in payments} | {due, day})
    total = days = 0
    for first, last in pairwise(steps):
        before = sum(amount for paid_on, amount in payments if paid_on <= first)
        unpaid = max(fine - before, 0)
        late = days_late(first, last) if unpaid else 0
        days += late
        try:
            total += for_days(Fen(unpaid), late, last, book).amount
        except NoRuleError:
            continue
    return min(total, fine), days
