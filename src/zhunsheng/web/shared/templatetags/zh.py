"""Template words: days, money, counts, articles and text made of pieces."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhunsheng.core.citation import Citation
from zhunsheng.infra import clock
from zhunsheng.web.shared import pieces, words

register = template.Library()


@register.filter
def day(value: object) -> SafeString:
    """Write ``11月22日``; the year is said when it is not the present one."""
    read = words.read_day(value)
    return pieces.day_mark(value, full=read is not None and read.year != clock.today().year)


@register.filter
def full_date(value: object) -> SafeString:
    """Write ``2026年11月22日``: as documents do, without the day of the week."""
    return pieces.day_mark(value)


@register.filter
def on_paper(value: object) -> SafeString:
    """Write a day or a moment as documents do: ``2026年11月22日9时40分``."""
    return pieces.moment_mark(value)


@register.filter
def full_day(value: object) -> SafeString:
    """Write ``2026年11月22日（星期日）``."""
    read = words.read_day(value)
    if read is None:
        return format_html("{}", value or "")
    return format_html('<time datetime="{}">{}</time>', read.isoformat(), words.long_day(read))


@register.filter
def week_day(value: object) -> SafeString:
    """Write ``11月22日（星期日）``."""
    read = words.read_day(value)
    if read is None:
        return format_html("{}", value or "")
    shown = (
        words.long_day(read) if read.year != clock.today().year else f"{words.short_day(read)}（{words.weekday(read)}）"
    )
    return format_html('<time datetime="{}">{}</time>', read.isoformat(), shown)


@register.filter
def moment(value: object) -> SafeString:
    """Write ``11月22日 09:40`` on the agency's wall clock."""
    read = words.read_moment(value)
    if read is None:
        return format_html("{}", value or "")
    shown = words.wall_time(read)
    return format_html('<time datetime="{}">{}</time>', words.local(read).strftime("%Y-%m-%dT%H:%M"), shown)


@register.filter
def yuan(fen: object) -> str:
    """Write fen as ``4,000.00 元``."""
    return words.yuan(fen) if isinstance(fen, int) else ""


@register.filter
def honest(number: int, unit: str = "件") -> str:
    """Write a count, exact up to 10,000."""
    return words.count(number, unit)


@register.filter
def anchor(link: str) -> str:
    """Turn the link of a fault, ``#findings.0.text``, into that of the field on the page."""
    return f"#f-{link[1:].replace('.', '-')}" if link.startswith("#") else link


@register.filter
def testid(name: str) -> str:
    """Write a code or the kind of an event as a stable part of a ``data-testid``: dots become dashes."""
    return name.replace(".", "-")


@register.filter
def area(code: str) -> str:
    """Write the name of an area known to this program, else its code (GB/T 2260)."""
    return words.AREAS.get(code, code)


@register.simple_tag
def article(text: str, citation: Citation | str | None = None) -> SafeString:
    """Write the name of an article as a link that opens its text."""
    if isinstance(citation, str):
        citation = Citation.parse(citation) if citation else None
    return pieces.article_link(text, citation)


@register.simple_tag
def text_of(text: object, here: str = "", there: str = "", hint: str = "") -> SafeString:
    """Write a text made of pieces; ``here`` and ``there`` link numbered stretches."""
    return pieces.render(text, pieces.Numbering(here, there, hint))


@register.simple_tag
def days_between(today: date, last: date | datetime) -> int:
    """Return whole days from ``today`` to ``last``; negative when it has passed."""
    end = last.date() if isinstance(last, datetime) else last
    return (end - today).days
