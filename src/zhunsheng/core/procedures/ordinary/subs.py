"""The sub-procedures of the ordinary procedure, with their terms."""

from typing import Final

from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT
from zhunsheng.core.procedures.model import Sub
from zhunsheng.core.procedures.ordinary.words import (
    CONCLUDED,
    CORRECTED,
    DEFENDED,
    DEFERRED,
    DISCUSSED,
    ENFORCED,
    HEARD,
    IN_TIME,
    PAID,
    PRESERVED,
    RECORDED,
    REVIEWED,
    YES,
    on,
)
from zhunsheng.core.procedures.simple import PUBLIC, SERVED

SUBS: Final = (
    Sub("preservation", "证据先行登记保存", "new", PRESERVED, first="none", last="none", term="evidence.preservation",
        runs_from=f.EVIDENCE_PRESERVATION, pending="preserved-goods-left"),
    Sub("correction", "责令改正", "new", CORRECTED, first="none", last="closed", rests=("none",),
        pending="correction-not-reinspected"),
    Sub("termination", "终止调查", "filed", CONCLUDED, first="none", last="agreed", rests=("none",),
        pending="termination-pending", lapses=True),
    Sub("clock", "作出决定", "filed", IN_TIME, first="running", last="made", term="decide",
        runs_from=on(f.FILING_REPORT, YES), lapses=True),
    Sub("review", "法制审核", "deliberated", REVIEWED, first="due", last="passed", when="review-needed",
        term="review.limit", runs_from=f.REVIEW_SUBMISSION, pending="review-not-passed", lapses=True),
    Sub("defence", "陈述申辩", "noticed", DEFENDED, first="open", last="closed", rests=("open",), term="defence",
        runs_from=SERVICE_RECEIPT, runs_about=f.PRIOR_NOTICE, pending="defence-not-reconsidered", lapses=True),
    Sub("hearing", "听证", "noticed", HEARD, first="offered", last="closed", when="hearing-offered",
        rests=("offered",), term="hearing.request", runs_from=SERVICE_RECEIPT, runs_about=f.PRIOR_NOTICE,
        pending="hearing-not-finished", lapses=True),
    Sub("discussion", "集体讨论", "deliberated", DISCUSSED, first="due", last="held", when="discussion-needed",
        pending="discussion-not-held", lapses=True),
    Sub("service", "送达", "decided", SERVED, term="service", runs_from=f.PENALTY_DECISION,
        fallback=f.NO_PENALTY_DECISION, pending="decision-not-served", optional=True),
    Sub("payment", "缴款", "decided", PAID, when="owes-money", rests=("enforcing",), term="pay",
        runs_from=SERVICE_RECEIPT, runs_about=f.PENALTY_DECISION, pending="decision-not-performed", optional=True),
    Sub("deferral", "延期、分期缴纳", "decided", DEFERRED, first="none", last="granted", rests=("none",),
        when="owes-money", optional=True),
    Sub("enforcement", "申请法院强制执行", "decided", ENFORCED, first="none", last="applied",
        rests=("none", "reminded", "pressed", "requested"), when="owes-money", optional=True),
    Sub("publication", "公示", "decided", PUBLIC, when="to-be-published", term="publish.result",
        runs_from=f.PENALTY_DECISION, optional=True),
    Sub("archive", "归档", "closed", RECORDED),
)  # fmt: skip
