"""Publishing a decision: one person proposes the public text, another one checks the exact page, the worker delivers.

All of it are events of the case; the approving event carries the digest of the public
bytes into the ledger and names the decision it publishes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer, sees
from zhunsheng.apps.cases import projections
from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.disclosure import drafts
from zhunsheng.apps.disclosure.models import Delivery
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.commands import append, lock, once
from zhunsheng.apps.journal.refs import New, Ref, StreamMissingError
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.fold import CaseState, Publication, PublicationState, fold
from zhunsheng.core.disclosure.masks import Mask
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.core.procedures.model import ACT, Filing
from zhunsheng.infra import datadir
from zhunsheng.infra.blobs import Blobs
from zhunsheng.infra.clock import BEIJING

WORKER = "system"
"""Actor of what the installation itself does: the receipt of a delivery."""


def propose(number: str, masks: Sequence[Mask], *, viewer: Viewer, at: datetime, key: str) -> str:
    """Propose the public text of the case's decision with ``masks`` hidden; return the publication's id.

    Raises:
        RefusedError: not a publisher, nothing to publish yet, or something personal is left on the page.
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    ref = Ref(viewer.agency, "case", number)
    digest = _digest({"propose": number, "masks": [mask.sealed() for mask in masks]})

    def act() -> list[Event]:
        state, events = _locked(ref, viewer)
        _judge(state, EventKind.PUBLICATION_PROPOSED, viewer, at, {})
        made = drafts.draft(state, masks, at=at)
        if made is None:
            raise RefusedError([Fault("decision-missing")])
        if made.residual:
            raise RefusedError(made.residual)
        pdf = drafts.public_pdf(made)
        page = made.page | {"pdf_sha256": Blobs(datadir.current().blobs).put(pdf)}
        payload: dict[str, Json] = {
            "publication": made.page["publication"],
            "document": made.document.id,
            "page": page,
            "masks": [mask.sealed() for mask in made.masks],
            "files": [_file("公开的决定书摘要.pdf", page["pdf_sha256"], len(pdf))],
        }
        return _write(
            ref,
            New(EventKind.PUBLICATION_PROPOSED, payload, _day(at)),
            events,
            _Request(viewer.account, at, key, digest),
        )

    written = once(act, actor=viewer.account, key=key, request_digest=digest)
    return str((written[0].payload or {})["publication"])


