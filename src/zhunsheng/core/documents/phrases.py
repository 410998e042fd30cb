"""Standard phrases by cause: words that are offered beside a field and never put in unasked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhunsheng.core.documents.model import FormError


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase. Without ``items`` it is offered for every cause."""

    field: str  # name of a field or of a column, in whatever form it stands
    text: str
    items: tuple[str, ...] = ()

    def fits(self, item: str) -> bool:
        """Tell whether the phrase is offered in a case about ``item``."""
        return not self.items or item in self.items


def phrases_from(name: str, data: Mapping[str, object]) -> tuple[Phrase, ...]:
    """Return the phrases of one parsed file of ``forms/phrases``.

    Raises:
        FormError: a key is unknown, missing or of the wrong type.
    """
    items, rows = data.get("items"), data.get("phrases")
    if set(data) != {"items", "phrases"} or not isinstance(items, list) or not isinstance(rows, list):
        raise FormError(f"{name}: a file of phrases has items and phrases")
    for row in rows:
        if not isinstance(row, dict) or set(row) != {"field", "text"} or not all(map(_is_text, row.values())):
            raise FormError(f"{name}: a phrase has field and text")
    return tuple(Phrase(row["field"], row["text"], tuple(map(str, items))) for row in rows)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def offered(phrases: Iterable[Phrase], field: str, item: str) -> tuple[str, ...]:
    """Return what is offered for ``field``: the phrases of the cause first, then those for every cause."""
    fitting = [phrase for phrase in phrases if phrase.field == field and phrase.fits(item)]
    return tuple(phrase.text for phrase in sorted(fitting, key=lambda phrase: not phrase.items))
