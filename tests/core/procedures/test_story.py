"""The shortest lawful penalty, step by step, and the places it passes."""

from datetime import date, timedelta

import pytest

from tests.core.procedures.cast import (
    APPROVED,
    CITIZEN,
    DAY,
    DELIVERED,
    PROCEDURE,
    PROPOSED,
    RETURNED,
    SEED_DAY,
    CaseFile,
    codes,
    context,
    decided,
    decision,
    fined,
    payment,
    receipt,
    record,
    recorded,
    reported,
)
from zhunsheng.core.casefile.events import Content, EventKind, Json
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
)
from zhunsheng.core.procedures import EXEMPT, deadlines, missing, place, steps


def allowed(case: CaseFile) -> list[str]:
    return [step.form for step in steps(PROCEDURE, case.state, context()) if step.allowed]


def stage(case: CaseFile) -> str:
    return place(PROCEDURE, case.state).stage


@pytest.mark.parametrize("day", [SEED_DAY, DAY])
def test_the_story_from_record_to_done(day: date) -> None:
    case = CaseFile()
    assert (stage(case), allowed(case)) == ("new", [ONSITE_RECORD])
    assert case.file(ONSITE_RECORD, record(day)).flagged == ()
    assert (stage(case), allowed(case)) == ("recorded", [ONSITE_RECORD, SPOT_DECISION])
    assert case.file(SPOT_DECISION, decision(day)).allowed
    case.sign("d2", "chen", "huang", day=day)
    assert (stage(case), allowed(case)) == ("decided", [SERVICE_RECEIPT, RECORD_FILING, "publication.proposed"])
    assert case.file(SERVICE_RECEIPT, receipt(day)).flagged == ()
    assert case.file(RECORD_FILING, reported(day)).flagged == ()
    case.publish(PROPOSED, APPROVED, day=day)
    assert stage(case) == "decided"
    case.publish(DELIVERED, day=day)
    assert (stage(case), allowed(case)) == ("done", [])
    assert missing(PROCEDURE, case.state, context(day)) == ()


def test_a_case_with_a_fine_is_not_done_before_it_is_paid() -> None:
    case = decided(fined())
    case.file(SERVICE_RECEIPT, receipt())
    case.file(RECORD_FILING, reported())
    case.publish(PROPOSED, APPROVED, DELIVERED)
    assert stage(case) == "decided"
    assert [due.form for due in missing(PROCEDURE, case.state, context())] == [PAYMENT_RECORD]
    case.file(PAYMENT_RECORD, payment(20_000))
    assert stage(case) == "done"


def test_two_payments_make_one_fine() -> None:
    case = decided(fined())
    assert codes(case.file(PAYMENT_RECORD, payment(5_000)).flagged) == ["wrong-amount"]
    assert place(PROCEDURE, case.state).sub("payment") == "open"
    assert case.file(PAYMENT_RECORD, payment(15_000)).flagged == ()
    assert place(PROCEDURE, case.state).sub("payment") == "closed"
    assert codes(case.judged(PAYMENT_RECORD, payment(1)).flagged)[0] == "already-paid"


def test_a_warning_needs_no_payment() -> None:
    case = decided()
    assert place(PROCEDURE, case.state).sub("payment") == EXEMPT
    found = {step.form: step for step in steps(PROCEDURE, case.state, context())}
    assert codes(found[PAYMENT_RECORD].faults) == ["no-fine-imposed"]


def test_a_minor_is_never_published() -> None:
    young: dict[str, Json] = {**CITIZEN, "party_code": "350205201005010019"}  # sixteen
    case = decided({**decision(), **young})
    at = place(PROCEDURE, case.state)
    assert (at.sub("publication"), "minor" in at.flags) == (EXEMPT, True)
    found = {step.form: step for step in steps(PROCEDURE, case.state, context())}
    assert codes(found["publication.proposed"].faults) == ["party-is-minor"]


