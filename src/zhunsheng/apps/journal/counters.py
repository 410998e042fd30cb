"""Numbers without gaps: the row of a series is locked until the transaction ends, a rollback gives the number back."""

from django.db import connection

from zhunsheng.apps.journal.sql import fetch

NEXT = """
INSERT INTO journal_counter (agency, series, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency, series, year) DO UPDATE SET last = journal_counter.last + 1
RETURNING last"""


def next_number(agency: str, series: str, year: int) -> int:
    """Return the next number of the series, from 1, inside the caller's transaction.

    Take it after the lock of the stream, as every command does, and as late as possible: others wait for it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    return int(fetch(NEXT, [agency, series, year])[0][0])
