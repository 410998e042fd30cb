"""Histories nobody wrote, of the ordinary procedure: whatever is filed in whatever order, its promises hold."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.procedures.ordinary_cast import (
    FACTS_OF,
    TABLE,
    Case,
    acceptance,
    approval,
    asks_for_hearing,
    cleared,
    codes,
    decision,
    defence,
    deliberation,
    discussed,
    discussion,
    filing_report,
    heard,
    heard_case,
    hearing_report,
    inquiry,
    notice,
    notified,
    onsite,
    payment,
    practice,
    receipt,
    reconsideration,
    result,
    review,
    reviewed,
    stated,
    submission,
    summons,
    waiver,
)
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.facts import ONSITE_RECORD, PAYMENT_RECORD, SERVICE_RECEIPT
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.casefile.ordinary import ReviewOpinion
from zhunsheng.core.procedures import EXEMPT, Filing, judge, missing, steps
from zhunsheng.core.procedures.model import ACT
from zhunsheng.core.procedures.walk import Walk, walk

FORMS = (
    ONSITE_RECORD, f.CASE_ACCEPTANCE, f.FILING_REPORT, f.INQUIRY_RECORD, f.INVESTIGATION_REPORT,
    f.DELIBERATION_RECORD, "notice-approval", "penalty-approval", "no-penalty-approval", f.PRIOR_NOTICE,
    f.DEFENCE_RECORD, f.DEFENCE_RECONSIDERATION, f.DEFENCE_WAIVER, f.HEARING_REQUEST, f.HEARING_SUMMONS,
    f.HEARING_RECORD, f.HEARING_REPORT, f.REVIEW_SUBMISSION, "passed", "sent-back", f.COLLECTIVE_DISCUSSION,
    f.PENALTY_DECISION, f.NO_PENALTY_DECISION, PAYMENT_RECORD,
)  # fmt: skip
SERVED = (f.PRIOR_NOTICE, f.HEARING_SUMMONS, f.PENALTY_DECISION, f.NO_PENALTY_DECISION)
OPINIONS = ((f.FILING_REPORT, "approved"), (f.APPROVAL, "checked"), (f.APPROVAL, "approved"), (f.APPROVAL, "returned"))

acts = st.one_of(
    st.tuples(st.just("file"), st.sampled_from(FORMS)),
    st.tuples(st.just("serve"), st.sampled_from(SERVED)),
    st.tuples(st.just("opine"), st.sampled_from(OPINIONS)),
    st.tuples(st.just("wait"), st.sampled_from([1, 8, 20])),
    st.tuples(st.just("void"), st.sampled_from(SERVED)),
)


def content_of(case: Case, form: str) -> tuple[str, Content]:
    """Return what would be filed under this name now."""
    if form.endswith("-approval"):
        return f.APPROVAL, approval(case, form.removesuffix("-approval"))
    if form in {"passed", "sent-back"}:
        return f.REVIEW_OPINION, review(case, "pass" if form == "passed" else "return")
    made: dict[str, Content] = {
        ONSITE_RECORD: onsite(case),
        f.CASE_ACCEPTANCE: acceptance(case),
        f.FILING_REPORT: filing_report(case),
        f.INQUIRY_RECORD: inquiry(case),
        f.INVESTIGATION_REPORT: stated(case, outcome="penalty"),
        f.DELIBERATION_RECORD: deliberation(case),
        f.PRIOR_NOTICE: notice(case, hearing_right=True),
        f.DEFENCE_RECORD: defence(case),
        f.DEFENCE_RECONSIDERATION: reconsideration(case),
        f.DEFENCE_WAIVER: waiver(case, waives_hearing=True),
        f.HEARING_REQUEST: asks_for_hearing(case),
        f.HEARING_SUMMONS: summons(case, case.day + timedelta(days=20)),
        f.HEARING_RECORD: heard(case),
        f.HEARING_REPORT: hearing_report(case),
        f.REVIEW_SUBMISSION: submission(case, handler_reply="已改。"),
        f.COLLECTIVE_DISCUSSION: discussion(case),
        f.PENALTY_DECISION: decision(case, hearing_course="已听证。"),
        f.NO_PENALTY_DECISION: stated(case, no_penalty_ground="not-proven", reason_text="证据不足。"),
        PAYMENT_RECORD: payment(case, 400_000),
    }
    return form, made[form]


def play(case: Case, history: list[tuple[str, object]]) -> Case:
    """Let a history happen; what is refused does not. Time passes a little with each act."""
    for act in history:
        match act:
            case ("file", str(form)):
                case.file(*content_of(case, form), reasons=dict.fromkeys(("decision-late", "review-late"), "忙"))
            case ("serve", str(form)):
                case.file(SERVICE_RECEIPT, receipt(case, form))
            case ("opine", (str(form), str(opinion))):
                officer, capacity = ("wei", "unit-head") if opinion == "checked" else ("song", "agency-head")
                case.opine(form, opinion, officer, capacity)
            case ("wait", int(days)):
                case.later(days)
            case ("void", str(form)):
                case.void(case.last(form))
            case _:
                raise AssertionError(act)
    return case


def newest(at: Walk, form: str) -> Document | None:
    return next((known for known in reversed(at.counted) if known.form == form), None)


def promises(state: CaseState) -> None:
    """Ask the documents themselves, not the table, whether a decision was lawful."""
    at = walk(TABLE, state)
    penalty = newest(at, f.PENALTY_DECISION)
    if penalty is None:
        return
    told = newest(at, f.PRIOR_NOTICE)
    assert told is not None
    served = [d for d in at.counted if d.form == SERVICE_RECEIPT and d.content["document"] == told.id]
    assert served
    assert told.position < served[0].position < penalty.position
    assert any(d.form == f.APPROVAL and d.opined("approved") for d in at.counted)
    if at.place.sub("review") != EXEMPT:
        opinions = [d for d in at.counted if d.form == f.REVIEW_OPINION]
        assert opinions
        assert ReviewOpinion.of(opinions[-1].content).opinion == "pass"
        answers = (f.HEARING_REPORT, f.DEFENCE_RECONSIDERATION, f.INQUIRY_RECORD, f.INVESTIGATION_REPORT)
        before = [d for d in at.counted if d.form in answers and d.position < penalty.position]
        assert all(d.position < opinions[-1].position for d in before)
    if at.place.sub("discussion") != EXEMPT:
        assert newest(at, f.COLLECTIVE_DISCUSSION)
    assert sum(1 for d in at.counted if d.form in {f.PENALTY_DECISION, f.NO_PENALTY_DECISION}) == 1


STARTS: dict[str, Callable[[], Case]] = {
    "nothing": lambda: Case(practice()),
    "the clinic": lambda: Case(result()),
    "a notice": lambda: notified(practice(), hearing=True),
    "a notice without hearing": notified,
    "a hearing": heard_case,
    "a review": lambda: reviewed(heard_case()),
    "a discussion": lambda: discussed(reviewed(heard_case())),
    "an approval": lambda: cleared(discussed(reviewed(heard_case()))),
}


@pytest.mark.parametrize("start", STARTS)
@settings(max_examples=40, deadline=None)
@given(history=st.lists(acts, max_size=16))
def test_no_history_reaches_an_unlawful_decision(start: str, history: list[tuple[str, object]]) -> None:
    promises(play(STARTS[start](), history).state)


def test_the_promises_are_asked_of_a_real_decision() -> None:
    """A history that decides nothing keeps every promise: this one decides."""
    case = play(STARTS["an approval"](), [("file", f.PENALTY_DECISION)])
    assert newest(walk(TABLE, case.state), f.PENALTY_DECISION)
    promises(case.state)


@settings(max_examples=40, deadline=None)
@given(st.lists(acts, max_size=15))
def test_steps_and_judgement_agree(history: list[tuple[str, object]]) -> None:
    """A step said to be closed is refused when it is tried, for the same reasons."""
    case = play(notified(), history)
    for step in steps(TABLE, case.state, case.ctx()):
        made = Filing(step.form, ACT, {}, (), "inst", case.day)
        refused = codes(judge(TABLE, case.state, made, case.ctx()).refused)
        if not step.allowed:
            assert set(codes(step.faults)) <= set(refused) or "document-not-in-force" in refused
    assert missing(TABLE, case.state, case.ctx()) or case.stage == TABLE.final


@settings(max_examples=40, deadline=None)
@given(st.lists(acts, max_size=15), st.sampled_from(sorted(FACTS_OF)))
def test_what_happened_is_never_refused(history: list[tuple[str, object]], form: str) -> None:
    case = play(notified(), history)
    made = Filing(form, "fact", {}, (), "inst", case.day)
    assert judge(TABLE, case.state, made, case.ctx()).refused == ()
