"""A change to an account row, made past the program, is found with the account and the column named."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import connection, transaction

from tests.apps.accounts.doings import open_account
from tests.apps.cast import AGENCY, NOON
from zhunsheng.apps.accounts.auditing import findings
from zhunsheng.apps.accounts.commands import lock_account
from zhunsheng.apps.accounts.models import Account, Projected
from zhunsheng.apps.accounts.projections import ACCOUNTS, account_rows, rebuild
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.journal.audit import Finding
from zhunsheng.apps.journal.audit.findings import registered
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Event

pytestmark = pytest.mark.postgres

KONG, BOSS = "kongyushui", "shenxiaoxue"


@pytest.fixture(autouse=True)
def two_people(fresh_db: str) -> None:
    open_account(BOSS, name="沈小雪", roles=(Role.ADMIN,))
    open_account(KONG)


def attack(sql: str) -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    return list(findings(ACCOUNTS))


def test_untouched_it_is_clean(fresh_db: str) -> None:
    lock_account(KONG, "调离", agency=AGENCY, actor=BOSS, at=NOON)
    assert list(findings(ACCOUNTS)) == []
    assert "projection-account" in dict(registered())


def test_a_role_taken_by_hand_is_found(fresh_db: str) -> None:
    found = attack("UPDATE accounts_account SET roles = '{officer,checker}' WHERE login = 'kongyushui'")
    assert found == [
        Finding(
            "projection-differs",
            f"accounts_account {KONG} (stream {AGENCY}/{KONG})",
            "roles=['officer']",
            "roles=['officer', 'checker']",
        )
    ]


def test_a_borrowed_password_is_found_and_not_shown(fresh_db: str) -> None:
    found = attack(
        "UPDATE accounts_account SET password = (SELECT password FROM accounts_account WHERE login = 'shenxiaoxue') "
        "WHERE login = 'kongyushui'"
    )
    assert [finding.record.split()[1] for finding in found] == [KONG]
    assert found[0].expected.startswith("password=sha256:")
    assert "argon2" not in str(found)


EACH = [
    ("DELETE FROM accounts_account WHERE login = 'kongyushui'", "a row", "no row"),
    ("UPDATE accounts_account SET active = false WHERE login = 'kongyushui'", "active=True", "active=False"),
    ("UPDATE accounts_account SET unit = 'leaders' WHERE login = 'kongyushui'", "unit=", "unit=leaders"),
    ("UPDATE accounts_account SET session_version = 7 WHERE login = 'kongyushui'", "session_version=1", None),
    ("UPDATE accounts_account SET agency = 'x' WHERE login = 'kongyushui'", f"agency={AGENCY}", "agency=x"),
]


def test_each_column_counts(fresh_db: str) -> None:
    for sql, expected, found in EACH:
        with transaction.atomic():
            (only,) = attack(sql)
            transaction.set_rollback(True)
        assert only.record.startswith(f"accounts_account {KONG} ")
        assert only.expected == expected
        assert found is None or only.found == found


def test_an_invented_account_is_found(fresh_db: str) -> None:
    found = attack(
        "INSERT INTO accounts_account SELECT password, agency, stream, position, 'ghost', name, roles, unit, officer, "
        "active, totp_secret, session_version FROM accounts_account WHERE login = 'kongyushui'"
    )
    assert [(finding.record.split()[1], finding.expected, finding.found) for finding in found] == [
        ("ghost", "no row", "a row")
    ]


def test_rebuilding_brings_every_row_back(fresh_db: str) -> None:
    before = list(Account.objects.order_by("pk").values())
    attack("DELETE FROM accounts_account")
    assert rebuild() == 2
    assert list(Account.objects.order_by("pk").values()) == before


def test_one_damaged_stream_does_not_hide_another_damage(fresh_db: str) -> None:
    def rows(ref: Ref, events: Sequence[Event]) -> Sequence[Projected]:
        if ref.key == BOSS:
            raise ValueError("somebody wrote into the payload")
        return account_rows(ref, events)

    Account.objects.filter(pk=KONG).update(name="赵某")
    seen = list(findings(replace(ACCOUNTS, rows=rows)))
    assert [finding.record.split(" (")[0] for finding in seen] == [f"stream {BOSS}", f"accounts_account {KONG}"]
    assert seen[0].expected == "events that can be read"
