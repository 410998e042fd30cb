"""Does an enforcement item say what the text of its article says?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zhunsheng.core.law.amounts import Amounts, multiples, ranges
from zhunsheng.core.law.items import Item
from zhunsheng.core.law.quantities import Fen

# How an article may word each sanction of 行政处罚法 art. 9.
WORDINGS: Final = {
    "警告": r"警告",
    "通报批评": r"通报批评",
    "罚款": r"罚款",
    "没收违法所得": r"没收其?违法所得",
    "没收非法财物": r"没收(非法财物|[^。；]*(药品|医疗器械|物品))",
    "暂扣许可证件": r"暂扣",
    "降低资质等级": r"降低资质",
    "吊销许可证件": r"吊销",
    "限制开展生产经营活动": r"限制",
    "责令停产停业": r"停产停业|停业整顿|停业",
    "责令关闭": r"关闭",
    "限制从业": r"暂停[^。；]*执业|禁止从事|终身禁止",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One way an item and its text disagree: ``what`` was expected by the item, ``found`` in the text."""

    code: str
    expected: str
    found: str


def differences(item: Item, text: str) -> Iterator[Difference]:
    """Yield where ``item`` disagrees with ``text``, the whole article it rests on."""
    yield from _sanctions(item, text)
    yield from _tiers(item, text)
    yield from _multiples(item, text)
    for fine in item.fines:
        if fine.words != "罚款" and _bare(fine.words) not in _bare(text):
            yield Difference("words-not-in-text", fine.words, "")
        if fine.when and fine.when not in text:
            yield Difference("condition-not-in-text", fine.when, "")


def _sanctions(item: Item, text: str) -> Iterator[Difference]:
    for word in item.sanctions:
        pattern = WORDINGS.get(word)
        if pattern is None:
            yield Difference("sanction-unknown", word, "")
        elif not re.search(pattern, text):
            yield Difference("sanction-not-in-text", word, "")
    if item.fines and "罚款" not in item.sanctions:
        yield Difference("fine-without-sanction", "罚款", "、".join(item.sanctions))


def _tiers(item: Item, text: str) -> Iterator[Difference]:
    """Every range of the item stands in the text, and every range of the text in the item."""
    said = {Amounts(fine.low, fine.high) for fine in item.fines if fine.high is not None}
    read = set(ranges(text))
    for tier in sorted(said - read):
        yield Difference("amount-not-in-text", _yuan(tier), "；".join(map(_yuan, sorted(read))))
    for tier in sorted(read - said):
        yield Difference("amount-not-in-item", "；".join(map(_yuan, sorted(said))), _yuan(tier))
    for fine in item.fines:
        own = ranges(fine.words)
        if fine.high is not None and own != (Amounts(fine.low, fine.high),):
            yield Difference("words-not-amount", _yuan(Amounts(fine.low, fine.high)), fine.words)


def _multiples(item: Item, text: str) -> Iterator[Difference]:
    said, read = {fine.times for fine in item.fines if fine.times}, set(multiples(text))
    for low, high in sorted(said ^ read):
        where = "multiple-not-in-text" if (low, high) in said else "multiple-not-in-item"
        yield Difference(where, f"{low}–{high}", "")
    for fine in item.fines:
        if fine.base_floor is not None and not _names(text, fine.base_floor):
            yield Difference("floor-not-in-text", fine.base_floor.yuan(), "")


def _names(text: str, amount: Fen) -> bool:
    """Tell whether ``text`` says 不足一万元的，按一万元计算 for this amount."""
    match = re.search(r"不足([^元]{1,8})元的，按\1元计算", text)
    return match is not None and ranges(f"{match[1]}元以下") == (Amounts(Fen(0), amount),)


def _yuan(tier: Amounts) -> str:
    return f"{tier.low.yuan()}–{tier.high.yuan()}"


def _bare(words: str) -> str:
    return re.sub(r"[\s的]", "", words)
