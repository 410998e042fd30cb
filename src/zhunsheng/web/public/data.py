"""The portal for programs: content, PDF and bundle as published, a list, a change feed."""

import json
from datetime import datetime, time
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from zhunsheng.apps.portal import queries
from zhunsheng.infra import env
from zhunsheng.web.public.caching import open_data
from zhunsheng.web.public.views import LONGEST_QUERY
from zhunsheng.web.shared.words import LOCAL

FEED_LENGTH: Final = 50
_LONGEST_NUMBER: Final = 18  # digits; fits a 64-bit column


@open_data
def content(_request: HttpRequest, publication: str) -> HttpResponse:
    """The public text exactly as the register commits to it."""
    found = queries.detail(publication)
    if found is None:
        return _unpublished()
    return HttpResponse(found.content, content_type="application/json; charset=utf-8")


@open_data
def pdf(_request: HttpRequest, publication: str) -> HttpResponse:
    """The sheet whose SHA-256 the content names."""
    found = queries.pdf(publication)
    if found is None:
        return _unpublished()
    response = HttpResponse(found, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{publication}.pdf"'
    return response


@open_data
def bundle(_request: HttpRequest, publication: str) -> HttpResponse:
    """Content and proof in one file, for ``zhunsheng verify`` and for any other checker."""
    found = queries.detail(publication)
    if found is None:
        return _unpublished()
    response = HttpResponse(found.bundle, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{publication}.bundle"'
    return response


@open_data
def publications(request: HttpRequest) -> HttpResponse:
    """``?q=&after=`` lists newest first; ``?since=N`` lists what changed after change N, oldest change first."""
    since, after, query = (request.GET.get(name, "") for name in ("since", "after", "q"))
    if since:
        return _changes(since)
    if after and queries.parse_cursor(after) is None:
        return _problem(400, "bad-input", _("after 应当是上一页答复里的 next"))
    if len(query) > LONGEST_QUERY:
        return _problem(400, "bad-input", _("q 最长 60 个字"))
    page = queries.listing(query, after=after)
    return JsonResponse(
        {"publications": [_row(row) for row in page.rows], "next": page.next or None, "total": page.total}
    )


@open_data
def feed(request: HttpRequest) -> HttpResponse:
    """The newest results as Atom. Ids are permanent addresses, whatever name this request came by."""
    atom = Atom1Feed(
        title=env.current().portal_title,
        link=request.build_absolute_uri(reverse("home")),
        feed_url=request.build_absolute_uri(reverse("feed")),
        description=_("最新公开的行政执法结果"),
        language="zh-CN",
        author_name=env.current().portal_owner,
        feed_guid=f"{env.current().portal_url}/",
    )
    for row in queries.listing(limit=FEED_LENGTH).rows:
        address = reverse("publication", args=[row.id])
        atom.add_item(
            row.title,
            request.build_absolute_uri(address),
            f"{row.result} · {row.number}",
            unique_id=f"{env.current().portal_url}{address}",
            pubdate=datetime.combine(row.decided_on, time(), LOCAL),
            updateddate=row.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _changes(since: str) -> HttpResponse:
    if not (since.isascii() and since.isdigit() and len(since) <= _LONGEST_NUMBER):
        return _problem(400, "bad-input", _("since 应当是不小于 0 的整数"))
    rows = queries.changes(int(since))
    following = rows[-1].change if rows else int(since)
    return JsonResponse({"publications": [_row(row) for row in rows], "next": following})


def _row(row: queries.Row) -> dict[str, object]:
    return {
        "id": row.id,
        "number": row.number,
        "agency": row.agency,
        "kind": row.kind,
        "title": row.title,
        "party": row.party,
        "cause": row.cause,
        "result": row.result,
        "decided_on": row.decided_on.isoformat(),
        "published_at": row.published_at.astimezone(LOCAL).isoformat(timespec="seconds"),
        "proof": row.proof,
        "change": row.change,
        "address": reverse("publication", args=[row.id]),
    }


def _unpublished() -> HttpResponse:
    return _problem(404, "not-published", _("这个编号下没有公开的结果"))


def _problem(status: int, code: str, title: str) -> HttpResponse:
    body = json.dumps({"type": "about:blank", "status": status, "code": code, "title": title}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/problem+json; charset=utf-8")
