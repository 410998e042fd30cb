"""加处罚款: what a fine paid late costs more.

行政处罚法 art. 72(1)(1): 3 % of the fine for each day, together never more than the fine;
art. 73(3): days of reconsideration or litigation do not count. Rate and ceiling are
parameters (``surcharge.daily``, ``surcharge.ceiling``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.quantities import Fen


@dataclass(frozen=True, slots=True)
class Surcharge:
    """``days`` are those that count; ``capped`` says that the ceiling was reached."""

    amount: Fen
    days: int
    capped: bool
    basis: Citation


def for_days(fine: Fen, days: int, day: date, book: Book) -> Surcharge:
    """Return the surcharge on ``fine`` after ``days`` days late, by the rule of ``day``.

    Fractions of a fen are dropped, in favour of the party (assumption A-07).

    Raises:
        ValueError: ``fine`` or ``days`` is negative.
        NoRuleError: no rate is in force on ``day``.
    """
    if fine < 0 or days < 0:
        message = f"neither fine nor days can be negative: {fine}, {days}"
        raise ValueError(message)
    rate = book.at("surcharge.daily", day)
    raw = fine * book.percent("surcharge.daily", day) * days // 100
    ceiling = fine * book.percent("surcharge.ceiling", day) // 100
    return Surcharge(Fen(min(raw, ceiling)), days, days > 0 and raw >= ceiling, rate.basis)


def days_late(due: date, paid: date, suspended: Sequence[tuple[date, date]] = ()) -> int:
    """Return the days after ``due`` up to and including ``paid``, less the suspended ones.

    Args:
        due: last day on which payment was in time.
        paid: day of payment.
        suspended: reconsideration or litigation, first and last day, both included;
            stretches may overlap.
    """
    days = set(range(due.toordinal() + 1, paid.toordinal() + 1))
    for first, last in suspended:
        days -= set(range(first.toordinal(), last.toordinal() + 1))
    return len(days)
