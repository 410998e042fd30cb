"""The page of a decision before it is public: composed, masked, re-read, set as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhunsheng.apps.cases import issuing
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.disclosure.proposing import proposals
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import SPOT_DECISION
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.deadlines import Deadline
from zhunsheng.core.disclosure import masks as hiding
from zhunsheng.core.disclosure.masks import Mask
from zhunsheng.core.disclosure.page import Source, original, published
from zhunsheng.core.documents.publication_summary import summary_of
from zhunsheng.core.documents.sheets import sheet
from zhunsheng.core.errors import Fault
from zhunsheng.infra import forms
from zhunsheng.infra.typesetting import typeset

SUMMARY = "publication-summary"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a publisher looks at: the page with nothing hidden, the masks, the page as it would be public."""

    document: Document
    original: dict[str, Json]
    masks: tuple[Mask, ...]
    page: dict[str, Json]
    residual: tuple[Fault, ...]  # what still looks personal on the masked page
    due: Deadline | None


def draft(state: CaseState, masks: Sequence[Mask] | None = None, *, at: datetime) -> Draft | None:
    """Return the draft of the case's decision, with proposed masks or the given ones; None before a decision.

    Raises:
        CitationError: a provision of the decision does not resolve on its day.
    """
    document = state.latest(SPOT_DECISION)
    if document is None:
        return None
    due = _due(state, at)
    source = Source(
        publication=issuing.publication_id(state.agency, document.number or ""),
        decision=document,
        context=issuing.sheet_context(state, document, at=at),
        title=forms.form(document.form).title,
        commitment=journal.commitment(Ref(state.agency, "case", state.number), document.position),
        due=due,
    )
    whole = original(source)
    chosen = proposals(state, document, whole) if masks is None else tuple(masks)
    page = published(whole, chosen)
    return Draft(document, whole, chosen, page, residual(page, chosen), due)


def public_pdf(state: CaseState, made: Draft, *, at: datetime) -> bytes:
    """Return the PDF of the summary with the same stretches hidden, exactly as it will be published."""
    context = issuing.sheet_context(state, made.document, at=at)
    form = forms.form(SUMMARY)
    content = {
        name: hiding.plain(value, made.masks) if isinstance(value, str) else value
        for name, value in summary_of(made.document.content, context).items()
    }
    return typeset(SUMMARY, sheet(form, content, context), preview=False)


def residual(page: dict[str, Json], masks: Sequence[Mask]) -> tuple[Fault, ...]:
    """Return what must not be published like this: an original that is still there, or a number of a person."""
    from zhunsheng.core.redaction import residual as find  # noqa: PLC0415

    words = "\n".join(hiding.strings(page))
    party = page.get("party")
    allowed = [str(part) for part in party.values()] if isinstance(party, dict) else []
    return find(words, [mask.original for mask in masks], allowed=allowed)


def _due(state: CaseState, at: datetime) -> Deadline | None:
    table = table_of(state)
    ctx = context_for(state.agency, state.unit, (), at=at)
    return next((term for sub, term in procedures.deadlines(table, state, ctx) if sub.key == "publication"), None)
