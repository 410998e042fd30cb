"""The book of law a judgement is made by: everything in ``lawdata`` that core functions need.

It is frozen and passed in; nothing in ``core`` loads it. ``digest`` names its exact content,
and every event pins the digest it was judged by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.benchmarks import Benchmark
from zhunsheng.core.law.calendar import Calendar
from zhunsheng.core.law.catalogue import CatalogueEntry
from zhunsheng.core.law.instruments import (
    CitationError,
    Instrument,
    InstrumentVersion,
    NoSuchArticleError,
    NotInForceError,
)
from zhunsheng.core.law.items import Item
from zhunsheng.core.law.parameters import Parameter, UnknownNameError, Version
from zhunsheng.core.law.quantities import Choice, Fen, Number, Percent, Period, Value

V = TypeVar("V", Fen, Period, Percent, Number, Choice)


@dataclass(frozen=True, slots=True)
class Book:
    instruments: Mapping[str, Instrument]
    parameters: Mapping[str, Parameter]
    calendar: Calendar
    items: Mapping[str, Item] = field(default_factory=dict)
    catalogue: tuple[CatalogueEntry, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    digest: str = ""  # SHA-256, hex, over the files it was read from

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of that name.

        Raises:
            UnknownNameError: there is none.
        """
        try:
            return self.parameters[name]
        except KeyError:
            raise UnknownNameError(name, sorted(self.parameters)) from None

    def at(self, name: str, day: date) -> Version[Value]:
        """Return the version of ``name`` in force on ``day``.

        Raises:
            UnknownNameError: there is no such parameter.
            NoRuleError: it has no version in force on ``day`` (also its subclass, repealed).
        """
        return self.parameter(name).at(day)

    def fen(self, name: str, day: date) -> Fen:
        """Return a sum of money; raises as ``at``, and TypeError for another kind of quantity."""
        return _of(Fen, name, self.at(name, day).value)

    def period(self, name: str, day: date) -> Period:
        """Return a period; raises as ``fen``."""
        return _of(Period, name, self.at(name, day).value)

    def number(self, name: str, day: date) -> int:
        """Return a count; raises as ``fen``."""
        return _of(Number, name, self.at(name, day).value).count

    def percent(self, name: str, day: date) -> int:
        """Return hundredths; raises as ``fen``."""
        return _of(Percent, name, self.at(name, day).value).hundredths

    def choice(self, name: str, day: date) -> str:
        """Return the word of a choice; raises as ``fen``."""
        return _of(Choice, name, self.at(name, day).value).word

    def item(self, item_id: str) -> Item:
        """Return the enforcement item of that id.

        Raises:
            UnknownNameError: there is none.
        """
        try:
            return self.items[item_id]
        except KeyError:
            raise UnknownNameError(item_id, sorted(self.items)) from None

    def resolve(self, citation: Citation, day: date) -> InstrumentVersion:
        """Return the version of the instrument that holds ``citation`` on ``day``.

        Raises:
            CitationError: the instrument is unknown.
            NotInForceError: no version of it is in force on ``day``.
            NoSuchArticleError: that version has no such provision.
        """
        instrument = self.instruments.get(citation.instrument)
        if instrument is None:
            raise CitationError(citation, day, "unknown instrument")
        version = instrument.at(day)
        if version is None:
            raise NotInForceError(citation, day, "not in force")
        why = version.holds(citation)
        if why is not None:
            raise NoSuchArticleError(citation, day, why)
        return version

    def as_of(self, citation: Citation, day: date) -> Citation | None:
        """Return where the provision, cited by today's numbers, stood on ``day``.

        Code cites the newest text; on an older day the same rule may have had another
        number. None: it had no counterpart then, or we do not know it. Where the number
        moved, paragraph and item are dropped, because they need not agree.
        """
        instrument = self.instruments.get(citation.instrument)
        version = instrument.at(day) if instrument else None
        if instrument is None or version is None:
            return None
        if version is instrument.newest or version.same_numbers:
            return citation
        article = version.moved.get(citation.article)
        return None if article is None else Citation(citation.instrument, article)


def _of(kind: type[V], name: str, value: Value) -> V:
    if not isinstance(value, kind):
        message = f"{name} is not a {kind.__name__}"
        raise TypeError(message)
    return value
