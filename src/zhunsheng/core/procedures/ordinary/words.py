"""Provisions, keys of steps and main stages that the parts of the ordinary table share."""

from typing import Final

from zhunsheng.core.casefile.events import EventKind
from zhunsheng.core.citation import Citation

ORDINARY: Final = Citation("xzcff", 54, 1)
FILED: Final = Citation("xzcff", 54, 2)
INQUIRED: Final = Citation("xzcff", 55, 2)
CORRECTED: Final = Citation("xzcff", 28, 1)
PRESERVED: Final = Citation("xzcff", 56)
CONCLUDED: Final = Citation("xzcff", 57, 1)
DISCUSSED: Final = Citation("xzcff", 57, 2)
REVIEWED: Final = Citation("xzcff", 58, 1)
NOTIFIED: Final = Citation("xzcff", 44)
DEFENDED: Final = Citation("xzcff", 45, 1)
WAIVED: Final = Citation("xzcff", 62)
HEARD: Final = Citation("xzcff", 64)
BASED_ON_RECORD: Final = Citation("xzcff", 65)
DECIDED: Final = Citation("xzcff", 59, 1)
IN_TIME: Final = Citation("xzcff", 60)
SPARED: Final = Citation("xzcff", 33)
PAID: Final = Citation("xzcff", 67, 3)
DEFERRED: Final = Citation("xzcff", 66, 2)
ENFORCED: Final = Citation("xzcff", 72, 1)
REMINDED: Final = Citation("xzqzf", 54)
CHECKED: Final = Citation("zfxxgktl", 17)
RECORDED: Final = Citation("xzcff", 47)

PROPOSED: Final = EventKind.PUBLICATION_PROPOSED.value
RETURNED: Final = EventKind.PUBLICATION_RETURNED.value
APPROVED: Final = EventKind.PUBLICATION_APPROVED.value
DELIVERED: Final = EventKind.PUBLICATION_DELIVERED.value

YES: Final = "approved"
CHECK: Final = "checked"
BACK: Final = "returned"
REFUSED: Final = "refused"


def on(form: str, opinion: str) -> str:
    """Return the key of the step by which an opinion is given on a document."""
    return f"{form}.{opinion}"


BEFORE_NOTICE: Final = ("filed", "investigated", "deliberated", "approving", "checked", "approved")
ANSWERING: Final = ("notified",)
ABOUT_TO_DECIDE: Final = ("deciding", "decision-checked", "cleared")
SPARING: Final = ("sparing", "sparing-checked", "spared")
AFTER_NOTICE: Final = ("noticed", *ANSWERING, *ABOUT_TO_DECIDE, *SPARING)
RUNNING: Final = (*BEFORE_NOTICE, *AFTER_NOTICE)
BEFORE_DECISION: Final = ("accepted", "proposed", *RUNNING)
AFTER_DECISION: Final = ("decided", "closing")
OPEN: Final = ("new", *BEFORE_DECISION, *AFTER_DECISION)
LATER: Final = (*AFTER_DECISION, "closed")

STAGES: Final = (
    ("new", "待受理"),
    ("accepted", "已受理，待立案"),
    ("proposed", "待批准立案"),
    ("filed", "已立案，调查中"),
    ("investigated", "调查终结，待合议"),
    ("deliberated", "已合议，待报批"),
    ("approving", "告知待审核"),
    ("checked", "告知待审批"),
    ("approved", "已批准，待告知"),
    ("noticed", "待送达告知书"),
    ("notified", "已告知，听取意见"),
    ("deciding", "处罚待审核"),
    ("decision-checked", "处罚待审批"),
    ("cleared", "已批准，待出决定书"),
    ("sparing", "不予处罚待审核"),
    ("sparing-checked", "不予处罚待审批"),
    ("spared", "已批准，待出不予处罚决定书"),
    ("decided", "已决定，待办结"),
    ("closing", "待批准结案"),
    ("closed", "已结案，待归档"),
    ("archived", "已归档"),
)

AFRESH: Final = ("defence", "hearing", "review", "discussion")
"""What a new notice begins anew."""
READ_AGAIN: Final = ("review", "discussion")
"""What must be done again when facts or the party's answer changed."""
