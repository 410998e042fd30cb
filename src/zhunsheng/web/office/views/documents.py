"""One document: its words, its signatures, its flaws, its kept PDF; and the second officer's signing."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from zhunsheng.apps.accounts import queries as accounts
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import commands, issuing, queries
from zhunsheng.apps.cases.queries import CaseView
from zhunsheng.apps.journal.refs import IdempotencyConflictError, StreamMissingError
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.errors import RefusedError
from zhunsheng.infra import clock, forms, wording
from zhunsheng.web.office import casepage
from zhunsheng.web.office.answers import answers
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.pools import pools_for
from zhunsheng.web.office.posted import new_key
from zhunsheng.web.shared.paper import paper


@dataclass(frozen=True, slots=True)
class Signed:
    """One officer's place under the document; ``on`` is None while he has not signed."""

    name: str
    on: object
    mine: bool


@require_safe
@signed_in
def document(request: HttpRequest, viewer: Viewer, number: str, document: str) -> HttpResponse:
    """Show one document of a case file."""
    return _page(request, viewer, number, document)


@require_safe
@signed_in
def pdf(_request: HttpRequest, viewer: Viewer, number: str, document: str) -> HttpResponse:
    """Return the bytes that were issued; they are never set again."""
    try:
        content = queries.pdf(number, document, viewer=viewer, at=clock.now())
    except StreamMissingError:
        raise Http404 from None
    if content is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{document}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
@signed_in
def sign(request: HttpRequest, viewer: Viewer, number: str, document: str) -> HttpResponse:
    """Sign as one of the officers the document names."""
    try:
        commands.sign_document(number, document, viewer=viewer, at=clock.now(), key=request.POST.get("key", ""))
    except StreamMissingError:
        raise Http404 from None
    except RefusedError as refusal:
        return _page(request, viewer, number, document, refusal=refusal, status=422)
    except IdempotencyConflictError:
        return _page(request, viewer, number, document, status=409)
    return redirect("office:document", number, document)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    number: str,
    document_id: str,
    *,
    refusal: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    try:
        view = queries.case_view(number, viewer=viewer, at=at)
    except StreamMissingError:
        raise Http404 from None
    found = view.state.document(document_id)
    if found is None:
        raise Http404
    form = forms.form(found.form)
    context = {
        "case": view,
        "party": view.state.party.name if view.state.party else "",
        "document": found,
        "form": form,
        "contents": casepage.contents(view.state, document_id),
        "paper": paper(issuing.document_sheet(view.state, found, at=at)),
        "answers": answers(form, found.content, pools_for(view.state, found.made_on)),
        "has_pdf": bool(casepage.pdf_of(found)),
        "author": accounts.names([found.actor]).get(found.actor, found.actor),
        "signatures": _signatures(found, view, viewer),
        "may_sign": viewer.officer in found.unsigned and not found.voided if viewer.officer else False,
        "faults": [wording.say(fault, found.made_on) for fault in found.faults],
        "committed": found.position <= view.committed,
        "refusals": [wording.say(fault, clock.today()) for fault in refusal.faults] if refusal else [],
        "key": new_key(),
    }
    return page(request, viewer, "document", context, place="cases", status=status)


def _signatures(found: Document, view: CaseView, viewer: Viewer) -> list[Signed]:
    known = registry.officers_on(found.officers, view.state.agency)
    signed = {signature.officer: signature.signed_on for signature in found.signatures}
    return [
        Signed(known[officer].name if officer in known else officer, signed.get(officer), officer == viewer.officer)
        for officer in found.officers
    ]
