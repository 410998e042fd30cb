"""公示: the publisher marks what is hidden, another person checks the exact page.

The masks travel with the page as hidden fields until they are proposed; each button
shows the page anew with one mask more, one less, or other words in its place. Nothing is
stored before ``propose``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from zhunsheng.apps.accounts import queries as accounts
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.cases.queries import Filter
from zhunsheng.apps.disclosure import commands, queries
from zhunsheng.apps.disclosure.drafts import Draft
from zhunsheng.apps.disclosure.queries import Checking
from zhunsheng.apps.journal.refs import IdempotencyConflictError, StreamMissingError
from zhunsheng.core.disclosure.masks import Mask, numbered
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock, lawdata, wording
from zhunsheng.infra.wording import Said
from zhunsheng.web.office import lines
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.posted import new_key
from zhunsheng.web.shared.clocks import Clock
from zhunsheng.web.shared.clocks import clock as clock_of
from zhunsheng.web.shared.public_page import present

GROUNDS = (
    "被处罚人以外的自然人",
    "个人信息",
    "联系方式",
    "证件号码",
    "医疗健康信息",
    "银行账户",
    "商业秘密",
)
"""Grounds a publisher chooses from; each is what the public reads (spec law 6.4)."""

STATES = (("due", "待提出"), ("proposed", "待审核"), ("approved", "正在公开"), ("delivered", "已公开"))
MASK_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Tally:
    """One state of publication in the overview, with its cases."""

    key: str
    label: str
    rows: Sequence[lines.Line]
    total: int | None


@require_safe
@signed_in
def listing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show cases by how far their publication is."""
    today, tallies = clock.today(), []
    for key, label in STATES:
        found = cases.case_list(Filter(publication=(key,)), viewer=viewer)
        tallies.append(Tally(key, label, lines.of(found.rows, viewer.agency, today=today), found.total))
    context = {"tallies": tallies, "publisher": viewer.has(Role.PUBLISHER), "checker": viewer.has(Role.CHECKER)}
    return page(request, viewer, "publications", context, place="publications")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def propose(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Show the draft, change its masks, or propose it."""
    if request.method != "POST":
        return _propose_page(request, viewer, number, _draft(number, None, viewer), key=new_key())
    act, masks = request.POST.get("act", ""), _masks(request.POST)
    if act != "propose":
        masks, faults = _changed(masks, act, request.POST)
        draft = _draft(number, masks, viewer)
        return _propose_page(request, viewer, number, draft, key=request.POST.get("key", ""), faults=faults)
    try:
        commands.propose(number, masks, viewer=viewer, at=clock.now(), key=request.POST.get("key", ""))
    except StreamMissingError:
        raise Http404 from None
    except RefusedError as refusal:
        draft = _draft(number, masks, viewer)
        return _propose_page(request, viewer, number, draft, key=new_key(), faults=refusal.faults, status=422)
    except IdempotencyConflictError:
        return _propose_page(request, viewer, number, _draft(number, masks, viewer), key=new_key(), status=409)
    return redirect("office:case", number)


def _draft(number: str, masks: tuple[Mask, ...] | None, viewer: Viewer) -> Draft | None:
    try:
        if masks is None:
            return queries.drafting(number, viewer=viewer, at=clock.now())
        return queries.redrafted(number, masks, viewer=viewer, at=clock.now())
    except StreamMissingError:
        raise Http404 from None


def _propose_page(
    request: HttpRequest,
    viewer: Viewer,
    number: str,
    draft: Draft | None,
    *,
    key: str,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    if draft is None:
        raise Http404
    today = clock.today()
    context = {
        **_identity(number, viewer),
        "draft": draft,
        "marked": draft.original,
        "page": present(draft.page),
        "masks": draft.masks,
        "grounds": GROUNDS,
        "residual": _say(draft.residual),
        "refusals": _say(faults),
        "clock": _clock(draft),
        "key": key,
        "may": viewer.has(Role.PUBLISHER),
        "today": today,
    }
    return page(request, viewer, "propose", context, place="publications", status=status)


def _identity(number: str, viewer: Viewer) -> dict[str, object]:
    state, _events = cases.load(number, viewer=viewer)
    newest = max(state.publications.values(), key=lambda known: known.proposed_at, default=None)
    returned = newest.returned_reason if newest and newest.state == "returned" else ""
    return {
        "case_number": state.number,
        "party": state.party.name if state.party else "",
        "returned_reason": returned,
    }


def _masks(posted: QueryDict) -> tuple[Mask, ...]:
    """Return the masks the page carries, numbered anew."""
    rows = zip(posted.getlist("original"), posted.getlist("shown"), posted.getlist("ground"), strict=False)
    return numbered([(original, shown, ground) for original, shown, ground in list(rows)[:MASK_LIMIT]])


def _changed(masks: tuple[Mask, ...], act: str, posted: QueryDict) -> tuple[tuple[Mask, ...], list[Fault]]:
    """Return the masks after ``add`` or ``remove:3``; ``show`` changes nothing but takes edited stand-ins over."""
    verb, _, which = act.partition(":")
    if verb == "remove" and which.isascii() and which.isdigit():
        kept = [mask for mask in masks if mask.n != int(which)]
        return numbered([(mask.original, mask.shown, mask.ground) for mask in kept]), []
    if verb != "add":
        return masks, []
    added = tuple(posted.get(name, "").strip() for name in ("new_original", "new_shown", "new_ground"))
    labels = ("要隐去的原文", "公开时写什么", "理由")
    pairs = zip(labels, added, strict=True)
    empty = [Fault("field-missing", facts=(("label", label),)) for label, value in pairs if not value]
    if empty:
        return masks, empty
    return numbered([*((mask.original, mask.shown, mask.ground) for mask in masks), (added[0], added[1], added[2])]), []


def _clock(draft: Draft) -> Clock | None:
    return clock_of(draft.due, clock.today(), lawdata.book(), label="公示") if draft.due else None


def _say(faults: Sequence[Fault]) -> list[Said]:
    return [wording.say(fault, clock.today()) for fault in faults]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Show the exact public page to the checker; approve it or send it back."""
    found = _checking(number, viewer)
    if request.method != "POST":
        return _check_page(request, viewer, number, found)
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    publication, at = request.POST.get("publication", ""), clock.now()
    try:
        if act == "return":
            commands.send_back(number, publication, request.POST.get("reason", ""), viewer=viewer, at=at, key=key)
        else:
            _looked(request.POST)
            digest = request.POST.get("page_digest", "")
            commands.approve(number, publication, digest, viewer=viewer, at=at, key=key)
    except RefusedError as refusal:
        return _check_page(request, viewer, number, found, faults=refusal.faults, status=422)
    except IdempotencyConflictError:
        return _check_page(request, viewer, number, found, status=409)
    return redirect("office:case", number)


def _looked(posted: QueryDict) -> None:
    """Refuse an approval without the checker's own statement that he looked at every stretch.

    Raises:
        RefusedError: one of the two boxes is not ticked.
    """
    faults = [Fault("check-not-confirmed", field=name) for name in ("each", "nothing_left") if name not in posted]
    if faults:
        raise RefusedError(faults[:1])


def _checking(number: str, viewer: Viewer) -> Checking | None:
    try:
        return queries.checking(number, viewer=viewer, at=clock.now())
    except StreamMissingError:
        raise Http404 from None


def _check_page(
    request: HttpRequest,
    viewer: Viewer,
    number: str,
    found: Checking | None,
    *,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    if found is None:
        if faults:  # somebody else was quicker: say so beside the case
            return page(request, viewer, "no_check", {"refusals": _say(faults), "case_number": number}, status=status)
        raise Http404
    proposer = found.publication.proposed_by
    context = {
        **_identity(number, viewer),
        "checking": found,
        "publication": found.publication,
        "page": {**present(found.page), "due_on": found.page.get("due_on")},
        "marked": found.original,
        "masks": found.masks,
        "proposer": accounts.names([proposer]).get(proposer, proposer),
        "residual": _say(found.residual),
        "refusals": _say(faults),
        "may": viewer.has(Role.CHECKER) and not found.own,
        "checker": viewer.has(Role.CHECKER),
        "own": found.own,
        "ticked": {name: name in request.POST for name in ("each", "nothing_left")},
        "reason": request.POST.get("reason", ""),
        "key": new_key(),
    }
    return page(request, viewer, "check_publication", context, place="publications", status=status)


@require_safe
@signed_in
def pdf(_request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Return the PDF of the proposal, exactly as it will be published."""
    try:
        content = queries.public_pdf(number, viewer=viewer)
    except StreamMissingError:
        raise Http404 from None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": "inline"})
