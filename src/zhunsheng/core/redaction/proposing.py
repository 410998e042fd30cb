"""Proposing what a public page hides, and what it shows instead.

A proposal is a list of originals with their stand-ins: the same original gets the same
stand-in everywhere on the page, so that a reader can still follow who did what. People
are lettered in the order in which they appear (从业人员甲, 患者乙), with no letter twice on
one page. A person proposes nothing unseen: what is listed here is looked at, changed and
checked by two people (spec law 6.4).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from zhunsheng.core.redaction.finders import find
from zhunsheng.core.redaction.kinds import GROUNDS, Kind, Span
from zhunsheng.core.redaction.names import OTHER, cut, role_of

_LETTERS: Final = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_JOINT: Final = r"(?:签名|签字)?[:：为是叫,，\s]{0,2}$"


@dataclass(frozen=True, slots=True)
class Known:
    """What the case file knows of the people on a page.

    ``persons`` are ``(name, word for who it is)``; ``secrets`` are stretches known to be
    personal, with their kind; ``keep`` is what the public may read: officers and their
    certificate numbers, the party's name and code, numbers of documents.
    """

    party: str = ""
    citizen: bool = False
    operator: str = ""
    persons: tuple[tuple[str, str], ...] = ()
    secrets: tuple[tuple[str, Kind], ...] = ()
    keep: tuple[str, ...] = ()
    name_citizens: bool = False  # the channel shows a citizen's full name


@dataclass(frozen=True, slots=True)
class StandIn:
    """One original, what stands in its place, and why, in words for the public."""

    original: str
    shown: str
    ground: str
    kind: Kind


@dataclass(slots=True)
class _Cast:
    """The people met so far, by name."""

    letters: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def meet(self, name: str, word: str) -> str:
        """Return how the person is called on the page: 从业人员甲."""
        if name not in self.letters:
            number, turn = len(self.letters) % len(_LETTERS), len(self.letters) // len(_LETTERS)
            self.letters[name] = _LETTERS[number] + (str(turn + 1) if turn else "")
            self.labels[name] = role_of(word)
        return f"{self.labels[name]}{self.letters[name]}"


def propose(texts: Sequence[str], known: Known) -> tuple[StandIn, ...]:
    """Return what to hide in ``texts``, in the order of the page; equal originals once."""
    cast, found = _Cast(), list(_party(texts, known))
    keep = tuple(word for word in (*known.keep, *(stand_in.original for stand_in in found)) if word)
    if not known.citizen or known.name_citizens:
        keep = (*keep, known.party)
    for text in texts:
        for span in sorted((*find(text, keep), *_told(text, known))):
            found.extend(_stand_ins(text, span, cast))
    return _used(found, "\n".join(texts))


def _used(found: Sequence[StandIn], page: str) -> tuple[StandIn, ...]:
    """Keep the first of equal originals, and only those that stand on the page beside longer ones."""
    distinct: dict[str, StandIn] = {}
    for stand_in in found:
        distinct.setdefault(stand_in.original, stand_in)
    used = set()
    for original in sorted(distinct, key=len, reverse=True):
        if original in page:
            used.add(original)
            page = page.replace(original, "\ufffc")
    return tuple(stand_in for original, stand_in in distinct.items() if original in used)


def _party(texts: Sequence[str], known: Known) -> Iterator[StandIn]:
    """The party and who runs it: named in part, as far as the channel names them at all."""
    ground = GROUNDS[Kind.NAME].words
    if known.citizen and known.party and not known.name_citizens:
        yield StandIn(known.party, cut(known.party), ground, Kind.NAME)
    operator = known.operator
    # A firm called after its owner is public under that name; hiding the owner would hide nothing.
    if operator and operator != known.party and operator not in known.party and any(operator in t for t in texts):
        yield StandIn(operator, cut(operator), ground, Kind.NAME)


def _told(text: str, known: Known) -> Iterator[Span]:
    """Yield what the case file itself knows to be personal, wherever it stands."""
    stretches = [*((name, Kind.NAME, word) for name, word in known.persons)]
    stretches += [(secret, kind, "") for secret, kind in known.secrets]
    for words, kind, role in stretches:
        if words and words not in known.keep and words not in {known.party, known.operator}:
            for match in re.finditer(re.escape(words), text):
                yield Span(match.start(), match.end(), kind, words, role)


def _stand_ins(text: str, span: Span, cast: _Cast) -> Iterator[StandIn]:
    ground = GROUNDS[span.kind]
    if span.kind is not Kind.NAME:
        yield StandIn(span.text, f"（{ground.shown}）", ground.words, span.kind)
        return
    called = cast.meet(span.text, span.role)
    lead = re.search(re.escape(span.role) + _JOINT, text[: span.start]) if span.role else None
    if lead and role_of(span.role) != OTHER:
        # 从业人员李勇 becomes 从业人员甲, not 从业人员从业人员甲.
        shown = lead[0] + cast.letters[span.text]
        yield StandIn(lead[0] + span.text, shown, ground.words, Kind.NAME)
    yield StandIn(span.text, called, ground.words, Kind.NAME)