def test_a_returned_page_is_proposed_again() -> None:
    case = decided()
    case.publish(PROPOSED)
    assert "publication.approved" in allowed(case)
    assert "publication.proposed" not in allowed(case)
    case.publish(RETURNED)
    assert "publication.proposed" in allowed(case)
    case.publish(PROPOSED, APPROVED, DELIVERED, publication="p2")
    assert place(PROCEDURE, case.state).sub("publication") == "closed"


def test_a_publication_of_another_document_closes_nothing() -> None:
    case = decided()
    case.publish(PROPOSED, APPROVED, DELIVERED, document="d9")
    assert place(PROCEDURE, case.state).sub("publication") == "open"


def test_a_voided_decision_takes_its_service_with_it() -> None:
    case = decided()
    case.file(SERVICE_RECEIPT, receipt())
    case.void("d2")
    assert (stage(case), allowed(case)) == ("recorded", [ONSITE_RECORD, SPOT_DECISION])
    case.file(SPOT_DECISION, decision())
    assert place(PROCEDURE, case.state).sub("service") == "open"


def test_a_receipt_for_an_unsigned_decision_is_kept_and_closes_nothing() -> None:
    case = decided(signed=False)
    case.sign("d2", "chen")
    assert SERVICE_RECEIPT not in allowed(case)
    assert codes(case.file(SERVICE_RECEIPT, receipt()).flagged) == ["not-signed-by-both"]
    assert place(PROCEDURE, case.state).sub("service") == "open"
    case.sign("d2", "huang")
    assert case.file(SERVICE_RECEIPT, receipt()).flagged == ()
    assert place(PROCEDURE, case.state).sub("service") == "closed"


def test_a_record_out_of_turn_is_kept_and_moves_nothing() -> None:
    case = decided()
    assert codes(case.file(ONSITE_RECORD, record()).flagged) == ["already-decided"]
    assert stage(case) == "decided"
    early = CaseFile()
    assert "decision-before-service" in codes(early.file(SERVICE_RECEIPT, receipt()).flagged)
    assert stage(early) == "new"


def test_a_form_of_another_procedure_moves_nothing() -> None:
    case = recorded()
    assert codes(case.judged("hearing-record", {}).refused) == ["step-not-allowed"]
    payload: Content = {"document": "dx", "form": "hearing-record", "made_on": DAY.isoformat(), "content": {}}
    case.add(EventKind.DOCUMENT_FILED, payload)
    assert stage(case) == "recorded"


def test_nothing_more_is_filed_once_content_was_disposed_of() -> None:
    case = recorded()
    old = case.events[1]
    case.events[1] = type(old)(old.position, old.kind, 1, old.actor, old.legal_date, None, old.recorded_at, None)
    found = steps(PROCEDURE, case.state, context())
    assert {code for step in found for code in codes(step.faults)} == {"content-disposed"}
    assert codes(case.judged(SPOT_DECISION, decision()).refused) == ["content-disposed"]


def test_terms_run_from_the_decision_and_the_payment_from_service() -> None:
    case = decided(fined())
    before = {sub.key: term.last for sub, term in deadlines(PROCEDURE, case.state, context())}
    assert before == {
        "service": date(2026, 10, 29),
        "record-filing": date(2026, 10, 29),
        "publication": date(2026, 10, 29),
    }
    case.file(SERVICE_RECEIPT, receipt(DAY + timedelta(days=1)))
    after = {sub.key: term.last for sub, term in deadlines(PROCEDURE, case.state, context())}
    assert after["payment"] == date(2026, 11, 5)


def test_a_step_names_its_provision_by_the_numbers_of_the_day() -> None:
    now = {step.form: str(step.basis) for step in steps(PROCEDURE, CaseFile().state, context())}
    then = {step.form: str(step.basis) for step in steps(PROCEDURE, CaseFile().state, context(SEED_DAY))}
    assert (now[SPOT_DECISION], then[SPOT_DECISION]) == ("xzcff:51", "xzcff:33")


def test_a_case_begun_before_the_law_of_publication_has_no_term_for_it() -> None:
    early = date(2018, 3, 1)
    case = decided(decision(early), early)
    keys = {sub.key for sub, _ in deadlines(PROCEDURE, case.state, context(early))}
    assert "publication" not in keys
