"""A change to a certificate or any other row, made past the program, is found with the row and the column named."""

import pytest
from django.db import connection, transaction

from tests.apps.cast import AGENCY, bureau
from tests.apps.registry.doings import BY, certificate
from zhunsheng.apps.accounts.auditing import findings
from zhunsheng.apps.journal.audit import Finding
from zhunsheng.apps.journal.audit.findings import registered
from zhunsheng.apps.registry.commands import issue_certificate
from zhunsheng.apps.registry.models import Certificate, Officer
from zhunsheng.apps.registry.projections import ALL, rebuild

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def the_bureau(fresh_db: str) -> None:
    bureau()


def found() -> list[Finding]:
    return [finding for projector in ALL for finding in findings(projector)]


def attack(sql: str) -> list[Finding]:
    """Do it, look, and undo it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql)
        seen = found()
        transaction.set_rollback(True)
    return seen


def test_untouched_it_is_clean(fresh_db: str) -> None:
    issue_certificate("chenguyu", certificate(), issuer="示例", **BY)
    assert found() == []
    names = {f"projection-{kind}" for kind in ("agency", "unit", "post", "officer", "item")}
    assert names <= set(dict(registered()))


def test_a_prolonged_certificate_is_found(fresh_db: str) -> None:
    (only,) = attack("UPDATE registry_certificate SET valid_to = '2029-06-30' WHERE number = '示海卫执法0004'")
    assert only == Finding(
        "projection-differs",
        f"registry_certificate {AGENCY}/示海卫执法0004 (stream {AGENCY}/subailu)",
        "valid_to=2025-06-30",
        "valid_to=2029-06-30",
    )


EACH = [
    ("UPDATE registry_certificate SET code = 'subailu' WHERE number = '示海卫执法0001'", "示海卫执法0001", "code"),
    ("UPDATE registry_certificate SET area = '350205' WHERE number = '示海卫执法0006'", "示海卫执法0006", "area"),
    ("DELETE FROM registry_recusal", "hechushu/1", ""),
    ("UPDATE registry_recusal SET lifted_on = '2026-01-01'", "hechushu/1", "lifted_on"),
    ("UPDATE registry_capacity SET valid_to = '2099-01-01' WHERE key LIKE '%inspection/6'", "/6", "valid_to"),
    ("UPDATE registry_capacity SET fields = '{公}' WHERE key LIKE '%inspection/6'", "/6", "fields"),
    ("UPDATE registry_unit SET parent = 'inspection' WHERE code = 'policy'", "policy", "parent"),
    ("UPDATE registry_officer SET name = '赵某' WHERE code = 'chenguyu'", "chenguyu", "name"),
    ("UPDATE registry_post SET unit = 'office' WHERE code = 'head'", "head", "unit"),
    ("UPDATE registry_agency SET names = '[]'", AGENCY, "names"),
    (
        "UPDATE registry_item SET content = content || '{\"fines\": []}' WHERE code = 'waste-sorting'",
        "waste-sorting",
        "content",
    ),
]


def test_each_table_counts(fresh_db: str, subtests: pytest.Subtests) -> None:
    for sql, row, column in EACH:
        with subtests.test(sql=sql):
            (only,) = attack(sql)
            assert row in only.record
            assert only.expected.startswith(f"{column}=" if column else "a row")


def test_an_invented_certificate_is_found(fresh_db: str) -> None:
    (only,) = attack(
        "INSERT INTO registry_certificate SELECT agency, stream, position, agency || '/示9999', code, '示9999', "
        "category, area, valid_from, valid_to, kind, issuer, withdrawn_on, "
        "withdrawn_because FROM registry_certificate LIMIT 1"
    )
    assert (only.record.split(" (")[0], only.expected, only.found) == (
        f"registry_certificate {AGENCY}/示9999",
        "no row",
        "a row",
    )


def test_rebuilding_brings_every_row_back(fresh_db: str) -> None:
    before = list(Certificate.objects.order_by("pk").values())
    Certificate.objects.all().delete()
    Officer.objects.filter(code="chenguyu").update(name="赵某")
    assert len(found()) == len(before) + 1
    rebuild()
    assert found() == []
    assert list(Certificate.objects.order_by("pk").values()) == before
