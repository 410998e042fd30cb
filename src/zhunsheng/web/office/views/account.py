"""One's own account: roles, password, one-time codes."""

import segno
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zhunsheng.apps.accounts import commands, queries
from zhunsheng.apps.accounts import totp as codes
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock, wording
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.posted import new_key
from zhunsheng.web.office.steps import roles_words

OFFERED = "totp_offered"
"""Where the session keeps a secret until a first code has confirmed it."""


@require_safe
@signed_in
def account(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show one's account."""
    return _page(request, viewer)


@sensitive_post_parameters("old", "new", "again")
@require_POST
@signed_in
def password(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Change one's password. All sessions end, this one too: sign in again with the new one."""
    posted = request.POST
    if posted.get("new", "") != posted.get("again", ""):
        faults = (Fault("password-not-repeated", field="again"),)
        return _page(request, viewer, password_faults=faults, status=422)
    try:
        commands.change_password(
            viewer.account,
            old=posted.get("old", ""),
            new=posted.get("new", ""),
            agency=viewer.agency,
            actor=viewer.account,
            at=clock.now(),
            key=posted.get("key") or None,
        )
    except RefusedError as refusal:
        return _page(request, viewer, password_faults=refusal.faults, status=422)
    except IdempotencyConflictError:
        return _page(request, viewer, status=409)
    logout(request)
    return redirect(f"{reverse('office:login')}?changed")


@sensitive_post_parameters("code")
@require_POST
@signed_in
def totp(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Offer a secret, or confirm it with a first code."""
    secret = str(request.session.get(OFFERED, ""))
    if "code" not in request.POST or not secret:
        request.session[OFFERED] = codes.new_secret()
        return _page(request, viewer)
    code = "".join(request.POST["code"].split())
    try:
        commands.enrol_totp(
            viewer.account, secret, code, agency=viewer.agency, actor=viewer.account, at=clock.now() - clock.offset(),
            key=request.POST.get("key") or None,
        )  # fmt: skip
    except RefusedError as refusal:
        return _page(request, viewer, totp_faults=refusal.faults, status=422)
    except IdempotencyConflictError:
        return _page(request, viewer, status=409)
    logout(request)  # all sessions have ended: the first one with the code begins now
    return redirect(f"{reverse('office:login')}?enrolled")


def _page(
    request: HttpRequest,
    viewer: Viewer,
    *,
    password_faults: tuple[Fault, ...] = (),
    totp_faults: tuple[Fault, ...] = (),
    status: int = 200,
) -> HttpResponse:
    secret, today = str(request.session.get(OFFERED, "")), clock.today()
    address = codes.address(secret, viewer.account) if secret else ""
    view = queries.account(viewer.account)
    context = {
        "roles": roles_words(sorted(viewer.roles)),
        "has_totp": bool(view and view.has_totp),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "qr": segno.make(address).svg_data_uri(scale=5) if address else "",
        "password_said": [wording.say(fault, today) for fault in password_faults],
        "totp_said": [wording.say(fault, today) for fault in totp_faults],
        "key": new_key(),
    }
    return page(request, viewer, "account", context, status=status)
