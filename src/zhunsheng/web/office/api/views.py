"""A case as JSON: stage, allowed steps, what is missing, deadlines with their arithmetic."""

from collections.abc import Iterable

from zhunsheng.apps.cases.queries import CaseLine, CaseView, Term
from zhunsheng.core.casefile.events import Event, Json
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents import FieldDef, FormDef
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.cite import cite
from zhunsheng.core.procedures.model import Missing, Step
from zhunsheng.infra import clock, lawdata
from zhunsheng.infra.wording import say


def fault(one: Fault) -> dict[str, Json]:
    said = say(one, clock.today())
    return {
        "code": said.code,
        "field": said.field or None,
        "detail": said.text,
        "article": said.article or None,
        "remedy": said.remedy,
    }


def article(citation: Citation | None) -> str | None:
    """Return a provision in full, as numbered today; None where the law of the day had none."""
    return cite(citation, clock.today(), lawdata.book()) if citation else None


def line(one: CaseLine) -> dict[str, Json]:
    return {
        "number": one.number,
        "procedure": one.procedure,
        "stage": one.stage,
        "party": one.party,
        "cause": one.cause,
        "decision": one.decision or None,
        "due": one.due or None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "opened_on": one.opened_on.isoformat(),
    }


def case(view: CaseView) -> dict[str, Json]:
    state = view.state
    return {
        "number": state.number,
        "unit": state.unit,
        "procedure": state.procedure,
        "position": state.position,
        "committed": view.committed,
        "stage": {"key": view.place.stage, "label": view.stage},
        "subs": dict(view.place.subs),
        "flags": [str(flag) for flag in sorted(view.place.flags)],
        "party": {"kind": state.party.kind.value, "name": state.party.name, "code": state.party.code}
        if state.party
        else None,
        "item": state.item or None,
        "documents": [
            {
                "id": document.id,
                "form": document.form,
                "number": document.number,
                "made_on": document.made_on.isoformat(),
                "officers": list(document.officers),
                "unsigned": list(document.unsigned),
                "voided": document.voided,
                "faults": [fault(one) for one in document.faults],
                "files": [{"role": f.role, "name": f.name, "sha256": f.sha256, "size": f.size} for f in document.files],
            }
            for document in state.documents
        ],
        "publications": [
            {"id": known.id, "document": known.document, "state": known.state.value}
            for known in state.publications.values()
        ],
        "steps": [step(one) for one in view.steps],
        "missing": [missing(one) for one in view.missing],
        "deadlines": [term(one) for one in view.terms],
    }


def step(one: Step) -> dict[str, Json]:
    return {
        "form": one.form,
        "allowed": one.allowed,
        "roles": list(one.roles),
        "basis": article(one.basis),
        "refused": [fault(each) for each in one.faults],
    }


def missing(one: Missing) -> dict[str, Json]:
    return {
        "form": one.form,
        "sub": one.sub,
        "roles": list(one.roles),
        "basis": article(one.basis),
        "due_on": one.due.last.isoformat() if one.due else None,
        "refused": [fault(each) for each in one.faults],
    }


def term(one: Term) -> dict[str, Json]:
    found = one.deadline
    return {
        "sub": one.sub,
        "label": one.label,
        "rule": found.name,
        "start": found.start.isoformat(),
        "raw": found.raw.isoformat(),
        "shifted_to": found.shifted_to.isoformat(),
        "last": found.last.isoformat(),
        "provisional": found.provisional,
        "whose": found.whose.value,
        "met": one.met,
        "basis": cite(found.basis, found.start, lawdata.book()),
        "explanation": [
            {
                "day": each.day.isoformat(),
                "counted": each.counted,
                "number": each.number,
                "reason": each.reason.value,
                "name": each.name,
            }
            for each in found.explanation
        ],
    }


def event(one: Event) -> dict[str, Json]:
    return {
        "position": one.position,
        "kind": one.kind,
        "schema": one.schema,
        "actor": one.actor,
        "legal_date": one.legal_date.isoformat(),
        "claimed_at": one.claimed_at.isoformat() if one.claimed_at else None,
        "recorded_at": one.recorded_at.isoformat(),
        "payload": None if one.payload is None else dict(one.payload),
    }


def form(definition: FormDef) -> dict[str, Json]:
    return {
        "id": definition.id,
        "version": definition.version,
        "title": definition.title,
        "kind": definition.kind.value,
        "basis": [str(citation) for citation in definition.basis],
        "sections": [
            {"id": section.id, "label": section.label, "fields": list(_fields(section.fields))}
            for section in definition.sections
        ],
    }


def _fields(fields: Iterable[FieldDef]) -> Iterable[dict[str, Json]]:
    for one in fields:
        yield {
            "name": one.name,
            "type": one.type.value,
            "label": one.label,
            "help": one.help,
            "required": one.required,
            "max": one.max or None,
            "unit": one.unit or None,
            "choices": [{"value": choice.value, "label": choice.label} for choice in one.choices],
            "when": {name: list(values) for name, values in one.when},
            "carry": one.carry or None,
            "public": one.show.value,
            "fields": list(_fields(one.fields)),
        }
