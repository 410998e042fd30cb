"""The main line of the ordinary procedure: from acceptance to the decision, and the ways back."""

from typing import Final

from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.facts import ONSITE_RECORD, SERVICE_RECEIPT
from zhunsheng.core.citation import Citation
from zhunsheng.core.procedures.model import Row
from zhunsheng.core.procedures.ordinary.gates import (
    ACCEPTANCE_GATES,
    APPROVAL_GATES,
    CHECKER,
    DECISION_APPROVAL_GATES,
    DECISION_GATES,
    DELIBERATION_GATES,
    FILING_GATES,
    HEAD,
    INQUIRY_GATES,
    NOTICE_GATES,
    RECEIPT_GATES,
    RECONSIDERATION_GATES,
    REPORT_GATES,
    SPARING_GATES,
)
from zhunsheng.core.procedures.ordinary.words import (
    AFRESH,
    AFTER_NOTICE,
    BACK,
    BEFORE_NOTICE,
    CHECK,
    CONCLUDED,
    DECIDED,
    DEFENDED,
    FILED,
    IN_TIME,
    INQUIRED,
    NOTIFIED,
    READ_AGAIN,
    REFUSED,
    RUNNING,
    SPARED,
    WAIVED,
    YES,
    on,
)
from zhunsheng.core.procedures.simple import RECORD_GATES


def _evidence(form: str, gates: tuple[str, ...], basis: Citation) -> tuple[Row, ...]:
    """Records made while the case is investigated; later ones make review and discussion begin anew."""
    early = ("new", "accepted", "proposed") if form == ONSITE_RECORD else ("accepted", "proposed")
    first = tuple(Row(stage, form, stage, basis, gates) for stage in early)
    return (*first, *(Row(stage, form, stage, basis, gates, resets=READ_AGAIN) for stage in RUNNING))


def _again(form: str, to: str, stages: tuple[str, ...], gates: tuple[str, ...]) -> tuple[Row, ...]:
    """The way back to an earlier step; it is open until the decision."""
    return tuple(Row(stage, form, to, CONCLUDED, gates, resets=READ_AGAIN) for stage in stages)


INVESTIGATION: Final = (
    *_evidence(ONSITE_RECORD, RECORD_GATES, INQUIRED),
    *_evidence(f.INQUIRY_RECORD, INQUIRY_GATES, INQUIRED),
    Row("new", f.CASE_ACCEPTANCE, "accepted", FILED, ACCEPTANCE_GATES),
    Row("accepted", f.FILING_REPORT, "proposed", FILED, FILING_GATES),
    Row("proposed", on(f.FILING_REPORT, YES), "filed", FILED, HEAD),
    Row("proposed", on(f.FILING_REPORT, BACK), "accepted", FILED, HEAD),
    Row("proposed", on(f.FILING_REPORT, REFUSED), "closed", FILED, HEAD, requires=("preservation",)),
    Row("filed", f.INVESTIGATION_REPORT, "investigated", CONCLUDED, REPORT_GATES),
    Row("investigated", f.DELIBERATION_RECORD, "deliberated", CONCLUDED, DELIBERATION_GATES),
)

