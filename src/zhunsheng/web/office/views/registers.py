"""清单: who may enforce, and what: officers with their certificates, items with their articles."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.registry import queries as registry
from zhunsheng.apps.registry.facts import OfficerView
from zhunsheng.infra import clock
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.pools import certificate_word, item_card
from zhunsheng.web.office.views.officers import KEEPERS


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer with what is wrong with his certificates today; "" when one is valid."""

    officer: OfficerView
    trouble: str


@require_safe
@signed_in
def officers(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the officers of the agency by unit."""
    today = clock.today()
    rows = [OfficerLine(view, certificate_word(view, today)) for view in registry.officer_list(viewer.agency)]
    rows.sort(key=lambda row: (row.officer.unit, row.officer.id))
    units = [(name, list(found)) for name, found in groupby(rows, key=lambda row: row.officer.unit_name)]
    context = {"units": units, "total": len(rows), "may": viewer.has(*KEEPERS)}
    return page(request, viewer, "officers", context, place="officers")


@require_safe
@signed_in
def items(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the items in force today, by field; words in the address narrow the list."""
    today = clock.today()
    asked = request.GET.get("q", "").strip()[:60]
    found = registry.search_items(viewer.agency, asked, today)
    cards = sorted((item_card(item, today) for item in found), key=lambda card: (card.mark, card.field, card.id))
    fields = [(name, list(group)) for name, group in groupby(cards, key=lambda card: card.field)]
    return page(request, viewer, "items", {"fields": fields, "total": len(cards), "asked": asked}, place="items")
