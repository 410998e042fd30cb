"""What the program finds when a document is filed, and pins to it.

Found by the law of the document's own day and kept with the event, so that the walk
through the table needs no book of law and old cases do not change their course:

- ``needs``: which of the three predicates hold for the result, with their entries;
- ``substance``: one digest of facts, law and result, to compare documents by;
- ``owed``, ``surcharge``, ``paid``, ``left``: the account after a payment, in fen.
"""

from typing import Final

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import PAYMENT_RECORD, PaymentRecord
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.casefile.names import (
    APPROVAL,
    COLLECTIVE_DISCUSSION,
    DEFENCE_RECONSIDERATION,
    DELIBERATION_RECORD,
    HEARING_RECORD,
    HEARING_REPORT,
    INVESTIGATION_REPORT,
    NO_PENALTY_DECISION,
    PENALTY_DECISION,
    PRIOR_NOTICE,
    REVIEW_SUBMISSION,
)
from zhunsheng.core.casefile.outcome import Outcome, substance
from zhunsheng.core.procedures.account import account
from zhunsheng.core.procedures.model import Ctx, Filing, Procedure
from zhunsheng.core.review.needs import Needs, needs

RESULTS: Final = (
    INVESTIGATION_REPORT,
    DELIBERATION_RECORD,
    APPROVAL,
    PRIOR_NOTICE,
    REVIEW_SUBMISSION,
    COLLECTIVE_DISCUSSION,
    PENALTY_DECISION,
)
"""Forms that state facts and a result."""

AFTERWARDS: Final = (HEARING_REPORT, DEFENCE_RECONSIDERATION)
"""Forms after which the needs of the result told in the notice are looked at again."""


def derived(procedure: Procedure, state: CaseState, filing: Filing, ctx: Ctx) -> dict[str, Json]:
    """Return what is to be pinned to a document that is filed now; {} for most forms."""
    if procedure.form(PRIOR_NOTICE) is None:
        return {}
    if filing.form in RESULTS:
        found = needs_of(state, Outcome.of(filing.content), filing, ctx)
        return {"needs": found.as_json(), "substance": substance(filing.content)}
    if filing.form in AFTERWARDS:
        notice = state.latest(PRIOR_NOTICE)
        return {"needs": needs_of(state, Outcome.of(notice.content), filing, ctx).as_json()} if notice else {}
    if filing.form == NO_PENALTY_DECISION:
        return {"needs": Needs().as_json()}
    if filing.form == PAYMENT_RECORD:
        payment = PaymentRecord.of(filing.content)
        found_account = account(
            state.documents, payment.paid_on or filing.made_on, ctx.book, adding=payment.amount or 0
        )
        return found_account.as_json() if found_account else {}
    return {}


def needs_of(state: CaseState, outcome: Outcome, filing: Filing, ctx: Ctx) -> Needs:
    """Return what ``outcome`` makes due on the day of the filing."""
    heard = filing.form == HEARING_REPORT or state.latest(HEARING_RECORD) is not None
    return needs(outcome, heard=heard, day=filing.made_on, book=ctx.book, more=ctx.catalogue)
