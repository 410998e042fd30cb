"""The pages by which accounts are kept: only who keeps them writes, twice is once, a password is seen once."""

import re
from collections.abc import Callable
from typing import Final

import pyotp
import pytest
from django.http import HttpResponse
from django.test import Client

from tests.apps import cast
from tests.apps.accounts.doings import events_of
from tests.apps.registry.doings import events
from tests.web.office.conftest import Desk
from zhunsheng.apps.accounts import commands
from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.infra import clock

Desks = Callable[[str], Desk]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("people")]

CHEN = f"/accounts/{cast.CHEN}/"
NEW = {"login": "kongyushui", "name": "孔雨水", "role": "publisher", "unit": "policy", "officer": "", "key": "a-key"}


def row(login: str = cast.CHEN) -> Account:
    return Account.objects.get(pk=login)


def password_in(response: HttpResponse) -> str:
    found = re.search(r'data-testid="password">([^<]+)<', response.content.decode())
    assert found is not None
    return found[1]


def test_the_list_says_who_can_do_what_and_only_its_keeper_finds_it_in_the_navigation(desk: Desks) -> None:
    page = desk(cast.ADMIN).page("/accounts/")
    for words in ("陈谷雨", "执法人员", "监督一科", "可以登录", "没有开通", "开立账号"):
        assert words in page
    assert 'href="/accounts/"' in desk(cast.ADMIN).page("/")
    assert 'href="/accounts/"' not in desk(cast.CHEN).page("/")
    assert "黄小满" not in desk(cast.ADMIN).page("/accounts/?q=陈谷")
    assert "没有这样的账号" in desk(cast.ADMIN).page("/accounts/?q=没有这个人")


def test_who_neither_keeps_accounts_nor_supervises_sees_none(desk: Desks) -> None:
    for path in ("/accounts/", "/accounts/new/", CHEN):
        for login in (cast.CHEN, cast.LIN, cast.FANG, cast.SHEN):
            assert "你的账号不能看这一页" in desk(login).page(path, 403), (login, path)


def test_who_supervises_looks_and_cannot_write(desk: Desks) -> None:
    wu, before = desk(cast.WU), events()
    assert "陈谷雨" in wu.page("/accounts/")
    page = wu.page(CHEN)
    assert "经过" in page
    assert 'data-testid="step-grant"' not in page
    wu.page("/accounts/new/", 403)
    for sent in ({"act": "grant", "role": "checker"}, {"act": "password"}, {"act": "lock", "reason": "x"}):
        assert wu.post(CHEN, {**sent, "key": "k"}).status_code == 403
    assert wu.post("/accounts/new/", NEW).status_code == 403
    assert events() == before


def test_without_a_session_nothing_is_written(desk: Desks) -> None:
    del desk
    before = events()
    assert Client().post(CHEN, {"act": "lock", "reason": "x", "key": "k"}).status_code == 302
    assert events() == before


def test_an_account_that_is_not_there_is_not_found(desk: Desks) -> None:
    for login in ("nobody", "没有", "new.x"):
        desk(cast.ADMIN).page(f"/accounts/{login}/", 404)


def test_an_account_of_another_agency_is_not_found(desk: Desks) -> None:
    commands.create_account("other", agency="990205-other", name="外人", password="seven-lanterns-over-xiamen",
                            roles=[Role.OFFICER], actor="system", at=cast.NOON)  # fmt: skip
    admin, before = desk(cast.ADMIN), events()
    admin.page("/accounts/other/", 404)
    assert admin.post("/accounts/other/", {"act": "password", "key": "k"}).status_code == 404
    assert "外人" not in admin.page("/accounts/")
    assert events() == before


