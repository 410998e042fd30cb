"""当场处罚 (simple procedure), as a table: 行政处罚法 arts 51-53.

The on-site record comes first, then the decision; from the decision on, service, filing
for the record (备案), payment of a fine and publication run side by side, and the case is
done when all of them are. Publication runs from the day of the decision, not from the
day the case is done (spec law 2.4).

To change what may follow, change a row. To make a step depend on something new, write a
gate that cites its article and name it in the row. The flow chart, the service guide and
``zhunsheng law procedure penalty-simple`` are drawn from this table; the exhaustion test
walks every place it can reach.
"""

from typing import Final

from zhunsheng.core.casefile.events import EventKind
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
)
from zhunsheng.core.citation import Citation
from zhunsheng.core.procedures.model import FormRule, Procedure, Row, Sub

SIMPLE: Final = Citation("xzcff", 51)
RECORDED: Final = Citation("xzcff", 55, 2)
HANDED_OVER: Final = Citation("xzcff", 52, 1)
SERVED: Final = Citation("xzcff", 61, 1)
REPORTED: Final = Citation("xzcff", 52, 3)
PAID: Final = Citation("xzcff", 67, 3)
PUBLIC: Final = Citation("xzcff", 48, 1)
CHECKED: Final = Citation("zfxxgktl", 17)  # before publication a review mechanism is mandatory

PEOPLE: Final = ("enough-officers", "officers-known", "certificates", "exams", "recusals")

RECORD_GATES: Final = (
    *PEOPLE,
    "unit-may-inspect",
    "subject-of-record",
    "certificates-shown",
    "rights-told-on-site",
    "something-found",
    "not-in-future",
    "record-in-order",
    "dress-and-badge",
    "recusal-asked",
    "party-signed-record",
)
DECISION_GATES: Final = (
    "rests-on-record",
    *PEOPLE,
    "unit-may-penalise",
    "same-party",
    "cause-and-basis",
    "facts-and-evidence",
    "rights-told",
    "defence-heard",
    "sanction-allowed",
    "fine-stated",
    "fine-in-range",
    "fine-within-simple-limit",
    "payment-way",
    "of-age",
    "minor",
    "within-limitation",
    "limitation-doubtful",
    "acknowledged",
    "remedies-known",
    "not-in-future",
    "decision-in-order",
)
SERVICE_GATES: Final = (
    "decision-signed",
    "about-decision",
    *PEOPLE,
    "service-complete",
    "leaving-attested",
    "not-in-future",
    "service-in-order",
    "service-in-time",
)
FILING_GATES: Final = ("about-decision", "not-in-future", "filing-in-order", "filing-in-time")
PAYMENT_GATES: Final = (
    "about-decision",
    "amount-due",
    "receipt-given",
    "not-in-future",
    "payment-in-order",
    "payment-in-time",
)

PROPOSED: Final = EventKind.PUBLICATION_PROPOSED.value
RETURNED: Final = EventKind.PUBLICATION_RETURNED.value
APPROVED: Final = EventKind.PUBLICATION_APPROVED.value
DELIVERED: Final = EventKind.PUBLICATION_DELIVERED.value

PENALTY_SIMPLE: Final = Procedure(
    name="penalty-simple",
    version=1,
    title="当场处罚",
    basis=SIMPLE,
    stages=(("new", "待检查"), ("recorded", "已检查，待决定"), ("decided", "已决定，待办结"), ("done", "已办结")),
    final="done",
    closes_from="decided",
    rows=(
        Row("new", ONSITE_RECORD, "recorded", RECORDED, RECORD_GATES),
        # A second record mends a faulty first one, or adds what was found later.
        Row("recorded", ONSITE_RECORD, "recorded", RECORDED, RECORD_GATES),
        Row("recorded", SPOT_DECISION, "decided", SIMPLE, DECISION_GATES),
        Row("open", SERVICE_RECEIPT, "closed", HANDED_OVER, SERVICE_GATES, sub="service"),
        Row("open", RECORD_FILING, "closed", REPORTED, FILING_GATES, sub="record-filing"),
        Row("open", PAYMENT_RECORD, "closed", PAID, PAYMENT_GATES, sub="payment", when="paid-in-full"),
        Row("open", PAYMENT_RECORD, "open", PAID, PAYMENT_GATES, sub="payment", when="paid-in-part"),
        Row("open", PROPOSED, "proposed", PUBLIC, ("decision-signed",), sub="publication"),
        Row("proposed", RETURNED, "open", CHECKED, ("other-person-checks",), sub="publication"),
        Row(
            "proposed",
            APPROVED,
            "approved",
            CHECKED,
            ("other-person-checks", "publication-in-time"),
            sub="publication",
        ),
        Row("approved", DELIVERED, "closed", PUBLIC, (), sub="publication"),
    ),
    subs=(
        Sub("service", "送达", "decided", SERVED, term="service", runs_from=SPOT_DECISION),
        Sub("record-filing", "备案", "decided", REPORTED, term="record_filing", runs_from=SPOT_DECISION),
        Sub("payment", "缴款", "decided", PAID, when="fine-imposed", term="pay", runs_from=SERVICE_RECEIPT),
        Sub(
            "publication",
            "公示",
            "decided",
            PUBLIC,
            when="party-adult",
            term="publish.result",
            runs_from=SPOT_DECISION,
        ),
    ),
    forms=(
        FormRule(ONSITE_RECORD, ("officer",), early="step-not-allowed", again="already-decided"),
        FormRule(SPOT_DECISION, ("officer",), early="record-before-decision", again="already-decided"),
        FormRule(
            SERVICE_RECEIPT,
            ("officer",),
            early="decision-before-service",
            again="already-served",
            about=SPOT_DECISION,
            sound=True,
        ),
        FormRule(
            RECORD_FILING,
            ("officer", "unit-head"),
            early="decision-missing",
            again="already-filed",
            about=SPOT_DECISION,
            sound=True,
        ),
        FormRule(
            PAYMENT_RECORD,
            ("officer",),
            early="decision-missing",
            again="already-paid",
            exempt="no-fine-imposed",
            about=SPOT_DECISION,
        ),
        FormRule(
            PROPOSED,
            ("publisher",),
            early="decision-missing",
            again="publication-pending",
            exempt="party-is-minor",
        ),
        FormRule(
            RETURNED, ("checker",), early="decision-missing", again="publication-not-proposed", exempt="party-is-minor"
        ),
        FormRule(
            APPROVED, ("checker",), early="decision-missing", again="publication-not-proposed", exempt="party-is-minor"
        ),
        FormRule(DELIVERED, (), early="decision-missing", again="publication-not-approved", exempt="party-is-minor"),
    ),
)
