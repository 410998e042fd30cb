"""手册: how the story of a penalty on the spot goes, and the keyboard shortcuts."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.web.office.gate import page, places, signed_in

FIRST: Final = (("?", "打开这一页"), ("/", "到搜索框"))
LAST: Final = (
    ("n", "首页：办当场处罚"),
    ("1 … 9", "案件页：打开“你现在可以做”的第几项"),
    ("s", "文书页：到签名"),
)


@require_safe
@signed_in
def handbook(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the handbook."""
    ways = ((" ".join(key), f"到{label}") for _name, label, key in places(viewer) if label != "手册")
    return page(request, viewer, "help", {"keys": (*FIRST, *ways, *LAST)}, place="help")
