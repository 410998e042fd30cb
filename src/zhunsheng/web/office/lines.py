"""Lines of lists and to-do: a case with its next term in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.apps.cases.queries import CaseLine
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core import procedures
from zhunsheng.core.law.book import Book
from zhunsheng.core.procedures.model import Procedure
from zhunsheng.infra import lawdata
from zhunsheng.web.office.steps import act_words
from zhunsheng.web.shared.clocks import Standing, article_words, counts_working_days, standing_of


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list. ``act`` is what is due, ``standing`` how its term stands today."""

    case: CaseLine
    stage: str
    officers: str
    act: str
    standing: Standing | None
    article: str
    citation: object


def of(rows: Sequence[CaseLine], agency: str, *, today: date) -> Sequence[Line]:
    """Return ``rows`` in words."""
    book = lawdata.book()
    people = registry.officers_on({officer for row in rows for officer in row.officers}, agency)
    names = {key: officer.name for key, officer in people.items()}
    return [_line(row, names, today, book) for row in rows]


def _line(row: CaseLine, names: dict[str, str], today: date, book: Book) -> Line:
    table = procedures.get(row.procedure)
    sub = next((known for known in table.subs if known.key == row.due), None)
    standing = None
    if row.due_on is not None and sub is not None:
        working = counts_working_days(sub.term, today, book)
        standing = standing_of(row.due_on, today, book.calendar, working=working)
    basis = book.as_of(sub.basis, today) if sub else None
    return Line(
        case=row,
        stage=dict(table.stages).get(row.stage, row.stage),
        officers="、".join(names.get(officer, officer) for officer in row.officers),
        act=_act(table, row),
        standing=standing,
        article=article_words(basis, today, book) if basis else "",
        citation=basis,
    )


def _act(table: Procedure, row: CaseLine) -> str:
    """Return what is due: the first step of the sub-procedure whose term runs, else of the main stage."""
    steps = (known.form for known in table.rows if known.sub == row.due) if row.due else (
        known.form for known in table.rows if known.sub is None and known.stage == row.stage and known.to != row.stage
    )  # fmt: skip
    first = next(iter(steps), "")
    return act_words(first) if first else "看案卷"
