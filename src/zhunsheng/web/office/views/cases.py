"""Case files: the list, a new one, and the page of one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import commands, queries
from zhunsheng.apps.cases.queries import Filter
from zhunsheng.apps.journal.refs import IdempotencyConflictError, StreamMissingError
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core import procedures
from zhunsheng.core.errors import RefusedError
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.infra import clock, forms, lawdata, wording
from zhunsheng.web.office import casepage, lines
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.posted import new_key

SPOT = "penalty-simple"
FIRST_FORM = "onsite-record"
POSITION_DIGITS = 7
SEARCH_LIMIT = 60  # characters of a search


@dataclass(frozen=True, slots=True)
class Just:
    """What was filed a moment ago, for the sentence at the top of the case page."""

    title: str
    number: str
    waiting: str


@require_safe
@signed_in
def listing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show cases, newest first; filters and page stay in the address. A full number leads straight to its case."""
    text = request.GET.get("q", "").strip()[:SEARCH_LIMIT].replace("\x00", "")
    if text and (number := queries.find_by_number(text, viewer=viewer)):
        return redirect("office:case", number)
    only = Filter(
        text=text,
        stage=_stage(request.GET.get("stage", "")),
        mine=request.GET.get("mine") == "1",
        due=_due(request.GET.get("due", "")),
        overdue_on=clock.today() if request.GET.get("overdue") == "1" else None,
    )
    found = queries.case_list(only, viewer=viewer, after=request.GET.get("after", ""))
    context = {
        "rows": lines.of(found.rows, viewer.agency, today=clock.today()),
        "found": found,
        "only": only,
        "search_words": text,
        "stages": procedures.get(SPOT).stages,
        "next": _next(request, found.rows[-1].cursor) if found.more else "",
        "later": bool(request.GET.get("after")),
        "subs": procedures.get(SPOT).subs,
        "chosen": sum((bool(only.stage), only.mine, bool(only.due), only.overdue_on is not None)),
    }
    return page(request, viewer, "cases", context, place="cases")


def _stage(wanted: str) -> str:
    return wanted if wanted in dict(procedures.get(SPOT).stages) else ""


def _due(wanted: str) -> str:
    return wanted if wanted in {sub.key for sub in procedures.get(SPOT).subs} else ""


def _next(request: HttpRequest, cursor: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "after"}
    return f"?{urlencode({**kept, 'after': cursor})}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say when a penalty on the spot is lawful, and open its case file."""
    if request.method != "POST":
        return _new(request, viewer)
    try:
        number = commands.open_case(SPOT, viewer=viewer, at=clock.now(), key=request.POST.get("key", ""))
    except RefusedError as refusal:
        return _new(request, viewer, refusal=refusal)
    except IdempotencyConflictError:
        return _new(request, viewer, status=409)
    return redirect("office:file", number, FIRST_FORM)


def _new(
    request: HttpRequest, viewer: Viewer, *, refusal: RefusedError | None = None, status: int = 200
) -> HttpResponse:
    today = clock.today()
    context = {
        "key": new_key(),
        "refusals": [wording.say(fault, today) for fault in refusal.faults] if refusal else [],
        "may": viewer.has(Role.OFFICER) and bool(viewer.unit),
        "limits": _limits(),
    }
    return page(request, viewer, "new_case", context, place="cases", status=422 if refusal else status)


def _limits() -> dict[str, int]:
    """Return the limits of a fine on the spot today, in fen, by kind of party."""
    book, found = lawdata.book(), {}
    for kind in ("citizen", "organisation"):
        try:
            found[kind] = int(book.fen(f"simple.fine_max.{kind}", clock.today()))
        except NoRuleError:
            continue
    return found


@require_safe
@signed_in
def case(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Show one case file, as it stands or (``?upto=N``) as it stood after its N-th event."""
    at, upto = clock.now(), _position(request.GET.get("upto", ""))
    try:
        view = queries.case_view(number, viewer=viewer, at=at, upto=upto)
    except StreamMissingError:
        raise Http404 from None
    if number != view.state.number:
        return redirect("office:case", view.state.number)
    just, done = _just(view, request.GET.get("filed", ""))
    shown = casepage.context(view, at=at)
    past = next(iter(shown["timeline"]), None) if upto is not None else None
    context = {**shown, "filed": just, "filed_url": done, "past": past}
    return page(request, viewer, "case", context, place="cases")


def _position(given: str) -> int | None:
    """Return the position a link asks for; None for the file as it stands, and for what is no position."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < POSITION_DIGITS else None


def _just(view: queries.CaseView, document_id: str) -> tuple[Just | None, str]:
    document = view.state.document(document_id) if document_id else None
    if document is None:
        return None, ""
    known = registry.officers_on(document.unsigned, view.state.agency)
    waiting = "、".join(officer.name for officer in known.values())
    title = forms.form(document.form).title
    return Just(title, document.number or "", waiting), reverse("office:file", args=[view.state.number, document.form])
