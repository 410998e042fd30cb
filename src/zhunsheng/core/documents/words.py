"""Days, times and money in the words of an official document.

The layouts print the same words from the same numbers; these are for the places that are
no layout: the public page, lists, messages. A test compares both.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from zhunsheng.core.casefile.events import Json

Piece: TypeAlias = str | dict[str, Json]
Text: TypeAlias = str | list[Piece]

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_GROUPS = ((10**8, "亿"), (10**4, "万"), (1, "元"))


def day_words(day: date) -> str:
    """Return ``2026年10月8日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def time_words(moment: datetime) -> str:
    """Return ``2026年10月8日9时05分``."""
    return f"{day_words(moment.date())}{clock_words(moment)}"


def clock_words(moment: datetime) -> str:
    """Return ``9时05分``."""
    return f"{moment.hour}时{moment.minute:02d}分"


def figures(fen: int) -> str:
    """Return ``3,600元``, ``3,600.50元``: fen are shown only when there are some."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}{f'.{rest:02d}' if rest else ''}元"


def capitals(fen: int) -> str:
    """Return the formal capitals, for example ``叁仟陆佰元整`` (支付结算办法, annex 1)."""
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    words = _yuan_capitals(yuan)
    if not rest:
        return (words or "零元") + "整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif words:
        words += "零"
    return words + (f"{_DIGITS[cent]}分" if cent else "整")


def _yuan_capitals(yuan: int) -> str:
    words, gap = "", False
    for size, unit in _GROUPS:
        group = yuan // size % 10_000 if size > 1 else yuan % 10_000
        if not group:
            gap = bool(words)
            continue
        for place, name in _PLACES:
            digit = group // place % 10
            if not digit:
                gap = bool(words)
                continue
            words += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        words, gap = words + unit, False
    return words if not words or words.endswith("元") else words + "元"


def money_words(fen: int) -> str:
    """Return figures and capitals together, so that they cannot disagree."""
    return f"{figures(fen)}（大写：人民币{capitals(fen)}）"


def pieces(paragraph: Json) -> list[Piece]:
    """Return a paragraph of a sheet as pieces, whether it is a string or a list of them."""
    if isinstance(paragraph, list):
        return [piece for piece in paragraph if isinstance(piece, str | dict)]
    return [paragraph] if isinstance(paragraph, str | dict) else []


def plain(text: Text | Sequence[Piece]) -> str:
    """Return a text of pieces as one string; a page count, which only the sheet knows, is left out."""
    return text if isinstance(text, str) else "".join(_plain_piece(piece) for piece in text)


def _plain_piece(piece: Piece) -> str:
    match piece:
        case str(words) | {"ins": str(words)} | {"text": str(words)}:
            return words
        case {"yuan": int(fen)}:
            return figures(fen)
        case {"money": int(fen)}:
            return money_words(fen)
        case {"date": str(day)}:
            return day_words(date.fromisoformat(day[:10]))
        case {"time": str(moment)}:
            return time_words(datetime.fromisoformat(moment))
        case _:
            return ""
