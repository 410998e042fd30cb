"""One composer for each form that has a layout: typed facts in, the data of the sheet out.

The data is the JSON that the layouts of ``lawdata/forms`` read. Layouts contain labels and
headings, never law; the sentences are made here.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.approval import approval
from zhunsheng.core.documents.closing_report import case_termination, closing_report, reinspection_record
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.correction_order import correction_order
from zhunsheng.core.documents.defence import defence_reconsideration, defence_record, defence_waiver
from zhunsheng.core.documents.enforcing import court_application, payment_deferral, reminder
from zhunsheng.core.documents.evidence_preservation import evidence_preservation, preservation_disposal
from zhunsheng.core.documents.hearing import hearing_record, hearing_report, hearing_summons
from zhunsheng.core.documents.inquiry_record import inquiry_record
from zhunsheng.core.documents.investigation_report import investigation_report
from zhunsheng.core.documents.meetings import collective_discussion, deliberation_record
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.onsite_record import onsite_record
from zhunsheng.core.documents.opening import case_acceptance, filing_report
from zhunsheng.core.documents.penalty_decision import no_penalty_decision, penalty_decision
from zhunsheng.core.documents.prior_notice import prior_notice
from zhunsheng.core.documents.publication_summary import publication_summary
from zhunsheng.core.documents.requests import case_suspension, recusal_request
from zhunsheng.core.documents.review import review_opinion, review_submission
from zhunsheng.core.documents.sampling import result_notice, sampling_record, supervision_opinion
from zhunsheng.core.documents.service_receipt import service_receipt
from zhunsheng.core.documents.spot_decision import spot_decision

Composer: TypeAlias = Callable[[FormDef, Content, SheetContext], dict[str, Json]]

COMPOSERS: Mapping[str, Composer] = {
    "approval": approval,
    "case-acceptance": case_acceptance,
    "case-suspension": case_suspension,
    "case-termination": case_termination,
    "closing-report": closing_report,
    "collective-discussion": collective_discussion,
    "correction-order": correction_order,
    "court-application": court_application,
    "defence-reconsideration": defence_reconsideration,
    "defence-record": defence_record,
    "defence-waiver": defence_waiver,
    "deliberation-record": deliberation_record,
    "evidence-preservation": evidence_preservation,
    "filing-report": filing_report,
    "hearing-record": hearing_record,
    "hearing-report": hearing_report,
    "hearing-summons": hearing_summons,
    "inquiry-record": inquiry_record,
    "investigation-report": investigation_report,
    "no-penalty-decision": no_penalty_decision,
    "onsite-record": onsite_record,
    "payment-deferral": payment_deferral,
    "penalty-decision": penalty_decision,
    "preservation-disposal": preservation_disposal,
    "prior-notice": prior_notice,
    "publication-summary": publication_summary,
    "recusal-request": recusal_request,
    "reinspection-record": reinspection_record,
    "reminder": reminder,
    "review-opinion": review_opinion,
    "review-submission": review_submission,
    "sampling-record": sampling_record,
    "service-receipt": service_receipt,
    "spot-decision": spot_decision,
    "supervision-opinion": supervision_opinion,
    "test-result-notice": result_notice,
}


def has_sheet(form: FormDef) -> bool:
    """Tell whether the form is printed. A filing for the record or a payment is an entry, not a sheet."""
    return bool(form.layout)


def sheet(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of ``form``.

    Raises:
        KeyError: the form has no sheet.
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day.
    """
    return COMPOSERS[form.id](form, content, ctx)
