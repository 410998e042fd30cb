"""The portal as plain Django would do it: ORM, a template, no middleware. The anchor of list and detail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from zhunsheng.apps.portal.models import Publication

LIST = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>行政处罚决定公示</title></head><body>
<h1>行政处罚决定公示</h1><form><input name="q"><button>查询</button></form><table>
<tr><th>文号</th><th>当事人</th><th>案由</th><th>处罚</th><th>机关</th><th>日期</th></tr>
{% for r in rows %}<tr><td><a href="/d/{{ r.id }}">{{ r.number }}</a></td><td>{{ r.party }}</td><td>{{ r.cause }}</td>
<td>{{ r.result }}</td><td>{{ r.agency }}</td><td>{{ r.decided_on|date:"Y-m-d" }}</td></tr>{% endfor %}
</table></body></html>"""
DETAIL = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ r.number }}</title></head><body>
<h1>{{ r.title }}</h1><dl><dt>当事人</dt><dd>{{ r.party }}</dd><dt>机关</dt><dd>{{ r.agency }}</dd><dt>案由</dt>
<dd>{{ r.cause }}</dd><dt>处罚</dt><dd>{{ r.result }}</dd></dl><p>{{ r.words }}</p></body></html>"""

_list, _detail = (engines["django"].from_string(text) for text in (LIST, DETAIL))


def newest(_request: HttpRequest) -> HttpResponse:
    """The newest twenty."""
    rows = Publication.objects.order_by("-decided_on", "-id")[:20]
    return HttpResponse(_list.render({"rows": rows}))


def detail(_request: HttpRequest, publication: str) -> HttpResponse:
    """One of them."""
    row = Publication.objects.filter(pk=publication).first()
    if row is None:
        raise Http404
    return HttpResponse(_detail.render({"r": row}))


urlpatterns = [path("", newest), path("d/<slug:publication>", detail)]
