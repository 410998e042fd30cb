"""One cursor, one statement: the journal speaks SQL where the ORM would cost a round trip or a lie."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection


def fetch(statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Run ``statement`` and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def run(statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> int:
    """Run ``statement`` and return the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