def test_an_opened_account_signs_in_with_the_password_that_was_shown_once(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    response = admin.post("/accounts/new/", NEW)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    password = password_in(response)
    signed = Client().post("/login/", {"login": "kongyushui", "password": password})
    assert signed.status_code == 302
    assert password not in admin.page("/accounts/kongyushui/")
    assert (row("kongyushui").roles, row("kongyushui").unit) == (["publisher"], "policy")


def test_opening_twice_opens_one_account_with_one_password(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    first, second = (password_in(admin.post("/accounts/new/", NEW)) for _ in range(2))
    assert first == second
    assert len(events_of("kongyushui")) == 1


BAD_ANSWERS: Final = (
    ({"login": ""}, "field-missing"),
    ({"name": ""}, "field-missing"),
    ({"login": "Kong Yushui"}, "id-invalid"),
    ({"login": "new"}, "id-invalid"),
    ({"login": cast.CHEN}, "login-taken"),
    ({"login": "x" * 4000}, "id-invalid"),
    ({"name": "孔\u202e雨水"}, "text-unprintable"),
    ({"role": ""}, "field-missing"),
    ({"role": "god"}, "bad-choice"),
    ({"unit": "no-such-unit"}, "bad-choice"),
    ({"officer": "nobody"}, "bad-choice"),
    ({"officer": cast.CHEN}, "officer-has-account"),
)


def test_a_bad_answer_is_shown_beside_its_field_and_the_rest_is_kept(desk: Desks) -> None:
    admin, before = desk(cast.ADMIN), events()
    for change, code in BAD_ANSWERS:
        response = admin.post("/accounts/new/", {**NEW, **change})
        page = response.content.decode()
        assert response.status_code == 422, change
        assert f'data-testid="refusal-{code}"' in page, change
        assert f'href="#f-open-{next(iter(change))}"' in page, change
        assert 'data-testid="password"' not in page, change
        assert ('value="孔雨水"' in page) == ("name" not in change), change
    assert events() == before


def test_a_used_page_with_other_answers_writes_nothing_and_says_so(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    admin.post("/accounts/new/", NEW)
    before = events()
    response = admin.post("/accounts/new/", {**NEW, "name": "另一个"})
    assert response.status_code == 409
    assert 'data-testid="conflict"' in response.content.decode()
    assert events() == before


def test_each_act_is_done_once_however_often_it_is_sent(desk: Desks) -> None:
    acts: tuple[tuple[dict[str, str], Callable[[], bool]], ...] = (
        ({"act": "grant", "role": "publisher"}, lambda: "publisher" in row().roles),
        ({"act": "revoke", "role": "officer"}, lambda: row().roles == ["publisher"]),
        ({"act": "move", "unit": cast.SECTION_2}, lambda: row().unit == cast.SECTION_2),
        ({"act": "lock", "reason": "调离"}, lambda: not row().active),
    )
    admin = desk(cast.ADMIN)
    for sent, holds in acts:
        before = events()
        for _ in range(2):
            response = admin.post(CHEN, {**sent, "key": f"key-{sent['act']}"})
            assert response.status_code == 302, sent
            assert 'data-testid="done"' in admin.page(response["Location"])
        assert holds(), sent
        assert events() == before + 1, sent


def test_an_act_ends_the_sessions_of_whom_it_concerns(desk: Desks) -> None:
    chen = desk(cast.CHEN)
    desk(cast.ADMIN).post(CHEN, {"act": "lock", "reason": "调离", "key": "k"})
    assert chen.get("/").status_code == 302


def test_a_locked_account_can_be_opened_again_with_a_reason(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    admin.post(CHEN, {"act": "lock", "reason": "休假", "key": "k1"})
    page = admin.page(CHEN)
    assert "已停用" in page
    assert "理由：休假" in page
    assert 'data-testid="step-lock"' not in page
    assert admin.post(CHEN, {"act": "unlock", "reason": "回来了", "key": "k2"}).status_code == 302
    assert row().active


def test_a_reset_password_replaces_the_old_one_and_is_not_shown_again(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    responses = [admin.post(CHEN, {"act": "password", "key": "a-key"}) for _ in range(2)]
    password, again = map(password_in, responses)
    assert password == again
    assert row().check_password(password)
    assert len(events_of(cast.CHEN)) == 2
    assert password not in admin.page(CHEN)
    assert password_in(admin.post(CHEN, {"act": "password", "key": "other-key"})) != password


def test_a_lost_telephone_is_mended_by_another_person(desk: Desks) -> None:
    admin, secret = desk(cast.ADMIN), pyotp.random_base32()
    assert 'data-testid="step-totp"' not in admin.page(CHEN)
    code = pyotp.TOTP(secret).at(clock.now())
    commands.enrol_totp(cast.CHEN, secret, code, agency=cast.AGENCY, actor=cast.CHEN, at=clock.now())
    assert "已开通" in admin.page(CHEN)
    assert secret not in admin.page(CHEN)
    assert admin.post(CHEN, {"act": "totp", "reason": "手机丢了", "key": "k"}).status_code == 302
    assert row().totp_secret == ""


REFUSED: Final = (
    ({"act": "grant", "role": "officer"}, "role-held"),
    ({"act": "grant", "role": "admin"}, "admin-stands-alone"),
    ({"act": "grant", "role": ""}, "field-missing"),
    ({"act": "grant", "role": "god"}, "bad-choice"),
    ({"act": "revoke", "role": "checker"}, "role-not-held"),
    ({"act": "lock", "reason": "  "}, "field-missing"),
    ({"act": "lock", "reason": "长" * 201}, "text-too-long"),
    ({"act": "unlock", "reason": "x"}, "account-not-locked"),
    ({"act": "totp", "reason": "x"}, "totp-not-enrolled"),
    ({"act": "move", "unit": "nowhere"}, "bad-choice"),
)


def test_a_refused_act_is_explained_beside_it_and_changes_nothing(desk: Desks) -> None:
    admin, before = desk(cast.ADMIN), events()
    for sent, code in REFUSED:
        response = admin.post(CHEN, {**sent, "key": "k"})
        page = response.content.decode()
        assert response.status_code == 422, sent
        assert f'data-testid="refusal-{code}"' in page, sent
        assert f'id="act-{sent["act"]}"' in page, sent
    assert events() == before


def test_nobody_manages_his_own_account(desk: Desks) -> None:
    admin, own, before = desk(cast.ADMIN), f"/accounts/{cast.ADMIN}/", events()
    page = admin.page(own)
    assert 'data-testid="own-account"' in page
    assert 'data-testid="step-' not in page
    response = admin.post(own, {"act": "lock", "reason": "x", "key": "k"})
    assert response.status_code == 422
    assert 'data-testid="refusal-own-account"' in response.content.decode()
    assert events() == before


def test_an_act_that_does_not_exist_is_a_bad_request(desk: Desks) -> None:
    before = events()
    assert desk(cast.ADMIN).post(CHEN, {"act": "delete", "key": "k"}).status_code == 400
    assert events() == before


def test_a_role_lost_in_the_meantime_stops_the_next_act(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    commands.lock_account(cast.ADMIN, "x", agency=cast.AGENCY, actor="system", at=cast.NOON)
    before = events()
    assert admin.post(CHEN, {"act": "lock", "reason": "x", "key": "k"}).status_code == 302
    assert events() == before


def test_the_pages_have_one_heading_their_own_ids_and_no_english(desk: Desks) -> None:
    logins = set(Account.objects.values_list("pk", flat=True))
    for path in ("/accounts/", "/accounts/new/", CHEN, f"/accounts/{cast.ADMIN}/"):
        page = desk(cast.ADMIN).page(path)
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert page.count("<h1") == 1, path
        assert len(ids) == len(set(ids)), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path
        for described in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
            assert set(described.split()) <= set(ids), (path, described)
        words = re.sub(r"<[^>]+>", " ", re.sub(r"<title>.*?</title>", " ", page, flags=re.DOTALL))
        assert set(re.findall(r"[A-Za-z][A-Za-z-]{3,}", words)) <= logins, path
