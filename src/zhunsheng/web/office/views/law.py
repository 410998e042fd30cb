"""An article: its text where the installation has imported it, else its name and our own summary."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.core.citation import Citation
from zhunsheng.core.law.cite import cite, numeral
from zhunsheng.core.law.instruments import CitationError, InstrumentVersion
from zhunsheng.infra import clock, lawdata, lawtexts
from zhunsheng.web.office.gate import page, signed_in


@dataclass(frozen=True, slots=True)
class Other:
    """Another version of the same instrument."""

    title: str
    since: date
    url: str


@require_safe
@signed_in
def by_citation(request: HttpRequest, _viewer: Viewer, citation: str) -> HttpResponse:
    """Lead from a citation as data files write it, ``xzcff:42.1``, to the article's page."""
    try:
        found = Citation.parse(citation)
    except ValueError:
        raise Http404 from None
    day = _day(request)
    asked = {"on": day.isoformat()} if day else {}
    place = str(found).partition(":")[2].partition(".")[2]
    asked |= {"at": place} if place else {}
    url = reverse("office:law-article", args=[found.instrument, found.article])
    return redirect(f"{url}?{urlencode(asked)}" if asked else url)


@require_safe
@signed_in
def article(request: HttpRequest, viewer: Viewer, instrument: str, article: int) -> HttpResponse:
    """Show one article as in force on a day (today unless the address names one)."""
    day, book = _day(request) or clock.today(), lawdata.book()
    citation = _cited(instrument, article, request.GET.get("at", ""))
    try:
        version = book.resolve(citation, day)
    except CitationError:
        citation = Citation(instrument, article)
        try:
            version = book.resolve(citation, day)
        except CitationError:
            raise Http404 from None
    text = lawtexts.article(citation, day)
    context = {
        "citation": cite(citation, day, book),
        "version": version,
        "number": numeral(article),
        "day": day,
        "text": text,
        "paragraphs": text.words.split("\n") if text else [],
        "cited_part": text.part if text and text.part != text.words else "",
        "summary": _summary(version, article),
        "others": _others(instrument, article, version),
    }
    return page(request, viewer, "law", context)


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _cited(instrument: str, article: int, place: str) -> Citation:
    try:
        return Citation.parse(f"{instrument}:{article}.{place}" if place else f"{instrument}:{article}")
    except ValueError:
        return Citation(instrument, article)


def _summary(version: InstrumentVersion, article: int) -> str:
    known = version.articles.get(article)
    return known.summary if known else ""


def _others(instrument: str, article: int, shown: InstrumentVersion) -> list[Other]:
    found = lawdata.book().instruments[instrument].versions
    url = reverse("office:law-article", args=[instrument, article])
    return [
        Other(each.title, each.in_force, f"{url}?on={each.in_force.isoformat()}") for each in found if each is not shown
    ]
