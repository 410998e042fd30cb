"""Pages of the portal. Everything works without a script, except the check in the browser itself."""

import json
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from zhunsheng.apps.portal import queries
from zhunsheng.infra import search
from zhunsheng.web.public import terms, window
from zhunsheng.web.public.caching import read_only
from zhunsheng.web.public.context import site
from zhunsheng.web.shared.public_page import present

NEWEST: Final = 8
LONGEST_QUERY: Final = 60  # characters; longer ones are cut, and the page says so


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """Search first, then the newest results."""
    context = {"page": queries.listing(limit=NEWEST), "term": terms.publication()}
    return render(request, "public/home.html", context)


@read_only
def results(request: HttpRequest) -> HttpResponse:
    """The register, newest first; ``q`` and ``month`` narrow it, ``after`` turns the page."""
    asked = request.GET.get("q", "").replace("\0", "").strip()
    query, month = asked[:LONGEST_QUERY], queries.parse_month(request.GET.get("month", ""))
    after = request.GET.get("after", "")
    page = queries.listing(query, month=month, after=after)
    context = {
        "page": page,
        "query": query,
        "month": month,
        "months": queries.months(),
        "cut": len(asked) > LONGEST_QUERY,
        "signs_only": bool(query) and not search.needles(query),
        "first": queries.parse_cursor(after) is None,
        "rest": page.total - len(page.rows) if page.total is not None else None,
        "next": _address(query, month, page.next) if page.more else "",
        "newest": _address(query, month),
        "unfiltered": _address(query, None),
        "term": terms.publication(),
    }
    return render(request, "public/results.html", context)


@read_only
def detail(request: HttpRequest, publication: str) -> HttpResponse:
    """One published result: in plain words, as the decision says it, and with the means to check it."""
    found = queries.detail(publication)
    if found is None:
        # A QR code on a served decision leads here before the decision is published.
        return render(request, "public/unpublished.html", {"term": terms.publication()}, status=404)
    content = json.loads(found.content)
    context = {
        "row": found.row,
        "content": content,
        "page": present(content),
        "kept": terms.kept(found.row.decided_on, content.get("due_on"), found.row.published_at),
        "pdf_size": found.pdf_size,
        "bundle_size": len(found.bundle.encode()),
    }
    return render(request, "public/detail.html", context)


@read_only
def verify(request: HttpRequest) -> HttpResponse:
    """How to check a result, here or without us."""
    return render(request, "public/verify.html", {"window": window.sentence()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's name)
    """A request that no browser sends by itself: a header that cannot be, another host name."""
    return render(request, "public/bad_request.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's name)
    """An address that is none of ours."""
    return render(request, "public/not_found.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Our own failure. The page asks nothing of the parts that may have failed."""
    return HttpResponse(render_to_string("public/server_error.html", site()), status=500)


def _address(query: str, month: date | None, after: str = "") -> str:
    """Return the rest of a list's address, so that what is on screen can be sent as a link."""
    chosen = {"q": query, "month": f"{month:%Y-%m}" if month else "", "after": after}
    return "?" + urlencode({name: value for name, value in chosen.items() if value})
