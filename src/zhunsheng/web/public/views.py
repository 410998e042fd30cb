"""Pages of the portal. Everything works without a script, except the check in the browser itself."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhunsheng.apps.portal import queries
from zhunsheng.web.shared.public_page import present

NEWEST = 8
LONGEST_QUERY = 60  # characters; longer ones are cut, and the page says so


def home(request: HttpRequest) -> HttpResponse:
    """Search first, then the newest results."""
    return render(request, "public/home.html", {"page": queries.listing(limit=NEWEST)})


def results(request: HttpRequest) -> HttpResponse:
    """The register, newest first; ``q`` narrows it, ``after`` turns the page."""
    asked = request.GET.get("q", "").replace("\0", "").strip()
    query, after = asked[:LONGEST_QUERY], request.GET.get("after", "")
    page = queries.listing(query, after=after)
    context = {"page": page, "query": query, "cut": len(asked) > LONGEST_QUERY, "after": after}
    return render(request, "public/results.html", context)


def detail(request: HttpRequest, publication: str) -> HttpResponse:
    """One published result: in plain words, as the decision says it, and with the means to check it."""
    found = queries.detail(publication)
    if found is None:
        raise Http404
    content = json.loads(found.content)
    context = {"row": found.row, "content": content, "page": present(content), "pdf_size": found.pdf_size}
    return render(request, "public/detail.html", context | {"bundle_size": len(found.bundle.encode())})


def verify(request: HttpRequest) -> HttpResponse:
    """How to check a result, here or without us."""
    return render(request, "public/verify.html")
