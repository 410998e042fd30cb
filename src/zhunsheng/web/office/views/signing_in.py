"""Signing in, with the code of an authenticator as a step of its own, and signing out.

Between the two steps the server-side session holds only whose password was right, and
until when the second step may follow; no password is kept and nobody is signed in yet.
"""

from datetime import timedelta
from typing import Final

from django.contrib.auth import login as begin_session
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhunsheng.apps.accounts import signin
from zhunsheng.core.errors import RefusedError
from zhunsheng.infra import clock, wording
from zhunsheng.web.office.gate import viewer_of

PENDING: Final = "sign_in_pending"
PATIENCE: Final = timedelta(minutes=3)
"""How long the code may take after the password: an authenticator shows each code for half a minute."""

BACKEND: Final = "zhunsheng.apps.accounts.backend.AccountBackend"
LOCKED: Final = "sign-in-locked"
CODE_NEEDED: Final = "totp-needed"


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the step that is due, or take it."""
    if viewer_of(request) and request.method != "POST":
        return redirect(_next(request))
    if request.method != "POST":
        request.session.pop(PENDING, None)
        return _form(request, 200)
    if request.POST.get("step") == "code":
        return _second(request)
    return _first(request)


def _first(request: HttpRequest) -> HttpResponse:
    name, password = request.POST.get("login", "").strip(), request.POST.get("password", "")
    try:
        account = signin.sign_in(request, name, password)
    except RefusedError as refusal:
        if refusal.faults[0].code == CODE_NEEDED:
            request.session[PENDING] = {"login": name, "until": (clock.now() + PATIENCE).timestamp()}
            return _form(request, 200)
        return _form(request, _status(refusal), refusal=refusal, name=name)
    begin_session(request, account, backend=BACKEND)
    return redirect(_next(request))


def _second(request: HttpRequest) -> HttpResponse:
    name = _pending(request)
    if not name:
        return _form(request, 200)
    try:
        account = signin.second_step(request, name, "".join(request.POST.get("code", "").split()))
    except RefusedError as refusal:
        if refusal.faults[0].code == LOCKED:
            request.session.pop(PENDING, None)
        return _form(request, _status(refusal), refusal=refusal)
    request.session.pop(PENDING, None)
    begin_session(request, account, backend=BACKEND)
    return redirect(_next(request))


def _pending(request: HttpRequest) -> str:
    """Return whose password was right a short while ago, or ""."""
    kept = request.session.get(PENDING, {})
    return str(kept["login"]) if kept and kept["until"] > clock.now().timestamp() else ""


def _status(refusal: RefusedError) -> int:
    return 429 if refusal.faults[0].code == LOCKED else 422


def _form(request: HttpRequest, status: int, *, refusal: RefusedError | None = None, name: str = "") -> HttpResponse:
    pending = _pending(request)
    context = {
        "step": "code" if pending else "password",
        "pending_login": pending,
        "login": name,
        "next": _next(request),
        "said": wording.say(refusal.faults[0], clock.today()) if refusal else None,
        "signed_out": "out" in request.GET,
        "changed": "changed" in request.GET,
        "enrolled": "enrolled" in request.GET,
    }
    return render(request, "office/login.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Return where to go afterwards: an address of this office, never of another host."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if wanted and safe else reverse("office:home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(f"{reverse('office:login')}?out")
