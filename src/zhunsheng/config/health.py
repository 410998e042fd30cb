"""``/healthz``: whether this process can do its work now. For supervisors and load balancers; it tells no secrets."""

from django.db import connections
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse

from zhunsheng.infra import worker


def office(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers; the worker's failures are named but do not take the office down."""
    return _answer("default", {"worker": worker.health()})


def portal(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the published results can be read."""
    return _answer("portal", {})


def _answer(alias: str, more: dict[str, object]) -> JsonResponse:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "database-not-reachable", **more}, status=503)
    return JsonResponse({"status": "ok", **more})
