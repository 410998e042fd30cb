"""Which gates each step of the ordinary procedure must pass, by name."""

from typing import Final

from zhunsheng.core.procedures.simple import PEOPLE

HANDLERS: Final = (*PEOPLE, "unit-may-penalise")
HEAD: Final = ("about-in-force", "both-signed", "opinion-independent", "opinion-by-head")
CHECKER: Final = ("about-in-force", "both-signed", "opinion-independent")
RESULT: Final = (
    "cause-and-basis",
    "of-age",
    "minor",
    "within-limitation",
    "limitation-doubtful",
    "result-stated",
    "sanctions-in-article",
    "fine-in-article",
    "gains-and-goods",
    "within-benchmark",
    "fined-once",
    "known-to-agency",
)
INQUIRY_GATES: Final = (
    *PEOPLE,
    "unit-may-inspect",
    "certificates-shown",
    "rights-told-on-site",
    "something-asked",
    "not-in-future",
    "recusal-asked",
)
ACCEPTANCE_GATES: Final = (*PEOPLE, "unit-may-inspect", "acceptance-complete", "not-in-future")
FILING_GATES: Final = (
    *HANDLERS,
    "filing-complete",
    "cause-and-basis",
    "no-open-case",
    "within-limitation",
    "limitation-doubtful",
    "not-in-future",
    "filing-promptly",
)
REPORT_GATES: Final = (
    *HANDLERS,
    "same-party-as-filed",
    "evidence-sound",
    "facts-complete",
    *RESULT,
    "not-in-future",
    "in-order-of-days",
)
DELIBERATION_GATES: Final = (*PEOPLE, "enough-deliberate", *RESULT, "not-in-future", "in-order-of-days")
APPROVAL_GATES: Final = (*HANDLERS, "as-deliberated", "not-heavier-anew", *RESULT, "not-in-future", "in-order-of-days")
NOTICE_GATES: Final = (
    *HANDLERS,
    "as-approved",
    "notice-complete",
    "facts-complete",
    *RESULT,
    "hearing-right-told",
    "review-before-notice",
    "not-in-future",
    "in-order-of-days",
)
RECEIPT_GATES: Final = (
    "about-in-force",
    "both-signed",
    *PEOPLE,
    "service-complete",
    "way-of-service",
    "leaving-attested",
    "not-in-future",
    "served-after-made",
)
SUMMONS_RECEIPT_GATES: Final = (*RECEIPT_GATES, "summons-in-time")
DECISION_RECEIPT_GATES: Final = (*RECEIPT_GATES, "service-in-time")
RECONSIDERATION_GATES: Final = (*PEOPLE, "about-in-force", "reconsidered", "not-in-future", "in-order-of-days")
HEARING_REQUEST_GATES: Final = ("about-in-force", "asked-in-time", "not-in-future")
SUMMONS_GATES: Final = ("about-in-force", "summons-complete", "chair-independent", "summons-early-enough")
HEARING_GATES: Final = (
    "about-in-force",
    "chair-independent",
    "held-as-summoned",
    "hearing-recorded",
    "not-in-future",
)
HEARING_REPORT_GATES: Final = ("about-in-force", "chair-independent", "hearing-reported", "not-in-future")
SUBMISSION_GATES: Final = (
    *PEOPLE,
    "review-in-position",
    "materials-complete",
    "findings-answered",
    *RESULT,
    "not-in-future",
    "in-order-of-days",
)
OPINION_GATES: Final = (
    "about-in-force",
    "reviewer-qualified",
    "reviewer-independent",
    "points-answered",
    "opinion-reasoned",
    "not-in-future",
    "review-in-time",
)
DISCUSSION_GATES: Final = ("discussion-recorded", *RESULT, "windows-closed", "not-in-future", "in-order-of-days")
SPARING_DISCUSSION_GATES: Final = ("discussion-recorded", "not-in-future", "in-order-of-days")
DECISION_APPROVAL_GATES: Final = (
    *HANDLERS,
    "windows-closed",
    "needs-still-met",
    "not-heavier",
    "as-reviewed",
    "as-discussed",
    *RESULT,
    "not-in-future",
    "in-order-of-days",
)
DECISION_GATES: Final = (
    *HANDLERS,
    "as-approved",
    "windows-closed",
    "needs-still-met",
    "review-last",
    "as-reviewed",
    "as-discussed",
    "not-heavier",
    "decision-complete",
    "facts-complete",
    *RESULT,
    "remedies-known",
    "not-in-future",
    "in-order-of-days",
    "decision-in-time",
)
SPARING_GATES: Final = (
    *HANDLERS,
    "no-penalty-grounded",
    "needs-still-met",
    "not-in-future",
    "in-order-of-days",
    "decision-in-time",
)
PAYMENT_GATES: Final = ("about-in-force", "account-kept", "receipt-given", "not-in-future", "paid-late")
COURT_GATES: Final = (*PEOPLE, "about-in-force", "court-may-be-asked", "court-in-time")
CLOSING_GATES: Final = (*PEOPLE, "closing-complete", "not-in-future", "closing-in-time")
