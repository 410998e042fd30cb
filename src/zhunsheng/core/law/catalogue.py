"""Catalogues: which decisions are to be reviewed, which give a right to be heard, which are discussed.

Three predicates, never merged into one "major" (spec law 2.4). Each is a list of dated
entries; an entry says in data when it applies, and cites what it rests on. A bureau adds
entries of its own; it cannot take away those of the law.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.parameters import Confidence


class Predicate(StrEnum):
    REVIEW = "review"  # 法制审核 (行政处罚法 art. 58, the bureau's catalogue)
    HEARING = "hearing"  # 告知听证权利 (art. 63)
    DISCUSSION = "discussion"  # 集体讨论 (art. 57(2))


class Measure(StrEnum):
    """The sum an entry compares with its parameter."""

    FINE = "fine"
    GAINS = "gains"  # 没收的违法所得
    GOODS = "goods"  # value of 没收的非法财物


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One entry. What it lists must all hold; an empty condition asks for nothing.

    An entry without any condition would apply to every case: the reader refuses it.
    """

    id: str
    predicate: Predicate
    since: date
    until: date | None  # last day
    basis: Citation
    words: str  # the entry as the catalogue has it
    confidence: Confidence
    source: str
    sanctions: tuple[str, ...] = ()  # any of these penalties
    parties: tuple[str, ...] = ()  # kinds of party
    measure: Measure | None = None
    at_least: str = ""  # parameter the sum is compared with; included
    heard: bool = False  # a hearing was held
    marks: tuple[str, ...] = ()  # any of these, stated by the handlers: public-interest, complex, …
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Return whether the entry belongs to the catalogue of ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def bare(self) -> bool:
        """Return whether nothing limits the entry."""
        return not (self.sanctions or self.measure or self.heard or self.marks)
