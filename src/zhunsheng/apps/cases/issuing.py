"""From a prepared form to an issued document: its number, its sheet, its kept bytes, its payload."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.filing import Prepared, Submission
from zhunsheng.apps.journal.counters import next_number
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT, SPOT_DECISION
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.casefile.people import Officer
from zhunsheng.core.documents import FormDef
from zhunsheng.core.documents.context import AgencyFacts, Check, Served, SheetContext, Signer
from zhunsheng.core.documents.sheets import has_sheet, sheet
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.model import Ctx
from zhunsheng.infra import datadir, env, forms, lawdata
from zhunsheng.infra.blobs import Blobs
from zhunsheng.infra.stamp import qr, stamp
from zhunsheng.infra.typesetting import typeset

DEVICE_LIMIT = 60  # characters


@dataclass(frozen=True, slots=True)
class Issued:
    document: str
    payload: dict[str, Json]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a sheet is made of, whether it is a draft or was filed long ago."""

    form: FormDef
    content: Content
    officers: tuple[str, ...]
    made_on: date
    number: str
    ctx: Ctx
    preview: bool = False


def issue(state: CaseState, prepared: Prepared, submission: Submission) -> Issued:
    """Give the document its number, set its sheet, keep the bytes; return what the event says.

    Runs inside the transaction that appends the event: a rollback gives the number back,
    and a file without an event is swept away a day later.
    """
    number = _number(state, prepared)
    files = [dict(file) for file in submission.files]
    if has_sheet(prepared.form):
        pdf = typeset(prepared.form.id, _compose(state, _issued(prepared, number)), preview=False)
        digest = Blobs(datadir.current().blobs).put(pdf)
        files.insert(0, {"role": "pdf", "name": f"{prepared.form.title}.pdf", "sha256": digest, "size": len(pdf)})
    document = f"d{len(state.documents) + 1}"
    payload: dict[str, Json] = {
        "document": document,
        "form": prepared.form.id,
        "form_version": prepared.form.version,
        "number": number or None,
        "made_on": prepared.made_on.isoformat(),
        "officers": list(prepared.officers),
        "content": prepared.content,
        "files": list(files),
        "device": submission.device[:DEVICE_LIMIT],
        "faults": [fault_json(fault) for fault in prepared.flagged],
        "late": _reasons(prepared, submission),
        "procedure": state.procedure,
        "lawdata": lawdata.digest(),
    }
    return Issued(document, payload)


def preview(state: CaseState, prepared: Prepared) -> bytes:
    """Return the PDF as it would be issued, with watermark and open number; it is stored nowhere."""
    return typeset(prepared.form.id, preview_sheet(state, prepared), preview=True)


def preview_sheet(state: CaseState, prepared: Prepared) -> dict[str, Json]:
    """Return the words of the sheet as it would be issued; nothing for a form without a sheet."""
    if not has_sheet(prepared.form):
        return {}
    numbering = prepared.form.numbering
    area = registry.agency(state.agency).area_short
    number = ""
    if numbering:
        number = numbering.open_number(area=area, mark=_mark(prepared, state), year=prepared.made_on.year)
    return _compose(state, _issued(prepared, number, preview=True))


def document_sheet(state: CaseState, document: Document, *, at: datetime) -> dict[str, Json]:
    """Return the words of a filed document for the screen; the issued bytes stay what they are."""
    form = forms.form(document.form)
    if not has_sheet(form):
        return {}
    ctx = context_for(state.agency, state.unit, document.officers, at=at)
    made = _Sheet(form, document.content, document.officers, document.made_on, document.number or "", ctx)
    return _compose(state, made)


def sheet_context(state: CaseState, document: Document, *, at: datetime) -> SheetContext:
    """Return what a sheet about a filed document needs beside its form: the public summary is composed from it."""
    ctx = context_for(state.agency, state.unit, document.officers, at=at)
    form = forms.form(document.form)
    made = _Sheet(form, document.content, document.officers, document.made_on, document.number or "", ctx)
    return _context(state, made)


