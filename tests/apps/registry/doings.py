"""What tests of the registry do again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import pytest
from django.db import connection

from tests.apps.cast import AGENCY, NOON
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.core.casefile.people import Capacity, Certificate
from zhunsheng.core.errors import RefusedError

BY: Final[dict[str, Any]] = {"agency": AGENCY, "actor": SYSTEM, "at": NOON}
TODAY: Final = date(2026, 11, 20)
AREA: Final = "350205"


def certificate(
    number: str = "示海卫执法0099",
    *,
    category: str = "卫生健康",
    area: str = AREA,
    first: date = date(2025, 1, 1),
    last: date = date(2029, 12, 31),
    kind: str = "行政执法证",
) -> Certificate:
    return Certificate(number, category, area, first, last, kind=kind)


def mandate(
    act: str = "penalty",
    *,
    area: str = AREA,
    standing: str = "entrusted",
    first: date = date(2026, 1, 1),
    last: date | None = date(2028, 12, 31),
    number: str = "示海卫委〔2026〕9号",
    marks: tuple[str, ...] = ("公",),
) -> Capacity:
    return Capacity(act, marks, area, standing, first, last, number)


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Expect exactly these faults, and no event more than before."""
    before = events()
    with pytest.raises(RefusedError) as refusal:
        yield
    assert {fault.code for fault in refusal.value.faults} == set(codes)
    assert events() == before


def events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event")
        return int(cursor.fetchone()[0])
