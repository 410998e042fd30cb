"""The same facts in June 2018 and in 2026: each law gives its own answers (spec law 11)."""

from datetime import date

import pytest

from tests.core.procedures.ordinary_cast import (
    TABLE,
    Case,
    approval,
    cleared,
    codes,
    decision,
    deliberated,
    discussed,
    notice,
    notified,
    receipt,
    result,
    reviewed,
)
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT
from zhunsheng.core.casefile.outcome import Outcome
from zhunsheng.core.procedures import EXEMPT, deadlines, steps
from zhunsheng.core.review.needs import needs

JUNE_2018 = date(2018, 6, 11)
JUNE_2026 = date(2026, 6, 1)


def waste(day: date, fine: int, **changes: Json) -> dict[str, Json]:
    """The clinic's case, done on ``day``."""
    return result(violated_at=f"{day.isoformat()}T09:30", fine=fine, deviation="数量很大，情节较重。", **changes)


ENTRIES = {
    # A fine of 20,000 yuan on an organisation: large in 2018, not so since 2021.
    JUNE_2018: ({"hearing.large-fine.organisation"}, {"review.large-fine.organisation"}),
    JUNE_2026: (set(), set()),
}


@pytest.mark.parametrize("day", ENTRIES)
def test_what_is_large_follows_the_day(day: date) -> None:
    case = Case(waste(day, 2_000_000), day)
    due = needs(Outcome.of(case.what), heard=False, day=day, book=case.ctx().book)
    hearing, review = ENTRIES[day]
    assert {ground.entry for ground in due.hearing} == hearing
    assert {ground.entry for ground in due.review} == review


def test_kinds_that_came_in_2021_give_no_hearing_before() -> None:
    for day, expected in ((JUNE_2018, False), (JUNE_2026, True)):
        case = Case(waste(day, 400_000, sanctions=[{"kind": "限制从业"}]), day)
        due = needs(Outcome.of(case.what), heard=False, day=day, book=case.ctx().book)
        assert bool(due.hearing) is expected


def test_a_case_after_a_hearing_is_reviewed_by_the_law_of_2021() -> None:
    for day, expected in ((JUNE_2018, set()), (JUNE_2026, {"review.after-hearing"})):
        case = Case(waste(day, 400_000), day)
        due = needs(Outcome.of(case.what), heard=True, day=day, book=case.ctx().book)
        assert {ground.entry for ground in due.review} == expected


TERMS = {
    # days to ask for a hearing and to answer: three calendar days, then five working days
    JUNE_2018: (date(2018, 6, 20), date(2018, 6, 20), date(2018, 9, 12)),
    JUNE_2026: (date(2026, 6, 12), date(2026, 6, 12), date(2026, 8, 31)),
}


@pytest.mark.parametrize("day", TERMS)
def test_the_clocks_follow_the_day(day: date) -> None:
    case = notified(waste(day, 400_000), day, hearing=True)
    last = {sub.key: term.last for sub, term in deadlines(TABLE, case.state, case.ctx())}
    assert (last["defence"], last["hearing"], last["clock"]) == TERMS[day]


ARTICLES = {
    JUNE_2018: {f.PENALTY_DECISION: "xzcff:39", f.PRIOR_NOTICE: "xzcff:31", f.HEARING_REQUEST: "xzcff:42"},
    JUNE_2026: {f.PENALTY_DECISION: "xzcff:59.1", f.PRIOR_NOTICE: "xzcff:44", f.HEARING_REQUEST: "xzcff:64"},
}


@pytest.mark.parametrize("day", ARTICLES)
def test_each_step_is_cited_by_the_numbers_of_its_day(day: date) -> None:
    case = Case(waste(day, 400_000), day)
    cited = {step.form: str(step.basis) for step in steps(TABLE, case.state, case.ctx())}
    assert {form: cited[form] for form in ARTICLES[day]} == ARTICLES[day]


def test_the_same_clinic_is_decided_in_both_years() -> None:
    for day in (JUNE_2018, JUNE_2026):
        case = notified(waste(day, 400_000), day).later(14)
        cleared(case)
        case.do(f.PENALTY_DECISION, decision(case))
        assert case.stage == "decided"
        assert case.sub("review") == EXEMPT


def test_a_large_fine_of_2018_goes_through_hearing_review_and_discussion() -> None:
    what = waste(JUNE_2018, 1_000_000, benchmark="waste-sorting.4", factors=[{"factor": "overdue"}])
    case = deliberated({**what, "fine": 500_000}, JUNE_2018)
    assert codes(case.judged(f.APPROVAL, approval(case, "notice", fine=1_000_000)).refused)[0] == (
        "differs-from-deliberation"
    )
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved")
    case.do(f.PRIOR_NOTICE, notice(case))
    case.do(SERVICE_RECEIPT, receipt(case, f.PRIOR_NOTICE)).later(14)
    assert case.sub("review") == EXEMPT  # 5,000 yuan is not large even then
    discussed(reviewed(case))  # and may be reviewed all the same
    assert case.sub("review") == "passed"
