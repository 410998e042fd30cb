"""Filling and filing one document: the form, the last look before it is filed, the filing.

All answers travel with the page itself: the check page carries them in hidden fields, so
nothing typed is lost at any refusal and nothing half-done is stored. The idempotency key
and the position of the case file are those of the moment the form was shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import commands, filing, issuing
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.cases.filing import Prepared, Submission
from zhunsheng.apps.journal.refs import IdempotencyConflictError, PositionMovedError, StreamMissingError
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.documents import FieldType, FormDef, FormKind
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock
from zhunsheng.web.office import formpage
from zhunsheng.web.office.device import device
from zhunsheng.web.office.formpage import Shown
from zhunsheng.web.office.gate import signed_in
from zhunsheng.web.office.posted import Raw, new_key, raw_from, raw_of_content, rearrange
from zhunsheng.web.office.said import REASON_MISSING

CHANGED = "你打开这一页以后，案卷有了变化。你填的内容都还在，请对照现在的案卷看一遍，再核对、存入。"
USED = "这张表已经交过一次，当时的内容和现在的不同。原来那份在案卷里；确实要再存一份的，请再核对一次。"


@dataclass(frozen=True, slots=True)
class Desk:
    """One form on one desk: who fills what, for which case, with which answers."""

    request: HttpRequest
    viewer: Viewer
    state: CaseState
    form: FormDef
    at: datetime

    def page(self, shown: Shown, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        return formpage.form_page(self.request, self.viewer, self.state, self.form, shown, at=self.at, status=status)

    def submission(self, raw: Raw) -> Submission:
        """Return what was posted as the command takes it."""
        posted = self.request.POST
        return Submission(
            self.form.id,
            raw,
            key=posted.get("key", ""),
            position=_position(posted.get("position", "")),
            reasons=_reasons(posted),
            device=device(self.request),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def file_form(request: HttpRequest, viewer: Viewer, number: str, form_id: str) -> HttpResponse:
    """Show the form, or do with it what the pressed button says."""
    try:
        state, form, offered = cases.blank(number, form_id, viewer=viewer)
    except (StreamMissingError, KeyError):
        raise Http404 from None
    desk = Desk(request, viewer, state, form, clock.now())
    if request.method != "POST":
        raw = _first_answers(desk, raw_of_content(form, offered))
        return desk.page(Shown(raw, new_key(), state.position, carried=frozenset(offered)))
    return _posted(desk)


def _posted(desk: Desk) -> HttpResponse:
    act, raw = desk.request.POST.get("act", "check"), raw_from(desk.form, desk.request.POST)
    match act:
        case "file":
            return _file(desk, raw)
        case "preview":
            return _preview(desk, raw)
        case "check":
            return _check(desk, raw)
        case _:
            rearrange(desk.form, raw, act)  # "edit" changes nothing and shows the form again
            return desk.page(_shown(desk, raw))


def _check(desk: Desk, raw: Raw) -> HttpResponse:
    prepared = filing.prepare(desk.state, desk.submission(raw), viewer=desk.viewer, at=desk.at)
    faults = _blocking(desk, prepared)
    if faults:
        return desk.page(_shown(desk, raw, faults=faults, prepared=prepared), status=422)
    return formpage.check_page(desk.request, desk.viewer, desk.state, prepared, at=desk.at)


def _file(desk: Desk, raw: Raw) -> HttpResponse:
    try:
        filed = commands.file_document(desk.state.number, desk.submission(raw), viewer=desk.viewer, at=desk.at)
    except RefusedError as refusal:
        prepared = filing.prepare(desk.state, desk.submission(raw), viewer=desk.viewer, at=desk.at)
        return desk.page(_shown(desk, raw, faults=refusal.faults, prepared=prepared), status=422)
    except PositionMovedError:
        return desk.page(_renewed(desk, raw, CHANGED), status=409)
    except IdempotencyConflictError:
        return desk.page(_renewed(desk, raw, USED), status=409)
    return redirect(f"{reverse('office:case', args=[filed.case])}?filed={filed.document}")


def _preview(desk: Desk, raw: Raw) -> HttpResponse:
    """Answer with the PDF as it would be issued, watermarked and without a number; nothing is stored."""
    prepared = filing.prepare(desk.state, desk.submission(raw), viewer=desk.viewer, at=desk.at)
    try:
        pdf = issuing.preview(desk.state, prepared)
    except RefusedError as refusal:
        return desk.page(_shown(desk, raw, faults=refusal.faults, prepared=prepared), status=422)
    headers = {"Content-Disposition": 'inline; filename="preview.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _blocking(desk: Desk, prepared: Prepared) -> tuple[Fault, ...]:
    """Return what stands in the way of the check page: refusals, and lateness nobody explained.

    A record of fact is asked why it is late; the gates ask an act themselves.
    """
    reasons = _reasons(desk.request.POST)
    asked = {dict(fault.facts).get("late") for fault in prepared.refused if fault.code == REASON_MISSING}
    open_ = [fault for fault in prepared.late if not reasons.get(fault.code) and fault.code not in asked]
    return (*prepared.refused, *(Fault(REASON_MISSING, fault.basis, (("late", fault.code),)) for fault in open_))


def _shown(desk: Desk, raw: Raw, *, faults: tuple[Fault, ...] = (), prepared: Prepared | None = None) -> Shown:
    posted = desk.request.POST
    return Shown(
        raw=raw,
        key=posted.get("key") or new_key(),
        position=_position(posted.get("position", "")),
        faults=faults,
        late=prepared.late if prepared else (),
        flagged=prepared.flagged if prepared else (),
        reasons=_reasons(posted),
        kept=True,
        day=prepared.made_on if prepared else None,
    )


def _renewed(desk: Desk, raw: Raw, notice: str) -> Shown:
    """Return the form with its input kept, judged anew against the case file of now, under a new key."""
    return Shown(raw, new_key(), desk.state.position, notice=notice, kept=True, reasons=_reasons(desk.request.POST))


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004  (nine digits of events)


def _reasons(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons given for what is late, by the code of the fault."""
    given = {name.removeprefix("late-"): posted[name] for name in posted if name.startswith("late-")}
    return {code: words.strip() for code, words in given.items() if words.strip()}


def _first_answers(desk: Desk, offered: Raw) -> Raw:
    """Return the answers a fresh form begins with: what is known, oneself among the officers, the present moment."""
    raw = dict(offered)
    if "officers" in desk.form.names and not raw.get("officers") and desk.viewer.officer:
        raw["officers"] = [desk.viewer.officer]
    name = desk.form.legal_date
    if name not in raw:
        raw |= _now(desk.form, name, desk.at)
    return raw


def _now(form: FormDef, name: str, at: datetime) -> Raw:
    """Return the moment of an act, or the day of an entry. When something happened on site, only the officer knows."""
    local = at.astimezone(clock.BEIJING)
    if form.field(name).type is FieldType.DATE:
        return {name: local.date().isoformat()}
    return {name: local.strftime("%Y-%m-%dT%H:%M")} if form.kind is FormKind.ACT else {}
