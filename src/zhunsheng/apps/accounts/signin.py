"""Signing in: lock-out first, then login and password, then the one-time code where one is set up.

Failures are counted for each login together with its network address (django-axes), so
that a stranger cannot lock somebody out from elsewhere; a wrong one-time code counts
like a wrong password.
"""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from zhunsheng.apps.accounts import totp
from zhunsheng.apps.accounts.gates import identifier
from zhunsheng.apps.accounts.models import Account
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock


def sign_in(request: HttpRequest, login: str, password: str, code: str = "") -> Account:
    """Return the account that may be signed in now (``django.contrib.auth.login`` does it).

    Raises:
        RefusedError: ``sign-in-wrong``, ``sign-in-locked`` (fact ``minutes``), ``totp-needed``,
            ``totp-wrong`` or ``totp-used``.
    """
    if identifier(login, "login"):  # no account can be called that; the counters stay clean
        raise RefusedError([Fault("sign-in-wrong")])
    if _is_locked(request, login):
        raise _locked(request)
    account = authenticate(request, login=login, password=password)
    if not isinstance(account, Account):
        raise _locked(request) if _is_locked(request, login) else RefusedError([Fault("sign-in-wrong")])
    if account.totp_secret:
        _second_factor(request, account, code)
    return account


def second_step(request: HttpRequest, login: str, code: str) -> Account:
    """Take the one-time code of somebody whose password was right a moment ago.

    The caller remembers that moment in the server-side session, so that the password is
    neither typed nor kept twice.

    Raises:
        RefusedError: ``sign-in-wrong`` (no such open account, or without a second factor: begin again),
            ``sign-in-locked``, ``totp-needed``, ``totp-wrong``, ``totp-used``.
    """
    if _is_locked(request, login):
        raise _locked(request)
    account = Account.objects.filter(pk=login, active=True).exclude(totp_secret="").first()
    if account is None:
        raise RefusedError([Fault("sign-in-wrong")])
    _second_factor(request, account, code)
    return account


def _second_factor(request: HttpRequest, account: Account, code: str) -> None:
    world = clock.now() - clock.offset()  # an authenticator knows nothing of the demo's clock
    faults = totp.refused(account, code, world)
    if not faults:
        return
    if code:
        user_login_failed.send(__name__, credentials={"login": account.login}, request=request)
        if _is_locked(request, account.login):
            raise _locked(request)
    raise RefusedError(faults)


def _is_locked(request: HttpRequest, login: str) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"login": login})


def _locked(request: HttpRequest) -> RefusedError:
    request.axes_locked_out = False  # type: ignore[attr-defined]  # the page says it; axes' middleware need not
    cool_off = get_cool_off()
    minutes = int(cool_off.total_seconds() // 60) if cool_off else 0
    return RefusedError([Fault("sign-in-locked", facts=(("minutes", str(minutes)),))])
