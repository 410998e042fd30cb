"""Enforcement items (执法事项): which act breaks which provision, and what it costs.

An amount the article does not set is not invented: ``FineRange.high`` is None then, and the
limit of the procedure is the only limit the program knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.parameters import Confidence
from zhunsheng.core.law.quantities import Fen

NOTHING: Final = Fen(0)


@dataclass(frozen=True, slots=True)
class FineRange:
    """A fine the article allows. Both ends are included (行政处罚法 usage of 以上、以下).

    ``times`` is set when the fine is a multiple of the illegal gains: ``(2, 10)`` with a
    ``base_floor`` below which the gains are taken to be that much.
    """

    words: str  # the article's own words for the amount
    low: Fen = NOTHING
    high: Fen | None = None  # None: the article sets no upper limit in yuan
    when: str = ""  # 逾期不改正; empty: the ordinary case
    times: tuple[int, int] | None = None
    base_floor: Fen | None = None

    def allows(self, amount: Fen) -> bool:
        """Tell whether ``amount`` (more than nothing) lies in the range."""
        return amount > 0 and self.low <= amount and (self.high is None or amount <= self.high)


@dataclass(frozen=True, slots=True)
class Item:
    """One cause of action (案由) in one field of enforcement."""

    id: str  # stable
    mark: str  # 执法类别: 公, 医
    field: str  # 公共场所卫生
    act: str  # "penalty"
    cause: str  # 案由
    violated: Citation
    basis: Citation
    sanctions: tuple[str, ...]  # the words of 行政处罚法 art. 9, light to heavy
    fines: tuple[FineRange, ...]
    valid_from: date
    valid_to: date | None = None  # last day
    confidence: Confidence = Confidence.TEXT
    source: str = ""
    note: str = ""
    correct: str = ""  # what the party is told to put right
    detailed_by: Citation | None = None  # the rule that spells the article out
    by: tuple[str, ...] = ()  # other agencies the article names

    def in_force(self, day: date) -> bool:
        """Tell whether the item may be used for an act of ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def ranges_at(self, day: date) -> tuple[FineRange, ...]:
        """Return the fines the article allowed on ``day``; empty if none."""
        return self.fines if self.in_force(day) else ()

    def range_at(self, day: date) -> FineRange | None:
        """Return the lowest and highest fine of all tiers in yuan, or None if no fine is possible.

        An upper limit of None means that the article sets none.
        """
        ranges = self.ranges_at(day)
        if not ranges:
            return None
        highs = [fine.high for fine in ranges]
        high = None if None in highs else max(h for h in highs if h is not None)
        words = "；".join(f"{fine.when}{'的，' if fine.when else ''}{fine.words}" for fine in ranges)
        return FineRange(words, min(fine.low for fine in ranges), high)

    def allows(self, amount: Fen, day: date) -> bool:
        """Tell whether any tier of the article allows a fine of ``amount`` on ``day``."""
        return any(fine.allows(amount) for fine in self.ranges_at(day))

    def may_warn(self) -> bool:
        """Tell whether the article provides for a warning."""
        return "警告" in self.sanctions


def find(items: Sequence[Item], day: date, *, mark: str = "", act: str = "") -> tuple[Item, ...]:
    """Return the items that may be used on ``day``, in the order of the data."""
    return tuple(i for i in items if i.in_force(day) and mark in {"", i.mark} and act in {"", i.act})
