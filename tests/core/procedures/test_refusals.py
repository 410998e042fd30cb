"""Every gate: what it refuses, what it lets through, what it cites. A refused act writes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.procedures.cast import (
    AREA,
    CITIZEN,
    DAY,
    INSTITUTE,
    PROPOSED,
    SEED_DAY,
    SHOP,
    CaseFile,
    at,
    book,
    codes,
    context,
    decided,
    decision,
    filing,
    fined,
    payment,
    receipt,
    record,
    recorded,
    reported,
)
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
)
from zhunsheng.core.casefile.people import Capacity, Unit
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.items import FineRange, Item
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures import ACT, PROCEDURES, get, judge, place
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.gates.people import covers
from zhunsheng.core.procedures.model import UnknownProcedureError


def refusals(content: dict[str, Json], case: CaseFile | None = None, **changes: object) -> list[str]:
    file = case or recorded()
    before = file.state
    found = file.file(SPOT_DECISION, content, **changes)  # type: ignore[arg-type]
    assert not found.refused or file.state == before
    return codes(found.refused)


# ---- who


@pytest.mark.clause("P3.2", partly="the gates of the simple procedure")
@pytest.mark.parametrize(
    ("officers", "refused"),
    [
        (["chen", "huang"], []),
        (["chen", "city"], []),
        (["chen"], ["officers-too-few"]),
        (["chen", "chen"], ["officers-too-few"]),
        ([], ["officers-too-few"]),
        (["chen", "nobody"], ["officers-too-few", "officer-unknown"]),
        (["chen", "expired"], ["certificate-expired"]),
        (["chen", "withdrawn"], ["certificate-expired"]),
        (["chen", "category"], ["certificate-category"]),
        (["chen", "area"], ["certificate-area"]),
        (["chen", "none"], ["certificate-missing"]),
        (["chen", "exam"], ["officer-exam-missing"]),
        (["chen", "recused"], ["officer-recused"]),
    ],
)
def test_two_officers_with_certificates_and_no_recusal(officers: list[Json], refused: list[str]) -> None:
    assert refusals(decision(officers=officers)) == refused


@pytest.mark.parametrize(("day", "refused"), [(date(2018, 6, 1), []), (date(2018, 6, 4), ["certificate-expired"])])
def test_a_certificate_holds_to_its_last_day_and_not_one_longer(day: date, refused: list[str]) -> None:
    assert refusals(decision(day, officers=["chen", "expired"]), recorded(day)) == refused


@pytest.mark.parametrize(("day", "refused"), [(date(2018, 6, 19), []), (SEED_DAY, ["certificate-expired"])])
def test_a_withdrawn_certificate_is_gone_on_the_day_of_withdrawal(day: date, refused: list[str]) -> None:
    assert refusals(decision(day, officers=["chen", "withdrawn"]), recorded(day)) == refused


def test_a_recusal_binds_from_its_day_on_by_code_or_by_name() -> None:
    early = date(2017, 12, 29)
    ctx = context(early)
    assert "officer-recused" not in codes(
        recorded(early).judged(SPOT_DECISION, decision(early, officers=["chen", "recused"]), ctx).refused
    )
    mistyped: dict[str, Json] = {"party_code": "92350205MADEMX0118"}
    case = recorded(**mistyped)
    assert refusals(decision(officers=["chen", "recused"], **mistyped), case) == ["officer-recused"]


def test_without_an_area_of_the_agency_the_units_own_areas_count() -> None:
    found = recorded().judged(SPOT_DECISION, decision(officers=["chen", "area"]), context(area=""))
    assert codes(found.refused) == ["certificate-area"]
    assert recorded().judged(SPOT_DECISION, decision(), context(area="")).allowed


@pytest.mark.parametrize(
    ("granted", "asked", "answer"),
    [
        ("350205", "350205", True),
        ("350200", "350205", True),
        ("350000", "350205", True),
        ("350203", "350205", False),
        ("350205", "350200", False),
        ("", "350205", False),
    ],
)
def test_a_wider_area_covers_a_narrower_one(granted: str, asked: str, answer: bool) -> None:  # noqa: FBT001
    assert covers(granted, asked) is answer


def _unit(**changes: object) -> Unit:
    capacity = Capacity("penalty", ("公",), AREA, "entrusted", date(2026, 1, 1), date(2026, 12, 31), "委1号")
    return replace(INSTITUTE, capacities=(replace(capacity, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "refused"),
    [
        (_unit(), []),
        (_unit(valid_to=None), []),
        (_unit(valid_to=date(2026, 10, 19)), ["mandate-expired"]),
        (_unit(valid_to=date(2026, 10, 19), as_="own"), ["unit-not-competent"]),
        (_unit(valid_from=date(2026, 10, 21)), ["unit-not-competent"]),
        (_unit(fields=("医",)), ["unit-not-competent"]),
        (_unit(act="inspection"), ["unit-not-competent"]),
        (_unit(area="350203"), ["unit-not-competent"]),
        (replace(INSTITUTE, capacities=()), ["unit-not-competent"]),
    ],
)
def test_the_unit_must_be_competent_on_the_day(unit: Unit, refused: list[str]) -> None:
    assert codes(recorded().judged(SPOT_DECISION, decision(), context(unit=unit)).refused) == refused


def test_an_expired_mandate_names_the_article_on_entrusting() -> None:
    found = recorded().judged(SPOT_DECISION, decision(), context(unit=_unit(valid_to=date(2026, 10, 19))))
    assert [(str(fault.basis), dict(fault.facts)["mandate"]) for fault in found.refused] == [("xzcff:20.1", "委1号")]


# ---- record of fact: kept, flagged, and no ground for a decision


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({"officers": ["chen"]}, ["officers-too-few"]),
        ({"officers": ["chen", "expired"]}, ["certificate-expired"]),
        ({"certificates_shown": False}, ["certificates-not-shown"]),
        ({"recusal_told": False, "rights_told": None}, ["recusal-not-told", "rights-not-told"]),
        ({"findings": [{"place": "门口", "text": " "}]}, ["findings-missing"]),
        ({"party_name": "", "started_at": "yesterday"}, ["party-missing", "date-missing"]),
        ({"ended_at": at(DAY, "09:00")}, ["times-out-of-order"]),
        ({"ended_at": at(date(2026, 10, 21), "09:00")}, ["date-in-future"]),
    ],
)
def test_a_faulty_record_is_kept_and_carries_no_decision(changes: dict[str, Json], flagged: list[str]) -> None:
    case = CaseFile()
    found = case.file(ONSITE_RECORD, record(**changes))
    assert (found.refused, codes(found.flagged)) == ((), flagged)
    assert codes(case.state.documents[0].faults) == flagged
    assert "record-unsound" in refusals(decision(), case)
    assert place(get("penalty-simple"), case.state).flags == {"unsound:d1"}
    case.file(ONSITE_RECORD, record())
    assert refusals(decision(), case) == []


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({"dress_and_badge": False}, ["dress-and-badge-missing"]),
        ({"recusal_asked": True}, ["recusal-asked"]),
        ({"opinion": "refuse"}, ["refusal-note-missing", "attesting-witness-missing"]),
        ({"opinion": "refuse", "refusal_note": "不肯签", "witness_name": "冯小寒"}, []),
        ({"opinion": "differ"}, ["opinion-missing"]),
        ({"opinion": "differ", "opinion_text": "已经去办证"}, []),
    ],
)
def test_a_small_flaw_is_flagged_and_stops_nothing(changes: dict[str, Json], flagged: list[str]) -> None:
    case = CaseFile()
    assert codes(case.file(ONSITE_RECORD, record(**changes)).flagged) == flagged
    assert refusals(decision(), case) == []


def test_a_recording_stands_for_the_attesting_witness() -> None:
    content = record(opinion="refuse", refusal_note="不肯签")
    assert codes(CaseFile().file(ONSITE_RECORD, content, file_roles=("recording",)).flagged) == []


# ---- what the decision says


@pytest.mark.clause("P3.1", partly="documents of the simple procedure only")
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"item": "no-such-item"}, ["cause-missing"]),
        ({"facts_text": " "}, ["facts-missing"]),
        ({"evidence_text": ""}, ["evidence-missing"]),
        ({"violated_at": ""}, ["date-missing"]),
        ({"made_at": "soon"}, ["date-missing"]),
        ({"place": ""}, ["place-missing"]),
        ({"told": False}, ["rights-not-told"]),
        ({"explained": False}, ["not-explained"]),
        ({"acknowledged": ""}, ["acknowledgement-missing"]),
        ({"acknowledged": "refused"}, ["refusal-note-missing"]),
        ({"acknowledged": "refused", "refusal_note": "当事人拒绝签收"}, []),
        ({"defence": ""}, ["defence-not-recorded"]),
        ({"defence": "made"}, ["defence-not-recorded", "defence-not-answered"]),
        ({"defence": "made", "defence_text": "初犯", "defence_answer": "不予采纳"}, []),
        ({"penalty": "detention"}, ["penalty-missing"]),
        ({"party_name": ""}, ["party-missing"]),
        ({"party_code": "92350205MADEMX0118"}, ["party-differs"]),
        ({"made_at": at(DAY, "23:00")}, ["date-in-future"]),
        ({"made_at": at(DAY, "09:20"), "violated_at": at(DAY, "09:10")}, ["times-out-of-order"]),
        ({"made_at": at(DAY, "09:40")}, ["times-out-of-order"]),
    ],
)
def test_nothing_a_decision_must_say_is_empty(changes: dict[str, Json], refused: list[str]) -> None:
    assert refusals(decision(**changes)) == refused


def test_a_date_in_the_future_is_refused_wherever_it_stands() -> None:
    tomorrow = date(2026, 10, 21)
    found = recorded().judged(SPOT_DECISION, decision(tomorrow), context())
    assert {fault.field for fault in found.refused if fault.code == "date-in-future"} == {
        "made_on",
        "violated_at",
        "made_at",
    }
    with_end = decision(violation_ended_on=tomorrow.isoformat())
    assert refusals(with_end) == ["date-in-future"]


def test_remedies_that_cannot_be_composed_are_refused() -> None:
    early = date(2016, 5, 4)
    assert "remedies-missing" in refusals(decision(early), recorded(early))


# ---- what may be imposed


@pytest.mark.parametrize(
    ("day", "kind", "yuan", "refused"),
    [
        (SEED_DAY, "citizen", 50, []),
        (SEED_DAY, "citizen", 51, ["fine-over-simple-limit"]),
        (SEED_DAY, "business", 1000, []),
        (SEED_DAY, "organisation", 1001, ["fine-over-simple-limit"]),
        (DAY, "citizen", 200, []),
        (DAY, "citizen", 201, ["fine-over-simple-limit"]),
        (DAY, "business", 3000, []),
        (DAY, "business", 3001, ["fine-over-simple-limit"]),
        (DAY, "organisation", 3000, []),
    ],
)
def test_the_limit_of_the_simple_procedure_then_and_now(day: date, kind: str, yuan: int, refused: list[str]) -> None:
    party: dict[str, Json] = {"party_kind": kind} if kind != "citizen" else dict(CITIZEN)
    case = recorded(day, **party)
    assert refusals({**fined(day, yuan * 100), **party}, case) == refused


def test_the_limit_is_cited_by_the_number_of_the_day() -> None:
    then = recorded(SEED_DAY).judged(SPOT_DECISION, fined(SEED_DAY, 100_100)).refused
    now = recorded().judged(SPOT_DECISION, fined(DAY, 300_100)).refused
    assert [str(fault.basis) for fault in (*then, *now)] == ["xzcff:33", "xzcff:51"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"fine": 0}, ["fine-missing"]),
        ({"fine": None}, ["fine-missing"]),
        ({"penalty": "warning"}, ["fine-without-penalty"]),
        ({"penalty": "warning-and-fine"}, []),
        ({"pay_way": ""}, ["pay-way-missing"]),
    ],
)
def test_amount_and_penalty_agree(changes: dict[str, Json], refused: list[str]) -> None:
    assert refusals(fined(**changes)) == refused


@pytest.mark.parametrize(
    ("day", "yuan", "ground", "refused"),
    [
        (SEED_DAY, 20, "", []),
        (SEED_DAY, 21, "", ["cash-over-limit"]),
        (DAY, 100, "", []),
        (DAY, 101, "", ["cash-over-limit"]),
        (DAY, 500, "hard-to-enforce", []),
        (DAY, 500, "it-is-late", ["cash-over-limit"]),
    ],
)
def test_cash_on_the_spot_then_and_now(day: date, yuan: int, ground: str, refused: list[str]) -> None:
    content = fined(day, yuan * 100, pay_way="cash", cash_ground=ground)
    assert refusals(content, recorded(day)) == refused


def test_a_day_without_a_rule_refuses_the_fine_and_does_not_break() -> None:
    early = date(2016, 5, 4)
    found = refusals(fined(early, 100, pay_way="cash"), recorded(early))
    assert found.count("rule-unknown") == 2


def _item(**changes: object) -> Item:
    fine = FineRange("五百元以上一千元以下", Fen(50_000), Fen(100_000))
    here = Citation("ggcswsgltl", 14, 1, 2)
    item = Item("x", "公", "公共场所卫生", "penalty", "试", here, here, ("警告", "罚款"), (fine,), date(2018, 1, 1))
    return replace(item, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("yuan", "refused"), [(499, ["fine-out-of-range"]), (500, []), (1000, []), (1001, ["fine-out-of-range"])]
)
def test_the_range_of_the_article_has_both_its_ends(yuan: int, refused: list[str]) -> None:
    ctx = context(items={"x": _item()})
    found = recorded(item="x").judged(SPOT_DECISION, fined(DAY, yuan * 100, item="x"), ctx)
    assert codes(found.refused) == refused
    assert all(fault.basis == _item().basis for fault in found.refused)


def test_an_article_without_an_amount_leaves_only_the_limit_of_the_procedure() -> None:
    for fines in ((), (FineRange("罚款"),)):
        ctx = context(items={"x": _item(fines=fines)})
        assert recorded(item="x").judged(SPOT_DECISION, fined(DAY, 1, item="x"), ctx).allowed


def test_a_sanction_the_article_lacks_is_refused() -> None:
    ctx = context(items={"x": _item(sanctions=("罚款",))})
    found = recorded(item="x").judged(SPOT_DECISION, decision(item="x"), ctx)
    assert codes(found.refused) == ["sanction-not-in-article"]


def test_an_item_not_yet_in_force_on_the_day_of_the_act_is_no_basis() -> None:
    ctx = context(items={"x": _item(valid_from=date(2026, 10, 21))})
    found = recorded(item="x").judged(SPOT_DECISION, decision(item="x"), ctx)
    assert codes(found.refused) == ["basis-not-in-force"]


def test_an_act_that_is_no_longer_punished_is_not_punished() -> None:
    ctx = context(items={"x": _item(valid_to=date(2026, 9, 30))})
    content = decision(item="x", violated_at=at(date(2026, 9, 1), "10:00"))
    assert codes(recorded(item="x").judged(SPOT_DECISION, content, ctx).refused) == ["no-longer-punished"]


@pytest.mark.parametrize(
    ("code", "refused", "flagged"),
    [
        ("350205201210200015", ["party-under-fourteen"], []),  # fourteen on that very day: 周岁 begins the day after
        ("350205201210190011", [], ["party-minor"]),
        ("350205200810200012", [], ["party-minor"]),
        ("350205200810190019", [], []),
        ("not a number", [], []),
    ],
)
def test_children_are_not_punished_and_minors_are_kept_in_view(
    code: str, refused: list[str], flagged: list[str]
) -> None:
    party: dict[str, Json] = {**CITIZEN, "party_code": code}
    found = recorded(**party).judged(SPOT_DECISION, decision(**party))
    assert (codes(found.refused), codes(found.flagged)) == (refused, flagged)


@pytest.mark.parametrize(
    ("violated", "changes", "refused", "flagged"),
    [
        (date(2024, 10, 20), {}, [], []),
        (date(2024, 10, 18), {}, [], ["limitation-doubtful"]),
        (date(2024, 10, 18), {"violation_ended_on": "2024-10-18"}, ["limitation-expired"], []),
        (date(2020, 1, 1), {"violation_ended_on": "2026-10-20"}, [], []),
        (date(2022, 10, 18), {"violation_ended_on": "2022-10-18", "harmful": True}, [], []),
        (date(2021, 7, 15), {"violation_ended_on": "2021-07-15", "harmful": True}, ["limitation-expired"], []),
        (date(2021, 7, 14), {"violation_ended_on": "2021-07-14", "harmful": True}, ["limitation-expired"], []),
        (date(2010, 1, 1), {"violation_ended_on": "2010-01-01"}, ["basis-not-in-force"], []),
    ],
)
def test_limitation_needs_an_end_of_the_act_to_refuse(
    violated: date, changes: dict[str, Json], refused: list[str], flagged: list[str]
) -> None:
    found = recorded().judged(SPOT_DECISION, decision(violated_at=at(violated, "10:00"), **changes))
    assert (codes(found.refused), codes(found.flagged)) == (refused, flagged)


def test_old_acts_against_health_keep_the_two_years_of_their_day() -> None:
    """Five years came with the text of 2021-07-15; an act before it is judged by the milder two."""
    day = date(2022, 1, 10)
    content = decision(day, violated_at=at(date(2019, 6, 3), "10:00"), violation_ended_on="2019-06-03", harmful=True)
    assert codes(recorded(day).judged(SPOT_DECISION, content).refused) == ["limitation-expired"]


# ---- what follows the decision


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({"document": "d1"}, ["document-not-in-force"]),
        ({"receiver": "", "method": ""}, ["receiver-missing", "service-method-missing"]),
        ({"served_at": ""}, ["date-missing"]),
        ({"served_at": at(DAY, "10:00")}, ["times-out-of-order"]),
        ({"refused": True}, ["refusal-note-missing"]),
        ({"method": "leave"}, ["attesting-witness-missing"]),
        ({"method": "leave", "witness_name": "冯小寒"}, ["attesting-witness-missing"]),
        ({"method": "leave", "witness_name": "冯小寒", "witness_unit": "某居委会"}, []),
        ({"officers": ["chen"]}, ["officers-too-few"]),
    ],
)
def test_a_faulty_receipt_is_kept_and_service_stays_open(changes: dict[str, Json], flagged: list[str]) -> None:
    case = decided()
    assert codes(case.file(SERVICE_RECEIPT, receipt(**changes)).flagged) == flagged
    assert ("already-served" in codes(case.judged(SERVICE_RECEIPT, receipt()).flagged)) is not bool(flagged)


def test_photographs_stand_for_the_witness_of_leaving_service() -> None:
    assert decided().judged(SERVICE_RECEIPT, receipt(method="leave"), file_roles=("photo",)).flagged == ()


def test_an_unknown_signer_is_named_by_his_id() -> None:
    case = decided(signed=False)
    found = case.judged(SERVICE_RECEIPT, receipt(), context(officers={}))
    named = [dict(fault.facts)["officers"] for fault in found.flagged if fault.code == "not-signed-by-both"]
    assert named == ["chen、huang"]


@pytest.mark.parametrize(
    ("amount", "changes", "flagged"),
    [
        (20_000, {}, []),
        (19_999, {}, ["wrong-amount"]),
        (20_001, {}, ["wrong-amount"]),
        (0, {}, ["amount-missing"]),
        (-5, {}, ["amount-missing"]),
        (20_000, {"way": "cash", "receipt_no": ""}, ["payment-receipt-missing"]),
        (20_000, {"paid_on": "2026-10-19"}, ["times-out-of-order"]),
    ],
)
def test_a_payment_is_kept_whatever_it_is(amount: int, changes: dict[str, Json], flagged: list[str]) -> None:
    found = decided(fined()).judged(PAYMENT_RECORD, payment(amount, **changes))
    assert (found.refused, codes(found.flagged)) == ((), flagged)


def test_a_payment_without_any_decision_is_flagged_and_compared_with_nothing() -> None:
    assert codes(recorded().judged(PAYMENT_RECORD, payment(1)).flagged) == ["decision-missing"]


def test_late_service_is_done_with_a_reason() -> None:
    day = date(2026, 11, 5)
    case = decided()
    found = case.judged(SERVICE_RECEIPT, receipt(day))
    assert (codes(found.late), codes(found.flagged)) == (["service-late"], ["late-reason-missing"])
    with_reason = case.file(SERVICE_RECEIPT, receipt(day), reasons={"service-late": "当事人外出"})
    assert (codes(with_reason.late), with_reason.flagged) == (["service-late"], ())
    assert case.state.documents[-1].late[0].reason == "当事人外出"
    assert place(get("penalty-simple"), case.state).flags == {"late:d3"}


def test_late_filing_and_late_payment() -> None:
    day = date(2026, 11, 20)
    case = decided(fined())
    case.file(SERVICE_RECEIPT, receipt())
    assert codes(case.judged(RECORD_FILING, reported(day)).late) == ["record-filing-late"]
    paid = case.judged(PAYMENT_RECORD, payment(20_000, day))
    assert (paid.late, codes(paid.flagged)) == ((), ["payment-late"])


def _approval(actor: str, publication: str = "p1", **changes: object) -> list[str]:
    case = decided()
    case.publish(PROPOSED)
    content: dict[str, Json] = {"publication": publication, "actor": actor}
    made = filing("publication.approved", content, **changes)
    found = judge(get("penalty-simple"), case.state, made, context(made.made_on))
    assert made.kind == ACT
    return codes(found.refused)


def test_who_proposed_a_page_does_not_check_it() -> None:
    assert _approval("a-publisher") == ["publisher-is-checker"]
    assert _approval("a-checker") == []
    assert _approval("a-checker", "p9") == ["publication-unknown"]


def test_a_late_publication_goes_out_with_a_reason() -> None:
    late = date(2026, 10, 30)
    assert _approval("a-checker", made_on=late) == ["late-reason-missing"]
    assert _approval("a-checker", made_on=late, reasons={"publication-late": "放假"}) == []
    assert _approval("a-checker", made_on=date(2026, 10, 29)) == []


# ---- of the gates themselves


def test_no_fault_is_reported_that_its_gate_does_not_list() -> None:
    """``codes`` is what the reference and the words are made from; tested by the refusals above, and here in full."""
    listed = {code for gate in GATES.values() for code in gate.codes}
    everything = [
        *CaseFile().judged(ONSITE_RECORD, {}).flagged,
        *recorded().judged(SPOT_DECISION, {}).refused,
        *decided(signed=False).judged(SERVICE_RECEIPT, {}).flagged,
        *decided(fined()).judged(PAYMENT_RECORD, {}).flagged,
        *decided().judged(RECORD_FILING, {}).flagged,
    ]
    assert {fault.code for fault in everything} <= listed


def test_every_parameter_a_gate_or_a_term_names_is_in_the_book() -> None:
    named = {name for gate in GATES.values() for name in gate.parameters}
    named |= {sub.term for table in PROCEDURES.values() for sub in table.subs if sub.term}
    assert named <= set(book().parameters)


@pytest.mark.parametrize("day", [DAY])
def test_every_gate_and_row_cites_a_provision_that_resolves(day: date) -> None:
    table = get("penalty-simple")
    cited = [gate.basis for gate in GATES.values()] + [row.basis for row in table.rows] + [s.basis for s in table.subs]
    for basis in cited:
        book().resolve(basis, day)


def test_an_unknown_procedure_has_no_table() -> None:
    with pytest.raises(UnknownProcedureError):
        get("penalty-by-guess")


def test_the_facts_of_a_refusal_are_words_for_the_officer() -> None:
    found: Fault = recorded().judged(SPOT_DECISION, decision(officers=["chen", "recused"])).refused[0]
    assert dict(found.facts) == {"officer": "罗霜降", "party": SHOP, "since": "2018-01-01", "reason": "经营者是其兄弟"}
    assert found.field == "officers"
