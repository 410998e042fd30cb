"""One officer: certificates with their terms, exam, recusals; and for who keeps the registry, the acts on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.apps.registry import commands
from zhunsheng.apps.registry import queries as registry
from zhunsheng.apps.registry.facts import CertificateView, OfficerView
from zhunsheng.core.casefile.people import Certificate, Recusal
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock
from zhunsheng.web.office import officerforms as forms
from zhunsheng.web.office.accountforms import TAKEN
from zhunsheng.web.office.acts import Answers, Form, Shown, shown, with_refused
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.pools import certificate_word

KEEPERS: Final = (Role.ADMIN, Role.SUPERVISOR)
"""Who may write; the commands ask the same."""

DONE: Final[Mapping[str, str]] = {
    "register": "执法人员登记了。接着登记执法证。",
    "issue": "执法证登记了。",
    "withdraw": "执法证收回了。",
    "recuse": "回避记录了。",
    "lift": "回避结束了。",
    "exam": "考试合格登记了。",
    "move": "调动登记了。",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate with how it stands today."""

    view: CertificateView
    word: str
    tone: str  # of the tag


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask who the officer is, and enter him."""
    _may_write(viewer)
    form, today = forms.registering(viewer.agency), clock.today()
    if request.method != "POST":
        return _new(request, viewer, shown(form, today))
    answers = Answers(form, request.POST)
    try:
        _register(answers, viewer)
    except RefusedError as refusal:
        return _new(request, viewer, shown(form, today, answers=answers, faults=refusal.faults), status=422)
    except IdempotencyConflictError:
        return _new(request, viewer, shown(form, today, answers=answers), conflict=True, status=409)
    return redirect(_done(answers.raw["officer"], form))


def _register(answers: Answers, viewer: Viewer) -> None:
    """Enter the officer.

    Raises:
        RefusedError: what ``register_officer`` refuses, or ``field-missing``, ``bad-choice``, ``bad-date``.
        IdempotencyConflictError: the page was sent twice, with other answers.
    """
    officer, name, unit = answers.text("officer"), answers.text("name"), answers.choice("unit")
    post, passed = answers.choice("post"), answers.maybe_day("exam_passed_on")
    qualification = answers.text("legal_qualification")
    by = answers.by(viewer)
    if officer in TAKEN:  # an address of ours
        raise RefusedError([Fault("id-invalid", facts=(("value", officer),), field="officer")])
    commands.register_officer(
        officer,
        name=name,
        unit=unit,
        post=post,
        exam_passed_on=passed,
        legal_qualification=qualification,
        **by,
    )


def _new(
    request: HttpRequest, viewer: Viewer, act: Shown, *, conflict: bool = False, status: int = 200
) -> HttpResponse:
    context = {"act": act, "conflict": conflict}
    return page(request, viewer, "officer_new", context, place="officers", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def one(request: HttpRequest, viewer: Viewer, officer_id: str) -> HttpResponse:
    """Show an officer, or do one of the acts on him."""
    view = _known(viewer, officer_id)
    if request.method != "POST":
        return _one(request, viewer, view, done=DONE.get(request.GET.get("done", ""), ""))
    _may_write(viewer)
    offered = forms.acts(view, viewer.agency, sent=True)
    form = next((each for each in offered if each.id == request.POST.get("act")), None)
    if form is None:
        raise BadRequest
    answers = Answers(form, request.POST)
    try:
        ACTS[form.id](officer_id, answers, viewer)
    except RefusedError as refusal:
        again = shown(form, clock.today(), answers=answers, faults=refusal.faults)
        return _one(request, viewer, view, instead=again, status=422)
    except IdempotencyConflictError:
        return _one(request, viewer, _known(viewer, officer_id), conflict=True, status=409)
    return redirect(_done(officer_id, form))


def _issue(officer: str, answers: Answers, viewer: Viewer) -> None:
    certificate = Certificate(
        number=answers.text("number"),
        category=answers.text("category"),
        area=answers.text("area"),
        valid_from=answers.day("valid_from"),
        valid_to=answers.day("valid_to"),
        kind=answers.choice("kind"),
    )
    issuer = answers.text("issuer")
    by = answers.by(viewer)
    commands.issue_certificate(officer, certificate, issuer=issuer, **by)


def _withdraw(officer: str, answers: Answers, viewer: Viewer) -> None:
    number, on, reason = answers.choice("number"), answers.day("on"), answers.text("reason")
    by = answers.by(viewer)
    commands.withdraw_certificate(officer, number, on, reason, **by)


def _recuse(officer: str, answers: Answers, viewer: Viewer) -> None:
    party = answers.text("party_code"), answers.text("party_name")
    recusal = Recusal(*party, answers.day("since"), answers.text("reason"))
    decided_by = answers.text("decided_by")
    by = answers.by(viewer)
    commands.record_recusal(officer, recusal, decided_by=decided_by, **by)


def _lift(officer: str, answers: Answers, viewer: Viewer) -> None:
    number, on, reason = answers.choice("number"), answers.day("on"), answers.text("reason")
    by = answers.by(viewer)
    commands.lift_recusal(officer, int(number), on, reason, **by)


def _exam(officer: str, answers: Answers, viewer: Viewer) -> None:
    on = answers.day("on")
    by = answers.by(viewer)
    commands.pass_exam(officer, on, **by)


def _move(officer: str, answers: Answers, viewer: Viewer) -> None:
    unit, post = answers.choice("unit"), answers.choice("post")
    by = answers.by(viewer)
    commands.move_officer(officer, unit, post, **by)


ACTS: Final[Mapping[str, Callable[[str, Answers, Viewer], None]]] = {
    "issue": _issue,
    "withdraw": _withdraw,
    "recuse": _recuse,
    "lift": _lift,
    "exam": _exam,
    "move": _move,
}


def _one(
    request: HttpRequest,
    viewer: Viewer,
    view: OfficerView,
    *,
    instead: Shown | None = None,
    done: str = "",
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    may = viewer.has(*KEEPERS)
    offered = [shown(form, today) for form in forms.acts(view, viewer.agency)] if may else []
    context = {
        "officer": view,
        "trouble": certificate_word(view, today),
        "certificates": [_held(each, today) for each in reversed(view.certificates)],
        "recusals": [(each, each.lifted_on is None or each.lifted_on > today) for each in reversed(view.recusals)],
        "acts": with_refused(offered, instead) if instead else offered,
        "done": done,
        "conflict": conflict,
    }
    return page(request, viewer, "officer", context, place="officers", status=status)


def _held(view: CertificateView, today: date) -> Held:
    one = view.certificate
    if one.withdrawn_on is not None and one.withdrawn_on <= today:
        return Held(view, "已收回", "done")
    if one.valid_to < today:
        return Held(view, "已到期", "done")
    return Held(view, "还没有生效", "wait") if today < one.valid_from else Held(view, "有效", "")


def _known(viewer: Viewer, officer_id: str) -> OfficerView:
    try:
        return registry.officer(viewer.agency, officer_id)
    except registry.UnknownError:
        raise Http404 from None


def _done(officer_id: str, form: Form) -> str:
    return f"{reverse('office:officer', args=[officer_id])}?done={form.id}"


def _may_write(viewer: Viewer) -> None:
    if not viewer.has(*KEEPERS):
        raise PermissionDenied
