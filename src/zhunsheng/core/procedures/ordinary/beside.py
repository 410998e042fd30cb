"""What runs beside the main line: preservation, correction, termination; and what follows a decision."""

from typing import Final

from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.facts import PAYMENT_RECORD, SERVICE_RECEIPT
from zhunsheng.core.procedures.model import Row
from zhunsheng.core.procedures.ordinary.gates import (
    CLOSING_GATES,
    COURT_GATES,
    DECISION_RECEIPT_GATES,
    HANDLERS,
    HEAD,
    PAYMENT_GATES,
    RECEIPT_GATES,
)
from zhunsheng.core.procedures.ordinary.words import (
    AFTER_DECISION,
    APPROVED,
    BACK,
    BEFORE_DECISION,
    CHECKED,
    CONCLUDED,
    CORRECTED,
    DEFERRED,
    DELIVERED,
    ENFORCED,
    IN_TIME,
    LATER,
    OPEN,
    PAID,
    PRESERVED,
    PROPOSED,
    RECORDED,
    REMINDED,
    RETURNED,
    RUNNING,
    YES,
    on,
)
from zhunsheng.core.procedures.simple import PEOPLE, PUBLIC, SERVED

SIDE: Final = (
    *(
        Row(stage, f.EVIDENCE_PRESERVATION, "kept", PRESERVED, (*HANDLERS, "preservation-complete", "not-in-future"),
            "preservation", at=("new", *BEFORE_DECISION))
        for stage in ("none", "kept")
    ),
    Row("kept", on(f.EVIDENCE_PRESERVATION, YES), "kept", PRESERVED, HEAD, "preservation"),
    Row("kept", on(f.EVIDENCE_PRESERVATION, BACK), "kept", PRESERVED, HEAD, "preservation", when="still-preserved"),
    Row("kept", on(f.EVIDENCE_PRESERVATION, BACK), "none", PRESERVED, HEAD, "preservation", when="nothing-preserved"),
    *(
        Row("kept", f.PRESERVATION_DISPOSAL, to, PRESERVED,
            ("about-in-force", *PEOPLE, "disposal-complete", "not-in-future", "disposal-in-time"),
            "preservation", when=when, about=f.EVIDENCE_PRESERVATION)
        for when, to in (("still-preserved", "kept"), ("nothing-preserved", "none"))
    ),
    *(
        Row(stage, f.CORRECTION_ORDER, "ordered", CORRECTED, (*HANDLERS, "correction-complete", "not-in-future"),
            "correction", at=OPEN)
        for stage in ("none", "ordered", "closed")
    ),
    Row("ordered", SERVICE_RECEIPT, "ordered", CORRECTED, RECEIPT_GATES, "correction", about=f.CORRECTION_ORDER,
        at=OPEN),
    Row("kept", SERVICE_RECEIPT, "kept", PRESERVED, RECEIPT_GATES, "preservation", about=f.EVIDENCE_PRESERVATION,
        at=OPEN),
    *(
        Row(stage, SERVICE_RECEIPT, stage, PRESERVED, RECEIPT_GATES, "preservation", about=f.PRESERVATION_DISPOSAL,
            at=OPEN)
        for stage in ("none", "kept")
    ),
    Row("ordered", f.REINSPECTION_RECORD, "closed", CORRECTED, (*PEOPLE, "about-in-force", "not-in-future"),
        "correction", when="put-right", about=f.CORRECTION_ORDER),
    Row("ordered", f.REINSPECTION_RECORD, "ordered", CORRECTED, (*PEOPLE, "about-in-force", "not-in-future"),
        "correction", when="not-put-right", about=f.CORRECTION_ORDER),
    Row("none", f.CASE_TERMINATION, "proposed", CONCLUDED, (*HANDLERS, "termination-grounded", "not-in-future"),
        "termination", at=RUNNING),
    Row("proposed", on(f.CASE_TERMINATION, BACK), "none", CONCLUDED, HEAD, "termination"),
    Row("proposed", on(f.CASE_TERMINATION, YES), "agreed", CONCLUDED, HEAD, "termination", at=RUNNING,
        requires=("preservation",)),
    *(
        Row(stage, on(f.CASE_TERMINATION, YES), "closed", CONCLUDED, HEAD,
            requires=("termination:proposed", "preservation"))
        for stage in RUNNING
    ),
    Row("running", on(f.CASE_TERMINATION, YES), "made", IN_TIME, (), "clock", at=RUNNING,
        requires=("termination:proposed", "preservation")),
)  # fmt: skip

