from typing import Any

import pytest
from django.db import connection

from tests.apps.accounts.doings import A_PASSWORD, codes_of, events_of, open_account
from tests.apps.cast import ADMIN, AGENCY, CHEN, NOON, bureau
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.postgres


def test_it_opens_an_account_as_an_event_and_a_row(fresh_db: str) -> None:
    open_account("kongyushui", roles=(Role.OFFICER,))
    row = Account.objects.get(pk="kongyushui")
    assert (row.agency, row.roles, row.active, row.session_version) == (AGENCY, ["officer"], True, 1)
    assert row.password.startswith("argon2")
    assert [event.kind for event in events_of("kongyushui")] == ["account.opened"]


def test_no_password_stands_in_any_table(fresh_db: str) -> None:
    open_account("kongyushui")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(convert_from(body, 'UTF8'), '') FROM journal_payload")
        assert A_PASSWORD not in cursor.fetchone()[0]


def test_the_double_click_gets_the_first_answer(fresh_db: str) -> None:
    first = open_account("kongyushui", key="form-1")
    assert open_account("kongyushui", key="form-1") == first
    assert len(events_of("kongyushui")) == 1


def test_the_same_key_for_another_request_is_a_conflict(fresh_db: str) -> None:
    open_account("kongyushui", key="form-1")
    with pytest.raises(IdempotencyConflictError):
        open_account("kongyushui", key="form-1", password="another-" + A_PASSWORD)
    assert len(events_of("kongyushui")) == 1


BAD: list[tuple[dict[str, Any], str]] = [
    ({"login": "Kong Yushui"}, "id-invalid"),
    ({"login": "a" * 40}, "id-invalid"),
    ({"login": SYSTEM}, "login-taken"),
    ({"name": "  "}, "field-empty"),
    ({"name": "孔\x00雨水"}, "text-unprintable"),
    ({"name": "孔\u202e雨水"}, "text-unprintable"),
    ({"name": "孔" * 65}, "text-too-long"),
    ({"password": "short1"}, "password-weak"),
    ({"password": "kongyushui2026"}, "password-weak"),
    ({"password": "1" * 5000}, "password-weak"),
    ({"roles": (Role.ADMIN, Role.OFFICER)}, "admin-stands-alone"),
]


def test_it_refuses_bad_input_and_writes_nothing(fresh_db: str, subtests: pytest.Subtests) -> None:
    for bad, code in BAD:
        with subtests.test(msg=code, bad=str(bad)[:60]), pytest.raises(RefusedError) as refusal:
            open_account(**{"login": "kongyushui", **bad})
        assert code in codes_of(refusal)
    assert not Account.objects.exists()
    assert events_of("kongyushui") == []


def test_it_says_all_faults_at_once(fresh_db: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        open_account("kongyushui", name="", password="short1", roles=(Role.ADMIN, Role.CHECKER))
    assert codes_of(refusal) == {"field-empty", "password-weak", "admin-stands-alone"}


def test_one_login_is_one_person_in_the_whole_installation(fresh_db: str) -> None:
    open_account("kongyushui")
    with pytest.raises(RefusedError) as refusal:
        open_account("kongyushui", agency="990205-other")
    assert codes_of(refusal) == {"login-taken"}


def test_who_has_two_accounts_could_check_himself(fresh_db: str) -> None:
    open_account("kongyushui", officer="kong")
    with pytest.raises(RefusedError) as refusal:
        open_account("kong2", officer="kong")
    assert codes_of(refusal) == {"officer-has-account"}


def test_only_the_administrator_of_the_agency_opens_accounts(fresh_db: str) -> None:
    bureau(accounts=True)
    with pytest.raises(RefusedError) as refusal:
        open_account("kongyushui", actor=CHEN)
    assert codes_of(refusal) == {"role-missing"}
    with pytest.raises(RefusedError) as refusal:
        open_account("kongyushui", actor=ADMIN, agency="990205-other")
    assert codes_of(refusal) == {"role-missing"}
    open_account("kongyushui", actor=ADMIN)
    assert events_of("kongyushui")[0].actor == ADMIN
    assert events_of("kongyushui")[0].recorded_at == NOON
