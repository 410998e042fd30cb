"""The case page: identity, place in the procedure, the ordered file, what happened, what next, by when.

Everything is read from one ``CaseView``; this module only orders it for the eye.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from zhunsheng.apps.accounts import queries as accounts
from zhunsheng.apps.cases import issuing
from zhunsheng.apps.cases.queries import CaseView, Term
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.casefile.events import Event, EventKind
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.procedures.model import EXEMPT
from zhunsheng.infra import forms
from zhunsheng.web.office import steps
from zhunsheng.web.shared import words
from zhunsheng.web.shared.clocks import clock
from zhunsheng.web.shared.paper import Paper, paper

DONE, NOW, LATER = "done", "now", ""


@dataclass(frozen=True, slots=True)
class FlowStep:
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in the ordered file."""

    id: str
    form: str
    title: str
    number: str
    url: str
    state: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Newest:
    """The document shown in the middle."""

    title: str
    number: str
    url: str
    pdf_url: str
    made_on: date
    recorded_at: datetime
    signed: str
    committed: bool
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the timeline."""

    title: str
    day: date
    who: str
    recorded_at: datetime
    late: bool
    position: int
    device: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    title: str
    note: str


def context(view: CaseView, *, at: datetime) -> dict[str, Any]:
    """Return what ``office/case.html`` shows."""
    state, book, today = view.state, view.ctx.book, view.ctx.today
    people = _officer_names(state)
    clocks = [clock(term.deadline, today, book, label=term.label, met_on=_met_on(view, term)) for term in view.terms]
    running = [each for each, term in zip(clocks, view.terms, strict=True) if not term.met]
    allowed = steps.choices(state.number, view.steps, today, book)
    due = steps.missing(view.missing, today, book)
    blocked = steps.refusals(view.procedure, view.steps, today)
    return {
        "case": view,
        "party": state.party.name if state.party else "",
        "cause": view.item.cause if view.item else "",
        "officers": "、".join(people.values()),
        "finished": view.place.stage == view.procedure.final,
        "flow": list(flow(view)),
        "contents": contents(state),
        "newest": _newest(view, people, at=at),
        "timeline": list(_timeline(view)),
        "waiting": list(_waiting(state, people)),
        "to_sign": [entry for entry in contents(state) if entry.id in {document.id for document in view.to_sign}],
        "allowed": allowed,
        "refused": [each for each in blocked if each.near],
        "refused_later": [each for each in blocked if not each.near],
        "missing": due,
        "turn": "" if allowed or not due else due[0].who,
        "clocks": running + [each for each in clocks if each not in running],
        "next_clock": min(running, key=lambda each: each.last, default=None),
    }


def flow(view: CaseView) -> Iterator[FlowStep]:
    """Yield the steps of the procedure's table in order, with where the case stands."""
    order = [key for key, _label in view.procedure.stages]
    here, known = order.index(view.place.stage), forms.forms()
    main = [row for row in view.procedure.rows if row.sub is None and row.stage != row.to]
    now_shown = False
    for row in main:
        state = DONE if order.index(row.stage) < here else NOW if order.index(row.stage) == here else LATER
        now_shown = now_shown or state is NOW
        yield FlowStep(known[row.form].title if row.form in known else row.form, state)
    for sub in view.procedure.subs:
        stage = view.place.sub(sub.key)
        if stage == EXEMPT:
            continue
        closed = stage == sub.last
        current = bool(stage) and not closed and not now_shown
        now_shown = now_shown or current
        yield FlowStep(sub.label, DONE if closed else NOW if current else LATER)
    final = dict(view.procedure.stages)[view.procedure.final]
    yield FlowStep(final, NOW if view.place.stage == view.procedure.final else LATER)


def contents(state: CaseState, here: str = "") -> Sequence[Entry]:
    """Return the documents of the file in order."""
    return [_entry(state, document, here) for document in state.documents]


def _entry(state: CaseState, document: Document, here: str) -> Entry:
    known = forms.forms()
    title = known[document.form].title if document.form in known else document.form
    waiting = len(document.unsigned)
    status = "已作废" if document.voided else f"差 {waiting} 人签" if waiting else words.short_day(document.made_on)
    url = reverse("office:document", args=[state.number, document.id])
    return Entry(document.id, document.form, title, document.number or "", url, status, here=document.id == here)


def pdf_of(document: Document) -> str:
    """Return the digest of the document's issued PDF, "" when it has none."""
    return next((file.sha256 for file in document.files if file.role == "pdf"), "")


def signed_words(document: Document, people: Mapping[str, str]) -> str:
    """Return who has signed and who has not."""
    signed = "、".join(people.get(signature.officer, signature.officer) for signature in document.signatures)
    open_ = "、".join(people.get(officer, officer) for officer in document.unsigned)
    return "，".join(part for part in (f"{signed}已签" if signed else "", f"{open_}还没有签" if open_ else "") if part)


