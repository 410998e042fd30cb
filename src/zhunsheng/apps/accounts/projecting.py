"""How a stream becomes rows, and how rows are compared with their streams.

One projector for each kind of stream says which rows its events explain. The command
that appends an event projects the stream in the same transaction, so nobody waits to see
his own act; ``rebuild`` writes all rows anew; ``differences`` folds everything again and
names each row and column that says something else. All three use the same function, so
they cannot disagree.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import transaction
from django.db.models import Field, Manager
from django.db.models.options import Options

from zhunsheng.apps.accounts.models import Projected
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Event

RowsOf: TypeAlias = Callable[[Ref, Sequence[Event]], Sequence[Projected]]

SECRET = frozenset({"password", "totp_secret"})
"""Columns whose values an audit report shows as digests only."""


@dataclass(frozen=True, slots=True)
class Projector:
    kind: str  # of the streams
    models: tuple[type[Projected], ...]
    rows: RowsOf  # unsaved instances; [] for a stream that shows no row


@dataclass(frozen=True, slots=True)
class Difference:
    """``row`` of ``table`` is not what the journal says. ``column`` is "" when the row is missing or invented."""

    table: str
    row: str
    stream: str
    column: str
    expected: str
    found: str


def project(projector: Projector, ref: Ref, events: Sequence[Event]) -> None:
    """Replace the rows of one stream by what ``events`` say, in the caller's transaction.

    Raises:
        django.db.IntegrityError: a row would take a key that another stream holds.
    """
    rows = projector.rows(ref, events)
    for model in projector.models:
        _table(model).filter(agency=ref.agency, stream=ref.key).delete()
        _table(model).bulk_create(row for row in rows if type(row) is model)


@transaction.atomic
def rebuild(projector: Projector) -> int:
    """Drop all rows of the projector and write them again; return how many there are now."""
    for model in projector.models:
        _table(model).all().delete()
    rows = [row for ref in queries.streams(projector.kind) for row in projector.rows(ref, queries.events(ref))]
    for model in projector.models:
        _table(model).bulk_create(row for row in rows if type(row) is model)
    return len(rows)


def differences(projector: Projector) -> Iterator[Difference]:
    """Yield what the tables say otherwise than the journal, table by table, row by row.

    A stream that cannot be folded (somebody has changed its events) is named and passed
    over, so that one damage does not hide another.
    """
    wanted: dict[type[Projected], dict[str, Projected]] = defaultdict(dict)
    damaged: set[Ref] = set()
    for ref in queries.streams(projector.kind):
        try:
            rows = projector.rows(ref, queries.events(ref))
        except (KeyError, TypeError, ValueError) as error:
            damaged.add(ref)
            yield Difference("stream", ref.key, str(ref), "", "events that can be read", type(error).__name__)
            continue
        for row in rows:
            wanted[type(row)][str(row.pk)] = row
    for model in projector.models:
        there = {str(row.pk): row for row in _table(model).all() if _ref(projector, row) not in damaged}
        yield from _compare(model, wanted[model], there)


def _ref(projector: Projector, row: Projected) -> Ref:
    return Ref(row.agency, projector.kind, row.stream)


def _compare(
    model: type[Projected], wanted: Mapping[str, Projected], there: Mapping[str, Projected]
) -> Iterator[Difference]:
    table = _options(model).db_table
    for key in sorted(wanted.keys() | there.keys()):
        expected, found = wanted.get(key), there.get(key)
        if expected is None or found is None:
            stream = next(f"{row.agency}/{row.stream}" for row in (expected, found) if row is not None)
            yield Difference(table, key, stream, "", _presence(expected), _presence(found))
            continue
        stream = f"{expected.agency}/{expected.stream}"
        for field in _options(model).concrete_fields:
            left, right = _value(expected, field), _value(found, field)
            if left != right:
                yield Difference(table, key, stream, field.name, _shown(field.name, left), _shown(field.name, right))


def _presence(row: Projected | None) -> str:
    return "no row" if row is None else "a row"


def _value(row: Projected, field: "Field[object, object]") -> object:
    """Return the column as the database would give it back (lists for tuples, dates for dates)."""
    value = field.value_from_object(row)
    return list(value) if isinstance(value, tuple) else value


def _shown(name: str, value: object) -> str:
    if name in SECRET and value:
        return f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()[:16]}"
    return str(value)


def _table(model: type[Projected]) -> "Manager[Projected]":
    return model._default_manager  # noqa: SLF001  (Django's public habit)


def _options(model: type[Projected]) -> "Options[Projected]":
    return model._meta  # noqa: SLF001  (Django's public habit)
