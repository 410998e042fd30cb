"""Which officers could do an act: the same gates that will judge the document, asked beforehand.

Nothing is decided here. A list for choosing officers shows everybody and says of each what
would stand against him, in the words he would read after filing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from zhunsheng.apps.registry import queries
from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.facts import ONSITE_RECORD, SPOT_DECISION
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.casefile.people import Officer, Party
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.book import Book
from zhunsheng.core.procedures import ACT, PROCEDURES, Ctx, Filing
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import Look
from zhunsheng.core.procedures.walk import start

_PERSONAL: Final = ("certificates", "exams", "recusals")
_OF_UNIT: Final = {"penalty": "unit-may-penalise", "inspection": "unit-may-inspect"}
_FORM: Final = {"penalty": SPOT_DECISION, "inspection": ONSITE_RECORD}


@dataclass(frozen=True, slots=True)
class Able:
    """An officer, and what would stand against him; nothing = he could do it."""

    officer: Officer
    faults: tuple[Fault, ...]

    @property
    def could(self) -> bool:
        return not self.faults


def who_could(agency: str, act: str, day: date, *, item: str, book: Book, party: Party | None = None) -> Sequence[Able]:
    """Return every officer of the agency with what stands against his doing ``act`` on ``day``, the able first.

    Args:
        agency: whose officers.
        act: ``penalty`` or ``inspection``.
        day: of the act.
        item: id of the enforcement item.
        book: the law to judge by.
        party: against whom, for recusals.

    Raises:
        KeyError: ``act`` is neither.
    """
    gates = (*_PERSONAL, _OF_UNIT[act])
    views = queries.officer_list(agency)
    officers = {view.id: queries.officer_of(view, day) for view in views}
    units = {unit: queries.unit(agency, unit) for unit in sorted({view.unit for view in views})}
    items, area = queries.items(agency), queries.agency(agency).area
    judged = []
    for view in views:
        ctx = Ctx(book, day, datetime.combine(day, time.max), officers, units[view.unit], items, area)
        filing = Filing(_FORM[act], ACT, _content(item, party), (view.id,), view.unit, day)
        judged.append(Able(officers[view.id], tuple(_faults(gates, ctx, filing))))
    return sorted(judged, key=lambda each: not each.could)


def _content(item: str, party: Party | None) -> Content:
    named: Mapping[str, str] = (
        {}
        if party is None
        else {
            "party_kind": party.kind,
            "party_name": party.name,
            "party_code": party.code,
            "party_operator": party.operator,
        }
    )
    return {"item": item, **named}


def _faults(gates: Sequence[str], ctx: Ctx, filing: Filing) -> list[Fault]:
    procedure = next(iter(PROCEDURES.values()))  # these gates know no stage: any table will do
    found: list[Fault] = []
    for name in gates:
        gate = GATES[name]
        basis = ctx.book.as_of(gate.basis, filing.made_on)
        look = Look(procedure, CaseState(), start(procedure), (), ctx, filing, basis)
        found.extend(gate.check(look))
    return found
