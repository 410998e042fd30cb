"""One log line for each request: what, how long, how it ended; never who, never what was asked for.

The route is logged (``/cases/<number>``), not the path and not the query: they carry
names and numbers of persons.
"""

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_log: Final = structlog.get_logger("request")


class RequestLog:
    """Logs each request and gives it an id that the answer carries too."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponse]") -> None:
        self._get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        request_id = secrets.token_hex(8)
        structlog.contextvars.bind_contextvars(request=request_id)
        begun = time.monotonic()
        try:
            response = self._get_response(request)
        finally:
            structlog.contextvars.clear_contextvars()
        match = request.resolver_match
        route = match.route if match else "(none)"
        if route != "healthz":
            _log.info(
                "request",
                request=request_id,
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round((time.monotonic() - begun) * 1000),
            )
        response["X-Request-Id"] = request_id
        return response
