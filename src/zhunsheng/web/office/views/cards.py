"""Small parts of a form that htmx swaps in when a choice changes: an officer's standing, an item's articles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.journal.refs import StreamMissingError
from zhunsheng.apps.registry import queries as registry
from zhunsheng.infra import clock, forms
from zhunsheng.web.office.cards import officer_cards
from zhunsheng.web.office.gate import signed_in
from zhunsheng.web.office.pools import item_card


@require_safe
@signed_in
def officer(request: HttpRequest, viewer: Viewer, number: str, form_id: str) -> HttpResponse:
    """Return the chosen officer's certificates and what stands against his acting in this case."""
    chosen = [value for value in request.GET.getlist("officers") if value][:1]
    try:
        state, _events = cases.load(number, viewer=viewer)
        form = forms.form(form_id)
    except (StreamMissingError, KeyError):
        raise Http404 from None
    raw = {name: value for name, value in request.GET.items() if name.startswith("party_") and name in form.names}
    cards = officer_cards(state, form, {**raw, "officers": chosen}, viewer=viewer, at=clock.now())
    return render(request, "office/_officer_card.html", {"card": cards[0] if cards else None})


@require_safe
@signed_in
def item(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Return the articles and fines of the chosen item."""
    found = registry.items(viewer.agency).get(request.GET.get("item", ""))
    card = item_card(found, clock.today()) if found else None
    return render(request, "office/_item_card.html", {"item": card})
