"""The door of every office page: who is signed in, and the answer when nobody is.

A view behind ``signed_in`` gets the ``Viewer`` as its second argument; pages are built
with ``page``, which adds what the frame shows (navigation, name, unit).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer, viewer_for
from zhunsheng.apps.registry import queries as registry
from zhunsheng.infra import clock

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the main navigation. ``key`` is the shortcut listed under ``?``."""

    label: str
    url: str
    key: str
    here: bool


PLACES: Final = (
    ("home", "首页", "gh"),
    ("cases", "案件", "gc"),
    ("publications", "公示", "gp"),
    ("officers", "执法人员", "go"),
    ("items", "执法事项", "gi"),
    ("help", "手册", "gm"),
)
ADMIN_PLACES: Final = (("accounts", "账号", "ga"),)
"""What the navigation shows besides to who keeps the accounts."""


def signed_in(
    view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let signed-in people through; send others to sign in and back here afterwards."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer = viewer_of(request)
        if viewer is None:
            return _sign_in_first(request)
        response = view(request, viewer, *args, **kwargs)
        add_never_cache_headers(response)  # a shared desk: "back" after signing out shows nothing
        return response

    update_wrapper(guarded, view)
    return guarded


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Return who is signed in, or None."""
    user = request.user
    return viewer_for(user) if user.is_authenticated else None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    sign_in = f"{reverse('office:login')}?{urlencode({'next': _back(request)})}"
    if request.headers.get("HX-Request"):
        # A partial must not be swapped for the sign-in page: tell htmx to leave the page.
        return HttpResponseForbidden(headers={"HX-Redirect": sign_in})
    return redirect(sign_in)


def _back(request: HttpRequest) -> str:
    """Return where to go on after signing in; of an act, the page it was on, since its own address shows nothing."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    here = f"{request.scheme}://{request.get_host()}"
    came_from = request.headers.get("Referer", "")
    return came_from.removeprefix(here) if came_from.startswith(f"{here}/") else "/"


def page(
    request: HttpRequest,
    viewer: Viewer,
    template: str,
    context: Mapping[str, object],
    *,
    place: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with a page of the office in its frame; ``place`` is the entry of the navigation it belongs to."""
    return render(request, f"office/{template}.html", {**frame(viewer, place), **context}, status=status)


def places(viewer: Viewer) -> tuple[tuple[str, str, str], ...]:
    """Return the entries of the navigation for this person; the handbook stays last."""
    return (*PLACES[:-1], *(ADMIN_PLACES if viewer.has(Role.ADMIN) else ()), PLACES[-1])


def frame(viewer: Viewer, place: str = "") -> dict[str, object]:
    """Return what the frame around every page shows."""
    return {
        "viewer": viewer,
        "viewer_unit": registry.unit(viewer.agency, viewer.unit).name if viewer.unit else "",
        "agency_name": registry.agency(viewer.agency).name_on(clock.today()),
        "navigation": [
            Entry(label, reverse(f"office:{name}"), key, name == place) for name, label, key in places(viewer)
        ],
    }
