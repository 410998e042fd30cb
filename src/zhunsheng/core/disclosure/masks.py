"""Hiding stretches of a text: the same original gets the same number and the same stand-in everywhere.

A text is a string or a list of pieces (see ``web.shared.pieces``); only strings can hold
what must be hidden, since dates and amounts are pieces of their own. Masking builds a new
text from what stays; nothing is painted over.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.core.casefile.events import Json


@dataclass(frozen=True, slots=True)
class Mask:
    """One stretch to hide: ``n`` counts from 1 in the order of the page."""

    n: int
    original: str
    shown: str  # 从业人员甲, 证件号码已隐去
    ground: str  # why, in words the public reads

    def sealed(self) -> dict[str, Json]:
        """Return the mask with its original: kept in the case file, never published."""
        return {"n": self.n, "original": self.original, "shown": self.shown, "ground": self.ground}

    def public(self) -> dict[str, Json]:
        """Return what the public may know of it."""
        return {"n": self.n, "shown": self.shown, "ground": self.ground}


def numbered(found: Sequence[tuple[str, str, str]]) -> tuple[Mask, ...]:
    """Return masks for ``(original, shown, ground)``, the first of equal originals winning; empty ones are dropped."""
    distinct: dict[str, tuple[str, str]] = {}
    for original, shown, ground in found:
        if original.strip():
            distinct.setdefault(original, (shown, ground))
    return tuple(Mask(n, original, *rest) for n, (original, rest) in enumerate(distinct.items(), start=1))


def hide(text: Json, masks: Sequence[Mask]) -> Json:
    """Return ``text`` with every original replaced by a piece ``{"mask", "shown", "ground"}``."""
    return _replaced(text, masks, lambda mask: {"mask": mask.n, "shown": mask.shown, "ground": mask.ground})


def mark(text: Json, masks: Sequence[Mask]) -> Json:
    """Return ``text`` with every original as a piece ``{"mark", "original"}``: for the publisher and the checker."""
    return _replaced(text, masks, lambda mask: {"mark": mask.n, "original": mask.original})


def plain(text: str, masks: Sequence[Mask]) -> str:
    """Return ``text`` with stand-ins written into it: for titles, lists and the PDF."""
    for mask in _longest_first(masks):
        text = text.replace(mask.original, mask.shown)
    return text


def strings(text: Json) -> list[str]:
    """Return every string that a page shows, at any depth."""
    if isinstance(text, str):
        return [text]
    parts = text.values() if isinstance(text, Mapping) else text if isinstance(text, Sequence) else ()
    return [string for part in parts for string in strings(part)]


def _replaced(text: Json, masks: Sequence[Mask], piece: Callable[[Mask], Json]) -> Json:
    if isinstance(text, list):
        return [part for member in text for part in _flat(_replaced(member, masks, piece))]
    if not isinstance(text, str) or not masks:
        return text
    by_original = {mask.original: mask for mask in masks}
    pattern = "|".join(re.escape(mask.original) for mask in _longest_first(masks))
    parts: list[Json] = []
    for word in re.split(f"({pattern})", text):
        if word in by_original:
            parts.append(piece(by_original[word]))
        elif word:
            parts.append(word)
    return parts if len(parts) != 1 or not isinstance(parts[0], str) else parts[0]


def _flat(text: Json) -> list[Json]:
    return text if isinstance(text, list) else [text]


def _longest_first(masks: Sequence[Mask]) -> list[Mask]:
    """Order by length: a full name is hidden before the surname inside it."""
    return sorted(masks, key=lambda mask: len(mask.original), reverse=True)