AFTERWARDS: Final = (
    *(
        Row("open", SERVICE_RECEIPT, "closed", SERVED, DECISION_RECEIPT_GATES, "service", about=form)
        for form in (f.PENALTY_DECISION, f.NO_PENALTY_DECISION)
    ),
    *(
        Row(stage, PAYMENT_RECORD, to, PAID, PAYMENT_GATES, "payment", when=when, about=f.PENALTY_DECISION)
        for stage in ("open", "enforcing")
        for when, to in (("paid-off", "closed"), ("owes-still", stage))
    ),
    *(
        Row(stage, f.PAYMENT_DEFERRAL, "asked", DEFERRED, (*PEOPLE, "about-in-force", "deferral-complete"), "deferral",
            about=f.PENALTY_DECISION, at=LATER)
        for stage in ("none", "granted")
    ),
    Row("granted", SERVICE_RECEIPT, "granted", DEFERRED, RECEIPT_GATES, "deferral", about=f.PAYMENT_DEFERRAL,
        at=LATER),
    Row("asked", on(f.PAYMENT_DEFERRAL, YES), "granted", DEFERRED, HEAD, "deferral"),
    Row("asked", on(f.PAYMENT_DEFERRAL, BACK), "none", DEFERRED, HEAD, "deferral"),
    *(
        Row(stage, f.REMINDER, "reminded", REMINDED, (*PEOPLE, "about-in-force", "reminder-complete"), "enforcement",
            about=f.PENALTY_DECISION, at=AFTER_DECISION, requires=("service",))
        for stage in ("none", "reminded", "pressed")
    ),
    Row("reminded", SERVICE_RECEIPT, "pressed", REMINDED, RECEIPT_GATES, "enforcement", about=f.REMINDER,
        at=AFTER_DECISION),
    Row("pressed", f.COURT_APPLICATION, "requested", ENFORCED, COURT_GATES,
        "enforcement", about=f.PENALTY_DECISION, at=AFTER_DECISION),
    Row("requested", on(f.COURT_APPLICATION, YES), "applied", ENFORCED, HEAD, "enforcement", at=AFTER_DECISION),
    Row("open", on(f.COURT_APPLICATION, YES), "enforcing", ENFORCED, HEAD, "payment", at=AFTER_DECISION,
        requires=("enforcement:requested",)),
    Row("requested", on(f.COURT_APPLICATION, BACK), "pressed", ENFORCED, HEAD, "enforcement", at=AFTER_DECISION),
    Row("open", PROPOSED, "proposed", PUBLIC, ("decision-ready",), "publication"),
    Row("proposed", RETURNED, "open", CHECKED, ("other-person-checks",), "publication"),
    Row("proposed", APPROVED, "approved", CHECKED, ("other-person-checks", "publication-in-time"), "publication"),
    Row("approved", DELIVERED, "closed", PUBLIC, (), "publication"),
    Row("decided", f.CLOSING_REPORT, "closing", RECORDED, CLOSING_GATES,
        requires=("service", "payment", "preservation", "correction")),
    Row("closing", on(f.CLOSING_REPORT, BACK), "decided", RECORDED, HEAD),
    Row("closing", on(f.CLOSING_REPORT, YES), "closed", RECORDED, HEAD,
        requires=("service", "payment", "preservation", "correction")),
    Row("open", f.ARCHIVE_RECORD, "closed", RECORDED, ("not-in-future",), "archive"),
)  # fmt: skip
