"""Which text fixes the penalty: the old one, unless the new one is milder (从旧兼从轻).

行政处罚法 art. 37: an act is judged by the law of the day it was done; if the law was
changed or repealed before the decision and the new text punishes less, or no longer
punishes, the new one applies. Procedure is another matter: it follows the law of the day
of each step, and is looked up by the gates themselves.

An item (执法事项) carries one text's wording. When its term ended before the decision, the
new text is the item of the same mark and cause that is in force then; if there is none the
act is no longer punished. Milder means, in this order: the heaviest sanction is lighter,
the highest fine is lower, the lowest fine is lower. On a tie the old text stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.core.law.items import FineRange, Item

LIGHT_TO_HEAVY: Final = (
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "吊销许可证件",
    "行政拘留",
)
"""Order of weight used by the yearly statistics (spec law 9); an unknown word counts as heavier than all."""


@dataclass(frozen=True, slots=True)
class Applicable:
    """The text that applies. ``range`` is None where it sets no amount at all."""

    item: Item
    day: date  # its wording on this day
    range: FineRange | None
    newer: bool  # the text of the day of the decision was milder


def applicable(item: Item, violated: date, decided: date, items: Iterable[Item]) -> Applicable | None:
    """Return the text to judge by; None when none was in force, or the act is no longer punished."""
    old = Applicable(item, violated, item.range_at(violated), newer=False) if item.in_force(violated) else None
    if old is None:
        return None
    successor = _at(item, decided, items)
    if successor is None:
        return None
    new = Applicable(successor, decided, successor.range_at(decided), newer=True)
    return new if weight(new) < weight(old) else old


def weight(text: Applicable) -> tuple[int, float, float]:
    """Return how heavy a text is; smaller is milder."""
    heaviest = max((_rank(word) for word in text.item.sanctions), default=0)
    if text.range is None:
        return heaviest, 0.0, 0.0
    high = float("inf") if text.range.high is None else float(text.range.high)
    return heaviest, high, float(text.range.low)


def _rank(word: str) -> int:
    return LIGHT_TO_HEAVY.index(word) if word in LIGHT_TO_HEAVY else len(LIGHT_TO_HEAVY)


def _at(item: Item, day: date, items: Iterable[Item]) -> Item | None:
    if item.in_force(day):
        return item
    same = (other for other in items if (other.mark, other.cause, other.act) == (item.mark, item.cause, item.act))
    return next((other for other in same if other.in_force(day)), None)
