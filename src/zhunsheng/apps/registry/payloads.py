"""Reading our own payloads, with the types the events promise. Another type is a bug and stops."""

from datetime import date

from zhunsheng.core.casefile.events import Content, Json


def word(payload: Content, name: str) -> str:
    """Return a text."""
    value = payload[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text: {value!r}")
    return value


def count(payload: Content, name: str) -> int:
    """Return a whole number."""
    value = payload[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is no number: {value!r}")
    return value


def day(payload: Content, name: str) -> date:
    """Return a day."""
    return date.fromisoformat(word(payload, name))


def maybe_day(payload: Content, name: str) -> date | None:
    """Return a day, or None."""
    return None if payload[name] is None else day(payload, name)


def words(payload: Content, name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return tuple(str(value) for value in many(payload, name))


def objects(payload: Content, name: str) -> list[dict[str, Json]]:
    """Return a list of objects."""
    found = many(payload, name)
    return [value for value in found if isinstance(value, dict)]


def many(payload: Content, name: str) -> list[Json]:
    """Return a list."""
    value = payload[name]
    if not isinstance(value, list):
        raise TypeError(f"{name} is no list: {value!r}")
    return value


def iso(value: date | None) -> str | None:
    """Return a day as payloads have it."""
    return None if value is None else value.isoformat()
