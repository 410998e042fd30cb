"""The demonstration's bureau: founded once, however often, of people and firms that plainly do not exist."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.apps.cast import AGENCY, NOON, bureau
from tests.apps.registry.doings import TODAY, events
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.registry import queries
from zhunsheng.apps.registry.commands import register_agency
from zhunsheng.cli import demo_bureau
from zhunsheng.cli.demo_bureau import ACCOUNTS, DEMO_PARTIES, OFFICERS
from zhunsheng.infra.identifiers import party_code_fault


def test_every_role_has_an_account_and_no_password_is_written_down() -> None:
    assert {role for account in ACCOUNTS for role in account.roles} == set(Role)
    passwords = {account.password for account in ACCOUNTS}
    assert len(passwords) == len(ACCOUNTS)
    assert all(len(password) == 23 for password in passwords)


def test_codes_are_right_and_plainly_invented() -> None:
    for each in DEMO_PARTIES:
        assert party_code_fault(each.party.kind, each.party.code, today=TODAY) is None
        assert "00000" in each.party.code or each.party.code[14:17] == "000"
        assert "虚构路" in each.party.address
        assert each.party.phone.startswith("000-")


def test_every_trouble_is_somebodys() -> None:
    assert {each.trouble for each in OFFICERS} == {"", "expired", "category", "area", "recused", "no-certificate"}


@pytest.mark.postgres
def test_founding_again_changes_nothing_also_years_later(fresh_db: str) -> None:
    bureau(accounts=True)
    before = events(), list(Account.objects.order_by("pk").values())
    demo_bureau.found(NOON + timedelta(days=800))
    assert (events(), list(Account.objects.order_by("pk").values())) == before
    assert all(Account.objects.get(pk=each.login).check_password(each.password) for each in ACCOUNTS[:2])


@pytest.mark.postgres
def test_a_founding_that_was_cut_short_is_finished(fresh_db: str) -> None:
    register_agency(
        AGENCY,
        area=demo_bureau.AREA,
        area_short="厦海",
        names=demo_bureau.NAMES,
        authorities=demo_bureau.AUTHORITIES,
        actor=SYSTEM,
        at=NOON,
        key=f"demo/{AGENCY}/agency",
    )
    bureau()
    assert len(queries.officer_list(AGENCY)) == len(OFFICERS)
    assert [replace(each, names=()) for each in queries.agencies()] == [replace(queries.agency(AGENCY), names=())]
    assert queries.officer_list(AGENCY, unit_id="inspection")[0].id == "chenguyu"
    assert queries.officer_list(AGENCY, unit_id="inspection", below=False) == ()
