"""Story 1: a dental clinic does not sort its waste. From the inspection to the archive, no review needed."""

from datetime import date

from tests.core.procedures.ordinary_cast import (
    TABLE,
    Case,
    acceptance,
    approval,
    codes,
    decision,
    defence,
    deliberation,
    filing_report,
    inquiry,
    notice,
    onsite,
    payment,
    receipt,
    reconsideration,
    stated,
    subject,
)
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import EventKind, Json
from zhunsheng.core.casefile.facts import ONSITE_RECORD, PAYMENT_RECORD, SERVICE_RECEIPT
from zhunsheng.core.procedures import EXEMPT, deadlines, missing, steps


def allowed(case: Case) -> set[str]:
    return {step.form for step in steps(TABLE, case.state, case.ctx()) if step.allowed}


def test_the_dental_clinic_from_inspection_to_archive() -> None:
    case = Case()
    assert f.FILING_REPORT not in allowed(case)
    case.do(ONSITE_RECORD, onsite(case))
    case.do(f.EVIDENCE_PRESERVATION, _kept(case)).approve(f.EVIDENCE_PRESERVATION)
    case.later().do(f.CASE_ACCEPTANCE, acceptance(case))
    case.do(f.FILING_REPORT, filing_report(case))
    assert case.stage == "proposed"
    case.approve(f.FILING_REPORT).later()
    assert case.stage == "filed"

    case.do(f.INQUIRY_RECORD, inquiry(case))
    case.do(f.CORRECTION_ORDER, subject(case, **_told(case)))
    case.do(SERVICE_RECEIPT, receipt(case, f.CORRECTION_ORDER)).later(3)
    assert case.stage == "filed"
    assert {sub.key: term.last for sub, term in deadlines(TABLE, case.state, case.ctx())} == {
        "preservation": date(2026, 6, 10),
        "clock": date(2026, 8, 31),
    }
    case.do(f.PRESERVATION_DISPOSAL, _given_back(case))
    assert case.sub("preservation") == "none"

    case.do(f.INVESTIGATION_REPORT, stated(case, outcome="penalty")).later()
    case.do(f.DELIBERATION_RECORD, deliberation(case)).later()
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved").later()
    case.do(f.PRIOR_NOTICE, notice(case))
    assert (case.stage, case.sub("hearing"), case.sub("review"), case.sub("discussion")) == (
        "noticed", EXEMPT, EXEMPT, EXEMPT,
    )  # fmt: skip
    case.do(SERVICE_RECEIPT, receipt(case, f.PRIOR_NOTICE)).later()
    assert case.stage == "notified"

    case.do(f.DEFENCE_RECORD, defence(case)).later()
    assert case.sub("defence") == "made"
    case.do(f.DEFENCE_RECONSIDERATION, reconsideration(case))
    assert codes(case.judged(f.APPROVAL, approval(case, "penalty")).refused) == ["defence-window-open"]
    case.later(7).do(f.APPROVAL, approval(case, "penalty")).approve(f.APPROVAL, "checked", "approved")
    case.do(f.PENALTY_DECISION, decision(case)).later()
    assert case.stage == "decided"

    case.do(SERVICE_RECEIPT, receipt(case, f.PENALTY_DECISION)).later(5)
    case.do(PAYMENT_RECORD, payment(case, 400_000))
    assert (case.sub("service"), case.sub("payment")) == ("closed", "closed")
    assert codes(case.judged(f.CLOSING_REPORT, _closing(case)).refused) == ["correction-not-reinspected"]
    case.do(f.REINSPECTION_RECORD, _seen_again(case))
    case.publish(EventKind.PUBLICATION_PROPOSED, EventKind.PUBLICATION_APPROVED, EventKind.PUBLICATION_DELIVERED)
    case.do(f.CLOSING_REPORT, _closing(case)).approve(f.CLOSING_REPORT)
    assert case.stage == "closed"
    case.do(f.ARCHIVE_RECORD, {"filed_on": case.day.isoformat(), "officers": ["chen"]})
    assert (case.stage, allowed(case)) == ("archived", set())
    assert missing(TABLE, case.state, case.ctx()) == ()
    assert all(not known.faults for known in case.state.documents)


def _kept(case: Case) -> dict[str, Json]:
    return subject(case, made_on=case.day.isoformat(), reason="可能灭失", goods=[{"name": "黄色袋", "count": "2个"}])


def _given_back(case: Case) -> dict[str, Json]:
    return subject(case, document=case.last(f.EVIDENCE_PRESERVATION), made_on=case.day.isoformat(), disposal="return")


def _told(case: Case) -> dict[str, Json]:
    return {"made_on": case.day.isoformat(), "correction_text": "按类别分置", "correct_by": "2026-06-20"}


def _seen_again(case: Case) -> dict[str, Json]:
    made: dict[str, Json] = {
        "document": case.last(f.CORRECTION_ORDER),
        "started_at": case.at("09:00"),
        "corrected": True,
    }
    return {**made, "findings": [{"place": "诊室", "text": "已分置"}], "officers": ["chen", "huang"]}


def _closing(case: Case) -> dict[str, Json]:
    made: dict[str, Json] = {
        "made_on": case.day.isoformat(),
        "execution": "voluntary",
        "result_text": "已缴清，已改正。",
    }
    return {**made, "executed_on": case.day.isoformat(), "officers": ["chen", "huang"]}
