"""The eleven points: what the program answers by itself, and what it leaves to the reviewer."""

from dataclasses import replace
from datetime import date

from tests.core.procedures.ordinary_cast import (
    TABLE,
    Case,
    filed,
    heard_case,
    inquiry,
    notified,
    onsite,
    practice,
    stated,
    submission,
)
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import ONSITE_RECORD
from zhunsheng.core.procedures import SelfCheck, checked_by_program
from zhunsheng.core.review.points import CODES


def checks(case: Case, **changes: Json) -> dict[str, SelfCheck]:
    found = checked_by_program(TABLE, case.state, submission(case, **changes), case.ctx())
    assert tuple(check.point for check in found) == CODES
    return {check.point: check for check in found}


def test_a_clean_file_leaves_the_judgement_to_the_reviewer() -> None:
    answers = {point: check.answer for point, check in checks(heard_case()).items()}
    assert answers == {
        "subject": "yes", "officers": "yes", "procedure": "", "facts": "", "evidence": "", "law": "",
        "discretion": "", "powers": "yes", "documents": "yes", "crime": "", "other": "",
    }  # fmt: skip


def test_the_evidence_is_listed_page_by_page() -> None:
    evidence = checks(heard_case())["evidence"]
    assert evidence.documents == ("onsite-record-1", "inquiry-record-1")


def test_a_wrong_amount_is_found_before_the_reviewer_reads() -> None:
    law = checks(heard_case(), fine=100)["law"]
    assert (law.answer, [fault.code for fault in law.faults]) == ("no", ["fine-out-of-range"])
    discretion = checks(heard_case(), benchmark="physician-unqualified.3")["discretion"]
    assert discretion.answer == "no"


def test_a_record_by_unfit_officers_is_named() -> None:
    case = Case(practice())
    case.do(ONSITE_RECORD, onsite(case, officers=["chen", "none"]))
    officers = checks(case)["officers"]
    assert (officers.answer, officers.documents) == ("no", ("onsite-record-1",))


def test_a_record_without_rights_marks_procedure() -> None:
    case = filed(practice())
    case.do(f.INQUIRY_RECORD, inquiry(case, recusal_told=False))
    procedure = checks(case)["procedure"]
    assert (procedure.answer, procedure.documents) == ("no", ("inquiry-record-1",))


def test_an_unsigned_document_is_named() -> None:
    case = filed(practice())
    case.do(f.INVESTIGATION_REPORT, stated(case, outcome="penalty"), sign=False)
    assert checks(case)["documents"].documents == ("investigation-report-1",)


def test_an_expired_mandate_is_found() -> None:
    case = notified(practice(), hearing=True)
    unit = case.ctx().unit
    ended = tuple(replace(known, valid_to=date(2026, 5, 1)) for known in unit.capacities)
    case.changes["unit"] = replace(unit, capacities=ended)
    assert [fault.code for fault in checks(case)["subject"].faults] == ["mandate-expired"]
