"""One reader for each type of field: from a string or a JSON value to the kept value.

Money typed as text is yuan with at most two decimals; as a number it is fen, as it is
kept. Times are local to the agency and end at the minute, because that is what a sheet says.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.model import FieldDef, FieldType
from zhunsheng.core.documents.strokes import StrokesError, as_json, read_strokes
from zhunsheng.core.documents.writing import clean, first_fault

Reader: TypeAlias = Callable[[FieldDef, object], Json]

MAX_FEN = 10**13  # a hundred thousand million yuan; well inside what JSON numbers hold exactly
_TEXT, _LONGTEXT, _OFFICERS = 200, 10_000, 10
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
_MONEY = re.compile(r"(\d{1,12}|\d{1,3}([,，]\d{3}){1,3})(\.\d{1,2})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:[0-5]\d(\.\d{1,6})?)?")
_CODE = re.compile(r"[0-9A-Z]{15,18}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_YES, _NO = frozenset({"true", "yes", "on", "1", "是"}), frozenset({"false", "no", "off", "0", "否"})
_MAX_DRAWING = 200_000  # characters of JSON
_MAX_FILE_NAME = 200
_EARLIEST = 1949  # no act of this administration is older


class UnreadableError(ValueError):
    """The value is not of the field's type. ``code`` is a key of ``lawdata/errors.toml``."""

    def __init__(self, code: str, *facts: tuple[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def is_empty(value: object) -> bool:
    """Tell whether nothing was filled in."""
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, list | tuple | dict) and not value)
    )


def readers(printable: Callable[[str], bool]) -> Mapping[FieldType, Reader]:
    """Return the reader of each type but LIST, which has rows of its own."""

    def text(item: FieldDef, given: object) -> Json:
        return _text(item, given, printable)

    return {
        FieldType.TEXT: text,
        FieldType.LONGTEXT: text,
        FieldType.CHOICE: _choice,
        FieldType.BOOL: _bool,
        FieldType.DATE: _date,
        FieldType.DATETIME: _datetime,
        FieldType.MONEY: _money,
        FieldType.PARTY_CODE: _party_code,
        FieldType.OFFICERS: _officers,
        FieldType.ITEM: _token,
        FieldType.DOCUMENT: _token,
        FieldType.SIGNATURE: _signature,
        FieldType.FILE: _file,
    }


def _text(item: FieldDef, given: object, printable: Callable[[str], bool]) -> Json:
    if not isinstance(given, str):
        raise UnreadableError("bad-text")
    several = item.type is FieldType.LONGTEXT
    limit = item.max or (_LONGTEXT if several else _TEXT)
    if len(given) > 8 * limit:  # do not clean what is refused anyway
        raise UnreadableError("text-too-long", ("limit", str(limit)))
    text = clean(given, lines=several)
    if len(text) > limit:
        raise UnreadableError("text-too-long", ("limit", str(limit)))
    if fault := first_fault(text, field=item.name, label=item.label, printable=printable):
        raise UnreadableError(fault.code, *fault.facts[1:])
    return text or None


def _choice(item: FieldDef, given: object) -> Json:
    if isinstance(given, str) and given in {choice.value for choice in item.choices}:
        return given
    raise UnreadableError("bad-choice")


def _bool(_: FieldDef, given: object) -> Json:
    if isinstance(given, bool):
        return given
    word = given.strip().lower() if isinstance(given, str) else ""
    if word not in _YES | _NO:
        raise UnreadableError("bad-choice")
    return word in _YES


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnreadableError("bad-date") from None
    if day.year < _EARLIEST:
        raise UnreadableError("bad-date")
    return day


def _date(_: FieldDef, given: object) -> Json:
    if not isinstance(given, str) or not _DAY.fullmatch(given.strip()):
        raise UnreadableError("bad-date")
    return _day(given.strip()).isoformat()


def _datetime(_: FieldDef, given: object) -> Json:
    match = _MINUTE.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        raise UnreadableError("bad-time")
    _day(match[1])
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}").strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        raise UnreadableError("bad-time") from None


def _money(_: FieldDef, given: object) -> Json:
    fen = given if isinstance(given, int) and not isinstance(given, bool) else _fen(given)
    if not 0 < fen <= MAX_FEN:
        raise UnreadableError("bad-money")
    return fen


def _fen(given: object) -> int:
    # A comma parts thousands and nothing else: 2,00 is a slip of the hand, not two hundred.
    text = given.strip().removesuffix("元") if isinstance(given, str) else ""
    if not _MONEY.fullmatch(text):
        raise UnreadableError("bad-money")
    return int(Decimal(text.replace(",", "").replace("，", "")) * 100)


def _party_code(_: FieldDef, given: object) -> Json:
    code = "".join(given.split()).upper() if isinstance(given, str) else ""
    if not _CODE.fullmatch(code):
        raise UnreadableError("bad-party-code")
    return code


def _token(_: FieldDef, given: object) -> Json:
    if isinstance(given, str) and _TOKEN.fullmatch(given.strip()):
        return given.strip()
    raise UnreadableError("bad-choice")


def _officers(item: FieldDef, given: object) -> Json:
    rows = [given] if isinstance(given, str) else given
    if not isinstance(rows, list | tuple) or len(rows) > (item.max or _OFFICERS):
        raise UnreadableError("bad-choice")
    ids = [_token(item, row) for row in rows if not is_empty(row)]
    return list(dict.fromkeys(ids)) or None  # the same officer twice is one officer


def _signature(_: FieldDef, given: object) -> Json:
    if isinstance(given, str):
        if len(given) > _MAX_DRAWING:
            raise UnreadableError("bad-signature")
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            raise UnreadableError("bad-signature") from None
    if is_empty(given) or (isinstance(given, dict) and not given.get("strokes")):
        return None  # an untouched pad
    try:
        return as_json(read_strokes(given))
    except StrokesError:
        raise UnreadableError("bad-signature") from None


def _file(_: FieldDef, given: object) -> Json:
    if not isinstance(given, Mapping):
        raise UnreadableError("bad-file")
    sha256, name, size = given.get("sha256"), given.get("name"), given.get("size")
    if (
        not isinstance(sha256, str)
        or not _SHA256.fullmatch(sha256)
        or not isinstance(name, str)
        or not 0 < len(name) <= _MAX_FILE_NAME
    ):
        raise UnreadableError("bad-file")
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise UnreadableError("bad-file")
    return {"sha256": sha256, "name": name, "size": size}
