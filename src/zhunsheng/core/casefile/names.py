"""Ids of the forms of the ordinary procedure, and the field with each form's legal date."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CASE_ACCEPTANCE: Final = "case-acceptance"  # 案件受理记录
FILING_REPORT: Final = "filing-report"  # 立案报告
INQUIRY_RECORD: Final = "inquiry-record"  # 询问笔录
CORRECTION_ORDER: Final = "correction-order"  # 责令改正通知书
EVIDENCE_PRESERVATION: Final = "evidence-preservation"  # 证据先行登记保存决定书
PRESERVATION_DISPOSAL: Final = "preservation-disposal"  # 证据先行登记保存处理决定书
INVESTIGATION_REPORT: Final = "investigation-report"  # 案件调查终结报告
DELIBERATION_RECORD: Final = "deliberation-record"  # 合议记录
APPROVAL: Final = "approval"  # 行政执法事项审批表
PRIOR_NOTICE: Final = "prior-notice"  # 行政处罚事先告知书
DEFENCE_RECORD: Final = "defence-record"  # 陈述和申辩笔录
DEFENCE_WAIVER: Final = "defence-waiver"  # 放弃陈述、申辩、听证的声明
DEFENCE_RECONSIDERATION: Final = "defence-reconsideration"  # 复核意见书
HEARING_REQUEST: Final = "hearing-request"  # 听证申请
HEARING_SUMMONS: Final = "hearing-summons"  # 行政处罚听证通知书
HEARING_RECORD: Final = "hearing-record"  # 听证笔录
HEARING_REPORT: Final = "hearing-report"  # 听证意见书
REVIEW_SUBMISSION: Final = "review-submission"  # 法制审核送审函
REVIEW_OPINION: Final = "review-opinion"  # 法制审核意见书
COLLECTIVE_DISCUSSION: Final = "collective-discussion"  # 集体讨论记录
PENALTY_DECISION: Final = "penalty-decision"  # 行政处罚决定书
NO_PENALTY_DECISION: Final = "no-penalty-decision"  # 不予行政处罚决定书
PAYMENT_DEFERRAL: Final = "payment-deferral"  # 延期、分期缴纳罚款决定
REMINDER: Final = "reminder"  # 催告书
COURT_APPLICATION: Final = "court-application"  # 强制执行申请书
REINSPECTION_RECORD: Final = "reinspection-record"  # 复查笔录
CLOSING_REPORT: Final = "closing-report"  # 结案报告
CASE_TERMINATION: Final = "case-termination"  # 终止、撤销案件审批
ARCHIVE_RECORD: Final = "archive-record"  # 归档

LEGAL_DATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        CASE_ACCEPTANCE: "accepted_on",
        FILING_REPORT: "made_on",
        INQUIRY_RECORD: "started_at",
        CORRECTION_ORDER: "made_on",
        EVIDENCE_PRESERVATION: "made_on",
        PRESERVATION_DISPOSAL: "made_on",
        INVESTIGATION_REPORT: "made_on",
        DELIBERATION_RECORD: "held_at",
        APPROVAL: "made_on",
        PRIOR_NOTICE: "made_on",
        DEFENCE_RECORD: "made_at",
        DEFENCE_WAIVER: "stated_on",
        DEFENCE_RECONSIDERATION: "made_on",
        HEARING_REQUEST: "asked_on",
        HEARING_SUMMONS: "made_on",
        HEARING_RECORD: "started_at",
        HEARING_REPORT: "made_on",
        REVIEW_SUBMISSION: "submitted_on",
        REVIEW_OPINION: "made_on",
        COLLECTIVE_DISCUSSION: "held_at",
        PENALTY_DECISION: "made_on",
        NO_PENALTY_DECISION: "made_on",
        PAYMENT_DEFERRAL: "made_on",
        REMINDER: "made_on",
        COURT_APPLICATION: "made_on",
        REINSPECTION_RECORD: "started_at",
        CLOSING_REPORT: "made_on",
        CASE_TERMINATION: "made_on",
        ARCHIVE_RECORD: "filed_on",
    }
)