def _newest(view: CaseView, people: Mapping[str, str], *, at: datetime) -> Newest | None:
    if not view.state.documents:
        return None
    known = forms.forms()
    printed = [each for each in view.state.documents if each.form in known and known[each.form].layout]
    document = (printed or view.state.documents)[-1]
    entry = _entry(view.state, document, "")
    return Newest(
        title=entry.title,
        number=entry.number,
        url=entry.url,
        pdf_url=reverse("office:document-pdf", args=[view.state.number, document.id]) if pdf_of(document) else "",
        made_on=document.made_on,
        recorded_at=document.recorded_at,
        signed=signed_words(document, people) or "不用签名",
        committed=document.position <= view.committed,
        paper=paper(issuing.document_sheet(view.state, document, at=at)),
    )


def _officer_names(state: CaseState) -> Mapping[str, str]:
    ids = list(dict.fromkeys(officer for document in state.documents for officer in document.officers))
    known = registry.officers_on(ids, state.agency)
    return {officer: known[officer].name if officer in known else officer for officer in ids}


def _met_on(view: CaseView, term: Term) -> date | None:
    """Return the day on which a met term was met: the legal date of the document that closed it."""
    if not term.met:
        return None
    sub = view.procedure.sub(term.sub)
    forms_of_it = {row.form for row in view.procedure.rows if row.sub == sub.key and row.to == sub.last}
    closing = (known for known in view.state.documents if known.form in forms_of_it and not known.voided)
    days = [document.made_on for document in closing]
    if EventKind.PUBLICATION_DELIVERED in forms_of_it:
        delivered = (known.delivered_at for known in view.state.publications.values() if known.delivered_at)
        days += [words.local(at).date() for at in delivered]
    return max(days, default=view.ctx.today)


def _waiting(state: CaseState, people: Mapping[str, str]) -> Iterator[Waiting]:
    for document in state.documents:
        if document.unsigned and not document.voided:
            names = "、".join(people.get(officer, officer) for officer in document.unsigned)
            title, since = _entry(state, document, "").title, words.local(document.recorded_at).date()
            yield Waiting(f"等 {names} 在{title}上签名", f"{words.short_day(since)}起等")


def _timeline(view: CaseView) -> Iterator[Happened]:
    names = accounts.names(sorted({event.actor for event in view.events}))
    for event in reversed(view.events):
        if _is_own_signature(view.state, event):
            continue  # filing a document is signing it: one line says both
        received = words.local(event.recorded_at).date()
        url, title, lines = _told(view.state, event)
        yield Happened(
            title=title,
            day=event.legal_date,
            who=names.get(event.actor, "系统" if event.actor == "system" else event.actor),
            recorded_at=event.recorded_at,
            late=received > event.legal_date,
            position=event.position,
            device=str((event.payload or {}).get("device", "")),
            url=url,
            lines=lines,
        )


def _is_own_signature(state: CaseState, event: Event) -> bool:
    if event.kind != EventKind.DOCUMENT_SIGNED or event.payload is None:
        return False
    document = state.document(str(event.payload.get("document", "")))
    return document is not None and document.actor == event.actor and document.position == event.position - 1


def _told(state: CaseState, event: Event) -> tuple[str, str, tuple[str, ...]]:
    """Return address, title and lines of one event."""
    payload = event.payload
    if payload is None:
        return "", "内容已依法销毁，登记仍在", ()
    document = state.document(str(payload.get("document", "")))
    entry = _entry(state, document, "") if document else None
    title, url = (entry.title, entry.url) if entry else ("文书", "")
    number = entry.number if entry else ""
    reason = (str(payload.get("reason", "")),)
    flaws = len(document.faults) if document else 0
    told: dict[str, tuple[str, str, tuple[str, ...]]] = {
        EventKind.CASE_OPENED: ("", f"建案卷 {state.number}", ()),
        EventKind.DOCUMENT_FILED: (url, f"{title} {number}".strip(), (f"标明缺陷 {flaws} 处",) if flaws else ()),
        EventKind.DOCUMENT_SIGNED: (url, f"在{title}上签名", ()),
        EventKind.DOCUMENT_VOIDED: (url, f"{title}作废", reason),
        EventKind.PUBLICATION_PROPOSED: ("", "提出公示稿", ()),
        EventKind.PUBLICATION_RETURNED: ("", "公示稿退回发布人", reason),
        EventKind.PUBLICATION_APPROVED: ("", "批准公开", ()),
        EventKind.PUBLICATION_DELIVERED: (str(payload.get("address", "")), "已在公示平台公开", ()),
    }
    return told[event.kind]
