"""The forms of the ordinary procedure and the typed facts name the same fields and the same legal dates."""

from collections.abc import Callable

import pytest

from tests.core.casefile.test_forms_feed_facts import Asked
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile import ordinary
from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.outcome import Outcome
from zhunsheng.core.procedures import PENALTY_ORDINARY
from zhunsheng.infra import forms

FORMS = sorted({rule.form for rule in PENALTY_ORDINARY.forms if "." not in rule.form})
READERS: dict[str, Callable[[Content], object]] = {
    f.EVIDENCE_PRESERVATION: ordinary.Preservation.of,
    f.DELIBERATION_RECORD: ordinary.Deliberation.of,
    f.COLLECTIVE_DISCUSSION: ordinary.Deliberation.of,
    f.DEFENCE_WAIVER: ordinary.Waiver.of,
    f.DEFENCE_RECONSIDERATION: ordinary.Reconsideration.of,
    f.HEARING_SUMMONS: ordinary.Summons.of,
    f.HEARING_RECORD: ordinary.Hearing.of,
    f.REVIEW_SUBMISSION: ordinary.Submission.of,
    f.REVIEW_OPINION: ordinary.ReviewOpinion.of,
    f.NO_PENALTY_DECISION: ordinary.NoPenalty.of,
    f.PAYMENT_DEFERRAL: ordinary.Deferral.of,
}
RESULTS = (
    f.INVESTIGATION_REPORT,
    f.DELIBERATION_RECORD,
    f.APPROVAL,
    f.PRIOR_NOTICE,
    f.REVIEW_SUBMISSION,
    f.COLLECTIVE_DISCUSSION,
    f.PENALTY_DECISION,
)


def fields(form: str) -> set[str]:
    return set(forms.form(form).names)


@pytest.mark.parametrize("form", READERS)
def test_what_the_facts_read_is_asked_by_the_form(form: str) -> None:
    asked = Asked({})
    READERS[form](asked)
    assert asked.names - fields(form) == set()


@pytest.mark.parametrize("form", RESULTS)
def test_facts_and_result_travel_whole(form: str) -> None:
    asked = Asked({"party_kind": "citizen", "party_name": "某人"})
    Outcome.of(asked)
    # A notice and a decision always impose something: only they need not say so.
    expected = {"outcome"} if form in {f.PRIOR_NOTICE, f.PENALTY_DECISION} else set[str]()
    assert asked.names - fields(form) == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_table_can_be_filled_in_and_has_its_day(form: str) -> None:
    found = forms.form(form)
    assert f.LEGAL_DATES.get(form, found.legal_date) == found.legal_date
