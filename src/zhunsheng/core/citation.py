"""Where a rule stands: instrument, article, paragraph, item.

A citation names an instrument by its stable id (a file name under
``lawdata/instruments``), never by a version: the version in force is found by date
(``core.law``), because article numbers move when a law is revised.
"""

from dataclasses import dataclass

from typing_extensions import override

_LENGTHS = {1, 2, 3}  # article, paragraph, item


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One provision. ``paragraph`` (款) and ``item`` (项) count from 1; 0 means the whole."""

    instrument: str  # id, for example "xzcff" (行政处罚法)
    article: int  # 条
    paragraph: int = 0  # 款
    item: int = 0  # 项

    @override
    def __str__(self) -> str:
        """Return ``xzcff:51``, ``xzcff:63.1.6``: the form used in data files and addresses."""
        tail = "".join(f".{part}" for part in self._parts())
        return f"{self.instrument}:{self.article}{tail}"

    def _parts(self) -> tuple[int, ...]:
        if self.item:
            return (self.paragraph, self.item)
        return (self.paragraph,) if self.paragraph else ()

    @classmethod
    def parse(cls, text: str) -> "Citation":
        """Read what ``str`` writes.

        Raises:
            ValueError: ``text`` is not ``instrument:article[.paragraph[.item]]``.
        """
        instrument, colon, place = text.partition(":")
        numbers = place.split(".") if place else []
        if not (instrument and colon and len(numbers) in _LENGTHS) or not all(
            n.isascii() and n.isdigit() for n in numbers
        ):
            message = f"not a citation: {text!r}"
            raise ValueError(message)
        return cls(instrument, *(int(n) for n in numbers))
