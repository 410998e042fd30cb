"""Story 2: a man who is no physician practises. Hearing, review in two rounds, discussion, court."""

from datetime import date

from tests.core.procedures.ordinary_cast import (
    TABLE,
    Case,
    approval,
    asks_for_hearing,
    cleared,
    codes,
    decision,
    deliberated,
    discussion,
    heard,
    hearing_report,
    notice,
    payment,
    practice,
    receipt,
    review,
    subject,
    submission,
    summons,
)
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import PAYMENT_RECORD, SERVICE_RECEIPT
from zhunsheng.core.casefile.outcome import Outcome
from zhunsheng.core.procedures import deadlines
from zhunsheng.core.review.needs import Needs, needs


def needs_of(case: Case) -> Needs:
    return needs(Outcome.of(case.what), heard=False, day=case.day, book=case.ctx().book)


def test_the_program_says_by_itself_what_is_due_and_why() -> None:
    due = needs_of(Case(practice()))
    assert [(ground.entry, str(ground.basis)) for ground in due.hearing] == [
        ("hearing.large-fine.citizen", "xzcff:63.1.1")
    ]
    assert {ground.entry for ground in due.review} == {
        "review.large-fine.citizen",
        "review.large-gains",
        "review.valuable-goods",
    }
    assert [ground.entry for ground in due.discussion] == ["discussion.large-fine.citizen"]
    assert due.hearing[0].amount == 4_000_000
    assert due.hearing[0].limit == 1_000_000


def test_nothing_of_it_is_due_for_the_clinic() -> None:
    assert needs_of(Case()) == Needs()


def test_the_man_who_is_no_physician_from_notice_to_court() -> None:
    case = deliberated(practice())
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved").later()
    assert codes(case.judged(f.PRIOR_NOTICE, notice(case)).refused) == ["hearing-right-missing"]
    case.do(f.PRIOR_NOTICE, notice(case, hearing_right=True))
    case.do(SERVICE_RECEIPT, receipt(case, f.PRIOR_NOTICE)).later()
    assert (case.sub("hearing"), case.sub("review"), case.sub("discussion")) == ("offered", "due", "due")

    case.do(f.HEARING_REQUEST, asks_for_hearing(case)).later()
    early = case.judged(f.HEARING_SUMMONS, summons(case, date(2026, 6, 15)))
    assert codes(early.refused) == ["summons-too-late"]
    case.do(f.HEARING_SUMMONS, summons(case, date(2026, 6, 25)))
    case.do(SERVICE_RECEIPT, receipt(case, f.HEARING_SUMMONS))
    assert case.sub("hearing") == "called"
    assert codes(case.judged(f.REVIEW_SUBMISSION, submission(case)).refused) == ["hearing-not-finished"]
    case.day = date(2026, 6, 25)
    case.do(f.HEARING_RECORD, heard(case)).later()
    case.do(f.HEARING_REPORT, hearing_report(case)).later()
    assert (case.sub("hearing"), case.sub("review")) == ("closed", "due")

    two_rounds(case)
    assert codes(case.judged(f.APPROVAL, approval(case, "penalty")).refused) == ["discussion-not-held"]
    case.do(f.COLLECTIVE_DISCUSSION, discussion(case)).later()
    cleared(case)
    case.do(f.PENALTY_DECISION, decision(case, hearing_course="应当事人要求举行听证。")).later()
    assert case.stage == "decided"
    to_the_court(case)


def two_rounds(case: Case) -> None:
    """Returned once with findings, mended, passed."""
    case.do(f.REVIEW_SUBMISSION, submission(case)).later()
    case.do(f.REVIEW_OPINION, review(case, "return")).later()
    assert case.sub("review") == "returned"
    assert codes(case.judged(f.APPROVAL, approval(case, "penalty")).refused) == [
        "review-not-passed",
        "discussion-not-held",
    ]
    assert codes(case.judged(f.REVIEW_SUBMISSION, submission(case)).refused) == ["findings-not-answered"]
    case.do(f.REVIEW_SUBMISSION, submission(case, handler_reply="已补充裁量理由。")).later()
    case.do(f.REVIEW_OPINION, review(case)).later()
    assert case.sub("review") == "passed"


def to_the_court(case: Case) -> None:
    """Left at the door with a witness, not paid, reminded, and handed to the court when the remedies have run out."""
    left = receipt(case, f.PENALTY_DECISION, method="leave", refused=True, refusal_note="拒收", receiver_signature=None)
    assert "attesting-witness-missing" in codes(case.judged(SERVICE_RECEIPT, left).flagged)
    witness: dict[str, Json] = {"witness_name": "郑大寒", "witness_unit": "虚构社区居委会"}
    case.do(SERVICE_RECEIPT, {**left, **witness}, file_roles=("photo",))
    served = case.day
    terms = {sub.key: term.last for sub, term in deadlines(TABLE, case.state, case.ctx())}
    assert terms["payment"] == date(2026, 7, 20)
    case.later(10)
    early = case.judged(f.REMINDER, subject(case, **reminder(case)))
    assert codes(early.refused) == ["still-in-time"]
    case.later(20).do(f.REMINDER, subject(case, **reminder(case)))
    case.do(SERVICE_RECEIPT, receipt(case, f.REMINDER)).later()
    court = {"document": case.last(f.PENALTY_DECISION), "court": "海沧区人民法院"}
    asked = case.judged(f.COURT_APPLICATION, subject(case, made_on=case.day.isoformat(), **court))
    assert codes(asked.refused) == ["reminder-still-running", "remedies-still-open"]
    case.day = date(served.year + 1, 1, served.day + 3)
    case.do(f.COURT_APPLICATION, subject(case, made_on=case.day.isoformat(), **court)).approve(f.COURT_APPLICATION)
    assert (case.sub("enforcement"), case.sub("payment")) == ("applied", "enforcing")
    case.do(PAYMENT_RECORD, payment(case, 4_000_000))
    assert case.sub("payment") == "enforcing"  # the surcharge and the gains are still owed
    case.do(PAYMENT_RECORD, payment(case, 4_800_000))
    assert case.sub("payment") == "closed"


def reminder(case: Case) -> dict[str, Json]:
    return {"document": case.last(f.PENALTY_DECISION), "made_on": case.day.isoformat(), "pay_by": case.day.isoformat()}
