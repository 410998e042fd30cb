"""From a public content to the row that shows it: what lists say of it, and by what it is found.

``commands.receive`` and the bulk seeder of the bench use the same function, so that what is
measured is what is published.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, Final

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.words import day_words, figures
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.infra import search

FORMATS: Final = frozenset({"zhunsheng-publication/1"})
ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
"""An id stands in addresses and QR codes for ever: nothing in it may need escaping."""


class ContentError(ZhunshengError):
    """The content is not one the portal can show; the text names the member."""

    code: ClassVar[str] = "content-unreadable"


def columns(content: Mapping[str, Json]) -> dict[str, object]:
    """Return the columns of the row for ``content``, those of proof and time apart.

    Raises:
        ContentError: another format, or a member that lists need is missing or no text.
    """
    if content.get("format") not in FORMATS:
        raise ContentError("format")
    key = _text(content, "publication")
    if not ID.match(key):
        raise ContentError("publication")
    party = content.get("party")
    folded = [search.fold(words) for words in _shown(content)]
    return {
        "id": key,
        **{name: _text(content, name) for name in ("agency", "number", "kind", "title", "cause", "result")},
        "party": _text(party, "name") if isinstance(party, Mapping) and party else "",
        "decided_on": _day(content, "decided_on"),
        "words": "\n".join(folded),
        "search": search.tsvector(search.terms(folded)),
    }


def _text(members: Mapping[str, Json], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str) or "\0" in value:
        raise ContentError(name)
    return value


def _day(members: Mapping[str, Json], name: str) -> date:
    try:
        return date.fromisoformat(_text(members, name))
    except ValueError:
        raise ContentError(name) from None


def _shown(content: Mapping[str, Json]) -> Iterator[str]:
    """Yield the texts of the page, one for each paragraph or fact: a query matches within one of them."""
    for name in ("agency", "number", "title", "cause", "result"):
        yield _text(content, name)
    party = content.get("party")
    yield from (str(value) for value in party.values()) if isinstance(party, Mapping) else ()
    yield day_words(_day(content, "decided_on"))
    paper = content.get("paper")
    lines = [*_list(content.get("plain")), *(_list(paper.get("lines")) if isinstance(paper, Mapping) else ())]
    yield from (_plain(line.get("text")) for line in lines if isinstance(line, Mapping))
    yield from (_plain(line) for line in _list(content.get("basis")))
    yield from (
        str(value) for one in _list(content.get("officers")) if isinstance(one, Mapping) for value in one.values()
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _plain(text: Json) -> str:
    """Return a text of pieces as a reader types it into the search box; a day that is none stays as it is."""
    match text:
        case str(words) | {"shown": str(words)} | {"text": str(words)} | {"ins": str(words)}:
            return words
        case list(pieces):
            return "".join(_plain(piece) for piece in pieces)
        case {"money": int(fen)} | {"yuan": int(fen)}:
            return figures(fen)
        case {"date": str(day)} | {"time": str(day)}:
            try:
                return day_words(date.fromisoformat(day[:10]))
            except ValueError:
                return day
        case _:
            return ""
