"""When a document counts as served, by each lawful way (行政处罚法 art. 61; 民事诉讼法 on service).

Handed over, left, posted, sent electronically: on the day the receipt names. By public
notice: when the days of the notice have run.
"""

from datetime import date

from zhunsheng.core.casefile.facts import ServiceReceipt
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.parameters import NoRuleError

PUBLIC = "public"
PUBLIC_NOTICE = "service.public_notice"


def served_on(receipt: ServiceReceipt, book: Book) -> date | None:
    """Return the day of service; None while the receipt does not say."""
    if receipt.served_at is None:
        return None
    day = receipt.served_at.date()
    if receipt.method != PUBLIC:
        return day
    try:
        return deadline(PUBLIC_NOTICE, day, book).raw
    except NoRuleError:
        return None