APPROVALS: Final = (
    Row("deliberated", f.APPROVAL, "approving", CONCLUDED, APPROVAL_GATES, when="for-notice", resets=AFRESH),
    Row("approving", on(f.APPROVAL, CHECK), "checked", CONCLUDED, CHECKER),
    Row("approving", on(f.APPROVAL, BACK), "deliberated", CONCLUDED, CHECKER),
    Row("checked", on(f.APPROVAL, YES), "approved", CONCLUDED, HEAD),
    Row("checked", on(f.APPROVAL, BACK), "deliberated", CONCLUDED, HEAD),
    *(
        Row(
            stage,
            f.APPROVAL,
            "deciding",
            CONCLUDED,
            DECISION_APPROVAL_GATES,
            when="for-penalty",
            requires=("termination", "defence", "hearing", "review", "discussion"),
        )
        for stage in ("notified", "cleared")
    ),
    Row("deciding", on(f.APPROVAL, CHECK), "decision-checked", CONCLUDED, CHECKER),
    Row("deciding", on(f.APPROVAL, BACK), "notified", CONCLUDED, CHECKER),
    Row("decision-checked", on(f.APPROVAL, YES), "cleared", CONCLUDED, HEAD),
    Row("decision-checked", on(f.APPROVAL, BACK), "notified", CONCLUDED, HEAD),
    *(
        Row(stage, f.APPROVAL, "sparing", CONCLUDED, APPROVAL_GATES, when="for-no-penalty", resets=READ_AGAIN)
        for stage in ("deliberated", "notified", "spared")
    ),
    Row("sparing", on(f.APPROVAL, CHECK), "sparing-checked", CONCLUDED, CHECKER),
    Row("sparing", on(f.APPROVAL, BACK), "deliberated", CONCLUDED, CHECKER),
    Row("sparing-checked", on(f.APPROVAL, YES), "spared", CONCLUDED, HEAD),
    Row("sparing-checked", on(f.APPROVAL, BACK), "deliberated", CONCLUDED, HEAD),
)

NOTICE: Final = (
    Row(
        "approved",
        f.PRIOR_NOTICE,
        "noticed",
        NOTIFIED,
        NOTICE_GATES,
        requires=("termination",),
        resets=("defence", "hearing", "discussion"),
    ),
    Row("noticed", SERVICE_RECEIPT, "notified", NOTIFIED, RECEIPT_GATES, about=f.PRIOR_NOTICE),
    Row(
        "open",
        f.DEFENCE_RECORD,
        "made",
        DEFENDED,
        ("about-in-force", "not-in-future"),
        "defence",
        about=f.PRIOR_NOTICE,
        at=AFTER_NOTICE,
    ),
    Row(
        "made",
        f.DEFENCE_RECORD,
        "made",
        DEFENDED,
        ("about-in-force", "not-in-future"),
        "defence",
        about=f.PRIOR_NOTICE,
        at=AFTER_NOTICE,
    ),
    Row(
        "closed",
        f.DEFENCE_RECORD,
        "made",
        DEFENDED,
        ("about-in-force", "not-in-future"),
        "defence",
        about=f.PRIOR_NOTICE,
        at=AFTER_NOTICE,
    ),
    Row(
        "made",
        f.DEFENCE_RECONSIDERATION,
        "closed",
        DEFENDED,
        RECONSIDERATION_GATES,
        "defence",
        about=f.DEFENCE_RECORD,
        at=AFTER_NOTICE,
        resets=READ_AGAIN,
    ),
    Row(
        "open",
        f.DEFENCE_WAIVER,
        "closed",
        WAIVED,
        ("about-in-force", "waiver-clear", "not-in-future"),
        "defence",
        when="defence-waived",
        about=f.PRIOR_NOTICE,
        at=AFTER_NOTICE,
    ),
)

DECISION: Final = (
    Row(
        "cleared",
        f.PENALTY_DECISION,
        "decided",
        DECIDED,
        DECISION_GATES,
        requires=("termination", "defence", "hearing", "review", "discussion"),
    ),
    Row("running", f.PENALTY_DECISION, "made", IN_TIME, (), "clock", at=("cleared",)),
    Row(
        "spared",
        f.NO_PENALTY_DECISION,
        "decided",
        SPARED,
        SPARING_GATES,
        requires=("termination", "review", "discussion"),
    ),
    Row("running", f.NO_PENALTY_DECISION, "made", IN_TIME, (), "clock", at=("spared",)),
)

BACK_AGAIN: Final = (
    *_again(f.INVESTIGATION_REPORT, "investigated", (*BEFORE_NOTICE[1:], *AFTER_NOTICE), REPORT_GATES),
    Row("deliberated", f.DELIBERATION_RECORD, "deliberated", CONCLUDED, DELIBERATION_GATES),
    *(
        Row(stage, f.APPROVAL, "approving", CONCLUDED, APPROVAL_GATES, when="for-notice", resets=AFRESH)
        for stage in ("noticed", "notified", "cleared", "approved")
    ),
)
"""The ways back; they stand last, so that the way on is the first row of each stage."""
