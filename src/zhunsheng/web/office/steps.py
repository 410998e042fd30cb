"""The steps of a procedure as acts of a person: a verb with an object, and where it is done.

The table names forms and events; only the words and the addresses are added here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from zhunsheng.core.casefile.events import EventKind
from zhunsheng.core.citation import Citation
from zhunsheng.core.law.book import Book
from zhunsheng.core.procedures.model import Missing, Procedure, Step
from zhunsheng.infra import forms, wording
from zhunsheng.infra.wording import Said
from zhunsheng.web.shared.clocks import article_words

ACTS: Final = {
    "onsite-record": "写现场笔录",
    "spot-decision": "作出当场处罚决定",
    "service-receipt": "填送达回执",
    "record-filing": "报备案",
    "payment-record": "登记缴款",
    EventKind.PUBLICATION_PROPOSED: "提出公示稿",
    EventKind.PUBLICATION_APPROVED: "审核公示稿",
    EventKind.PUBLICATION_RETURNED: "审核公示稿",
    EventKind.PUBLICATION_DELIVERED: "送到公示平台",
}
PAGES: Final = {
    EventKind.PUBLICATION_PROPOSED: "office:propose",
    EventKind.PUBLICATION_APPROVED: "office:check-publication",
}
SILENT: Final = frozenset({EventKind.PUBLICATION_RETURNED, EventKind.PUBLICATION_DELIVERED})
"""Steps that have no page of their own: sending back is a button of the check page, delivering is the worker's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A step the viewer may take now."""

    id: str
    label: str
    url: str
    article: str
    citation: Citation | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that cannot be taken yet, and why."""

    id: str
    heading: str
    said: Said
    near: bool  # a rule stands in the way now; else it is only not yet its turn


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is still missing, with who must take it."""

    id: str
    label: str
    article: str
    citation: Citation | None
    who: str
    due: date | None


def act_words(form: str) -> str:
    """Return the act of filing ``form``: 写现场笔录."""
    if form in ACTS:
        return ACTS[form]
    known = forms.forms().get(form)
    return f"填写{known.title}" if known else form


def page_of(number: str, form: str) -> str:
    """Return the address where the step is taken."""
    if form in PAGES:
        return reverse(PAGES[EventKind(form)], args=[number])
    return reverse("office:file", args=[number, form])


def choices(number: str, steps: Sequence[Step], day: date, book: Book) -> Sequence[Choice]:
    """Return the allowed steps that a person takes."""
    open_ = (step for step in steps if step.allowed and step.form not in SILENT)
    return [
        Choice(step.form.replace(".", "-"), act_words(step.form), page_of(number, step.form),
               article_words(step.basis, day, book), step.basis, step.due.last if step.due else None)
        for step in open_
    ]  # fmt: skip


def refusals(procedure: Procedure, steps: Sequence[Step], day: date) -> Sequence[Refused]:
    """Return the steps that cannot be taken yet; those that are done or do not apply are left out."""
    blocked = (step for step in steps if not step.allowed and step.form not in SILENT and not _is_over(procedure, step))
    return [
        Refused(
            step.form.replace(".", "-"),
            f"还不能{act_words(step.form)}",
            wording.say(step.faults[0], day),
            near=step.sub is None or not _is_early(procedure, step),
        )
        for step in blocked
    ]


def _is_early(procedure: Procedure, step: Step) -> bool:
    rule = procedure.form(step.form)
    return rule is not None and step.faults[0].code == rule.early


def _is_over(procedure: Procedure, step: Step) -> bool:
    rule = procedure.form(step.form)
    return rule is not None and step.faults[0].code in {rule.again, rule.exempt} - {""}


def missing(entries: Sequence[Missing], day: date, book: Book) -> Sequence[Due]:
    """Return what is missing before the case is done."""
    return [
        Due(_id(entry.form), act_words(entry.form), article_words(entry.basis, day, book), entry.basis,
            roles_words(entry.roles), entry.due.last if entry.due else None)
        for entry in entries
    ]  # fmt: skip


def _id(form: str) -> str:
    """Return the stable name of a missing step; what a checker owes is the check, whatever it ends in."""
    owed = EventKind.PUBLICATION_APPROVED if form == EventKind.PUBLICATION_RETURNED else form
    return owed.replace(".", "-")


def roles_words(roles: Sequence[str]) -> str:
    """Return the names of roles, 系统 where no person is asked."""
    known = wording.words().get("role", {})
    return "、".join(known.get(role, role) for role in roles) or "系统"
