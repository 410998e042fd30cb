"""How the ordinary procedure treats each form: who takes the step, and what is said when it is out of turn."""

from typing import Final

from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.facts import ONSITE_RECORD, PAYMENT_RECORD, SERVICE_RECEIPT
from zhunsheng.core.procedures.model import FormRule
from zhunsheng.core.procedures.ordinary.words import (
    APPROVED,
    BACK,
    CHECK,
    DELIVERED,
    PROPOSED,
    REFUSED,
    RETURNED,
    YES,
    on,
)


def _opinion(form: str, *opinions: str, role: str = "agency-head") -> tuple[FormRule, ...]:
    return tuple(
        FormRule(on(form, opinion), (role,), early="nothing-to-approve", again="already-approved")
        for opinion in opinions
    )


def _rule(form: str, early: str, *, again: str = "", roles: tuple[str, ...] = ("officer",), exempt: str = "",
          sound: bool = False) -> FormRule:  # fmt: skip
    return FormRule(form, roles, early=early, again=again, exempt=exempt, sound=sound)


FORMS: Final = (
    _rule(ONSITE_RECORD, "step-not-allowed", again="already-decided"),
    _rule(f.CASE_ACCEPTANCE, "step-not-allowed", again="already-accepted"),
    _rule(f.FILING_REPORT, "acceptance-missing", again="filing-already-proposed"),
    *_opinion(f.FILING_REPORT, YES, BACK, REFUSED),
    _rule(f.INQUIRY_RECORD, "case-not-filed", again="already-decided"),
    _rule(f.CORRECTION_ORDER, "step-not-allowed"),
    _rule(f.REINSPECTION_RECORD, "correction-not-ordered", sound=True),
    FormRule(f.EVIDENCE_PRESERVATION, ("officer",), early="step-not-allowed", each=True),
    *_opinion(f.EVIDENCE_PRESERVATION, YES, BACK),
    _rule(f.PRESERVATION_DISPOSAL, "nothing-preserved"),
    _rule(f.INVESTIGATION_REPORT, "case-not-filed", again="already-decided"),
    _rule(f.DELIBERATION_RECORD, "investigation-not-finished", again="already-decided"),
    _rule(f.APPROVAL, "deliberation-missing", again="already-decided"),
    FormRule(on(f.APPROVAL, CHECK), ("checker", "unit-head"), early="nothing-to-approve", again="already-approved"),
    FormRule(on(f.APPROVAL, YES), ("agency-head",), early="nothing-to-approve", again="already-approved"),
    FormRule(
        on(f.APPROVAL, BACK),
        ("checker", "unit-head", "agency-head"),
        early="nothing-to-approve",
        again="already-approved",
    ),
    _rule(f.PRIOR_NOTICE, "notice-not-approved", again="already-notified"),
    _rule(SERVICE_RECEIPT, "nothing-to-serve", again="already-served", sound=True),
    _rule(f.DEFENCE_RECORD, "notice-not-served", sound=True),
    _rule(f.DEFENCE_WAIVER, "notice-not-served", sound=True),
    _rule(f.DEFENCE_RECONSIDERATION, "no-defence-made"),
    _rule(f.HEARING_REQUEST, "notice-not-served", again="hearing-already-asked", exempt="hearing-not-offered",
          sound=True),
    _rule(f.HEARING_SUMMONS, "hearing-not-asked", exempt="hearing-not-offered", roles=("officer", "reviewer")),
    _rule(f.HEARING_RECORD, "hearing-not-summoned", exempt="hearing-not-offered", roles=("officer", "reviewer"),
          sound=True),
    _rule(f.HEARING_REPORT, "hearing-not-held", exempt="hearing-not-offered", roles=("officer", "reviewer")),
    _rule(f.REVIEW_SUBMISSION, "review-too-early", again="review-pending"),
    _rule(f.REVIEW_OPINION, "review-not-submitted", roles=("reviewer",)),
    _rule(f.COLLECTIVE_DISCUSSION, "discussion-too-early", roles=("officer", "unit-head", "agency-head")),
    _rule(f.PENALTY_DECISION, "decision-not-approved", again="already-decided"),
    _rule(f.NO_PENALTY_DECISION, "decision-not-approved", again="already-decided"),
    _rule(PAYMENT_RECORD, "decision-missing", again="already-paid", exempt="no-fine-imposed",
          roles=("officer", "cashier")),
    _rule(f.PAYMENT_DEFERRAL, "decision-missing", exempt="no-fine-imposed"),
    *_opinion(f.PAYMENT_DEFERRAL, YES, BACK),
    _rule(f.REMINDER, "decision-missing", exempt="no-fine-imposed"),
    _rule(f.COURT_APPLICATION, "not-reminded", exempt="no-fine-imposed"),
    *_opinion(f.COURT_APPLICATION, YES, BACK),
    FormRule(PROPOSED, ("publisher",), early="decision-missing", again="publication-pending", exempt="party-is-minor"),
    FormRule(RETURNED, ("checker",), early="decision-missing", again="publication-not-proposed",
             exempt="party-is-minor"),
    FormRule(APPROVED, ("checker",), early="decision-missing", again="publication-not-proposed",
             exempt="party-is-minor"),
    FormRule(DELIVERED, (), early="decision-missing", again="publication-not-approved", exempt="party-is-minor"),
    _rule(f.CASE_TERMINATION, "case-not-filed", again="already-decided"),
    *_opinion(f.CASE_TERMINATION, YES, BACK),
    _rule(f.CLOSING_REPORT, "decision-missing", again="already-closed"),
    *_opinion(f.CLOSING_REPORT, YES, BACK),
    _rule(f.ARCHIVE_RECORD, "case-not-closed", again="already-archived", roles=("archivist",)),
)  # fmt: skip
