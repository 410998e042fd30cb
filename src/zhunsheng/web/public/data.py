"""The portal for programs: content, PDF and bundle as published, a list, a change feed, health."""

import json
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from zhunsheng.apps.portal import queries

_ZONE: Final = ZoneInfo("Asia/Shanghai")
_NOT_A_NUMBER: Final = "since 应当是不小于 0 的整数"


def content(_request: HttpRequest, publication: str) -> HttpResponse:
    """The public text exactly as the register commits to it."""
    return HttpResponse(_found(publication).content, content_type="application/json; charset=utf-8")


def pdf(_request: HttpRequest, publication: str) -> HttpResponse:
    found = queries.pdf(publication)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{publication}.pdf"'
    return response


def bundle(_request: HttpRequest, publication: str) -> HttpResponse:
    """Content and proof in one file, for ``zhunsheng verify`` and for any other checker."""
    response = HttpResponse(_found(publication).bundle, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{publication}.bundle"'
    return response


def publications(request: HttpRequest) -> HttpResponse:
    """``?q=&after=`` lists newest first; ``?since=N`` lists what changed after change N, oldest change first."""
    since = request.GET.get("since", "")
    if since:
        if not (since.isascii() and since.isdigit() and len(since) < 19):
            return _problem(400, "bad-input", _(_NOT_A_NUMBER))
        rows = queries.changes(int(since))
        return JsonResponse({"publications": [_row(row) for row in rows], "next": rows[-1].change if rows else int(since)})
    page = queries.listing(request.GET.get("q", "").replace("\0", "")[:60], after=request.GET.get("after", ""))
    following = page.rows[-1].cursor if page.more else None
    return JsonResponse({"publications": [_row(row) for row in page.rows], "next": following, "total": page.total})


def feed(request: HttpRequest) -> HttpResponse:
    """The newest results as Atom."""
    atom = Atom1Feed(
        title=_("行政执法公示"),
        link=request.build_absolute_uri(reverse("home")),
        feed_url=request.build_absolute_uri(),
        description=_("最新公开的行政执法结果"),
        language="zh-CN",
    )
    for row in queries.listing(limit=50).rows:
        link = request.build_absolute_uri(reverse("publication", args=[row.id]))
        atom.add_item(
            row.title,
            link,
            f"{row.result} · {row.number}",
            unique_id=link,
            pubdate=datetime.combine(row.decided_on, time(), _ZONE),
            updateddate=row.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def health(_request: HttpRequest) -> HttpResponse:
    try:
        queries.listing(limit=1)
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok"})


def _found(publication: str) -> queries.Detail:
    found = queries.detail(publication)
    if found is None:
        raise Http404
    return found


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
        "published_at": row.published_at.astimezone(_ZONE).isoformat(timespec="seconds"),
        "proof": row.proof,
        "change": row.change,
        "address": reverse("publication", args=[row.id]),
    }


def _problem(status: int, code: str, title: str) -> HttpResponse:
    body = json.dumps({"type": "about:blank", "status": status, "code": code, "title": title}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/problem+json; charset=utf-8")
