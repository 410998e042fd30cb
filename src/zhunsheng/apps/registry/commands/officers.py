"""Acts on officers: entry, certificates, exam, recusal.

Facts about people are entered once and never overwritten: a certificate is withdrawn, a
recusal lifted, from a day on, so that what was true on the day of an act stays known.
"""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from zhunsheng.apps.accounts.acting import Act
from zhunsheng.apps.accounts.gates import identifier, refuse, text
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.registry import gates, models
from zhunsheng.apps.registry.events import OFFICER, OfficerKind
from zhunsheng.apps.registry.facts import CertificateView, OfficerView, RecusalView
from zhunsheng.apps.registry.folds import fold_officer
from zhunsheng.apps.registry.payloads import iso
from zhunsheng.apps.registry.projections import OFFICERS
from zhunsheng.core.casefile.events import Content, Event
from zhunsheng.core.casefile.people import Certificate, Recusal
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra.identifiers import party_code_fault

KINDS: Final = ("行政执法证", "卫生监督员证")
QUALIFIED: Final = Citation("xzcff", 42, 1)  # 具有行政执法资格的执法人员
RECUSED: Final = Citation("xzcff", 43, 1)


@transaction.atomic(durable=True)
def register_officer(
    officer: str,
    *,
    agency: str,
    name: str,
    unit: str,
    post: str = "",
    exam_passed_on: date | None = None,
    legal_qualification: str = "",
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Enter an officer into the registry.

    Raises:
        RefusedError: ``id-invalid``, ``role-missing``, ``officer-exists``, ``unit-unknown``, ``post-unknown``,
            ``field-empty``, ``text-unprintable``, ``date-in-future``.
        IdempotencyConflictError: ``key`` was used for another request.
    """
    refuse(identifier(officer, "officer"))
    asked: Content = {
        "name": name,
        "unit": unit,
        "post": post,
        "exam_passed_on": iso(exam_passed_on),
        "legal_qualification": legal_qualification,
    }
    act = _begin(officer, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    refuse(
        gates.keeper(actor, agency),
        [Fault("officer-exists", facts=(("officer", officer),), field="officer")] if act.events else [],
        text(name, "name", limit=64),
        gates.known_unit(agency, unit),
        gates.known_post(agency, post, unit),
        text(legal_qualification, "legal_qualification", required=False, limit=64),
        gates.not_future(exam_passed_on, act.today, "exam_passed_on") if exam_passed_on else [],
    )
    return act.write(OfficerKind.REGISTERED, asked)


@transaction.atomic(durable=True)
def move_officer(
    officer: str, unit: str, post: str = "", *, agency: str, actor: str, at: datetime, key: str | None = None
) -> Event:
    """Move an officer to another unit and post.

    Raises:
        RefusedError: ``role-missing``, ``officer-unknown``, ``unit-unknown``, ``post-unknown``.
    """
    asked: Content = {"unit": unit, "post": post}
    act = _begin(officer, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    _known(act)
    refuse(gates.keeper(actor, agency), gates.known_unit(agency, unit), gates.known_post(agency, post, unit))
    return act.write(OfficerKind.MOVED, asked)


@transaction.atomic(durable=True)
def pass_exam(officer: str, on: date, *, agency: str, actor: str, at: datetime, key: str | None = None) -> Event:
    """Record that an officer passed the qualification exam.

    Raises:
        RefusedError: ``role-missing``, ``officer-unknown``, ``date-in-future``.
    """
    act = _begin(officer, agency, {"on": on.isoformat()}, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    _known(act)
    refuse(gates.keeper(actor, agency), gates.not_future(on, act.today, "on"))
    return act.write(OfficerKind.EXAM_PASSED, {"on": on.isoformat()}, legal_date=on)


@transaction.atomic(durable=True)
def issue_certificate(
    officer: str,
    certificate: Certificate,
    *,
    agency: str,
    issuer: str,
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Record a certificate that was issued to an officer.

    Raises:
        RefusedError: ``role-missing``, ``officer-unknown``, ``field-empty``, ``text-unprintable``,
            ``certificate-kind-unknown``, ``area-invalid``, ``dates-reversed``, ``date-impossible``,
            ``certificate-duplicate`` (the number is taken), ``exam-missing`` (行政处罚法 art. 42).
    """
    asked: Content = {
        "number": certificate.number,
        "category": certificate.category,
        "area": certificate.area,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_to": certificate.valid_to.isoformat(),
        "kind": certificate.kind,
        "issuer": issuer,
    }
    act = _begin(officer, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse(
        gates.keeper(actor, agency),
        text(certificate.number, "number", limit=64),
        text(certificate.category, "category", limit=64),
        text(issuer, "issuer"),
        [] if certificate.kind in KINDS else [Fault("certificate-kind-unknown", field="kind")],
        gates.area(certificate.area),
        gates.term(certificate.valid_from, certificate.valid_to),
        _taken(agency, certificate.number),
        _examined(state, certificate.valid_from),
    )
    return act.write(OfficerKind.CERTIFICATE_ISSUED, asked)


@transaction.atomic(durable=True)
def withdraw_certificate(
    officer: str,
    number: str,
    on: date,
    reason: str,
    *,
    agency: str,
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Record that a certificate was withdrawn; ``on`` is the first day without it.

    Raises:
        RefusedError: ``role-missing``, ``officer-unknown``, ``certificate-unknown``, ``certificate-is-withdrawn``,
            ``dates-reversed``, ``date-in-future``, ``field-empty``.
    """
    asked: Content = {"number": number, "on": on.isoformat(), "reason": reason}
    act = _begin(officer, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    held = _held(_known(act), number)
    refuse(
        gates.keeper(actor, agency),
        [] if held.certificate.withdrawn_on is None else [Fault("certificate-is-withdrawn", field="number")],
        gates.term(held.certificate.valid_from, on, "on"),
        gates.not_future(on, act.today, "on"),
        text(reason, "reason"),
    )
    return act.write(OfficerKind.CERTIFICATE_WITHDRAWN, asked, legal_date=on)


@transaction.atomic(durable=True)
def record_recusal(
    officer: str,
    recusal: Recusal,
    *,
    agency: str,
    decided_by: str,
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Record that the agency head decided an officer's recusal against a party (行政处罚法 art. 43).

    Raises:
        RefusedError: ``role-missing``, ``officer-unknown``, ``recusal-without-party``, ``bad-party-code``,
            ``recusal-exists``, ``field-empty``, ``date-in-future``.
    """
    asked: Content = {
        "party_code": recusal.party_code,
        "party_name": recusal.party_name,
        "since": recusal.since.isoformat(),
        "reason": recusal.reason,
        "decided_by": decided_by,
    }
    act = _begin(officer, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse(
        gates.keeper(actor, agency),
        _party(recusal, act.today),
        text(recusal.reason, "reason"),
        text(decided_by, "decided_by", limit=64),
        gates.not_future(recusal.since, act.today, "since"),
        [Fault("recusal-exists", basis=RECUSED)] if _stands(state, recusal) else [],
    )
    numbered: Content = {"number": len(state.recusals) + 1, **asked}
    return act.write(OfficerKind.RECUSAL_DECIDED, numbered, legal_date=recusal.since)


@transaction.atomic(durable=True)
def lift_recusal(
    officer: str,
    number: int,
    on: date,
    reason: str,
    *,
    agency: str,
    actor: str,
    at: datetime,
    key: str | None = None,
) -> Event:
    """Record that a recusal ended; ``on`` is the first day without it.

    Raises:
        RefusedError: ``role-missing``, ``officer-unknown``, ``recusal-unknown``, ``dates-reversed``,
            ``date-in-future``, ``field-empty``.
    """
    asked: Content = {"number": number, "on": on.isoformat(), "reason": reason}
    act = _begin(officer, agency, asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    view = _standing(_known(act), number)
    refuse(
        gates.keeper(actor, agency),
        gates.term(view.recusal.since, on, "on"),
        gates.not_future(on, act.today, "on"),
        text(reason, "reason"),
    )
    return act.write(OfficerKind.RECUSAL_LIFTED, asked, legal_date=on)


def _begin(officer: str, agency: str, asked: Content, *, actor: str, at: datetime, key: str | None) -> Act:
    return Act.begin(OFFICERS, Ref(agency, OFFICER, officer), asked, actor=actor, at=at, key=key)


def _known(act: Act) -> OfficerView:
    state = fold_officer(act.ref.key, act.events)
    if state is None:
        raise RefusedError([Fault("officer-unknown", facts=(("officer", act.ref.key[:64]),), field="officer")])
    return state


def _held(state: OfficerView, number: str) -> CertificateView:
    for held in state.certificates:
        if held.certificate.number == number:
            return held
    raise RefusedError([Fault("certificate-unknown", facts=(("number", number[:64]),), field="number")])


def _standing(state: OfficerView, number: int) -> RecusalView:
    for view in state.recusals:
        if view.number == number and view.lifted_on is None:
            return view
    raise RefusedError([Fault("recusal-unknown", facts=(("number", str(number)),), field="number")])


def _taken(agency: str, number: str) -> list[Fault]:
    row = models.Certificate.objects.filter(agency=agency, number=number).first()
    if row is None:
        return []
    return [Fault("certificate-duplicate", facts=(("number", number), ("officer", row.code)), field="number")]


def _examined(state: OfficerView, valid_from: date) -> list[Fault]:
    passed = state.exam_passed_on
    if passed is not None and passed <= valid_from:
        return []
    return [Fault("exam-missing", basis=QUALIFIED, facts=(("officer", state.name),), field="valid_from")]


def _party(recusal: Recusal, today: date) -> list[Fault]:
    if not recusal.party_code and not recusal.party_name.strip():
        return [Fault("recusal-without-party", basis=RECUSED, field="party_name")]
    faults = text(recusal.party_name, "party_name", required=False)
    if recusal.party_code and (code := party_code_fault("", recusal.party_code, today=today)):
        facts = (("label", "当事人代码"), ("value", recusal.party_code[:40]))
        faults.append(Fault(code, facts=facts, field="party_code"))
    return faults


def _stands(state: OfficerView, recusal: Recusal) -> bool:
    party = recusal.party_code, recusal.party_name
    return any(
        (each.recusal.party_code, each.recusal.party_name) == party and each.lifted_on is None
        for each in state.recusals
    )
