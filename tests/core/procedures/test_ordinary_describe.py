"""The ordinary table as data: what flow chart, guide and ``law procedure`` are drawn from."""

from datetime import date

import pytest

from tests.core.procedures.cast import book
from tests.core.procedures.ordinary_cast import TABLE, cleared, decided, notified
from zhunsheng.core.casefile import names as f
from zhunsheng.core.procedures import describe, resting_on
from zhunsheng.core.procedures.gates import GATES

DAYS = (date(2018, 6, 20), date(2026, 6, 1))


@pytest.mark.parametrize("day", DAYS)
def test_every_row_of_either_year_has_its_article_in_words(day: date) -> None:
    found = describe(TABLE, book(), day)
    edges = found["edges"]
    assert isinstance(edges, list)
    silent = {(row["form"], row["from"]) for row in edges if isinstance(row, dict) and row["basis"] is None}
    # The founding document of 2018 knows no time limit of 行政处罚法 art. 60: the health rule set the three months.
    assert {form for form, _ in silent} <= (
        {f.PENALTY_DECISION, f.NO_PENALTY_DECISION, f"{f.CASE_TERMINATION}.approved"}
        | {
            "publication.proposed",
            "publication.delivered",
            "publication.approved",
            "publication.returned",
            f.CLOSING_REPORT,
            f"{f.CLOSING_REPORT}.approved",
            f"{f.CLOSING_REPORT}.returned",
            f.ARCHIVE_RECORD,
        }
    )
    if day.year == 2026:
        assert silent == set()


def test_every_gate_of_the_table_names_a_rule_and_parameters_that_exist() -> None:
    named = {name for row in TABLE.rows for name in row.gates}
    parameters = {parameter for name in named for parameter in GATES[name].parameters}
    assert parameters <= set(book().parameters)
    terms = {sub.term for sub in TABLE.subs if sub.term}
    assert terms <= set(book().parameters)


def test_what_rests_on_a_document_is_known_before_it_is_voided() -> None:
    case = decided()
    assert resting_on(TABLE, case.state, case.last(f.PENALTY_DECISION)) == ()
    lost = {known.form for known in resting_on(TABLE, case.state, case.last(f.PRIOR_NOTICE))}
    assert lost == {"service-receipt", f.APPROVAL, f.PENALTY_DECISION}


def test_a_voided_notice_takes_the_way_to_the_decision_with_it() -> None:
    case = cleared(notified().later(14))
    case.void(case.last(f.PRIOR_NOTICE))
    assert case.stage == "approved"  # the approval of the penalty says nothing while nobody was told
