"""账号: who keeps accounts opens them, gives and takes roles, shuts and opens, hands over passwords.

Who supervises sees the same pages without the forms. A password is made here, shown once
in the answer to the request that set it, and kept nowhere.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhunsheng.apps.accounts import commands, queries
from zhunsheng.apps.accounts.events import AccountKind as K
from zhunsheng.apps.accounts.passwords import made_up
from zhunsheng.apps.accounts.queries import AccountView
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock
from zhunsheng.web.office import accountforms as forms
from zhunsheng.web.office.acts import Answers, Form, Shown, shown, with_refused
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.steps import roles_words

LISTED: Final = 500
"""Rows of the list; an agency has fewer people, and who has more finds the others by name."""

DONE: Final[Mapping[str, str]] = {
    "grant": "角色授予了。这个人要重新登录。",
    "revoke": "角色收回了。这个人已经退出登录。",
    "lock": "账号停用了。这个人已经退出登录。",
    "unlock": "账号恢复了。",
    "move": "调到了新的机构。这个人要重新登录。",
    "totp": "动态验证码关掉了。这个人可以用密码登录，再自己开通。",
}
HAPPENED: Final[Mapping[str, str]] = {
    K.OPENED: "开立账号",
    K.PASSWORD_CHANGED: "换了密码",
    K.ROLE_GRANTED: "授予角色",
    K.ROLE_REVOKED: "收回角色",
    K.LOCKED: "停用",
    K.UNLOCKED: "恢复",
    K.MOVED: "调到另一个机构",
    K.TOTP_ENROLLED: "开通动态验证码",
    K.TOTP_REMOVED: "关掉动态验证码",
}


@require_safe
@signed_in
def listing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the accounts of the agency; words in the address narrow the list."""
    _may_look(viewer)
    asked = request.GET.get("q", "").strip()[:60]
    found = [each for each in queries.accounts(viewer) if asked.casefold() in f"{each.login} {each.name}".casefold()]
    units = {unit.id: unit.name for unit in registry.units(viewer.agency).values()}
    context = {
        "rows": [
            (each, roles_words(each.roles) if each.roles else "", units.get(each.unit, "")) for each in found[:LISTED]
        ],
        "total": len(found),
        "limit": LISTED if len(found) > LISTED else 0,
        "asked": asked,
        "may": viewer.has(Role.ADMIN),
    }
    return page(request, viewer, "accounts", context, place="accounts")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask who gets an account, and open it."""
    _may_write(viewer)
    if request.method != "POST":
        return _new(request, viewer, shown(forms.opening(viewer.agency), clock.today()))
    form = forms.opening(viewer.agency, sent=True)
    answers = Answers(form, request.POST)
    login, password = answers.raw["login"], made_up(answers.key, answers.raw["login"])
    try:
        _open(answers, password, viewer)
    except RefusedError as refusal:
        again = shown(form, clock.today(), answers=answers, faults=_own_words(refusal.faults))
        return _new(request, viewer, again, status=422)
    except IdempotencyConflictError:
        return _new(request, viewer, shown(form, clock.today(), answers=answers), status=409)
    return _one(request, viewer, _known(viewer, login), password=password, opened=True)


def _open(answers: Answers, password: str, viewer: Viewer) -> None:
    """Open the account.

    Raises:
        RefusedError: what ``create_account`` refuses, or ``field-missing``, ``bad-choice``, ``id-invalid``.
        IdempotencyConflictError: the page was sent twice, with other answers.
    """
    login, name = answers.text("login"), answers.text("name")
    role, unit, officer = answers.choice("role"), answers.choice("unit"), answers.choice("officer")
    by = answers.by(viewer)
    if login in forms.TAKEN:  # an address of ours
        raise RefusedError([Fault("id-invalid", facts=(("value", login),), field="login")])
    commands.create_account(
        login,
        name=name,
        password=password,
        roles=[Role(role)],
        unit=unit,
        officer=officer,
        **by,
    )


def _own_words(faults: Sequence[Fault]) -> list[Fault]:
    """Place the faults that the command cannot place: it knows accounts, not this page."""
    fields = {"officer-has-account": "officer", "admin-stands-alone": "role"}
    return [Fault(one.code, one.basis, one.facts, one.field or fields.get(one.code)) for one in faults]


def _new(request: HttpRequest, viewer: Viewer, act: Shown, *, status: int = 200) -> HttpResponse:
    context = {"act": act, "conflict": status == 409}  # noqa: PLR2004  (HTTP)
    return page(request, viewer, "account_new", context, place="accounts", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def one(request: HttpRequest, viewer: Viewer, login: str) -> HttpResponse:
    """Show an account, or do one of the acts on it."""
    _may_look(viewer)
    view = _known(viewer, login)
    if request.method != "POST":
        return _one(request, viewer, view, done=DONE.get(request.GET.get("done", ""), ""))
    _may_write(viewer)
    form = next((each for each in forms.acts(view, viewer, sent=True) if each.id == request.POST.get("act")), None)
    if form is None:
        raise BadRequest
    answers = Answers(form, request.POST)
    password = made_up(answers.key, login) if form.id == "password" else ""
    try:
        _do(form, answers, viewer, login, password)
    except RefusedError as refusal:
        again = shown(form, clock.today(), answers=answers, faults=refusal.faults)
        return _one(request, viewer, view, instead=again, status=422)
    except IdempotencyConflictError:
        return _one(request, viewer, _known(viewer, login), conflict=True, status=409)
    if password:
        return _one(request, viewer, _known(viewer, login), password=password)
    return redirect(f"{reverse('office:one-account', args=[login])}?done={form.id}")


def _do(form: Form, answers: Answers, viewer: Viewer, login: str, password: str) -> None:
    """Read the answers and carry the act out.

    Raises:
        RefusedError: an answer cannot be read, or the command refuses.
        IdempotencyConflictError: the page was sent twice, with other answers.
    """
    given = [answers.choice(field.name) if field.options else answers.text(field.name) for field in form.fields]
    by = answers.by(viewer)
    acts: Mapping[str, Callable[[], object]] = {
        "grant": lambda: commands.grant_role(login, Role(given[0]), **by),
        "revoke": lambda: commands.revoke_role(login, Role(given[0]), **by),
        "lock": lambda: commands.lock_account(login, given[0], **by),
        "unlock": lambda: commands.unlock_account(login, given[0], **by),
        "move": lambda: commands.move_account(login, given[0], **by),
        "password": partial(commands.reset_password, login, new=password, **by),
        "totp": lambda: commands.remove_totp(login, given[0], **by),
    }
    acts[form.id]()


def _one(
    request: HttpRequest,
    viewer: Viewer,
    view: AccountView,
    *,
    instead: Shown | None = None,
    password: str = "",
    opened: bool = False,
    done: str = "",
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    today, told = clock.today(), queries.history(viewer, view.login)
    who = queries.names([each.actor for each in told])
    offered = [shown(form, today) for form in forms.acts(view, viewer)]
    if instead is not None:
        offered = with_refused(offered, instead)
    unit = registry.units(viewer.agency).get(view.unit)
    context = {
        "account": view,
        "unit_name": unit.name if unit else "",
        "officer_name": _officer_name(viewer.agency, view.officer),
        "roles": _roles(view),
        "acts": offered,
        "own": viewer.has(Role.ADMIN) and view.login == viewer.account,
        "happened": [
            (HAPPENED.get(each.kind, "有了变化"), each, roles_words([each.role]) if each.role else "",
             who.get(each.actor, "系统")) for each in told
        ],
        "password": password,
        "opened": opened,
        "done": done,
        "conflict": conflict,
    }  # fmt: skip
    return page(request, viewer, "account_one", context, place="accounts", status=status)


def _roles(view: AccountView) -> str:
    return roles_words(view.roles) if view.roles else ""


def _officer_name(agency: str, officer: str) -> str:
    found = registry.officers_on([officer], agency) if officer else {}
    return found[officer].name if officer in found else ""


def _known(viewer: Viewer, login: str) -> AccountView:
    view = queries.account(login)
    if view is None or view.agency != viewer.agency:
        raise Http404
    return view


def _may_look(viewer: Viewer) -> None:
    if not viewer.has(Role.ADMIN, Role.SUPERVISOR):
        raise PermissionDenied


def _may_write(viewer: Viewer) -> None:
    if not viewer.has(Role.ADMIN):
        raise PermissionDenied
