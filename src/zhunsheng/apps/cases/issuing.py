"""From a prepared form to an issued document: its number, its sheet, its kept bytes, its payload."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.apps.cases.filing import Prepared, Submission
from zhunsheng.apps.journal.counters import next_number
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import RECORD_FILING, SERVICE_RECEIPT, SPOT_DECISION
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.casefile.people import Officer
from zhunsheng.core.documents.context import AgencyFacts, Check, Served, SheetContext, Signer
from zhunsheng.core.documents.sheets import has_sheet, sheet
from zhunsheng.core.errors import Fault
from zhunsheng.infra import blobs, env, forms, lawdata, qr, stamp
from zhunsheng.infra.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Issued:
    document: str
    payload: dict[str, Json]


def issue(state: CaseState, prepared: Prepared, submission: Submission, *, agency: str) -> Issued:
    """Give the document its number, set its sheet, keep the bytes; return what the event says.

    Runs inside the transaction that appends the event: a rollback gives the number back,
    and a file without an event is swept away a day later.
    """
    number = _number(state, prepared, agency)
    files = [dict(file) for file in submission.files]
    if has_sheet(prepared.form):
        pdf = set_sheet(state, prepared, number=number, agency=agency, preview=False)
        digest = blobs.store().put(pdf)
        files.insert(0, {"role": "pdf", "name": f"{prepared.form.title}.pdf", "sha256": digest, "size": len(pdf)})
    document = f"d{len(state.documents) + 1}"
    late: list[Json] = [{"code": fault.code, "reason": submission.reasons[fault.code].strip()} for fault in prepared.late
                        if submission.reasons.get(fault.code, "").strip()]  # fmt: skip
    payload: dict[str, Json] = {
        "document": document,
        "form": prepared.form.id,
        "form_version": prepared.form.version,
        "number": number or None,
        "made_on": prepared.made_on.isoformat(),
        "officers": list(prepared.officers),
        "content": prepared.content,
        "files": list(files),
        "faults": [fault_json(fault) for fault in prepared.flagged],
        "late": late,
        "procedure": state.procedure,
        "lawdata": lawdata.digest(),
    }
    return Issued(document, payload)


def set_sheet(state: CaseState, prepared: Prepared, *, number: str, agency: str, preview: bool) -> bytes:
    """Return the PDF of the document as it is, or with a watermark and an open number as it would be."""
    context = _context(state, prepared, number=number, agency=agency, preview=preview)
    return typeset(prepared.form.id, sheet(prepared.form, prepared.content, context), preview=preview)


def preview(state: CaseState, prepared: Prepared, *, agency: str) -> bytes:
    """Return the sheet as it would be issued, never stored: no number is taken."""
    numbering, year = prepared.form.numbering, prepared.made_on.year
    facts = registry.agency(agency)
    number = numbering.open_number(area=facts.area_short, mark=_mark(prepared, state), year=year) if numbering else ""
    return set_sheet(state, prepared, number=number, agency=agency, preview=True)


def publication_id(agency: str, number: str) -> str:
    """Return the id under which a decision will stand on the portal: known from its number, so that the sheet can bear it."""
    return "p" + hashlib.sha256(f"{agency}/{number}".encode()).hexdigest()[:16]


def fault_json(fault: Fault) -> Json:
    """Return a fault as a payload keeps it."""
    basis = str(fault.basis) if fault.basis else None
    return {"code": fault.code, "basis": basis, "facts": dict(fault.facts), "field": fault.field}


def agency_facts(agency: str, *, sealed: bool) -> AgencyFacts:
    """Return the agency as its documents name it."""
    facts = registry.agency(agency)
    return AgencyFacts(
        name=facts.name,
        area=facts.area_short,
        government=facts.government,
        court=facts.court,
        superior=facts.superior,
        bank=facts.bank,
        seal=stamp.svg(facts.seal_name, specimen=env.current().demo) if sealed else "",
    )


def signers(officers: Sequence[str], known: Mapping[str, Officer], day: date) -> tuple[Signer, ...]:
    """Return the officers as they stand on a sheet, each with the certificate he holds on ``day``, else his newest."""
    return tuple(_signer(known[officer], day) for officer in officers if officer in known)


def _signer(officer: Officer, day: date) -> Signer:
    ordered = sorted(officer.certificates, key=lambda held: (held.valid_from <= day <= held.valid_to, held.valid_to))
    return Signer(officer.name, ordered[-1].number if ordered else "")


def _context(state: CaseState, prepared: Prepared, *, number: str, agency: str, preview: bool) -> SheetContext:
    item = prepared.ctx.items.get(read.text(prepared.content, "item") or state.item)
    return SheetContext(
        agency=agency_facts(agency, sealed=not preview),
        book=prepared.ctx.book,
        officers=signers(prepared.officers, prepared.ctx.officers, prepared.made_on),
        number=number,
        day=prepared.made_on,
        item=item,
        check=_check(prepared, agency, number) if not preview else None,
        served=_served(state, prepared),
        cause=item.cause if item else "",
        preview=preview,
    )


def _check(prepared: Prepared, agency: str, number: str) -> Check | None:
    if prepared.form.id != SPOT_DECISION:
        return None
    publication = publication_id(agency, number)
    url = f"{env.current().portal_url}/p/{publication}"
    return Check(url, publication, qr.svg(url))


def _served(state: CaseState, prepared: Prepared) -> tuple[Served, ...]:
    if prepared.form.id not in {SERVICE_RECEIPT, RECORD_FILING}:
        return ()
    served = state.document(read.text(prepared.content, "document"))
    return (Served(forms.form(served.form).title, served.number or ""),) if served else ()


def _number(state: CaseState, prepared: Prepared, agency: str) -> str:
    numbering, year = prepared.form.numbering, prepared.made_on.year
    if numbering is None:
        return ""
    serial = next_number(agency, numbering.series, year)
    return numbering.number(
        area=registry.agency(agency).area_short, mark=_mark(prepared, state), year=year, serial=serial
    )


def _mark(prepared: Prepared, state: CaseState) -> str:
    item = prepared.ctx.items.get(read.text(prepared.content, "item") or state.item)
    return item.mark if item else ""
