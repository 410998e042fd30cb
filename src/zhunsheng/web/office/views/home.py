"""首页: what waits for me, the nearest term first; what others wait for; what is at risk in my unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import queries
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core import procedures
from zhunsheng.core.law.calendar import Day, DayKind
from zhunsheng.infra import clock, lawdata
from zhunsheng.web.office import lines
from zhunsheng.web.office.gate import page, signed_in
from zhunsheng.web.office.lines import Line
from zhunsheng.web.office.views.cases import SPOT

WEEK: Final = timedelta(days=7)
EXPIRING: Final = timedelta(days=60)
KINDS: Final = {
    DayKind.WORKING: "工作日",
    DayKind.MAKE_UP: "调休上班",
    DayKind.WEEKEND: "休息日",
    DayKind.HOLIDAY: "放假",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; ``note`` says what the heading means for the work."""

    id: str
    heading: str
    note: str
    rows: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Overdue:
    """Cases past a term, by what is due; ``due`` narrows the list of cases to them."""

    label: str
    due: str
    count: int
    earliest: date


@dataclass(frozen=True, slots=True)
class Expiring:
    """A certificate of the unit that ends soon or has ended."""

    name: str
    day: date
    over: bool


@require_safe
@signed_in
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the to-do list."""
    today = clock.today()
    todo = queries.todo(viewer=viewer)
    calendar = lawdata.book().calendar
    day = calendar.at(today)
    context = {
        "groups": list(_groups(lines.of(todo.due, viewer.agency, today=today), today)),
        "open": lines.of(todo.open, viewer.agency, today=today),
        "to_sign": lines.of(todo.to_sign, viewer.agency, today=today),
        "to_propose": lines.of(todo.to_propose, viewer.agency, today=today),
        "to_check": lines.of(todo.to_check, viewer.agency, today=today),
        "day_kind": _day_words(day),
        "next_working": next(step.day for step in calendar.after(today) if step.works) if not day.works else None,
        "may_file": viewer.has(Role.OFFICER) and bool(viewer.unit),
        "publisher": viewer.has(Role.PUBLISHER),
        "checker": viewer.has(Role.CHECKER),
        "risks": _risks(viewer, today),
        "expiring": _expiring(viewer, today),
    }
    return page(request, viewer, "home", context, place="home")


def _day_words(day: Day) -> str:
    return f"{day.name}{KINDS[day.kind]}" if day.name else KINDS[day.kind]


def _groups(rows: Sequence[Line], today: date) -> Iterator[Group]:
    """Part the lines by how their term stands; headings without lines are left out."""
    dated = [(row, row.case.due_on) for row in rows if row.case.due_on is not None]
    parts = (
        ("late", "已超期", "超期不妨碍继续办；办的时候要写明原因", [row for row, day in dated if day < today]),
        ("now", "今天到期", "", [row for row, day in dated if day == today]),
        ("week", "七天内", "", [row for row, day in dated if today < day <= today + WEEK]),
        ("later", "七天以后", "", [row for row, day in dated if day > today + WEEK]),
    )
    for key, heading, note, found in parts:
        if found:
            yield Group(key, f"{heading} {len(found)} 件", note, found)


def _risks(viewer: Viewer, today: date) -> Sequence[Overdue]:
    """Return what is overdue in the viewer's reach, by what is due."""
    table = procedures.get(SPOT)
    labels = {sub.key: sub.label for sub in table.subs}
    return [
        Overdue(f"{labels.get(risk.due, risk.due)}超期", risk.due, risk.count, risk.earliest)
        for risk in queries.risks(viewer=viewer, today=today)
    ]


def _expiring(viewer: Viewer, today: date) -> Sequence[Expiring]:
    """Return the certificates of the viewer's unit that end within sixty days, the nearest first."""
    if not viewer.unit or not viewer.has(Role.UNIT_HEAD, Role.SUPERVISOR, Role.OFFICER):
        return []
    found = []
    for officer in registry.officer_list(viewer.agency, unit_id=viewer.unit):
        ends = [held.certificate.valid_to for held in officer.certificates if held.certificate.withdrawn_on is None]
        if ends and max(ends) <= today + EXPIRING:
            found.append(Expiring(officer.name, max(ends), over=max(ends) < today))
    return sorted(found, key=lambda each: each.day)