def publication_id(agency: str, number: str) -> str:
    """Return the id of a decision on the portal: made from its number, so that the sheet can bear it."""
    return "p" + hashlib.sha256(f"{agency}/{number}".encode()).hexdigest()[:16]


def fault_json(fault: Fault) -> Json:
    """Return a fault as a payload keeps it."""
    basis = str(fault.basis) if fault.basis else None
    return {"code": fault.code, "basis": basis, "facts": dict(fault.facts), "field": fault.field}


def _issued(prepared: Prepared, number: str, *, preview: bool = False) -> _Sheet:
    return _Sheet(
        prepared.form, prepared.content, prepared.officers, prepared.made_on, number, prepared.ctx, preview=preview
    )


def _compose(state: CaseState, made: _Sheet) -> dict[str, Json]:
    return sheet(made.form, made.content, _context(state, made))


def _context(state: CaseState, made: _Sheet) -> SheetContext:
    item = made.ctx.items.get(read.text(made.content, "item") or state.item)
    return SheetContext(
        agency=_agency(state.agency, made.made_on, sealed=not made.preview),
        book=made.ctx.book,
        officers=_signers(made.officers, made.ctx, made.made_on),
        number=made.number,
        day=made.made_on,
        item=item,
        check=None if made.preview else _check(state, made),
        served=_served(state, made),
        cause=item.cause if item else "",
        preview=made.preview,
    )


def _agency(agency: str, day: date, *, sealed: bool) -> AgencyFacts:
    """Return the agency as its documents of ``day`` name it: names and authorities change with the years."""
    facts = registry.agency(agency)
    authorities = facts.authorities_on(day)
    return AgencyFacts(
        name=facts.name_on(day),
        area=facts.area_short,
        government=authorities.government,
        court=authorities.court,
        superior=authorities.superior,
        seal=stamp(facts.seal_on(day), demo=env.current().demo) if sealed else "",
    )


def _signers(officers: Sequence[str], ctx: Ctx, day: date) -> tuple[Signer, ...]:
    return tuple(_signer(ctx.officers[officer], day) for officer in officers if officer in ctx.officers)


def _signer(officer: Officer, day: date) -> Signer:
    """Return an officer with the certificate he holds on ``day``, else with his newest."""
    ordered = sorted(officer.certificates, key=lambda held: (held.valid_from <= day <= held.valid_to, held.valid_to))
    return Signer(officer.name, ordered[-1].number if ordered else "")


def _check(state: CaseState, made: _Sheet) -> Check | None:
    if made.form.id != SPOT_DECISION:
        return None
    publication = publication_id(state.agency, made.number)
    url = f"{env.current().portal_url}/p/{publication}"
    return Check(url, publication, qr(url))


def _served(state: CaseState, made: _Sheet) -> tuple[Served, ...]:
    served = state.document(read.text(made.content, "document"))
    if made.form.id != SERVICE_RECEIPT or served is None:
        return ()
    return (Served(forms.form(served.form).title, served.number or ""),)


def _reasons(prepared: Prepared, submission: Submission) -> list[Json]:
    given = {fault.code: submission.reasons.get(fault.code, "").strip() for fault in prepared.late}
    return [{"code": code, "reason": reason} for code, reason in given.items() if reason]


def _number(state: CaseState, prepared: Prepared) -> str:
    numbering, year = prepared.form.numbering, prepared.made_on.year
    if numbering is None:
        return ""
    serial = next_number(state.agency, numbering.series, year)
    area = registry.agency(state.agency).area_short
    return numbering.number(area=area, mark=_mark(prepared, state), year=year, serial=serial)


def _mark(prepared: Prepared, state: CaseState) -> str:
    item = prepared.ctx.items.get(read.text(prepared.content, "item") or state.item)
    return item.mark if item else ""
