"""Histories nobody wrote: whatever is filed in whatever order, the promises of the law hold."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.procedures.cast import (
    APPROVED,
    DAY,
    DELIVERED,
    PROCEDURE,
    PROPOSED,
    RETURNED,
    CaseFile,
    codes,
    context,
    decision,
    fined,
    payment,
    receipt,
    record,
    reported,
)
from zhunsheng.core.casefile.events import Content, EventKind
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
)
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.procedures import EXEMPT, Place, deadlines, judge, missing, place, steps
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import ACT, Filing, Severity
from zhunsheng.core.procedures.walk import walk

DOCUMENTS: tuple[tuple[str, Content], ...] = (
    (ONSITE_RECORD, record()),
    (ONSITE_RECORD, record(officers=["chen"])),
    (SPOT_DECISION, decision()),
    (SPOT_DECISION, fined()),
    (SPOT_DECISION, decision(told=False)),
    (SERVICE_RECEIPT, receipt()),
    (SERVICE_RECEIPT, receipt(document="d3")),
    (RECORD_FILING, reported()),
    (PAYMENT_RECORD, payment(20_000)),
    (PAYMENT_RECORD, payment(5_000)),
)
ids = st.sampled_from(["d1", "d2", "d3", "d4"])
acts = st.one_of(
    st.sampled_from(DOCUMENTS),
    st.tuples(st.just("sign"), ids, st.sampled_from(["chen", "huang"])),
    st.tuples(st.just("void"), ids),
    st.tuples(st.just("publish"), st.sampled_from([PROPOSED, RETURNED, APPROVED, DELIVERED]), ids),
)


def play(history: list[tuple[object, ...]]) -> CaseFile:
    case = CaseFile()
    for act in history:
        match act:
            case ("sign", str(document), str(officer)):
                case.sign(document, officer)
            case ("void", str(document)):
                case.void(document)
            case ("publish", EventKind() as kind, str(document)):
                case.publish(kind, document=document)
            case (str(form), dict(content)):
                case.file(form, content)
            case _:
                raise AssertionError(act)
    return case


def counted(state: CaseState) -> list[str]:
    return [document.form for document in walk(PROCEDURE, state).counted]


@settings(max_examples=150, deadline=None)
@given(st.lists(acts, max_size=14))
def test_whatever_happens_the_order_of_the_law_holds(history: list[tuple[object, ...]]) -> None:
    state = play(history).state
    at, forms = place(PROCEDURE, state), counted(state)
    assert forms.count(SPOT_DECISION) <= 1
    if SPOT_DECISION in forms:
        assert ONSITE_RECORD in forms[: forms.index(SPOT_DECISION)]
    if SERVICE_RECEIPT in forms:
        assert forms.index(SPOT_DECISION) < forms.index(SERVICE_RECEIPT)
        signed = state.latest(SPOT_DECISION)
        assert signed is not None
        assert not signed.unsigned
    if at.stage == "done":
        assert {stage for _, stage in at.subs} <= {"closed", EXEMPT}
    assert not any(document.voided for document in walk(PROCEDURE, state).counted)


@settings(max_examples=100, deadline=None)
@given(st.lists(acts, max_size=10))
def test_steps_and_judgement_agree(history: list[tuple[object, ...]]) -> None:
    """A step said to be open is not refused for being out of turn, and the other way round."""
    case = play(history)
    ctx = context()
    for step in steps(PROCEDURE, case.state, ctx):
        made = Filing(step.form, ACT, {}, (), "inst", DAY)
        refused = codes(judge(PROCEDURE, case.state, made, ctx).refused)
        if not step.allowed:
            assert set(codes(step.faults)) <= set(refused)
    due = {item.form for item in missing(PROCEDURE, case.state, ctx)}
    assert bool(due) is (place(PROCEDURE, case.state).stage != "done")
    assert all(term.start == DAY for _, term in deadlines(PROCEDURE, case.state, ctx))


@settings(max_examples=60, deadline=None)
@given(st.lists(acts, max_size=10), st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_record_of_fact_is_never_refused_on_any_day(history: list[tuple[object, ...]], day: date) -> None:
    case = play(history)
    for form, content in DOCUMENTS:
        if form != SPOT_DECISION:
            made = Filing(form, "fact", content, ("chen",), "inst", day)
            assert judge(PROCEDURE, case.state, made, context()).refused == ()


def test_a_fault_that_only_flags_never_refuses() -> None:
    flags = {code for gate in GATES.values() if gate.severity is Severity.FLAG for code in gate.codes}
    refuses = {code for gate in GATES.values() if gate.severity is Severity.REFUSE for code in gate.codes}
    # One word for one thing: the same empty note is a small flaw on a record and a bar to a decision.
    assert flags & refuses == {"refusal-note-missing", "attesting-witness-missing"}


def test_a_place_is_a_value() -> None:
    assert Place("new") == Place("new")
    assert hash(Place("new")) == hash(Place("new"))
