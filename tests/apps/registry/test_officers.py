"""Officers: entry, certificates, exam, recusal. A refusal leaves everything as it was."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from tests.apps.cast import AGENCY, CHEN, HUANG, NOON, RECUSED, SHOP, bureau
from tests.apps.registry.doings import BY, TODAY, certificate, events, refused
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.apps.registry import queries
from zhunsheng.apps.registry.commands import (
    issue_certificate,
    lift_recusal,
    move_officer,
    pass_exam,
    record_recusal,
    register_officer,
    withdraw_certificate,
)
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.casefile.people import Recusal

pytestmark = [pytest.mark.postgres, pytest.mark.clause("P3.2", partly="training and reviewers come later")]

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def the_bureau(fresh_db: str) -> None:
    bureau()


def test_an_officer_is_registered_once_however_often_the_form_is_sent(fresh_db: str) -> None:
    before = events()
    for _ in range(3):
        register_officer("kong", name="孔雨水", unit="inspection-1", post="inspector-1", key="form-7", **BY)
    assert events() == before + 1
    view = queries.officer(AGENCY, "kong")
    assert (view.name, view.unit_name, view.post_name, view.certificates) == ("孔雨水", "监督一科", "监督员", ())


def test_the_same_form_with_another_name_is_a_conflict(fresh_db: str) -> None:
    register_officer("kong", name="孔雨水", unit="inspection-1", key="form-7", **BY)
    with pytest.raises(IdempotencyConflictError):
        register_officer("kong", name="孔谷雨", unit="inspection-1", key="form-7", **BY)


def test_it_refuses_what_cannot_be_registered(fresh_db: str) -> None:
    with refused("officer-exists"):
        register_officer(CHEN, name="陈谷雨", unit="inspection-1", **BY)
    with refused("id-invalid"):
        register_officer("陈谷雨", name="陈谷雨", unit="inspection-1", **BY)
    with refused("unit-unknown", "field-empty"):
        register_officer("kong", name="", unit="moon", **BY)
    with refused("post-unknown"):  # a post of another unit
        register_officer("kong", name="孔雨水", unit="inspection-2", post="inspector-1", **BY)
    with refused("date-in-future"):
        register_officer("kong", name="孔雨水", unit="inspection-1", exam_passed_on=TOMORROW, **BY)
    with refused("role-missing"):
        register_officer("kong", name="孔雨水", unit="inspection-1", **{**BY, "actor": CHEN})
    with refused("unit-unknown"):  # of another agency
        register_officer("kong", name="孔雨水", unit="inspection-1", **{**BY, "agency": "990205-other"})


def test_a_certificate_is_issued_and_withdrawn_and_both_stay_known(fresh_db: str) -> None:
    issue_certificate(CHEN, certificate("示0100"), issuer="示例", **BY)
    withdraw_certificate(CHEN, "示0100", date(2026, 11, 1), "遗失", **BY)
    held = queries.officers_on([CHEN], AGENCY)[CHEN].certificates
    assert [(each.number, each.withdrawn_on) for each in held][-1] == ("示0100", date(2026, 11, 1))
    assert queries.officer(AGENCY, CHEN).certificates[-1].withdrawn_because == "遗失"


def test_it_refuses_certificates_that_cannot_be(fresh_db: str) -> None:
    with refused("dates-reversed"):
        issue_certificate(CHEN, certificate(first=date(2026, 5, 2), last=date(2026, 5, 1)), issuer="示例", **BY)
    with refused("date-impossible"):
        issue_certificate(CHEN, certificate(last=date(9999, 12, 31)), issuer="示例", **BY)
    with refused("certificate-duplicate"):  # the number of a colleague
        issue_certificate(HUANG, certificate("示海卫执法0001"), issuer="示例", **BY)
    with refused("area-invalid", "certificate-kind-unknown"):
        issue_certificate(CHEN, certificate(area="海沧", kind="工作证"), issuer="示例", **BY)
    with refused("field-empty"):
        issue_certificate(CHEN, certificate(category=" "), issuer="", **BY)
    with refused("text-unprintable"):
        issue_certificate(CHEN, certificate("示\u200b0001"), issuer="示例", **BY)
    with refused("exam-missing"):  # before the exam of 2016-03-10
        issue_certificate(CHEN, certificate(first=date(2016, 3, 9)), issuer="示例", **BY)
    with refused("officer-unknown"):
        issue_certificate("moon", certificate(), issuer="示例", **BY)


def test_a_certificate_may_be_valid_for_one_day(fresh_db: str) -> None:
    issue_certificate(CHEN, certificate(first=TODAY, last=TODAY), issuer="示例", **BY)
    assert queries.officers_on([CHEN], AGENCY)[CHEN].certificates[-1].valid_to == TODAY


def test_it_refuses_withdrawals_that_cannot_be(fresh_db: str) -> None:
    with refused("certificate-unknown"):
        withdraw_certificate(CHEN, "示海卫执法0002", TODAY, "遗失", **BY)
    with refused("dates-reversed"):
        withdraw_certificate(CHEN, "示海卫执法0001", date(2020, 1, 1), "遗失", **BY)
    with refused("date-in-future", "field-empty"):
        withdraw_certificate(CHEN, "示海卫执法0001", TOMORROW, "", **BY)
    withdraw_certificate(CHEN, "示海卫执法0001", TODAY, "遗失", **BY)
    with refused("certificate-is-withdrawn"):
        withdraw_certificate(CHEN, "示海卫执法0001", TODAY, "遗失", **BY)


def test_a_recusal_binds_until_it_is_lifted(fresh_db: str) -> None:
    assert [each.party_name for each in queries.officers_on([RECUSED], AGENCY)[RECUSED].recusals] == [SHOP.name]
    lift_recusal(RECUSED, 1, date(2026, 6, 1), "关系已消除", **BY)
    assert queries.officers_on([RECUSED], AGENCY)[RECUSED].recusals == ()
    on_the_day_before = queries.officers_on([RECUSED], AGENCY, date(2026, 5, 31))[RECUSED]
    assert len(on_the_day_before.recusals) == 1
    assert queries.officers_on([RECUSED], AGENCY, date(2026, 6, 1))[RECUSED].recusals == ()
    with refused("recusal-unknown"):
        lift_recusal(RECUSED, 1, date(2026, 6, 2), "再次", **BY)


def test_it_refuses_recusals_that_cannot_be(fresh_db: str) -> None:
    head = {"decided_by": "局长 吴大雪", **BY}
    with refused("recusal-without-party"):
        record_recusal(CHEN, Recusal("", " ", TODAY, "亲属"), **head)
    with refused("bad-party-code"):
        record_recusal(CHEN, Recusal("92350205000000019X", "某店", TODAY, "亲属"), **head)
    with refused("date-in-future", "field-empty"):
        record_recusal(CHEN, Recusal("", "某店", TOMORROW, ""), **head)
    with refused("recusal-exists"):
        record_recusal(RECUSED, Recusal(SHOP.code, SHOP.name, TODAY, "亲属"), **head)
    with refused("dates-reversed"):
        lift_recusal(RECUSED, 1, date(2020, 1, 1), "早于决定", **BY)


def test_an_exam_and_a_move_are_events_of_their_own(fresh_db: str) -> None:
    register_officer("kong", name="孔雨水", unit="inspection-1", **BY)
    pass_exam("kong", date(2026, 9, 1), **BY)
    move_officer("kong", "inspection-2", "inspector-2", **BY)
    view = queries.officer(AGENCY, "kong")
    assert (view.exam_passed_on, view.unit, view.post_name) == (date(2026, 9, 1), "inspection-2", "监督员")
    with refused("date-in-future"):
        pass_exam("kong", TOMORROW, **BY)
    with refused("post-unknown"):
        move_officer("kong", "inspection-1", "inspector-2", **BY)


def test_the_actor_and_the_time_stand_in_the_event(fresh_db: str) -> None:
    event = register_officer("kong", name="孔雨水", unit="inspection-1", **BY)
    assert (event.actor, event.recorded_at, event.legal_date) == ("system", NOON, TODAY)


def test_a_double_click_is_one_act_whatever_the_act(fresh_db: str) -> None:
    acts: list[Callable[..., Event]] = [
        partial(pass_exam, CHEN, date(2026, 9, 1), **BY),
        partial(move_officer, CHEN, "inspection-2", "inspector-2", **BY),
        partial(issue_certificate, CHEN, certificate("示0100", first=TODAY), issuer="示例", **BY),
        partial(withdraw_certificate, CHEN, "示0100", TODAY, "遗失", **BY),
        partial(record_recusal, CHEN, Recusal("", "某店", TODAY, "亲属"), decided_by="局长", **BY),
        partial(lift_recusal, CHEN, 1, TODAY, "误记", **BY),
    ]
    before = events()
    for number, act in enumerate(acts, 1):
        assert act(key=f"k{number}") == act(key=f"k{number}")
        assert events() == before + number
