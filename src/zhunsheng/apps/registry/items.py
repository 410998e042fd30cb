"""An enforcement item as JSON and back: what an ``item`` stream keeps.

A new field of ``core.law.items.Item`` comes with a default and is added to both
directions here (a test compares the fields); what was written before reads as the default.
"""

from datetime import date

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.citation import Citation
from zhunsheng.core.law.items import FineRange, Item
from zhunsheng.core.law.parameters import Confidence
from zhunsheng.core.law.quantities import Fen


def to_json(item: Item) -> dict[str, Json]:
    """Return the item as an event's payload has it."""
    return {
        "id": item.id,
        "mark": item.mark,
        "field": item.field,
        "act": item.act,
        "cause": item.cause,
        "violated": str(item.violated),
        "basis": str(item.basis),
        "sanctions": [*item.sanctions],
        "fines": [_fine_to_json(fine) for fine in item.fines],
        "valid_from": item.valid_from.isoformat(),
        "valid_to": item.valid_to.isoformat() if item.valid_to else None,
        "confidence": item.confidence.value,
        "source": item.source,
        "note": item.note,
        "correct": item.correct,
        "detailed_by": str(item.detailed_by) if item.detailed_by else None,
        "by": [*item.by],
    }


def from_json(value: Json) -> Item:
    """Return the item that ``to_json`` wrote.

    Raises:
        TypeError, KeyError, ValueError: it is none of ours.
    """
    told = _mapping(value)
    detailed, valid_to = told["detailed_by"], told["valid_to"]
    return Item(
        id=str(told["id"]),
        mark=str(told["mark"]),
        field=str(told["field"]),
        act=str(told["act"]),
        cause=str(told["cause"]),
        violated=Citation.parse(str(told["violated"])),
        basis=Citation.parse(str(told["basis"])),
        sanctions=tuple(str(each) for each in _list(told["sanctions"])),
        fines=tuple(_fine_from_json(each) for each in _list(told["fines"])),
        valid_from=date.fromisoformat(str(told["valid_from"])),
        valid_to=date.fromisoformat(str(valid_to)) if valid_to else None,
        confidence=Confidence(str(told["confidence"])),
        source=str(told["source"]),
        note=str(told["note"]),
        correct=str(told["correct"]),
        detailed_by=Citation.parse(str(detailed)) if detailed else None,
        by=tuple(str(each) for each in _list(told["by"])),
    )


def _fine_to_json(fine: FineRange) -> dict[str, Json]:
    return {
        "words": fine.words,
        "low": int(fine.low),
        "high": None if fine.high is None else int(fine.high),
        "when": fine.when,
        "times": [*fine.times] if fine.times else None,
        "base_floor": None if fine.base_floor is None else int(fine.base_floor),
    }


def _fine_from_json(value: Json) -> FineRange:
    told = _mapping(value)
    times = [_int(each) for each in _list(told["times"])] if told["times"] else None
    return FineRange(
        words=str(told["words"]),
        low=Fen(_int(told["low"])),
        high=None if told["high"] is None else Fen(_int(told["high"])),
        when=str(told["when"]),
        times=(times[0], times[1]) if times else None,
        base_floor=None if told["base_floor"] is None else Fen(_int(told["base_floor"])),
    )


def _mapping(value: Json) -> Content:
    if not isinstance(value, dict):
        raise TypeError(f"no object: {value!r}")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"no list: {value!r}")
    return value


def _int(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError(f"no whole number: {value!r}")
    return value
