"""What may be kept and for how long, and that a page is only ever read.

A published page may be withdrawn and must then vanish at once. So nothing but the tiles of
the log is kept without asking; asking costs little, because the answer is "not changed"
as long as the bytes are the same.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Answer = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

ASK_AGAIN: Final = "no-cache"  # keep it, but ask each time whether it is still so
FOR_EVER: Final = "public, max-age=31536000, immutable"
NEVER: Final = "no-store"


def read_only(view: View[P]) -> Answer[P]:
    """Answer GET and HEAD only, with an ETag of the bytes, and 304 to a reader who has them."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", ASK_AGAIN)
        if response.status_code != 200 or response["Cache-Control"] == NEVER:  # noqa: PLR2004  (OK)
            return response
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    return answer


def open_data(view: View[P]) -> Answer[P]:
    """As ``read_only``, and pages of others may read it too: a checker need not be ours."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return read_only(opened)
