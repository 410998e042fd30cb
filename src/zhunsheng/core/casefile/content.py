"""Reading one field of a filed form.

A record of fact is kept however incomplete it is, so nothing here raises: what is
absent, or is not of the type the form gives it, reads as None (or as empty, where the
type has an empty value). ``core.documents`` has already told the officer about it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from zhunsheng.core.casefile.events import Content, Json


def text(content: Content, name: str) -> str:
    """Return the words of a field without surrounding blanks; "" when there are none."""
    value = content.get(name)
    return value.strip() if isinstance(value, str) else ""


def yes(content: Content, name: str) -> bool:
    """Return whether the box is ticked. Unanswered is not yes."""
    return content.get(name) is True


def day(content: Content, name: str) -> date | None:
    """Return a day (Asia/Shanghai) from ``YYYY-MM-DD``, or the day of a ``…THH:MM``."""
    try:
        return date.fromisoformat(text(content, name)[:10])
    except ValueError:
        return None


def moment(content: Content, name: str) -> datetime | None:
    """Return a local time (naive, Asia/Shanghai), written ``YYYY-MM-DDTHH:MM``."""
    try:
        value = datetime.fromisoformat(text(content, name))
    except ValueError:
        return None
    return value.replace(tzinfo=None)


def money(content: Content, name: str) -> int | None:
    """Return an amount in fen. A bool is not an amount."""
    value = content.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def signed(content: Content, name: str) -> bool:
    """Return whether a signature field holds anything: strokes, a mark, a file's digest."""
    return bool(content.get(name))


def rows(content: Content, name: str) -> Iterator[Content]:
    """Yield the rows of a list field; anything that is not a row is left out."""
    value: Json = content.get(name)
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, Mapping))


def names(value: Json) -> tuple[str, ...]:
    """Return a list of ids, in order, without what is not text."""
    return tuple(part for part in value if isinstance(part, str)) if isinstance(value, list) else ()


def officer(content: Content, name: str) -> str:
    """Return the id in a field for one officer: a list of one, or plain text; "" when there is none."""
    value = content.get(name)
    found = names(value)
    return found[0] if found else text(content, name)
