"""Laws, regulations and rules, version by version.

The statute texts are not here: an instrument knows its title, its dates and a summary, in
our own words, of each article the program cites. Which version is in force is asked with a
day; an article that did not exist on that day cannot be cited for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import ZhunshengError
from zhunsheng.core.law.parameters import Confidence
from zhunsheng.core.law.quantities import Period, PeriodUnit


class Rank(StrEnum):
    """Where an instrument stands (立法法)."""

    LAW = "law"  # 法律
    REGULATION = "regulation"  # 行政法规
    RULE = "rule"  # 部门规章
    DOCUMENT = "document"  # 规范性文件


class CitationError(ZhunshengError, LookupError):
    """The citation leads nowhere on the day asked for. Each way it can fail is a class."""

    code: ClassVar[str] = "citation-unresolved"

    def __init__(self, citation: Citation, day: date, why: str) -> None:
        self.citation, self.day, self.why = citation, day, why
        super().__init__(f"{citation} on {day}: {why}")


class NotInForceError(CitationError):
    """No version of the instrument is in force on the day."""

    code: ClassVar[str] = "instrument-not-in-force"


class NoSuchArticleError(CitationError):
    """The version in force has no such article, paragraph or item."""

    code: ClassVar[str] = "no-such-article"


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says, in our own words, and how it is divided as far as we cite it."""

    number: int
    summary: str
    paragraphs: int = 0  # 款; 0: not recorded
    items: Mapping[int, int] = field(default_factory=dict)  # paragraph -> number of 项


@dataclass(frozen=True, slots=True)
class CountingRule:
    """Which of the instrument's own day terms are working days, and the article that says so."""

    basis: Citation
    every: bool = False  # 行政许可法 art. 82
    up_to: int = 0  # 行政强制法 art. 69
    lengths: frozenset[int] = frozenset()  # 行政处罚法 art. 85: 2, 3, 5, 7

    def means_working_days(self, period: Period) -> bool:
        """Tell whether ``period``, said as 日 in this instrument, means working days."""
        if period.unit is not PeriodUnit.DAY:
            return False
        return self.every or period.length <= self.up_to or period.length in self.lengths


@dataclass(frozen=True, slots=True)
class InstrumentVersion:
    """One text of an instrument. ``repealed_on`` is the first day without it."""

    id: str
    title: str  # full, as printed between 《 》
    short: str  # as used after the first mention
    issuer: str
    rank: Rank
    adopted: date  # adoption or last amendment: names the file and the imported text
    in_force: date  # first day
    confidence: Confidence
    source: str
    repealed_on: date | None = None
    article_count: int | None = None  # None: not known to us
    articles: Mapping[int, Article] = field(default_factory=dict)
    counting: CountingRule | None = None
    moved: Mapping[int, int] = field(default_factory=dict)  # article of the newest text -> article here
    same_numbers: bool = False  # articles stand where they stand in the newest text
    note: str = ""

    def holds(self, citation: Citation) -> str | None:
        """Return None if the provision exists here, else why not (English, for logs)."""
        if self.article_count is not None and citation.article > self.article_count:
            return f"only {self.article_count} articles"
        article = self.articles.get(citation.article)
        if article is None:
            return None
        if article.paragraphs and citation.paragraph > article.paragraphs:
            return f"article {article.number} has {article.paragraphs} paragraphs"
        if citation.item and article.items and citation.item > article.items.get(max(citation.paragraph, 1), 0):
            return f"article {article.number} has no item {citation.item}"
        return None


@dataclass(frozen=True, slots=True)
class Instrument:
    """All versions we know of one instrument, oldest first."""

    id: str
    versions: Sequence[InstrumentVersion]

    def __post_init__(self) -> None:
        days = [version.in_force for version in self.versions]
        if not days or days != sorted(set(days)):
            message = f"{self.id}: versions must be there, sorted and distinct"
            raise ValueError(message)

    @property
    def newest(self) -> InstrumentVersion:
        """The last text we know, whether in force or repealed."""
        return self.versions[-1]

    def at(self, day: date) -> InstrumentVersion | None:
        """Return the version in force on ``day``, or None."""
        started = [version for version in self.versions if version.in_force <= day]
        if not started:
            return None
        version = started[-1]
        if version.repealed_on is not None and version.repealed_on <= day:
            return None
        return version
