"""A filled form on its way into the file: what it says, and what stands against it.

Nothing here writes. The same preparation serves the page that shows the finished
document before it is issued, the API's dry look, and the command that files it, so that
what was shown is what is judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core import procedures
from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile import facts
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents import FieldType, FormDef, FormKind, carried, missing
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.model import Ctx, Filing
from zhunsheng.infra import forms
from zhunsheng.infra.clock import BEIJING

TWO_OFFICERS: Final = Citation("xzcff", 42, 1)


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled form as it came in. ``raw`` may hold strings (a page) or JSON (the API).

    ``key`` is the idempotency key made when the form was shown; ``position`` that of the
    case file at that moment; ``reasons`` answers each fault that is merely late.
    """

    form: str
    raw: Mapping[str, object]
    key: str
    position: int | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    claimed_at: datetime | None = None
    files: tuple[Mapping[str, Json], ...] = ()  # {role, name, sha256, size} of uploaded files
    device: str = ""  # what it came from, in words: 办案平台（Windows）, 接口


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a submission says in types, and every fault of it, sorted by what it means."""

    form: FormDef
    content: dict[str, Json]
    officers: tuple[str, ...]
    made_on: date
    ctx: Ctx
    refused: tuple[Fault, ...]  # it cannot be filed like this
    late: tuple[Fault, ...]  # it must be filed, with a reason for each
    flagged: tuple[Fault, ...]  # it is filed and carries these


def prepare(state: CaseState, submission: Submission, *, viewer: Viewer, at: datetime) -> Prepared:
    """Return what ``submission`` would be if it were filed now.

    Raises:
        KeyError: there is no such form.
    """
    form = forms.form(submission.form)
    parsed = forms.parse(submission.form, submission.raw)
    content, today = parsed.content, at.astimezone(BEIJING).date()
    officers = _officers(form, content, viewer)
    made_on = facts.legal_date(form.id, content) or today
    ctx = context_for(state.agency, state.unit, officers, at=at)
    filing = Filing(
        form=form.id,
        kind=form.kind.value,
        content=content,
        officers=officers,
        unit=state.unit,
        made_on=made_on,
        file_roles=tuple(str(file.get("role", "")) for file in submission.files),
        reasons={code: words.strip() for code, words in submission.reasons.items() if words.strip()},
    )
    judged = procedures.judge(table_of(state), state, filing, ctx)
    slips, soft = _sorted(form, parsed.faults)
    gaps = missing(form, content)
    strange = _of_another_unit(state, officers, ctx)
    if form.kind is FormKind.FACT:
        refused, flagged = (*slips, *judged.refused), (*soft, *gaps, *strange, *judged.flagged)
    else:
        refused, flagged = (*slips, *soft, *gaps, *strange, *judged.refused), judged.flagged
    return Prepared(form, content, officers, made_on, ctx, _once(refused), judged.late, _once(flagged))


def offered(state: CaseState, form: FormDef) -> dict[str, Json]:
    """Return what earlier documents of the file already say, so that nothing is typed twice."""
    newest = {document.form: document.content for document in state.documents if not document.voided}
    values = carried(form, newest)
    if "document" in form.names and (decision := state.latest(facts.SPOT_DECISION)):
        values.setdefault("document", decision.id)
    return values


def shown_changed(before: CaseState, now: CaseState, form: FormDef) -> bool:
    """Tell whether something the form showed when it was opened reads differently by now (decision 8)."""
    stands_before = [(document.id, document.voided) for document in before.documents if document.form == form.id]
    stands_now = [(document.id, document.voided) for document in now.documents if document.form == form.id]
    return offered(before, form) != offered(now, form) or stands_before != stands_now


def _officers(form: FormDef, content: Content, viewer: Viewer) -> tuple[str, ...]:
    if "officers" in form.names:
        return read.names(content.get("officers"))
    return (viewer.officer,) if viewer.officer else ()


def _of_another_unit(state: CaseState, officers: Sequence[str], ctx: Ctx) -> tuple[Fault, ...]:
    """Return who could never sign, since the case is not shown to him: unsigned, it could not even be served."""
    named = [ctx.officers[officer] for officer in officers if officer in ctx.officers]
    others = [each for each in named if each.unit != state.unit]
    strange = [each for each in others if state.unit not in registry.units_below(state.agency, each.unit)]
    return tuple(
        Fault("officer-of-another-unit", TWO_OFFICERS, (("officer", each.name),), "officers") for each in strange
    )


def _sorted(form: FormDef, faults: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Part slips of the pen, which the page sends back, from statements that a record of fact may carry."""
    soft = [fault for fault in faults if _about_a_code(form, fault)]
    return [fault for fault in faults if fault not in soft], soft


def _about_a_code(form: FormDef, fault: Fault) -> bool:
    item = form.names.get(fault.field or "")
    return item is not None and item.type is FieldType.PARTY_CODE


def _once(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return ``faults`` without repetitions: an empty field is one fault, whoever noticed it."""
    seen: dict[tuple[str, str | None], Fault] = {}
    empty = {fault.field for fault in faults if fault.code == "field-missing"}
    for fault in faults:
        if fault.code.endswith("-missing") and fault.code != "field-missing" and fault.field in empty and fault.field:
            continue
        seen.setdefault((fault.code, fault.field), fault)
    return tuple(seen.values())
