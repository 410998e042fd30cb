"""Legal numbers through time.

Every number a law, a regulation or a bureau sets is a ``Parameter``: dated versions, each
with unit (its type), basis, confidence and source. No number of that kind is a constant in
code. Rule for editing the data: a change is a new entry, a repeal is an entry too; nothing
is overwritten, so that a case of 2018 is judged by the numbers of 2018.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.law.quantities import Value


class Confidence(StrEnum):
    """How well the number is known; the letters of the legal fact sheet."""

    SEED = "S"  # in the founding document of the bureau itself
    TEXT = "L"  # read in the full text of the instrument
    PAGE = "P"  # seen on a public page, read in part
    CODE = "C"  # seen in the data of a real system: practice, not law
    BACKGROUND = "BG"  # general knowledge; a lawyer must confirm it before it binds anybody


class Whose(StrEnum):
    """Who must act in the term. Only a party's term moves past a holiday by itself."""

    PARTY = "party"
    AGENCY = "agency"
    NOBODY = "nobody"  # a duration, such as how long a publication stands


class NoRuleError(ZhunshengError, LookupError):
    """No version of the parameter is in force on the day."""

    code: ClassVar[str] = "no-rule"

    def __init__(self, name: str, day: date) -> None:
        self.name, self.day = name, day
        super().__init__(f"{name}: no rule yet on {day}")


class RepealedRuleError(NoRuleError):
    """The rule existed and was repealed before the day."""

    code: ClassVar[str] = "rule-repealed"

    def __init__(self, name: str, day: date, since: date, basis: Citation) -> None:
        super().__init__(name, day)
        self.since, self.basis = since, basis
        self.args = (f"{name}: repealed from {since} by {basis}",)


class UnknownNameError(ZhunshengError, LookupError):
    """The book holds nothing of that name; ``known`` lists what it holds."""

    code: ClassVar[str] = "unknown-name"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(f"unknown name: {name!r}")


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Version(Generic[T_co]):
    """What holds from ``since`` (included) until the next entry."""

    since: date
    value: T_co
    basis: Citation
    confidence: Confidence
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Repeal:
    """From ``since`` (included) there is no such rule."""

    since: date
    basis: Citation
    confidence: Confidence
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dated(Generic[T_co]):
    """One legal quantity through time, oldest entry first.

    A repeal is an entry, not a gap, so that "no rule yet" and "rule repealed" stay two
    different answers.
    """

    name: str
    entries: "Sequence[Version[T_co] | Repeal]"

    def __post_init__(self) -> None:
        days = [entry.since for entry in self.entries]
        if not days or days != sorted(set(days)):
            message = f"{self.name}: entries must be there, sorted and distinct"
            raise ValueError(message)

    def at(self, day: date) -> "Version[T_co]":
        """Return the version in force on ``day``.

        Raises:
            NoRuleError: ``day`` is before the first version.
            RepealedRuleError: the rule was repealed and not set again.
        """
        started = [entry for entry in self.entries if entry.since <= day]
        if not started:
            raise NoRuleError(self.name, day)
        last = started[-1]
        if isinstance(last, Repeal):
            raise RepealedRuleError(self.name, day, last.since, last.basis)
        return last

    def until(self, day: date) -> date | None:
        """Return the first day on which another entry takes over from the one of ``day``."""
        later = [entry.since for entry in self.entries if entry.since > day]
        return min(later) if later else None


@dataclass(frozen=True, slots=True)
class Term:
    """How a period runs: who must act, from what, and whether it counts backwards."""

    whose: Whose
    trigger: str  # Chinese, for the reader: 自收到决定书之日
    backwards: bool = False  # "seven days before the hearing"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named quantity with its history. ``term`` is there when the value is a period that runs."""

    name: str  # stable, dotted
    title: str  # Chinese
    dated: Dated[Value]
    term: Term | None = None
    group: str = ""  # the file it stands in

    def at(self, day: date) -> Version[Value]:
        """Return the version in force on ``day``; raises as ``Dated.at``."""
        return self.dated.at(day)
