"""Canonical bytes: one JSON value, one byte string (RFC 8785), and the strict way back.

What is hashed or signed is always ``canonical(value)``. What comes from others is read
by ``parse``, which refuses whatever two readers could understand differently: a name
twice in one object, NaN and Infinity, numbers no double can hold, half of a surrogate
pair, a byte order mark, and nesting deeper than any record of ours.

Money is an integer number of fen; nothing here rounds.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, TypeAlias

import rfc8785

from zhunsheng.core.errors import ZhunshengError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What ``parse`` returns."""

Jsonable: TypeAlias = "bool | int | float | str | Sequence[Jsonable] | Mapping[str, Jsonable] | None"
"""What ``canonical`` takes: sequences must be lists or tuples, mappings dicts."""

MAX_INTEGER: Final = 2**53 - 1
_PLAIN: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
MAX_DEPTH: Final = 64  # of nesting; our own records stay below 12
MAX_BYTES: Final = 16 * 1024 * 1024


class CanonicalError(ZhunshengError):
    """The value has no canonical form."""

    code: ClassVar[str] = "not-canonical"


class JsonError(ZhunshengError):
    """The bytes are not JSON that everybody reads the same way."""

    code: ClassVar[str] = "not-strict-json"


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def canonical(value: Jsonable) -> bytes:
    """Return the RFC 8785 bytes of ``value``, UTF-8.

    Raises:
        CanonicalError: an integer beyond 2**53 - 1, NaN, an infinity, a lone surrogate,
            a name that is not a string, or a type JSON does not have.
    """
    try:
        return rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise CanonicalError(str(error)) from error


def canonical_plain(value: Mapping[str, str | int | Mapping[str, str] | None]) -> bytes:
    """Return what ``canonical`` returns, several times faster, for a record of ASCII names without fractions.

    Headers and entries are such records, and an audit encodes each again. The C encoder of
    the standard library escapes as RFC 8785 3.2.2.2 does; it differs in fractions, in the
    order of names beyond ASCII, and in what it lets pass, which is refused here.

    Raises:
        CanonicalError: as ``canonical``.
    """
    if any(isinstance(part, int) and abs(part) > MAX_INTEGER for part in value.values()):
        raise CanonicalError("an integer beyond 2**53 - 1")
    try:
        return _PLAIN.encode(value).encode()
    except UnicodeEncodeError as error:
        raise CanonicalError("half of a surrogate pair") from error


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> Json:
    """Return the value written in ``data``.

    Raises:
        JsonError: ``data`` is longer than ``max_bytes`` or not strict JSON (see module).
    """
    if len(data) > max_bytes:
        raise JsonError(f"{len(data)} bytes, at most {max_bytes}")
    try:
        value: Json = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_float,
        )
    except (ValueError, RecursionError) as error:  # also undecodable bytes, integers too long
        raise JsonError(str(error)[:200]) from error
    _check(value)
    return value


def parse_object(data: bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, Json]:
    """Return the object written in ``data``.

    Raises:
        JsonError: as ``parse``, or the value is not an object.
    """
    value = parse(data, max_bytes=max_bytes)
    if not isinstance(value, dict):
        raise JsonError("not an object")
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):  # two readers could keep different ones
        raise ValueError("a name occurs twice")
    return result


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number no double can hold")
    return value


def _check(value: Json) -> None:
    """Refuse deep nesting and lone surrogates, without recursion of our own."""
    todo: list[tuple[Json, int]] = [(value, 1)]
    while todo:
        item, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise JsonError(f"nested deeper than {MAX_DEPTH}")
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, dict):
            for name in item:
                _check_text(name)
            todo.extend((child, depth + 1) for child in item.values())
        elif isinstance(item, list):
            todo.extend((child, depth + 1) for child in item)


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise JsonError("half of a surrogate pair") from error
