"""Pages for what cannot be shown, in Chinese, each with a way out. They need no database."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

Way = tuple[str, str]
HOME: Final[Way] = ("回首页", "/")
CASES: Final[Way] = ("看案件列表", "/cases/")


def _page(
    request: HttpRequest, status: int, heading: str, lines: Sequence[str], ways: Sequence[Way] = (HOME,)
) -> HttpResponse:
    context = {
        "status": status,
        "heading": heading,
        "lines": lines,
        "ways": [{"text": text, "url": url} for text, url in ways],
    }
    return render(request, "shared/error.html", context, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    del exception
    return _page(request, 400, "这个请求读不懂", ["地址或者内容不完整，什么也没有改动。"], [HOME, CASES])


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Answer 403; also where a form's protection against forgery has run out."""
    del exception, reason
    lines = [
        "这一页不归你的账号看，或者页面开得太久，安全标记已经失效。什么也没有改动。",
        "需要权限的，请找账号管理员；页面开得太久的，退回去刷新以后再办。",
    ]
    return _page(request, 403, "你的账号不能看这一页", lines, [HOME, ("换一个账号登录", "/login/")])


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: also for what the viewer may not know of."""
    del exception
    lines = [
        "可能是地址抄错了，也可能这个案件不归你的机构办。",
        "案号里的括号 〔〕、【】、[] 都认；也可以按当事人、文号搜索。",
    ]
    return _page(request, 404, "没有这一页", lines, [CASES, HOME])


def conflict(request: HttpRequest, lines: Sequence[str], ways: Sequence[Way]) -> HttpResponse:
    """Answer 409: somebody else was quicker."""
    return _page(request, 409, "案卷有了变化，没有存入", lines, ways)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500. Says what is true: an act is written whole or not at all."""
    lines = [
        "系统出了错，已经记下。没有写到一半的东西：要么全部存入，要么什么也没有存。",
        "请退回去看一看案卷里有没有这一份；没有的，可以再交一次，重复交不会存两份。",
    ]
    return _page(request, 500, "系统出错了", lines, [CASES, HOME])
