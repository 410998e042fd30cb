"""What the ordinary procedure refuses, and that nothing changed when it did."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.procedures.ordinary_cast import (
    DELEGATED,
    HANDLERS,
    TABLE,
    Case,
    acceptance,
    approval,
    asks_for_hearing,
    cleared,
    codes,
    decided,
    decision,
    defence,
    deliberated,
    deliberation,
    discussed,
    discussion,
    filed,
    filing_report,
    heard,
    heard_case,
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
    subject,
    submission,
    summons,
    waiver,
)
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import ONSITE_RECORD, PAYMENT_RECORD, SERVICE_RECEIPT
from zhunsheng.core.casefile.people import Prior
from zhunsheng.core.citation import Citation
from zhunsheng.core.law.catalogue import CatalogueEntry, Predicate
from zhunsheng.core.law.parameters import Confidence
from zhunsheng.core.procedures import EXEMPT, missing


def refused(case: Case, form: str, content: Content) -> list[str]:
    """Return the codes of a refusal, having checked that nothing was written."""
    before = len(case.events)
    found = case.file(form, content)
    assert len(case.events) == before or found.allowed
    return codes(found.refused)


# ---- the result: each row changes one thing in an investigation report

RESULTS: dict[str, tuple[dict[str, Json], list[str]]] = {
    "nothing is imposed": ({"sanctions": []}, ["penalty-missing", "fine-without-penalty"]),
    "a fine without an amount": ({"fine": 0}, ["fine-missing"]),
    "an amount without a fine": ({"sanctions": [{"kind": "警告"}]}, ["fine-without-penalty"]),
    "a sanction the article does not have": (
        {"sanctions": [{"kind": "罚款"}, {"kind": "吊销许可证件"}]},
        ["sanction-not-in-article"],
    ),
    "more than the article": ({"fine": 3_000_001, "deviation": "情节特别恶劣"}, ["fine-out-of-range"]),
    "the tier for being overdue": ({"fine": 1_000_000, "deviation": "多次"}, ["fine-needs-overdue"]),
    "no step of the benchmark": ({"benchmark": ""}, ["benchmark-missing"]),
    "a step of another item": ({"benchmark": "physician-unqualified.1"}, ["benchmark-missing"]),
    "outside the step, unexplained": ({"fine": 450_000}, ["outside-benchmark"]),
    "facts that do not fit the step": ({"factors": [{"factor": "first-time"}]}, ["factors-do-not-fit"]),
    "an unknown item": ({"item": "no-such-item"}, ["cause-missing"]),
    "no facts": ({"facts_text": " "}, ["facts-missing"]),
    "no evidence": ({"evidence_text": ""}, ["evidence-missing"]),
    "another party": ({"party_code": "91350205MADEM00517"}, ["party-differs"]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_wrong_result_is_refused(name: str) -> None:
    changes, expected = RESULTS[name]
    case = filed()
    case.do(f.INQUIRY_RECORD, inquiry(case))
    assert refused(case, f.INVESTIGATION_REPORT, stated(case, outcome="penalty", **changes)) == expected
    assert case.stage == "filed"


def test_a_deviation_is_allowed_with_reasons() -> None:
    case = filed()
    changed = stated(case, outcome="penalty", fine=450_000, deviation="拒不配合，情节接近较重。")
    assert refused(case, f.INVESTIGATION_REPORT, changed) == []


MULTIPLES: dict[str, tuple[int, int, list[str]]] = {
    "below twice the floor": (1_999_999, 800_000, ["fine-out-of-range", "outside-benchmark"]),
    "twice the floor, the gains being less": (2_000_000, 800_000, []),
    "four times the floor": (4_000_000, 800_000, []),
    "above the step": (4_000_100, 800_000, ["outside-benchmark"]),
    "ten times and a fen": (10_000_001, 800_000, ["fine-out-of-range", "outside-benchmark"]),
    "twice the real gains": (4_000_000, 2_000_000, []),
    "less than twice the real gains": (3_999_999, 2_000_000, ["fine-out-of-range", "outside-benchmark"]),
}


@pytest.mark.parametrize("name", MULTIPLES)
def test_a_multiple_is_taken_of_the_gains_or_of_the_floor(name: str) -> None:
    fine, gains, expected = MULTIPLES[name]
    case = filed(practice(fine=fine, illegal_gains=gains, confiscated_gains=gains))
    assert refused(case, f.INVESTIGATION_REPORT, stated(case, outcome="penalty")) == expected


def test_no_more_gains_are_taken_than_were_found() -> None:
    case = filed(practice(confiscated_gains=800_001))
    assert refused(case, f.INVESTIGATION_REPORT, stated(case, outcome="penalty")) == ["gains-above-found"]


def test_what_is_confiscated_is_named() -> None:
    case = filed(practice(goods=[]))
    assert refused(case, f.INVESTIGATION_REPORT, stated(case, outcome="penalty")) == ["goods-missing"]


def test_less_than_the_article_needs_a_ground_and_reasons() -> None:
    low = practice(fine=1_000_000, factors=[{"factor": "mitigating-merit"}], deviation="有立功表现，减轻处罚。")
    case = filed(low)
    assert refused(case, f.INVESTIGATION_REPORT, stated(case, outcome="penalty")) == []


# ---- one act, one case, one fine


def prior(**changes: object) -> Prior:
    same = Prior("厦海卫案〔2026〕1号", "waste-sorting", date(2026, 6, 1), None)
    return replace(same, **changes)  # type: ignore[arg-type]


def test_one_act_is_one_case() -> None:
    case = Case(changes={"priors": (prior(),)})
    case.do(ONSITE_RECORD, onsite(case)).do(f.CASE_ACCEPTANCE, acceptance(case))
    assert refused(case, f.FILING_REPORT, filing_report(case)) == ["case-open-already"]


def test_one_act_is_fined_once() -> None:
    case = filed()
    case.changes["priors"] = (prior(decided_on=date(2026, 6, 2), fine=100_000, closed=True),)
    assert refused(case, f.INVESTIGATION_REPORT, stated(case, outcome="penalty")) == ["fined-already"]


def test_earlier_penalties_of_the_party_are_shown() -> None:
    case = filed()
    case.changes["priors"] = (prior(violated_on=date(2025, 1, 1), decided_on=date(2025, 2, 1)),)
    found = case.judged(f.INVESTIGATION_REPORT, stated(case, outcome="penalty"))
    assert (codes(found.refused), codes(found.flagged)) == ([], ["prior-penalties"])


# ---- approvals


def test_a_head_does_not_approve_what_he_wrote() -> None:
    case = Case()
    case.do(ONSITE_RECORD, onsite(case)).do(f.CASE_ACCEPTANCE, acceptance(case))
    case.do(f.FILING_REPORT, filing_report(case))
    assert codes(case.opine(f.FILING_REPORT, "approved", "chen").refused) == ["own-document"]
    assert case.stage == "proposed"


def test_a_deputy_needs_a_written_delegation_of_that_day() -> None:
    case = Case()
    case.do(ONSITE_RECORD, onsite(case)).do(f.CASE_ACCEPTANCE, acceptance(case))
    case.do(f.FILING_REPORT, filing_report(case))
    assert codes(case.opine(f.FILING_REPORT, "approved", "deng", "deputy-head").refused) == ["delegation-missing"]
    case.changes["delegations"] = (replace(DELEGATED, valid_to=date(2026, 5, 31)),)
    assert codes(case.opine(f.FILING_REPORT, "approved", "deng", "deputy-head").refused) == ["delegation-missing"]
    case.changes["delegations"] = (replace(DELEGATED, steps=("approval.approved",)),)
    assert codes(case.opine(f.FILING_REPORT, "approved", "deng", "deputy-head").refused) == ["delegation-missing"]
    case.changes["delegations"] = (DELEGATED,)
    assert case.opine(f.FILING_REPORT, "approved", "deng", "deputy-head").allowed
    assert case.stage == "filed"


def test_a_unit_head_is_not_the_head() -> None:
    case = Case()
    case.do(ONSITE_RECORD, onsite(case)).do(f.CASE_ACCEPTANCE, acceptance(case))
    case.do(f.FILING_REPORT, filing_report(case))
    assert codes(case.opine(f.FILING_REPORT, "approved", "wei", "unit-head").refused) == ["not-the-head"]


def test_whoever_checked_does_not_approve() -> None:
    case = deliberated()
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked")
    assert codes(case.opine(f.APPROVAL, "approved", "wei").refused) == ["opinion-given-twice"]


def test_an_unsigned_document_is_not_approved() -> None:
    case = Case()
    case.do(ONSITE_RECORD, onsite(case)).do(f.CASE_ACCEPTANCE, acceptance(case))
    case.do(f.FILING_REPORT, filing_report(case), sign=False)
    assert codes(case.opine(f.FILING_REPORT, "approved", "song").refused) == ["not-signed-by-both"]


def test_an_opinion_on_a_replaced_document_moves_nothing() -> None:
    case = deliberated()
    case.do(f.APPROVAL, approval(case, "notice"))
    old = case.last(f.APPROVAL)
    assert case.opine(f.APPROVAL, "returned", "wei", "unit-head").allowed
    case.do(f.APPROVAL, approval(case, "notice"))
    assert codes(case.opine(f.APPROVAL, "checked", "wei", "unit-head", document=old).refused)
    assert case.stage == "approving"


def test_what_goes_to_the_head_is_what_was_deliberated() -> None:
    case = deliberated()
    changed = approval(case, "notice", fine=300_000)
    assert refused(case, f.APPROVAL, changed) == ["differs-from-deliberation"]


def test_three_deliberate_and_each_speaks() -> None:
    case = filed()
    case.do(f.INVESTIGATION_REPORT, stated(case, outcome="penalty"))
    two: list[Json] = [{"officer": "chen", "view": "同意"}, {"officer": "huang", "view": ""}]
    found = refused(case, f.DELIBERATION_RECORD, deliberation(case) | {"attendees": two})
    assert found == ["deliberators-too-few", "view-missing"]


# ---- notice, windows, defence


def test_the_notice_tells_what_was_approved() -> None:
    case = deliberated()
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved")
    assert refused(case, f.PRIOR_NOTICE, notice(case, facts_text="另外的事实。")) == ["differs-from-approval"]
    assert refused(case, f.PRIOR_NOTICE, notice(case, defence_place="")) == ["place-missing"]


def test_nothing_is_decided_before_the_notice_is_served() -> None:
    case = deliberated()
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved")
    case.do(f.PRIOR_NOTICE, notice(case)).later(30)
    assert "deliberation-missing" not in refused(case, f.PENALTY_DECISION, decision(case))
    assert refused(case, f.PENALTY_DECISION, decision(case)) == ["decision-not-approved"]
    assert refused(case, f.APPROVAL, approval(case, "penalty")) != []


@pytest.mark.parametrize(("days", "expected"), [(4, ["defence-window-open"]), (5, ["defence-window-open"]), (6, [])])
def test_the_days_to_answer_run_out_on_the_fifth_working_day(days: int, expected: list[str]) -> None:
    case = notified()
    served = case.day - timedelta(days=1)
    case.day = served + timedelta(days=days)
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == expected


def test_a_clear_waiver_ends_the_window_at_once() -> None:
    case = notified()
    case.do(f.DEFENCE_WAIVER, waiver(case, party_signature=None))
    assert case.sub("defence") == "open"
    case.do(f.DEFENCE_WAIVER, waiver(case))
    assert case.sub("defence") == "closed"
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == []


def test_a_defence_that_was_not_reconsidered_stops_the_decision() -> None:
    case = notified()
    case.do(f.DEFENCE_RECORD, defence(case)).later(14)
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == ["defence-not-reconsidered"]
    assert refused(case, f.DEFENCE_RECONSIDERATION, reconsideration(case, reasons="")) == ["reasons-missing"]
    found = refused(case, f.DEFENCE_RECONSIDERATION, reconsideration(case, adopted="all", proposed="keep"))
    assert found == ["adopted-without-effect"]


def test_a_defence_after_the_approval_stops_the_decision() -> None:
    case = cleared(notified().later(14))
    case.do(f.DEFENCE_RECORD, defence(case))
    assert refused(case, f.PENALTY_DECISION, decision(case)) == ["defence-not-reconsidered"]


def test_the_penalty_is_never_above_the_notice() -> None:
    case = notified(result(fine=300_000)).later(14)
    heavier = approval(case, "penalty", fine=400_000)
    assert refused(case, f.APPROVAL, heavier) == ["above-notice"]
    added = approval(case, "penalty", sanctions=[{"kind": "警告"}, {"kind": "罚款"}, {"kind": "没收违法所得"}])
    assert "above-notice" in refused(case, f.APPROVAL, added)


def test_a_lighter_penalty_than_told_is_allowed() -> None:
    case = notified().later(14)
    case.what["fine"] = 300_000
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == []


def test_a_defence_never_makes_it_heavier() -> None:
    case = notified(result(fine=300_000))
    case.do(f.DEFENCE_RECORD, defence(case))
    case.do(f.DEFENCE_RECONSIDERATION, reconsideration(case))
    case.what["fine"] = 400_000
    case.do(f.INVESTIGATION_REPORT, stated(case, outcome="penalty"))
    case.do(f.DELIBERATION_RECORD, deliberation(case))
    assert refused(case, f.APPROVAL, approval(case, "notice")) == ["heavier-after-defence"]
    case.do(f.INQUIRY_RECORD, inquiry(case, started_at=case.at("16:00"), ended_at=case.at("17:00")))
    assert refused(case, f.APPROVAL, approval(case, "notice")) == []  # new evidence


def test_without_new_evidence_the_notice_does_not_grow() -> None:
    case = notified(result(fine=300_000))
    case.what["fine"] = 400_000
    case.do(f.INVESTIGATION_REPORT, stated(case, outcome="penalty"))
    case.do(f.DELIBERATION_RECORD, deliberation(case))
    assert refused(case, f.APPROVAL, approval(case, "notice")) == ["heavier-without-new-facts"]


def test_a_receipt_for_an_old_notice_serves_nothing() -> None:
    case = notified()
    old = case.last(f.PRIOR_NOTICE)
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved")
    case.do(f.PRIOR_NOTICE, notice(case))
    found = case.file(SERVICE_RECEIPT, receipt(case, f.PRIOR_NOTICE, document=old))
    assert "document-not-in-force" in codes(found.flagged)
    assert case.stage == "noticed"


# ---- hearing


def test_a_late_request_is_kept_and_binds_nobody() -> None:
    case = notified(practice(), hearing=True).later(14)
    assert codes(case.file(f.HEARING_REQUEST, asks_for_hearing(case)).flagged) == ["hearing-asked-late"]
    assert case.sub("hearing") == "offered"


def test_the_hearing_window_is_open_until_it_is_given_up() -> None:
    case = notified(practice(), hearing=True)
    case.do(f.DEFENCE_WAIVER, waiver(case))
    passed = reviewed(case)
    assert refused(passed, f.COLLECTIVE_DISCUSSION, discussion(passed)) == ["hearing-window-open"]
    case.do(f.DEFENCE_WAIVER, waiver(case, waives_hearing=True))
    assert case.sub("hearing") == "closed"


def test_an_investigator_does_not_hold_the_hearing() -> None:
    case = notified(practice(), hearing=True)
    case.do(f.HEARING_REQUEST, asks_for_hearing(case))
    held = case.day + timedelta(days=30)
    assert refused(case, f.HEARING_SUMMONS, summons(case, held, chair=["chen"])) == ["chair-investigated"]
    assert refused(case, f.HEARING_SUMMONS, summons(case, held, public=False)) == ["closed-hearing-ungrounded"]


def test_a_hearing_called_too_late_does_not_count() -> None:
    case = notified(practice(), hearing=True)
    case.do(f.HEARING_REQUEST, asks_for_hearing(case))
    held = case.day + timedelta(days=14)
    case.do(f.HEARING_SUMMONS, summons(case, held)).later(10)
    found = case.file(SERVICE_RECEIPT, receipt(case, f.HEARING_SUMMONS))
    assert codes(found.flagged) == ["summons-too-late"]
    assert case.sub("hearing") == "summoned"
    case.day = held
    assert codes(case.file(f.HEARING_RECORD, heard(case)).flagged) == ["hearing-not-summoned"]
    assert case.sub("hearing") == "summoned"
    case.do(f.HEARING_SUMMONS, summons(case, held + timedelta(days=20)))  # it is called again


def test_who_stays_away_has_waived() -> None:
    case = notified(practice(), hearing=True)
    case.do(f.HEARING_REQUEST, asks_for_hearing(case))
    case.do(f.HEARING_SUMMONS, summons(case, case.day + timedelta(days=16)))
    case.do(SERVICE_RECEIPT, receipt(case, f.HEARING_SUMMONS)).later(16)
    case.do(f.HEARING_RECORD, heard(case, party_present=False))
    assert case.sub("hearing") == "closed"


# ---- review


def test_materials_are_complete_or_the_submission_is_refused() -> None:
    case = heard_case()
    some: list[Json] = [{"kind": "draft-decision", "document": "", "note": ""}]
    found = refused(case, f.REVIEW_SUBMISSION, submission(case, materials=some))
    assert found == ["material-missing"] * 4  # report, evidence, discretion, and the record of the hearing
    gone: list[Json] = [*submission(case)["materials"], {"kind": "other", "document": "d-99"}]  # type: ignore[misc]
    assert refused(case, f.REVIEW_SUBMISSION, submission(case, materials=gone)) == ["document-not-in-force"]


REVIEWS: dict[str, tuple[dict[str, Json], list[str]]] = {
    "no certificate": ({"reviewer": ["wei"]}, ["reviewer-unqualified"]),
    "a handler": ({"reviewer": ["chen"]}, ["reviewer-unqualified", "reviewer-handled"]),
    "nobody": ({"reviewer": []}, ["reviewer-missing"]),
    "a stranger": ({"reviewer": ["nobody"]}, ["officer-unknown"]),
    "no opinion": ({"opinion": ""}, ["review-opinion-missing"]),
    "returned without findings": ({"opinion": "return"}, ["findings-missing"]),
    "points left open": ({"points": []}, ["point-missing"] * 11),
}


@pytest.mark.parametrize("name", REVIEWS)
def test_a_review_that_is_none_is_refused(name: str) -> None:
    changes, expected = REVIEWS[name]
    case = heard_case()
    case.do(f.REVIEW_SUBMISSION, submission(case))
    assert refused(case, f.REVIEW_OPINION, {**review(case), **changes})[: len(expected)] == expected
    assert case.sub("review") == "submitted"


def test_a_problem_is_not_passed_over() -> None:
    case = heard_case()
    case.do(f.REVIEW_SUBMISSION, submission(case))
    points = review(case)["points"]
    assert isinstance(points, list)
    marred: list[Json] = [{"point": "evidence", "answer": "no", "text": ""}, *points[:4], *points[5:]]
    found = refused(case, f.REVIEW_OPINION, review(case, points=marred))
    assert found == ["point-without-words", "passed-with-problems"]


def test_the_head_who_approved_does_not_review() -> None:
    case = heard_case()
    song = replace(case.ctx().officers["song"], legal_qualification="A2000")
    case.changes["officers"] = {**case.ctx().officers, "song": song}
    case.do(f.REVIEW_SUBMISSION, submission(case))
    assert refused(case, f.REVIEW_OPINION, review(case, reviewer=["song"])) == ["reviewer-approved"]


def test_a_reviewer_from_before_2018_needs_no_certificate() -> None:
    case = heard_case()
    old = replace(case.ctx().officers["wei"], id="bai", name="白小雪", reviewer_since=date(2017, 5, 1))
    case.changes["officers"] = {**case.ctx().officers, "bai": old}
    case.do(f.REVIEW_SUBMISSION, submission(case))
    assert refused(case, f.REVIEW_OPINION, review(case, reviewer=["bai"])) == []


def test_a_late_review_is_given_with_a_reason() -> None:
    case = heard_case()
    case.do(f.REVIEW_SUBMISSION, submission(case)).later(10)
    found = case.judged(f.REVIEW_OPINION, review(case))
    assert (codes(found.refused), codes(found.late)) == (["late-reason-missing"], ["review-late"])
    case.do(f.REVIEW_OPINION, review(case), reasons={"review-late": "审核人出差。"})
    assert case.sub("review") == "passed"


def test_facts_that_changed_after_the_review_need_another() -> None:
    case = discussed(reviewed(heard_case()))
    changed = approval(case, "penalty", facts_text="收取费用三千元。")
    assert refused(case, f.APPROVAL, changed) == ["differs-from-review", "differs-from-discussion"]
    lighter = approval(case, "penalty", fine=3_000_000)
    assert refused(case, f.APPROVAL, lighter) == ["differs-from-review", "differs-from-discussion"]


def test_new_evidence_sends_the_review_back() -> None:
    case = discussed(reviewed(heard_case()))
    case.do(f.INQUIRY_RECORD, inquiry(case))
    assert (case.sub("review"), case.sub("discussion")) == ("due", "due")
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == ["review-not-passed", "discussion-not-held"]


def test_telling_again_is_no_way_round_the_review() -> None:
    case = discussed(reviewed(heard_case()))
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved").later()
    case.do(f.PRIOR_NOTICE, notice(case, hearing_right=True))
    case.do(SERVICE_RECEIPT, receipt(case, f.PRIOR_NOTICE)).later(14)
    assert (case.sub("hearing"), case.sub("review"), case.sub("discussion")) == ("offered", "due", "due")
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == ["review-not-passed", "discussion-not-held"]


def test_an_entry_added_by_the_bureau_while_the_case_runs_is_obeyed() -> None:
    case = notified().later(14)
    assert case.sub("review") == EXEMPT
    entry = CatalogueEntry(
        "own.dental", Predicate.REVIEW, date(2026, 6, 5), None, Citation("hcsx", 4), "口腔诊所的罚款",
        Confidence.SEED, "本机关目录", sanctions=("罚款",),
    )  # fmt: skip
    case.changes["catalogue"] = (entry,)
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == ["review-needed"]
    reviewed(case)  # what nobody needed before may still be reviewed
    assert refused(case, f.APPROVAL, approval(case, "penalty")) == []


def test_leaders_who_do_not_agree_decide_nothing() -> None:
    case = reviewed(heard_case())
    case.do(f.COLLECTIVE_DISCUSSION, discussion(case, agreed=False))
    assert case.sub("discussion") == "due"
    one: list[Json] = [{"officer": "song", "view": "同意"}]
    assert refused(case, f.COLLECTIVE_DISCUSSION, discussion(case, attendees=one)) == ["leaders-too-few"]


# ---- the decision, and what follows


def test_a_decision_after_ninety_days_needs_a_reason() -> None:
    case = notified().later(100)
    cleared(case)
    found = case.judged(f.PENALTY_DECISION, decision(case))
    assert (codes(found.refused), codes(found.late)) == (["late-reason-missing"], ["decision-late"])


def test_the_decision_says_how_the_party_was_heard() -> None:
    case = cleared(notified().later(14))
    assert refused(case, f.PENALTY_DECISION, decision(case, defence_course="")) == ["defence-not-recorded"]


def test_a_decision_is_made_once() -> None:
    case = decided()
    assert refused(case, f.PENALTY_DECISION, decision(case)) == ["already-decided"]


def spared(ground: str = "minor-corrected", education: str = "已当面教育。") -> tuple[Case, dict[str, Json]]:
    case = deliberated()
    case.do(f.APPROVAL, approval(case, "no-penalty")).approve(f.APPROVAL, "checked", "approved")
    made = stated(case, no_penalty_ground=ground, reason_text="轻微并已改正。", education=education)
    return case, made


def test_no_penalty_is_decided_without_a_notice_and_with_education() -> None:
    case, made = spared()
    assert refused(case, f.NO_PENALTY_DECISION, {**made, "education": ""}) == ["education-missing"]
    case.do(f.NO_PENALTY_DECISION, made)
    assert (case.stage, case.sub("payment"), case.sub("publication")) == ("decided", EXEMPT, EXEMPT)
    case.do(SERVICE_RECEIPT, receipt(case, f.NO_PENALTY_DECISION))
    assert case.sub("service") == "closed"


def test_a_notice_cannot_follow_an_approval_of_no_penalty() -> None:
    case, _ = spared()
    assert refused(case, f.PRIOR_NOTICE, notice(case)) == ["notice-not-approved"]
    assert refused(case, f.PENALTY_DECISION, decision(case)) == ["decision-not-approved"]


def test_electronic_service_needs_consent_and_post_its_slip() -> None:
    case = decided()
    sent = receipt(case, f.PENALTY_DECISION, method="electronic")
    assert codes(case.judged(SERVICE_RECEIPT, sent).flagged) == ["consent-missing"]
    assert codes(case.judged(SERVICE_RECEIPT, {**sent, "confirmed": True}).flagged) == []
    posted = {**sent, "method": "post"}
    assert codes(case.judged(SERVICE_RECEIPT, posted).flagged) == ["posting-proof-missing"]


def test_late_service_is_kept_with_its_reason() -> None:
    case = decided().later(20)
    found = case.judged(SERVICE_RECEIPT, receipt(case, f.PENALTY_DECISION))
    assert codes(found.late) == ["service-late"]
    assert codes(found.refused) == []


def test_a_public_notice_serves_after_thirty_days_and_payment_runs_from_there() -> None:
    case = decided()
    case.do(SERVICE_RECEIPT, receipt(case, f.PENALTY_DECISION, method="public")).later(40)
    found = case.judged(PAYMENT_RECORD, payment(case, 400_000))
    assert codes(found.flagged) == []


def test_a_late_fine_costs_three_per_cent_a_day_and_never_doubles_twice() -> None:
    case = decided()
    case.do(SERVICE_RECEIPT, receipt(case, f.PENALTY_DECISION)).later(25)
    found = case.judged(PAYMENT_RECORD, payment(case, 400_000))
    assert codes(found.flagged) == ["wrong-amount", "payment-late"]
    late = dict(found.flagged[1].facts)
    assert (late["days"], late["surcharge"]) == ("10", "1,200.00")
    case.do(PAYMENT_RECORD, payment(case, 400_000))
    assert case.sub("payment") == "open"
    case.later(10).do(PAYMENT_RECORD, payment(case, 120_000))  # the fine itself is paid: nothing is added
    assert case.sub("payment") == "closed"
    never = decided()
    never.do(SERVICE_RECEIPT, receipt(never, f.PENALTY_DECISION)).later(200)
    standing = dict(never.judged(PAYMENT_RECORD, payment(never, 400_000)).flagged[1].facts)
    assert standing["surcharge"] == "4,000.00"


def test_a_deferral_moves_the_last_day() -> None:
    case = decided()
    case.do(SERVICE_RECEIPT, receipt(case, f.PENALTY_DECISION)).later(5)
    until = case.day + timedelta(days=60)
    asked: dict[str, Json] = {"document": case.last(f.PENALTY_DECISION), "asked_on": case.day.isoformat()}
    made = subject(case, made_on=case.day.isoformat(), until=until.isoformat(), granted="deferral", **asked)
    wrong: list[Json] = [{"due": until.isoformat(), "amount": 100_000}]
    assert refused(case, f.PAYMENT_DEFERRAL, {**made, "instalments": wrong}) == ["instalments-do-not-add-up"]
    case.do(f.PAYMENT_DEFERRAL, made).approve(f.PAYMENT_DEFERRAL)
    case.day = until
    assert codes(case.judged(PAYMENT_RECORD, payment(case, 400_000)).flagged) == []


def test_a_case_is_not_closed_before_it_is_settled() -> None:
    case = decided()
    closing: dict[str, Json] = {"made_on": case.day.isoformat(), "execution": "voluntary", "result_text": "已缴清。"}
    made = {**closing, "officers": HANDLERS}
    assert refused(case, f.CLOSING_REPORT, made) == ["decision-not-served", "decision-not-performed"]


def test_a_case_ends_without_decision_when_the_head_agrees_and_nothing_is_kept() -> None:
    case = deliberated()
    goods: list[Json] = [{"name": "黄色袋", "count": "2个"}]
    kept = subject(case, made_on=case.day.isoformat(), reason="可能灭失", goods=goods)
    case.do(f.EVIDENCE_PRESERVATION, kept).approve(f.EVIDENCE_PRESERVATION)
    ends = subject(case, made_on=case.day.isoformat(), ground="not-proven", reason_text="证据不足。")
    case.do(f.CASE_TERMINATION, ends)
    assert codes(case.opine(f.CASE_TERMINATION, "approved", "song").refused) == ["preserved-goods-left"]
    back = subject(case, document=case.last(f.EVIDENCE_PRESERVATION), made_on=case.day.isoformat(), disposal="return")
    case.do(f.PRESERVATION_DISPOSAL, back).approve(f.CASE_TERMINATION)
    assert case.stage == "closed"


def test_two_preservations_are_dealt_with_one_by_one() -> None:
    case = filed()
    goods: list[Json] = [{"name": "黄色袋", "count": "2个"}]
    for _ in range(2):
        case.do(f.EVIDENCE_PRESERVATION, subject(case, made_on=case.day.isoformat(), reason="灭失", goods=goods))
    for number, stage in ((1, "kept"), (2, "none")):
        named = f"{f.EVIDENCE_PRESERVATION}-{number}"
        back = subject(case, document=named, made_on=case.day.isoformat(), disposal="return")
        case.do(f.PRESERVATION_DISPOSAL, back)
        assert case.sub("preservation") == stage


def test_goods_kept_too_long_are_released_with_a_reason() -> None:
    case = filed()
    goods: list[Json] = [{"name": "黄色袋", "count": "2个"}]
    case.do(f.EVIDENCE_PRESERVATION, subject(case, made_on=case.day.isoformat(), reason="灭失", goods=goods))
    case.later(20)
    named = case.last(f.EVIDENCE_PRESERVATION)
    back = subject(case, document=named, made_on=case.day.isoformat(), disposal="return")
    found = case.judged(f.PRESERVATION_DISPOSAL, back)
    assert (codes(found.refused), codes(found.late)) == (["late-reason-missing"], ["preservation-late"])


def test_every_stage_says_what_comes_next() -> None:
    case = notified(practice(), hearing=True)
    due = {item.form for item in missing(TABLE, case.state, case.ctx())}
    assert {f.APPROVAL, f.REVIEW_SUBMISSION, f.COLLECTIVE_DISCUSSION} <= due


COURSES: dict[str, Callable[[], Case]] = {
    "filed": filed,
    "deliberated": deliberated,
    "notified": notified,
    "decided": decided,
}


@pytest.mark.parametrize("name", COURSES)
def test_documents_are_not_dated_before_what_they_follow(name: str) -> None:
    case = COURSES[name]()
    made: dict[str, Json] = {"made_on": (case.day - timedelta(days=20)).isoformat()}
    early: dict[str, tuple[str, dict[str, Json]]] = {
        "filed": (f.INVESTIGATION_REPORT, stated(case, outcome="penalty", **made)),
        "deliberated": (f.APPROVAL, approval(case, "notice", **made)),
        "notified": (f.APPROVAL, approval(case, "notice", **made)),
        "decided": (f.CLOSING_REPORT, {**made, "officers": HANDLERS}),
    }
    assert refused(case, *early[name]) != []
