"""The terms a procedure's sub-procedures run under."""

from collections.abc import Sequence
from datetime import date

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.deadlines import Deadline, deadline
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.procedures.model import Ctx, Procedure, Sub


def due_of(procedure: Procedure, counted: Sequence[Document], sub: str | None, ctx: Ctx) -> Deadline | None:
    """Return the last day of a sub-procedure's term; None when it has none or has not begun."""
    if sub is None:
        return None
    rule = procedure.sub(sub)
    began = _began(counted, rule)
    if not rule.term or began is None:
        return None
    try:
        return deadline(rule.term, began, ctx.book)
    except NoRuleError:  # the law of that day set no term
        return None


def _began(counted: Sequence[Document], sub: Sub) -> date | None:
    for key in (sub.runs_from, sub.fallback):
        form, _, opinion = key.partition(".")
        days = [
            day
            for document in counted
            if form and document.form == form and _speaks_of(document, sub.runs_about, counted)
            if (day := _day(document, opinion)) is not None
        ]
        if days:
            return days[-1]
    return None


def _day(document: Document, opinion: str) -> date | None:
    if not opinion:
        return document.made_on
    given = document.opined(opinion)
    return given.given_on if given else None


def _speaks_of(document: Document, form: str, counted: Sequence[Document]) -> bool:
    subject = text(document.content, "document")
    return not form or any(known.id == subject and known.form == form for known in counted)
