"""What a sheet needs beside the content of its form: who acts, under which number, on which law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.strokes import Strokes
from zhunsheng.core.documents.words import Piece
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.cite import cite
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.core.law.items import Item


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The agency as its documents name it. Court and government are its own settings, never guessed."""

    name: str
    area: str  # short name of the area in numbers: 厦海
    government: str  # decides on reconsideration: 厦门市海沧区人民政府
    court: str  # hears a suit: 厦门市海沧区人民法院
    superior: str = ""  # department that also decided on reconsideration before 2024: 厦门市卫生健康委员会
    bank: str = ""  # where fines are paid; "" = 指定的银行
    seal: str = ""  # SVG; "" = room for the real one


@dataclass(frozen=True, slots=True)
class Signer:
    """An officer as he stands on the sheet. Without strokes the line is free for the pen."""

    name: str
    certificate: str
    strokes: Strokes | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Where a stranger checks the document. ``qr`` is SVG."""

    url: str
    code: str
    qr: str


@dataclass(frozen=True, slots=True)
class Served:
    """One document in a receipt."""

    name: str
    number: str
    count: str = "1份"


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What a head or a checker said about the document, as it stands in its frame."""

    opinion: str  # checked | approved | returned | refused
    capacity: str  # unit-head | checker | agency-head | deputy-head
    name: str
    text: str
    on: date
    delegation: str = ""  # number of the written delegation, where a deputy acted
    strokes: Strokes | None = None


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """An earlier document of the case, as a later one speaks of it."""

    id: str
    form: str
    title: str
    number: str
    on: date
    served_on: date | None = None

    @property
    def words(self) -> str:
        """Return ``《行政处罚事先告知书》（厦海卫医罚告〔2026〕12号）``."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class SheetContext:
    """Everything a sheet says that its form does not.

    ``number`` is the issued number, or the open one of a preview; ``day`` dates the file when
    the content has no day yet. Provisions resolve in ``book``: procedure on the day of the
    document, substance on the day of the violation. ``issued`` are the documents in force,
    oldest first; ``people`` are those whom the content names by id; ``texts`` are the words of
    articles by citation, for the annex, as far as they were imported.
    """

    agency: AgencyFacts
    book: Book
    officers: Sequence[Signer]
    number: str
    day: date
    item: Item | None = None
    check: Check | None = None
    served: Sequence[Served] = ()
    cause: str = ""
    filed_on: date | None = None  # when a decision was reported for the record: a later view shows it
    preview: bool = False
    unit: str = ""  # the unit that handles the case
    people: Mapping[str, Signer] = field(default_factory=dict)
    opinions: Sequence[OpinionLine] = ()
    issued: Sequence[IssuedDocument] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def person(self, officer: str) -> Signer:
        """Return who bears the id; of somebody unknown the id itself stands on the sheet."""
        return self.people.get(officer) or Signer(officer, "")

    def document(self, document: str) -> IssuedDocument | None:
        """Return the document of the case with this id."""
        return next((one for one in self.issued if one.id == document), None)

    def newest(self, form: str) -> IssuedDocument | None:
        """Return the newest document of ``form`` in force."""
        return next((one for one in reversed(self.issued) if one.form == form), None)

    def opined(self, *kinds: str) -> OpinionLine | None:
        """Return the newest opinion of one of these kinds."""
        return next((one for one in reversed(self.opinions) if one.opinion in kinds), None)

    def tier(self, step: str) -> str:
        """Return the label of a step of the benchmarks: 较轻; "" when there is no such step."""
        found = (benchmark.step(step) for benchmark in self.book.benchmarks)
        return next((one.label for one in found if one is not None), "")

    def cite(self, provision: Citation, day: date) -> Piece:
        """Return a provision, cited by the numbers of the newest text, as it stood on ``day``.

        Raises:
            CitationError: it does not resolve on ``day``.
        """
        then = self.book.as_of(provision, day)
        if then is None:
            raise CitationError(provision, day, "no counterpart known")
        return self.cite_exactly(then, day)

    def cite_exactly(self, provision: Citation, day: date) -> Piece:
        """Return a provision that is already cited by the numbers of ``day`` (the basis of a dated parameter).

        Raises:
            CitationError: it does not resolve on ``day``.
        """
        return {"cite": str(provision), "text": cite(provision, day, self.book)}
