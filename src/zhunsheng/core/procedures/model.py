"""A procedure as a table, and what a table is asked about.

Rule 1: whatever decides which step may follow stands in the table of one procedure
(``simple`` and its siblings), as data: rows, sub-procedures, names of gates.
Rule 2: nothing in this package but a table knows a procedure by name, so that no step
can be waved through for one kind of case by an ``if`` somewhere else.

A case stands at a main stage and, once the table opens them, in sub-procedures that run
side by side (service, filing for the record, payment, publication). A row leads from one
stage to another: a *main* row moves the main stage, a row with ``sub`` moves that
sub-procedure; one document may move the main stage and several sub-procedures, each by
the first of its rows that applies. What follows only under a condition names it
(``when``); what may follow only when sub-procedures are over names them (``requires``);
what makes earlier steps worthless sends their sub-procedures back (``resets``).

A step is the filing of a form, an event of a publication, or an opinion on a document
(``filing-report.approved``): the key of all three stands in ``Row.form``.

Provisions are cited by the numbers of the newest text; ``Book.as_of`` finds where the
same rule stood on the day of the step.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias

from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.casefile.people import Delegation, Officer, Prior, Unit
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import Deadline
from zhunsheng.core.errors import Fault, ZhunshengError
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.catalogue import CatalogueEntry
from zhunsheng.core.law.items import Item

ACT = "act"  # the agency acts by it: refused when unlawful
FACT = "fact"  # says what happened: always kept, faults flagged
EXEMPT = "exempt"  # stage of a sub-procedure this case does not need


class UnknownProcedureError(ZhunshengError, LookupError):
    """There is no procedure of that name."""

    code: ClassVar[str] = "procedure-unknown"


class TableError(ValueError):
    """A table contradicts itself. The program does not start with it."""


class Severity(StrEnum):
    """What a gate's fault means for an act; for a record of fact every fault is a flag."""

    REFUSE = "refuse"  # the act would be unlawful
    LATE = "late"  # the act must still be done; a reason is recorded
    FLAG = "flag"  # kept in view, stops nothing


