# ruff: noqa: E501  one line for one document reads better
"""Nothing is typed twice: what one document says the next one offers."""

from collections.abc import Mapping

import pytest

from tests.core.documents import cast
from tests.core.documents import ordinary_cast as story
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents import FormDef, carried, carried_from, missing
from zhunsheng.infra import forms

#: The first story in the order in which its documents are made, with what an officer still types in each.
ORDER = (
    ("case-acceptance", {"source", "accepted_on", "summary"}),
    ("filing-report", {"made_on"}),
    ("correction-order", {"facts_text", "correction_text", "correct_by", "made_on", "contact_name", "contact_phone", "contact_address"}),
    ("evidence-preservation", {"reason", "goods", "way", "keep_place", "keeper", "made_on"}),
    ("preservation-disposal", {"document", "disposal", "disposal_text", "made_on"}),
    ("investigation-report", {"evidence_text", "evidence", "outcome", "sanctions", "fine", "discretion_text", "made_on"}),
    ("deliberation-record", {"held_at", "ended_at", "place", "chair", "recorder", "recusal_question", "attendees", "conclusion", "officers"}),
    ("approval", {"matter", "opinion_text", "made_on"}),
    ("prior-notice", {"defence_contact", "made_on"}),
    ("penalty-decision", {"defence_course", "made_on"}),
    ("closing-report", {"execution", "executed_on", "result_text", "remedy", "made_on"}),
)  # fmt: skip


def _required(form: FormDef, content: Content) -> set[str]:
    return {str(fault.field) for fault in missing(form, content)}


def test_the_first_story_asks_for_each_fact_once() -> None:
    earlier: dict[str, Content] = {"onsite-record": cast.onsite_record(item=story.WASTE) | story.clinic()}
    for form_id, typed in ORDER:
        form = forms.form(form_id)
        sample = story.FIRST[form_id]
        offered = carried(form, earlier)
        answers = {name: sample[name] for name in typed if name in sample}
        assert _required(form, offered | answers) == set(), form_id
        assert not {name for name in answers if name in offered and form.field(name).required} - {
            "facts_text",
            "officers",
        }, form_id
        earlier[form_id] = offered | answers
    assert earlier["penalty-decision"]["fine"] == 400_000
    assert earlier["penalty-decision"]["party_code"] == cast.SHOP_CODE
    assert earlier["penalty-decision"]["filed_on"] == "2026-06-10"


def test_the_newest_document_that_says_it_is_believed() -> None:
    earlier: dict[str, Content] = {
        "investigation-report": {"fine": 500_000},
        "approval": {"fine": 450_000},
    }
    assert carried(forms.form("prior-notice"), earlier)["fine"] == 450_000
    assert carried_from(forms.form("prior-notice"), "fine", earlier) == "approval"
    assert carried_from(forms.form("prior-notice"), "made_on", earlier) == ""


def test_a_time_becomes_a_day_and_a_row_keeps_only_the_columns_it_has() -> None:
    report = carried(forms.form("hearing-report"), {"hearing-record": {"started_at": "2026-07-27T09:00"}})
    assert report["held_on"] == "2026-07-27"
    kept: list[Json] = [{"name": "听诊器", "unit": "个", "count": "2", "keeper": "苏东坡"}]
    offered = carried(forms.form("preservation-disposal"), {"evidence-preservation": {"goods": kept}})
    assert offered["goods"] == kept
    found: list[Json] = [{"name": "照片", "kind": "document", "proves": "混放", "pages": "3", "更多": "x"}]
    decision = carried(forms.form("penalty-decision"), {"investigation-report": {"evidence": found}})
    assert decision["evidence"] == [{"name": "照片", "kind": "document", "proves": "混放", "pages": "3"}]


def test_what_depends_on_an_answer_not_yet_given_is_offered() -> None:
    approval = carried(
        forms.form("approval"), {"investigation-report": {"facts_text": "混放", "outcome": "penalty", "fine": 1}}
    )
    assert (approval["facts_text"], approval["fine"]) == ("混放", 1)


def test_what_an_answer_rules_out_is_not_offered() -> None:
    ruled: Mapping[str, Content] = {"investigation-report": {"outcome": "no-penalty", "fine": 1}}
    assert "fine" not in carried(forms.form("deliberation-record"), ruled)


@pytest.mark.parametrize("form", forms.forms().values(), ids=lambda form: form.id)
def test_whatever_is_carried_can_be_read_back(form: FormDef) -> None:
    earlier = {form_id: content for form_id, content in (story.FIRST | story.SECOND).items() if form_id != form.id}
    offered = carried(form, earlier | {"onsite-record": cast.onsite_record(), "spot-decision": cast.spot_decision()})
    shown = {name: value for name, value in offered.items() if form.field(name).applies(offered)}
    answered = {name: value for name, value in shown.items() if form.field(name).applies(shown)}
    assert forms.parse(form.id, answered).faults == ()
