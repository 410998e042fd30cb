"""Filing: the one way into a case file, and every way it is refused."""

import pytest

from tests.apps import cast
from tests.apps.cases import story
from zhunsheng.apps.cases import queries
from zhunsheng.apps.cases.commands import file_document, sign_document
from zhunsheng.apps.cases.filing import Submission
from zhunsheng.apps.journal.refs import IdempotencyConflictError, PositionMovedError, StreamMissingError
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.usefixtures("fresh_db", "bureau")


def view(number: str, login: str = cast.CHEN) -> queries.CaseView:
    return queries.case_view(number, viewer=cast.viewer(login), at=cast.NOON)


def test_the_shortest_lawful_penalty_goes_from_record_to_filing() -> None:
    number = story.finished()
    seen = view(number)
    assert seen.state.documents[1].number == "厦海卫公当罚〔2026〕1号"
    assert [document.form for document in seen.state.documents] == [
        "onsite-record", "spot-decision", "service-receipt", "record-filing",
    ]  # fmt: skip
    assert dict(seen.place.subs)["service"] == "closed"
    assert dict(seen.place.subs)["publication"] == "open"


def test_the_issued_pdf_is_kept_byte_for_byte() -> None:
    number = story.decided()
    pdf = queries.pdf(number, "d2", viewer=cast.viewer(cast.CHEN), at=cast.NOON)
    assert pdf is not None
    assert pdf.startswith(b"%PDF")
    assert pdf == queries.pdf(number, "d2", viewer=cast.viewer(cast.CHEN), at=cast.NOON)


def refused(number: str, form: str, raw: dict[str, object], login: str = cast.CHEN) -> set[str]:
    """Return the codes of the refusal, having checked that nothing was written."""
    before = view(number).state.position
    with pytest.raises(RefusedError) as caught:
        story.filed(number, form, raw, by=login, key="refused")
    assert view(number).state.position == before
    return {fault.code for fault in caught.value.faults}


def recorded() -> str:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    return number


@pytest.mark.clause("P3.2")
@pytest.mark.parametrize(
    ("second", "code"),
    [
        (cast.EXPIRED, "certificate-expired"),
        (cast.OTHER_CATEGORY, "certificate-category"),
        (cast.OTHER_AREA, "certificate-area"),
        (cast.RECUSED, "officer-recused"),
        (cast.YIN, "officer-of-another-unit"),
    ],
)
def test_it_refuses_an_officer_who_may_not_act(second: str, code: str) -> None:
    assert code in refused(recorded(), "spot-decision", {**story.DECISION, "officers": ["chenguyu", second]})


def test_it_refuses_one_officer_alone() -> None:
    assert "officers-too-few" in refused(recorded(), "spot-decision", {**story.DECISION, "officers": ["chenguyu"]})


def test_it_refuses_a_fine_above_the_limit_of_the_simple_procedure() -> None:
    raw = {**story.DECISION, "penalty": "fine", "fine": "3000.01", "pay_way": "bank"}
    assert "fine-over-simple-limit" in refused(recorded(), "spot-decision", raw)


@pytest.mark.clause("P3.1")
def test_it_refuses_a_decision_without_telling_the_rights() -> None:
    assert "rights-not-told" in refused(recorded(), "spot-decision", {**story.DECISION, "told": False})


def test_it_refuses_a_bad_credit_code() -> None:
    raw = {**story.DECISION, "party_code": cast.SHOP.code[:-1] + ("0" if cast.SHOP.code[-1] != "0" else "1")}
    assert "bad-credit-code" in refused(recorded(), "spot-decision", raw)


def test_it_refuses_a_date_in_the_future() -> None:
    raw = {**story.DECISION, "made_at": "2026-11-21T10:00"}
    assert "date-in-future" in refused(recorded(), "spot-decision", raw)


def test_a_record_of_fact_is_kept_with_its_faults_flagged() -> None:
    number = story.opened()
    raw = {**story.RECORD, "officers": ["chenguyu"], "party_code": "92350205MADEMX0000"}
    kept = story.filed(number, "onsite-record", raw)
    assert {"officers-too-few", "bad-credit-code"} <= {fault.code for fault in kept.flagged}
    assert view(number).state.documents[0].content["findings"]


def test_a_double_click_files_once_and_answers_the_same() -> None:
    number = story.opened()
    first = story.filed(number, "onsite-record", story.RECORD, key="click")
    second = story.filed(number, "onsite-record", story.RECORD, key="click")
    assert first == second
    assert len(view(number).state.documents) == 1


def test_the_same_key_with_other_content_is_a_conflict() -> None:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD, key="click")
    with pytest.raises(IdempotencyConflictError):
        story.filed(number, "onsite-record", {**story.RECORD, "place": "别处"}, key="click")
    assert len(view(number).state.documents) == 1


def test_an_old_tab_is_refused_when_what_it_showed_has_changed() -> None:
    number = recorded()
    shown = view(number).state.position
    story.filed(number, "onsite-record", {**story.RECORD, "party_name": "海沧区别的店"}, key="again")
    old = Submission("spot-decision", story.DECISION, "old-tab", position=shown)
    with pytest.raises(PositionMovedError):
        file_document(number, old, viewer=cast.viewer(cast.CHEN), at=cast.NOON)


def test_an_old_tab_passes_when_nothing_it_showed_has_changed() -> None:
    number = recorded()
    shown = view(number).state.position
    sign_document(number, "d1", viewer=cast.viewer(cast.HUANG), at=cast.NOON, key="sign")
    old = Submission("spot-decision", story.DECISION, "old-tab", position=shown)
    assert file_document(number, old, viewer=cast.viewer(cast.CHEN), at=cast.NOON).number


def test_service_waits_for_both_signatures() -> None:
    number = recorded()
    story.filed(number, "spot-decision", story.DECISION)
    assert "not-signed-by-both" in refused(number, "service-receipt", dict(story.RECEIPT))


def test_an_officer_of_another_unit_is_not_told_that_the_case_exists() -> None:
    number = recorded()
    with pytest.raises(StreamMissingError):
        queries.case_view(number, viewer=cast.viewer(cast.YIN), at=cast.NOON)
    with pytest.raises(StreamMissingError):
        story.filed(number, "spot-decision", story.DECISION, by=cast.YIN)


def test_only_a_named_officer_signs() -> None:
    number = recorded()
    with pytest.raises(RefusedError):
        sign_document(number, "d1", viewer=cast.viewer(cast.LIN), at=cast.NOON, key="sign")
    assert view(number).state.documents[0].unsigned == ("huangxiaoman",)
