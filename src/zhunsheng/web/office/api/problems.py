"""Refusals and mistakes as RFC 9457 problems with a stable ``code``, ``article`` and ``remedy``."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from zhunsheng.apps.journal.refs import IdempotencyConflictError, PositionMovedError, StreamMissingError
from zhunsheng.core.errors import Fault, RefusedError, ZhunshengError
from zhunsheng.infra import clock
from zhunsheng.infra.wording import say

STATUS: Final = {
    "role-missing": 403,
    "sign-in-wrong": 401,
    "sign-in-locked": 429,
    "totp-needed": 401,
    "totp-wrong": 401,
    "totp-used": 401,
    "signed-out": 401,
    "not-found": 404,
    "position-moved": 409,
    "idempotency-conflict": 409,
    "idempotency-key-missing": 400,
    "bad-input": 400,
    "file-too-large": 413,
}
"""HTTP status by code; every other refusal is 422: understood, well formed, and not allowed."""


def problem(faults: Sequence[Fault], *, status: int | None = None, day: date | None = None) -> HttpResponse:
    """Return the first fault as the problem, and all of them in ``errors``."""
    said = [say(fault, day or clock.today()) for fault in faults]
    first = said[0]
    code = status or next((STATUS[one.code] for one in said if one.code in STATUS), 422)
    body = {
        "type": f"https://zhunsheng.example/errors/{first.code}",
        "status": code,
        "title": first.title,
        "detail": first.text,
        "code": first.code,
        "article": first.article or None,
        "remedy": first.remedy,
        "errors": [
            {
                "code": one.code,
                "field": one.field or None,
                "detail": one.text,
                "article": one.article or None,
                "remedy": one.remedy,
            }
            for one in said
        ],
    }
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, status=code, content_type="application/problem+json; charset=utf-8")
    if code == 401:  # noqa: PLR2004  (RFC 9110: a 401 names the scheme)
        response["WWW-Authenticate"] = "Bearer"
    return response


def refused(_request: HttpRequest, error: RefusedError) -> HttpResponse:
    """Answer a refusal by law or by a rule of the house."""
    return problem(error.faults)


def known(_request: HttpRequest, error: ZhunshengError) -> HttpResponse:
    """Answer any other error of ours that a client can cause."""
    match error:
        case StreamMissingError():
            return problem([Fault("not-found")])
        case PositionMovedError(expected=expected, found=found):
            return problem([Fault("position-moved", facts=(("seen", str(expected)), ("now", str(found))))])
        case IdempotencyConflictError():
            return problem([Fault("idempotency-conflict")])
        case _:
            raise error


def malformed(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a request that is not of the documented shape, naming the place."""
    places = [".".join(str(part) for part in found["loc"][1:]) or "body" for found in error.errors]
    return problem([Fault("bad-input", facts=(("field", place),), field=place) for place in places])


def missing(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem([Fault("not-found")])
