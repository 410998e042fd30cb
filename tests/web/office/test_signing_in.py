"""Signing in: nobody learns whether a login exists, nobody guesses for long, the code is a step of its own."""

from collections.abc import Callable

import pyotp
import pytest
from django.test import Client

from tests.apps import cast
from tests.web.office.conftest import Desk
from zhunsheng.apps.accounts import commands
from zhunsheng.cli import demo_bureau
from zhunsheng.infra import clock

Desks = Callable[[str], Desk]
pytestmark = pytest.mark.usefixtures("people")


def password_of(login: str) -> str:
    return next(account.password for account in demo_bureau.ACCOUNTS if account.login == login)


def test_without_a_session_every_page_leads_to_the_sign_in_and_back(desk: Desks) -> None:
    del desk
    response = Client().get("/cases/?stage=done")
    assert response.status_code == 302
    assert response["Location"] == "/login/?next=%2Fcases%2F%3Fstage%3Ddone"


def test_a_partial_asked_for_without_a_session_moves_the_whole_page(desk: Desks) -> None:
    del desk
    response = Client().get("/items/card/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response["HX-Redirect"].startswith("/login/")


@pytest.mark.parametrize("path", ["/account/totp/", "/cases/x/documents/d1/sign/"])
def test_an_act_after_the_session_has_ended_leads_back_to_the_page_it_was_on(path: str) -> None:
    response = Client().post(path, headers={"Referer": "http://testserver/cases/x/documents/d1/?a=1"})
    assert response["Location"] == "/login/?next=%2Fcases%2Fx%2Fdocuments%2Fd1%2F%3Fa%3D1"
    for referer in ("", "https://evil.example/cases/", "http://testserver.evil.example/"):
        assert Client().post(path, headers={"Referer": referer})["Location"] == "/login/?next=%2F"


def test_a_wrong_password_and_an_unknown_login_read_the_same() -> None:
    answers = [
        Client().post("/login/", {"login": login, "password": "not this one"}).content.decode()
        for login in (cast.CHEN, "nobody")
    ]
    assert all('data-testid="refusal-sign-in-wrong"' in answer for answer in answers)


def test_five_wrong_passwords_lock_the_door_and_the_page_says_for_how_long() -> None:
    client = Client()
    tries = [client.post("/login/", {"login": cast.CHEN, "password": "not this one"}) for _ in range(5)]
    response = tries[-1]
    assert response.status_code == 429
    page = response.content.decode()
    assert 'data-testid="refusal-sign-in-locked"' in page
    assert "分钟" in page


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_host(wanted: str) -> None:
    response = Client().post("/login/", {"login": cast.CHEN, "password": password_of(cast.CHEN), "next": wanted})
    assert response.status_code == 302
    assert response["Location"] == "/"


def test_the_code_is_asked_for_after_the_password_and_the_password_is_kept_nowhere() -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(clock.now())
    commands.enrol_totp(cast.CHEN, secret, code, agency=cast.AGENCY, actor=cast.CHEN, at=clock.now())
    client, password = Client(), password_of(cast.CHEN)
    first = client.post("/login/", {"login": cast.CHEN, "password": password})
    assert 'name="code"' in first.content.decode()
    assert password not in str(dict(client.session.items()))
    assert client.get("/").status_code == 302
    wrong = client.post("/login/", {"step": "code", "code": "000000"})
    assert wrong.status_code == 422
    assert 'data-testid="refusal-totp-wrong"' in wrong.content.decode()


def test_the_second_step_alone_opens_nothing() -> None:
    client = Client()
    response = client.post("/login/", {"step": "code", "code": "123456"})
    assert 'name="password"' in response.content.decode()
    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session(desk: Desks) -> None:
    chen = desk(cast.CHEN)
    assert chen.post("/logout/", {}).status_code == 302
    assert chen.get("/").status_code == 302
    assert chen.get("/logout/").status_code == 405


def test_a_new_password_ends_all_sessions(desk: Desks) -> None:
    chen, other = desk(cast.CHEN), desk(cast.CHEN)
    sent = {"old": password_of(cast.CHEN), "new": "一个很长的新密码 2026", "again": "一个很长的新密码 2026", "key": "k"}
    assert chen.post("/account/password/", sent).status_code == 302
    assert other.get("/").status_code == 302


def test_a_new_password_must_be_written_twice_alike(desk: Desks) -> None:
    sent = {"old": password_of(cast.CHEN), "new": "一个很长的新密码 2026", "again": "另一个", "key": "k"}
    response = desk(cast.CHEN).post("/account/password/", sent)
    assert response.status_code == 422
    assert 'data-testid="refusal-password-not-repeated"' in response.content.decode()
