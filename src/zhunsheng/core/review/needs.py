"""The three predicates: is review due, must the right to be heard be told, must the leaders discuss.

They overlap and are never merged (spec law 2.4). Each answer lists the entries of the
catalogue that made it true, so that a page can say why and a lawyer can check it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.outcome import NO_PENALTY, Outcome
from zhunsheng.core.citation import Citation
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.catalogue import CatalogueEntry, Measure, Predicate
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.law.quantities import Fen


@dataclass(frozen=True, slots=True)
class Ground:
    """One entry that applies, and why."""

    entry: str
    basis: Citation | None  # as numbered on the day
    words: str
    found: tuple[str, ...] = ()  # penalties, or marks, that met the entry
    amount: Fen | None = None
    limit: Fen | None = None  # what the amount reached

    def as_json(self) -> dict[str, Json]:
        """Return the ground as it is pinned to a document."""
        return {
            "entry": self.entry,
            "basis": str(self.basis) if self.basis else None,
            "words": self.words,
            "found": list(self.found),
            "amount": None if self.amount is None else int(self.amount),
            "limit": None if self.limit is None else int(self.limit),
        }


@dataclass(frozen=True, slots=True)
class Needs:
    """What a result makes due. An empty tuple: not due."""

    review: tuple[Ground, ...] = ()
    hearing: tuple[Ground, ...] = ()
    discussion: tuple[Ground, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """Return the needs as they are pinned to a document."""
        return {
            "review": [ground.as_json() for ground in self.review],
            "hearing": [ground.as_json() for ground in self.hearing],
            "discussion": [ground.as_json() for ground in self.discussion],
        }


def needs(outcome: Outcome, *, heard: bool, day: date, book: Book, more: Iterable[CatalogueEntry] = ()) -> Needs:
    """Return what is due for ``outcome`` by the catalogues of ``day``.

    Args:
        heard: a hearing was held, or is about to be (art. 58(1)(2)).
        more: the bureau's own entries, beside those of the book.
    """
    found: dict[Predicate, list[Ground]] = {predicate: [] for predicate in Predicate}
    for entry in (*book.catalogue, *more):
        ground = applies(entry, outcome, heard=heard, day=day, book=book) if entry.in_force(day) else None
        if ground is not None:
            found[entry.predicate].append(ground)
    return Needs(
        *(tuple(found[predicate]) for predicate in (Predicate.REVIEW, Predicate.HEARING, Predicate.DISCUSSION))
    )


def applies(entry: CatalogueEntry, outcome: Outcome, *, heard: bool, day: date, book: Book) -> Ground | None:
    """Return why ``entry`` applies to ``outcome``, or None if it does not."""
    if outcome.outcome == NO_PENALTY and entry.sanctions:
        return None
    party = outcome.party.kind.value if outcome.party else ""
    if entry.parties and party not in entry.parties:
        return None
    if entry.heard and not heard:
        return None
    penalties = tuple(word for word in outcome.sanctions if word in entry.sanctions)
    marks = tuple(mark for mark in outcome.marks if mark in entry.marks)
    if (entry.sanctions and not penalties) or (entry.marks and not marks):
        return None
    amount = _amount(entry.measure, outcome)
    limit = _limit(entry, day, book)
    if limit is not None and amount < limit:
        return None
    basis = book.as_of(entry.basis, day)
    return Ground(entry.id, basis, entry.words, (*penalties, *marks), amount if entry.measure else None, limit)


def _amount(measure: Measure | None, outcome: Outcome) -> Fen:
    match measure:
        case Measure.FINE:
            return Fen(outcome.fine or 0)
        case Measure.GAINS:
            return Fen(outcome.confiscated_gains or 0)
        case Measure.GOODS:
            return Fen(outcome.goods_value or 0)
        case None:
            return Fen(0)


def _limit(entry: CatalogueEntry, day: date, book: Book) -> Fen | None:
    """Return the amount from which the entry applies; None when nobody has set one for that day.

    Then every amount counts as large: too much review harms nobody, too little makes the
    decision void.
    """
    if not entry.at_least:
        return None
    try:
        return book.fen(entry.at_least, day)
    except NoRuleError:
        return None
