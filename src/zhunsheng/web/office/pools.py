"""What can be chosen on a form: officers with the standing of their certificates, items, documents of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.apps.registry import queries as registry
from zhunsheng.apps.registry.facts import OfficerView
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.casefile.people import Certificate
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.items import Item
from zhunsheng.infra import forms, lawdata
from zhunsheng.web.office.widgets import Option, Pools
from zhunsheng.web.shared.clocks import article_words
from zhunsheng.web.shared.words import plain_day

NO_CERTIFICATE = "没有执法证"


def pools_for(state: CaseState, day: date) -> Pools:
    """Return what a form of this case can choose from on ``day``."""
    return Pools(officers=officers(state.agency, day), items=items(state.agency, day), documents=documents(state))


def officers(agency: str, day: date) -> tuple[Option, ...]:
    """Return every officer of the agency, each with a word on his certificate on ``day``."""
    known = registry.officer_list(agency)
    return tuple(Option(view.id, view.name, view.unit_name, note=certificate_word(view, day)) for view in known)


def certificate_word(view: OfficerView, day: date) -> str:
    """Return how an officer's newest certificate stands on ``day``; category and area are judged by the gates."""
    held = [each.certificate for each in view.certificates]
    if not held:
        return NO_CERTIFICATE
    if any(_valid(certificate, day) for certificate in held):
        return ""
    newest = max(held, key=lambda certificate: certificate.valid_to)
    if newest.withdrawn_on and newest.withdrawn_on <= day:
        return f"执法证 {plain_day(newest.withdrawn_on)}收回"
    return f"执法证 {plain_day(newest.valid_to)}到期" if newest.valid_to < day else "执法证还没有生效"


def _valid(certificate: Certificate, day: date) -> bool:
    withdrawn = certificate.withdrawn_on is not None and certificate.withdrawn_on <= day
    return certificate.valid_from <= day <= certificate.valid_to and not withdrawn


def items(agency: str, day: date) -> tuple[Option, ...]:
    """Return the items in force on ``day``, gathered by field."""
    found = [item for item in registry.items(agency).values() if item.in_force(day)]
    ordered = sorted(found, key=lambda item: (item.mark, item.field, item.id))
    return tuple(Option(item.id, item.cause, item.field) for item in ordered)


def documents(state: CaseState) -> tuple[Option, ...]:
    """Return the numbered documents of the case that were not voided."""
    known = forms.forms()
    return tuple(
        Option(document.id, f"{known[document.form].title} {document.number}")
        for document in state.documents
        if document.number and not document.voided and document.form in known
    )


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item with its articles and fines in words."""

    id: str
    cause: str
    field: str
    mark: str
    violated: str
    violated_text: str
    basis: str
    basis_text: str
    sanctions: str
    ranges: tuple[str, ...]
    note: str


def item_card(item: Item, day: date, book: Book | None = None) -> ItemCard:
    """Return ``item`` in words, its articles named as of ``day``."""
    book = book or lawdata.book()
    return ItemCard(
        id=item.id,
        cause=item.cause,
        field=item.field,
        mark=item.mark,
        violated=str(item.violated),
        violated_text=article_words(item.violated, day, book),
        basis=str(item.basis),
        basis_text=article_words(item.basis, day, book),
        sanctions="、".join(item.sanctions),
        ranges=tuple(f"{fine.when}{'的，' if fine.when else ''}{fine.words}" for fine in item.ranges_at(day)),
        note=item.note,
    )


def names(options: Sequence[Option]) -> Mapping[str, str]:
    """Return the label of each option by its value."""
    return {option.value: option.label for option in options}
