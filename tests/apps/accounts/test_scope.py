"""Who sees which case: the predicate for the database and the one for a single row say the same."""

import pytest
from django.db.models import Q

from tests.apps.cast import ADMIN, AGENCY, CHEN, FANG, LIN, SECTION_1, SECTION_2, SHEN, STRANGER, WU, YIN, ZHOU, bureau
from tests.apps.cast import viewer as cast_viewer
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.queries import accounts, names, people
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer, scope, sees, viewer_for
from zhunsheng.apps.registry.models import Officer

ROWS = [(AGENCY, SECTION_1), (AGENCY, SECTION_2), (AGENCY, "policy"), ("990205-other", SECTION_1)]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (cast_viewer(CHEN), [True, False, False, False]),
        (cast_viewer(LIN), [True, False, False, False]),
        (cast_viewer(YIN), [False, True, False, False]),
        (cast_viewer(FANG), [True, True, True, False]),
        (cast_viewer(ZHOU), [True, True, True, False]),
        (cast_viewer(WU), [True, True, True, False]),
        (cast_viewer(SHEN), [True, True, True, False]),
        (cast_viewer(ADMIN), [False, False, False, False]),
        (STRANGER, [False, False, False, True]),
    ],
    ids=lambda value: value.account if isinstance(value, Viewer) else "",
)
def test_who_sees_what(who: Viewer, seen: list[bool]) -> None:
    assert [sees(who, agency=agency, unit=unit) for agency, unit in ROWS] == seen


def test_no_role_no_case() -> None:
    nobody = Viewer("x", "外人", frozenset(), AGENCY, SECTION_1, frozenset({SECTION_1}), "")
    assert not sees(nobody, agency=AGENCY, unit=SECTION_1)
    assert scope(nobody) == Q(pk__in=[])


@pytest.mark.postgres
def test_the_database_is_asked_the_same(fresh_db: str) -> None:
    bureau()
    other = Officer.objects.get(code=CHEN)
    other.agency, other.key = "990205-other", f"990205-other/{CHEN}"
    other.save()  # a row of another agency, in a unit of the same id
    rows = list(Officer.objects.all())
    assert {row.agency for row in rows} == {AGENCY, "990205-other"}
    for who in [CHEN, LIN, YIN, FANG, WU, ADMIN]:
        person = cast_viewer(who)
        through = set(Officer.objects.filter(scope(person)).values_list("key", flat=True))
        assert through == {row.key for row in rows if sees(person, agency=row.agency, unit=row.unit)}


@pytest.mark.postgres
def test_accounts_are_what_the_cast_says_and_heads_see_the_units_below(fresh_db: str) -> None:
    bureau(accounts=True)
    for login in [CHEN, LIN, FANG, ADMIN]:
        assert viewer_for(Account.objects.get(pk=login)) == cast_viewer(login)
    head = Account.objects.get(pk=LIN)
    head.unit = "inspection"
    assert viewer_for(head).units == {"inspection", SECTION_1, SECTION_2}
    # Lists hold no secret and stay in the agency.
    shown = accounts(cast_viewer(ADMIN))
    assert len(shown) == 9
    assert "argon2" not in str(shown)
    assert accounts(cast_viewer(CHEN)) == ()
    assert accounts(STRANGER) == ()
    assert names([CHEN, "nobody"]) == {CHEN: "陈谷雨"}
    assert [each.login for each in people(AGENCY, Role.CHECKER)] == [ZHOU]


def test_a_shut_account_has_no_roles_left() -> None:
    shut = Account(login=WU, name="吴大雪", agency=AGENCY, unit="", officer="", roles=["supervisor"], active=False)
    assert viewer_for(shut).roles == frozenset()


def test_a_role_of_a_later_version_opens_nothing() -> None:
    later = Account(login=WU, name="吴大雪", agency=AGENCY, unit="", officer="", roles=["oracle"], active=True)
    assert viewer_for(later).roles == frozenset()