@dataclass(frozen=True, slots=True)
class Row:
    """One step: from ``stage`` a filed ``form`` leads to ``to``.

    ``requires`` lists sub-procedures that must be over; ``key:stage`` asks for just that
    stage instead. One that has not begun is not over.
    """

    stage: str
    form: str
    to: str
    basis: Citation
    gates: tuple[str, ...] = ()
    sub: str | None = None  # the sub-procedure whose stage moves; None: the main stage
    when: str = ""  # name of a condition; "" = always
    about: str = ""  # form of the document it must speak of; "" = any, or none
    at: tuple[str, ...] = ()  # main stages at which a row of a sub-procedure may be taken; () = all
    requires: tuple[str, ...] = ()
    resets: tuple[str, ...] = ()  # sub-procedures that begin anew, if they had begun


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-procedure, open from the main stage ``opens_at`` on, side by side with others."""

    key: str
    label: str
    opens_at: str
    basis: Citation
    first: str = "open"
    last: str = "closed"
    when: str = ""  # condition under which the case needs it at all; else it is EXEMPT
    term: str = ""  # name of the dated parameter that limits it; "" = the law sets none
    runs_from: str = ""  # form whose legal date starts the term
    fallback: str = ""  # form to start from while ``runs_from`` has not been filed
    rests: tuple[str, ...] = ()  # stages beside ``last`` at which nothing is left to do
    pending: str = ""  # fault code of a step that must wait for this sub-procedure
    optional: bool = False  # a case may end by a course on which it never begins
    lapses: bool = False  # what is open in it ends with the case: nothing keeps the case from its end
    runs_about: str = ""  # ``runs_from`` starts the term only where it speaks of this form

    def over(self, stage: str) -> bool:
        """Return whether nothing is left to do at ``stage``."""
        return stage in {self.last, EXEMPT, *self.rests}


@dataclass(frozen=True, slots=True)
class FormRule:
    """How the procedure treats one form.

    ``form`` may also be the kind of an event that is no document (a publication's steps).
    """

    form: str
    roles: tuple[str, ...]  # who may take the step
    early: str  # fault code while the case is not there yet
    again: str = ""  # fault code when it was done already; "" = the same as ``early``
    exempt: str = ""  # fault code when this case does not need the sub-procedure
    about: str = ""  # the document must refer to the document of this form that counts
    sound: bool = False  # moves the case only without faults that would have refused an act
    each: bool = False  # several documents of this form stand side by side; else the newest replaces the rest


@dataclass(frozen=True, slots=True)
class Procedure:
    """``version`` is pinned to a case until a recorded migration."""

    name: str
    version: int
    title: str
    basis: Citation
    stages: tuple[tuple[str, str], ...]  # (key, label), in order; the first is where a case begins
    final: str  # reached from ``closes_from`` when every sub-procedure is closed or exempt
    closes_from: str
    rows: tuple[Row, ...]
    subs: tuple[Sub, ...]
    forms: tuple[FormRule, ...]

    @property
    def first(self) -> str:
        return self.stages[0][0]

    def sub(self, key: str) -> Sub:
        """Return the sub-procedure of that key.

        Raises:
            KeyError: the table has none.
        """
        found = next((sub for sub in self.subs if sub.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def form(self, form: str) -> FormRule | None:
        """Return how the procedure treats ``form``; None when the form has no place in it."""
        return next((rule for rule in self.forms if rule.form == form), None)

    def rows_of(self, form: str) -> tuple[Row, ...]:
        """Return the rows of ``form``, in the order of the table."""
        return tuple(row for row in self.rows if row.form == form)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands: main stage, stage of each sub-procedure that began, flags."""

    stage: str
    subs: tuple[tuple[str, str], ...] = ()
    flags: frozenset[str] = frozenset()

    def sub(self, key: str) -> str:
        """Return the stage of a sub-procedure; "" before it began."""
        return dict(self.subs).get(key, "")


@dataclass(frozen=True, slots=True)
class Filing:
    """A document about to be filed. ``made_on`` is its legal date."""

    form: str
    kind: str  # ACT | FACT
    content: Content
    officers: tuple[str, ...]
    unit: str
    made_on: date
    file_roles: tuple[str, ...] = ()  # roles of the attached files
    reasons: Mapping[str, str] = field(default_factory=dict)  # code of what is late -> why


@dataclass(frozen=True, slots=True)
class Ctx:
    """What a judgement may look at beside the case file. Nothing here is looked up later."""

    book: Book
    today: date  # Asia/Shanghai
    now: datetime  # local and naive, Asia/Shanghai: compared with the times on a sheet
    officers: Mapping[str, Officer]
    unit: Unit
    items: Mapping[str, Item]
    area: str = ""  # GB/T 2260 of the agency; "" = the areas the unit's own capacities name
    category: str = "卫生健康"  # 执法类别 a certificate must be for
    catalogue: tuple[CatalogueEntry, ...] = ()  # the bureau's own entries, beside the book's
    delegations: tuple[Delegation, ...] = ()  # what the head handed to deputies, in writing
    priors: tuple[Prior, ...] = ()  # other cases against the same party


@dataclass(frozen=True, slots=True)
class Look:
    """One view of one gate: the case, and the document if there is one yet."""

    procedure: Procedure
    state: CaseState
    place: Place
    counted: tuple[Document, ...]  # documents that moved the case
    ctx: Ctx
    filing: Filing | None
    basis: Citation | None  # of the gate, as numbered on ``day``; None when it had no counterpart then
    faulty: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # record -> what makes it unsound

    @property
    def day(self) -> date:
        """The day of the step: procedure follows the law of its own day."""
        return self.filing.made_on if self.filing else self.ctx.today

    @property
    def content(self) -> Content:
        return self.filing.content if self.filing else {}

    def latest(self, form: str) -> Document | None:
        """Return the newest document of ``form`` that moved the case."""
        return next((document for document in reversed(self.counted) if document.form == form), None)

    def subject(self) -> Document | None:
        """Return the counted document that the filing speaks of by its field ``document``."""
        named = self.content.get("document")
        return next((document for document in self.counted if document.id == named), None)

    def all(self, form: str) -> tuple[Document, ...]:
        """Return the documents of ``form`` that moved the case, oldest first."""
        return tuple(document for document in self.counted if document.form == form)

    def fault(self, code: str, place: str | None = None, /, *, basis: Citation | None = None, **facts: object) -> Fault:
        """Return a fault that rests on ``basis``, or else on the gate's own provision."""
        cited = self.ctx.book.as_of(basis, self.day) if basis else self.basis
        return Fault(code, cited, tuple((name, str(value)) for name, value in facts.items()), place)


Check: TypeAlias = Callable[[Look], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule a step must pass. ``codes`` lists every fault it can report."""

    name: str
    check: Check
    basis: Citation
    codes: tuple[str, ...]
    severity: Severity = Severity.REFUSE
    standing: bool = False  # can be asked before the form is filled in
    parameters: tuple[str, ...] = ()  # dated parameters it needs


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the table as it stands for a case now."""

    form: str
    sub: str | None
    to: str
    allowed: bool
    faults: tuple[Fault, ...]
    basis: Citation | None  # as numbered today
    roles: tuple[str, ...]
    gates: tuple[str, ...]
    due: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands against a document.

    ``refused``: it may not be filed. ``late``: it must be filed with a reason for each.
    ``flagged``: it is filed and carries these faults.
    """

    refused: tuple[Fault, ...] = ()
    late: tuple[Fault, ...] = ()
    flagged: tuple[Fault, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refused


@dataclass(frozen=True, slots=True)
class Missing:
    """A step that is still due before the case is done."""

    form: str
    sub: str | None
    basis: Citation | None
    faults: tuple[Fault, ...]  # what stands in its way now
    roles: tuple[str, ...]
    due: Deadline | None = None
