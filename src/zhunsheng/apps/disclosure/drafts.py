"""The page of a decision before it is public: composed, masked, re-read, set as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhunsheng.apps.cases import issuing
from zhunsheng.apps.cases.context import context_for
from zhunsheng.apps.cases.tables import table_of
from zhunsheng.apps.disclosure.proposing import proposals, still_personal
from zhunsheng.apps.journal import queries as journal
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import SPOT_DECISION
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.deadlines import Deadline
from zhunsheng.core.disclosure.masks import Mask, mark, plain
from zhunsheng.core.disclosure.page import Source, original, published
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.publication_summary import summary_of
from zhunsheng.core.documents.sheets import sheet
from zhunsheng.core.errors import Fault
from zhunsheng.infra import forms
from zhunsheng.infra.typesetting import typeset

SUMMARY = "publication-summary"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a publisher looks at: the paper with each hidden stretch marked, and the page as it would be public."""

    document: Document
    context: SheetContext
    original: Json  # {"title", "lines"}, for the publisher and the checker only
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
    context, due = issuing.sheet_context(state, document, at=at), _due(state, at)
    source = Source(
        publication=issuing.publication_id(state.agency, document.number or ""),
        decision=document,
        context=context,
        title=forms.form(document.form).title,
        commitment=journal.commitment(Ref(state.agency, "case", state.number), document.position),
        due=due,
    )
    whole = original(source)
    chosen = proposals(whole, state, document, context) if masks is None else tuple(masks)
    page = published(whole, chosen)
    left = still_personal(page, chosen, state, document, context)
    return Draft(document, context, _marked(whole["paper"], chosen), chosen, page, left, due)


def public_pdf(made: Draft) -> bytes:
    """Return the PDF of the summary with the same stretches hidden, exactly as it will be published."""
    summary = summary_of(made.document.content, made.context)
    if "party_operator" in summary:  # one rule hides the name on page and sheet alike
        summary["party_operator"] = made.document.content["party_operator"]
    content = {name: plain(value, made.masks) if isinstance(value, str) else value for name, value in summary.items()}
    return typeset(SUMMARY, sheet(forms.form(SUMMARY), content, made.context), preview=False)


def _marked(paper: Json, masks: Sequence[Mask]) -> Json:
    if not isinstance(paper, dict) or not isinstance(lines := paper["lines"], list):
        return paper
    marked: list[Json] = [{**line, "text": mark(line["text"], masks)} for line in lines if isinstance(line, dict)]
    return {**paper, "lines": marked}


def _due(state: CaseState, at: datetime) -> Deadline | None:
    table = table_of(state)
    ctx = context_for(state.agency, state.unit, (), at=at)
    return next((term for sub, term in procedures.deadlines(table, state, ctx) if sub.key == "publication"), None)
