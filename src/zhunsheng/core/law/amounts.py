"""Reading Chinese amounts of money and multiples out of an article's text.

Used to check the item files against the texts, never to decide a case. Understood are
二百元以下, 一万元以上三万元以下, 5000元以上3万元以下, 2倍以上5倍以下; a bare threshold
（违法所得5000元以上的） is no range and is passed over.
"""

import re
from dataclasses import dataclass
from typing import Final

from zhunsheng.core.law.quantities import Fen

DIGITS: Final = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
PLACES: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
NUMBER: Final = r"[0-9][0-9,.]*[万亿千百]*|[零〇一二两三四五六七八九十百千万亿]+"
RANGE: Final = re.compile(rf"(?P<low>{NUMBER})元?以上(?P<high>{NUMBER})元以下|(?P<only>{NUMBER})元以下")
TIMES: Final = re.compile(rf"(?P<low>{NUMBER})倍以上(?P<high>{NUMBER})倍以下|(?P<only>{NUMBER})倍以下")


@dataclass(frozen=True, slots=True, order=True)
class Amounts:
    """A range as read: both ends included; ``low`` is 0 when only an upper end is named."""

    low: Fen
    high: Fen


def number(words: str) -> int:
    """Return the whole number that ``words`` write, in digits or Chinese numerals, or mixed (3万).

    Raises:
        ValueError: it is neither, or not a whole number.
    """
    match = re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)([万亿千百]*)", words)
    if match:
        return _mixed(match[1].replace(",", ""), match[2])
    return _chinese(words)


def _mixed(digits: str, units: str) -> int:
    factor = 1
    for unit in units:
        factor *= PLACES.get(unit) or MYRIADS[unit]
    whole, _, part = digits.partition(".")
    scale = int("1" + "0" * len(part))
    value, rest = divmod(int(whole + part) * factor, scale)
    if rest:
        raise ValueError(f"not a whole number: {digits}{units}")
    return value


def _chinese(words: str) -> int:
    total = section = digit = 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in PLACES:
            section += (digit or 1) * PLACES[word]
            digit = 0
        elif word == "万":
            total, section, digit = total + (section + digit) * MYRIADS[word], 0, 0
        elif word == "亿":
            total, section, digit = (total + section + digit) * MYRIADS[word], 0, 0
        else:
            raise ValueError(f"not a number: {words}")
    if not words:
        raise ValueError("not a number: nothing")
    return total + section + digit


def ranges(text: str) -> tuple[Amounts, ...]:
    """Return the distinct ranges of money in ``text``, in the order of their first mention."""
    found = []
    for match in RANGE.finditer(text):
        low = number(match["low"]) if match["low"] else 0
        high = number(match["high"] or match["only"])
        found.append(Amounts(Fen.of_yuan(low), Fen.of_yuan(high)))
    return tuple(dict.fromkeys(found))


def multiples(text: str) -> tuple[tuple[int, int], ...]:
    """Return the distinct multiples in ``text`` as (from, to); from is 0 when only 以下 is named."""
    found = [
        (number(match["low"]) if match["low"] else 0, number(match["high"] or match["only"]))
        for match in TIMES.finditer(text)
    ]
    return tuple(dict.fromkeys(found))
