"""Text made of pieces, as documents and public pages keep it, turned into safe HTML.

A piece is a string, or a mapping with one meaning: ``date``, ``time``, ``money`` or
``yuan`` (fen), ``cite`` (with ``text``), ``mask`` (number of a hidden stretch, with
``shown`` and ``ground``), ``mark`` (the same number, with the ``original`` as it stands in
the document). So no amount or day is ever typed into a sentence, and a masked stretch can
never lose its number. Everything is escaped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.urls import Resolver404, resolve
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhunsheng.core.citation import Citation
from zhunsheng.web.shared import words

NO_TEXT = SafeString("")


@dataclass(frozen=True, slots=True)
class Numbering:
    """How numbered stretches link the views: anchors ``{here}n`` lead to ``#{there}n``."""

    here: str = ""
    there: str = ""
    hint: str = ""


PLAIN = Numbering()


def article_url(citation: Citation) -> str | None:
    """Return the address of the article's page, or None where the surface has none."""
    url = f"/law/{citation.instrument}/{citation.article}/"
    try:
        resolve(url)
    except Resolver404:
        return None
    return url


def article_link(text: str, citation: Citation | None) -> SafeString:
    """Return ``text`` as a link to its article where this surface can open it."""
    url = article_url(citation) if citation else None
    return format_html('<a href="{}">{}</a>', url, text) if url else format_html("{}", text)


def day_mark(value: object, *, full: bool = True) -> SafeString:
    """Return a ``time`` element for a day or its ISO text; the escaped value if it is no day."""
    day = words.read_day(value)
    if day is None:
        return format_html("{}", value or "")
    shown = f"{day.year}年{words.short_day(day)}" if full else words.short_day(day)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), shown)


def moment_mark(value: object) -> SafeString:
    """Return a ``time`` element with day and hour for an ISO text such as ``2026-11-22T09:40``."""
    at = words.read_moment(value)
    if at is None:
        return day_mark(value)
    at = words.local(at)
    shown = f"{at.year}年{words.short_day(at.date())}{at.hour}时{at.minute:02d}分"
    return format_html('<time datetime="{}">{}</time>', at.strftime("%Y-%m-%dT%H:%M"), shown)


def render(text: object, numbering: Numbering = PLAIN) -> SafeString:
    """Return the HTML of a text: a string, one piece, or a list of pieces."""
    if isinstance(text, Sequence) and not isinstance(text, str):
        return format_html_join("", "{}", ((render(piece, numbering),) for piece in text))
    if isinstance(text, Mapping):
        return _piece(text, numbering)
    return format_html("{}", "" if text is None else text)


def _piece(piece: Mapping[str, object], numbering: Numbering) -> SafeString:
    for key, renderer in _RENDERERS.items():
        if key in piece:
            return renderer(piece, numbering)
    return render(piece.get("text", ""), numbering)


def _money(piece: Mapping[str, object], _: Numbering) -> SafeString:
    fen = piece.get("money", piece.get("yuan"))
    return format_html('<span class="no">{}</span>', words.yuan(fen)) if isinstance(fen, int) else NO_TEXT


def _correction(piece: Mapping[str, object], _: Numbering) -> SafeString:
    return format_html("<del>{}</del><ins>{}</ins>", piece.get("del", ""), piece["ins"])


def _citation(value: object) -> Citation | None:
    try:
        return Citation.parse(str(value))
    except ValueError:
        return None


def _mask(piece: Mapping[str, object], numbering: Numbering) -> SafeString:
    return format_html(
        '<span class="mask"{}>{}</span>{}',
        _anchor(piece, numbering),
        piece.get("shown", ""),
        _reference(piece, numbering),
    )


def _mark(piece: Mapping[str, object], numbering: Numbering) -> SafeString:
    return format_html(
        "<mark{}>{}{}</mark>", _anchor(piece, numbering), piece.get("original", ""), _reference(piece, numbering)
    )


def _anchor(piece: Mapping[str, object], numbering: Numbering) -> SafeString:
    return format_html(' id="{}{}"', numbering.here, _number(piece)) if numbering.here else NO_TEXT


def _number(piece: Mapping[str, object]) -> object:
    return piece.get("mask", piece.get("mark", ""))


def _reference(piece: Mapping[str, object], numbering: Numbering) -> SafeString:
    if not numbering.there:
        return NO_TEXT
    number = _number(piece)
    label = f"第 {number} 处，{numbering.hint}"
    target = f"#{numbering.there}{number}"
    return format_html('<a class="ref" href="{}" aria-label="{}">{}</a>', target, label, number)


_Renderer: TypeAlias = Callable[[Mapping[str, object], Numbering], SafeString]

_RENDERERS: Final[Mapping[str, _Renderer]] = {
    "date": lambda piece, _: day_mark(piece["date"]),
    "time": lambda piece, _: moment_mark(piece["time"]),
    "money": _money,
    "yuan": _money,
    "cite": lambda piece, _: article_link(str(piece.get("text", "")), _citation(piece["cite"])),
    "mark": _mark,
    "mask": _mask,
    "pages": lambda _piece, _: SafeString("　"),  # counted when the sheet is set
    "ins": _correction,
}