def send_back(number: str, publication: str, reason: str, *, viewer: Viewer, at: datetime, key: str) -> None:
    """Send a proposed text back to the publisher.

    Raises:
        RefusedError: not a checker, the publisher himself, nothing proposed, or no reason.
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    ref = Ref(viewer.agency, "case", number)
    digest = _digest({"return": publication, "case": number, "reason": reason})

    def act() -> list[Event]:
        state, events = _locked(ref, viewer)
        payload: dict[str, Json] = {"publication": publication, "reason": reason.strip()}
        _judge(state, EventKind.PUBLICATION_RETURNED, viewer, at, payload)
        _proposed(state, publication, viewer)
        if not reason.strip():
            raise RefusedError([Fault("reason-missing", field="reason")])
        return _write(
            ref,
            New(EventKind.PUBLICATION_RETURNED, payload, _day(at)),
            events,
            _Request(viewer.account, at, key, digest),
        )

    once(act, actor=viewer.account, key=key, request_digest=digest)


def approve(number: str, publication: str, page_digest: str, *, viewer: Viewer, at: datetime, key: str) -> None:
    """Publish exactly the page whose digest the checker has seen.

    Raises:
        RefusedError: not a checker, the publisher himself, or the page is another one by now.
        StreamMissingError: there is no such case, or the viewer may not see it.
    """
    ref = Ref(viewer.agency, "case", number)
    digest = _digest({"approve": publication, "case": number, "page": page_digest})

    def act() -> list[Event]:
        state, events = _locked(ref, viewer)
        payload: dict[str, Json] = {"publication": publication, "page_digest": page_digest}
        _judge(state, EventKind.PUBLICATION_APPROVED, viewer, at, payload)
        found = _proposed(state, publication, viewer)
        content = canonical(dict(found.page))
        if sha256(content).hex() != page_digest:
            raise RefusedError([Fault("publication-changed")])
        decision = str(found.page["decision"])
        new = New(EventKind.PUBLICATION_APPROVED, payload, _day(at), public=content, of=decision)
        written = _write(ref, new, events, _Request(viewer.account, at, key, digest))
        Delivery.objects.create(
            publication=publication, agency=ref.agency, case=number, position=written[0].position, approved_at=at
        )
        return written

    once(act, actor=viewer.account, key=key, request_digest=digest)


def delivered(publication: str, *, channel: str, address: str, proof: str, at: datetime) -> None:
    """Record the carrier's receipt; the first one stops the clock, a better proof later adds no event."""
    row = Delivery.objects.get(pk=publication)
    ref = Ref(row.agency, "case", row.case)
    digest = _digest({"delivered": publication})

    def act() -> list[Event]:
        lock(ref)
        events = journal.events(ref)
        known = fold(events).publications.get(publication)
        Delivery.objects.filter(pk=publication).update(proof=proof)
        if known is not None and known.state is PublicationState.DELIVERED:
            return events[-1:]
        receipt: dict[str, Json] = {
            "publication": publication,
            "channel": channel,
            "address": address,
            "at": at.isoformat(),
        }
        new = New(EventKind.PUBLICATION_DELIVERED, receipt, _day(at))
        return _write(ref, new, events, _Request(WORKER, at, f"delivered/{publication}", digest))

    if row.proof:
        Delivery.objects.filter(pk=publication).update(proof=proof)
    else:
        once(act, actor=WORKER, key=f"delivered/{publication}", request_digest=digest)
        Delivery.objects.filter(pk=publication).update(proof=proof)


def _locked(ref: Ref, viewer: Viewer) -> tuple[CaseState, list[Event]]:
    lock(ref)
    events = journal.events(ref)
    state = fold(events)
    if not sees(viewer, agency=state.agency, unit=state.unit):
        raise StreamMissingError(ref)
    return state, events


def _judge(state: CaseState, kind: EventKind, viewer: Viewer, at: datetime, payload: Content) -> None:
    """Ask role and table whether the step may be taken now."""
    table = table_of(state)
    rule = table.form(kind.value)
    roles = [Role(role) for role in rule.roles] if rule else []
    if not viewer.has(*roles):
        raise RefusedError([Fault("role-missing", facts=(("roles", ", ".join(roles)),))])
    content = {**payload, "actor": viewer.account}
    filing = Filing(form=kind.value, kind=ACT, content=content, officers=(), unit=state.unit, made_on=_day(at))
    judged = procedures.judge(table, state, filing, context_for(state.agency, state.unit, (), at=at))
    # What is merely late is published all the same: refusing it would make it later (spec law 2.4).
    refused = [fault for fault in judged.refused if fault.code != "late-reason-missing"]
    if refused:
        raise RefusedError(refused)


def _proposed(state: CaseState, publication: str, viewer: Viewer) -> Publication:
    found = state.publications.get(publication)
    if found is None or found.state is not PublicationState.PROPOSED:
        raise RefusedError([Fault("publication-not-proposed")])
    if found.proposed_by == viewer.account:
        raise RefusedError([Fault("publisher-is-checker")])
    return found


@dataclass(frozen=True, slots=True)
class _Request:
    """Who asks for what, when, under which key."""

    actor: str
    at: datetime
    key: str
    digest: bytes


def _write(ref: Ref, new: New, events: list[Event], asked: _Request) -> list[Event]:
    written = append(
        ref,
        [new],
        actor=asked.actor,
        at=asked.at,
        key=asked.key,
        request_digest=asked.digest,
        expected=len(events),
    )
    projections.save(fold([*events, *written]), at=asked.at)
    return written


def _file(name: str, digest: Json, size: int) -> Json:
    return {"role": "public-pdf", "name": name, "sha256": digest, "size": size}


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()


def _digest(asked: Content) -> bytes:
    return sha256(canonical(json.loads(json.dumps(dict(asked)))))
