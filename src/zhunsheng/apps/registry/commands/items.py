"""Acts on items: the bureau takes the national baseline over, follows its changes, lets an item go."""

from datetime import date, datetime

from django.db import transaction

from zhunsheng.apps.accounts.acting import Act
from zhunsheng.apps.accounts.gates import refuse, text
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.registry import gates
from zhunsheng.apps.registry.events import ITEM, ItemKind
from zhunsheng.apps.registry.facts import ItemView
from zhunsheng.apps.registry.folds import fold_item
from zhunsheng.apps.registry.items import to_json
from zhunsheng.apps.registry.projections import ITEMS
from zhunsheng.core.casefile.events import Content, Event
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.items import Item


@transaction.atomic(durable=True)
def seed_items(book: Book, *, agency: str, actor: str, at: datetime) -> list[Event]:
    """Adopt every item of ``book`` that the agency lacks, and follow those that changed.

    Safe to repeat: what is the same writes nothing. An item the agency retired stays retired.

    Raises:
        RefusedError: ``role-missing``, ``agency-unknown``.
    """
    refuse(gates.keeper(actor, agency), gates.known_agency(agency))
    written = (_follow(item, agency, actor, at) for _, item in sorted(book.items.items()))
    return [event for event in written if event is not None]


@transaction.atomic(durable=True)
def retire_item(
    item: str, last_day: date, reason: str, *, agency: str, actor: str, at: datetime, key: str | None = None
) -> Event:
    """Let an item go; ``last_day`` is the last day on which it is used.

    Raises:
        RefusedError: ``role-missing``, ``item-unknown``, ``item-retired``, ``dates-reversed``, ``field-empty``.
    """
    asked: Content = {"last_day": last_day.isoformat(), "reason": reason}
    act = Act.begin(ITEMS, Ref(agency, ITEM, item), asked, actor=actor, at=at, key=key)
    if act.done is not None:
        return act.done
    state = _known(act)
    refuse(
        gates.keeper(actor, agency),
        [] if state.last_day is None else [Fault("item-retired", facts=(("item", item),))],
        gates.term(state.item.valid_from, last_day, "last_day"),
        text(reason, "reason"),
    )
    return act.write(ItemKind.RETIRED, asked)


def _follow(item: Item, agency: str, actor: str, at: datetime) -> Event | None:
    told: Content = {"item": to_json(item)}
    act = Act.begin(ITEMS, Ref(agency, ITEM, item.id), told, actor=actor, at=at, key=None)
    state = fold_item(act.events)
    if state is None:
        return act.write(ItemKind.ADOPTED, told)
    if state.last_day is not None or state.item == item:
        return None
    return act.write(ItemKind.REVISED, told)


def _known(act: Act) -> ItemView:
    state = fold_item(act.events)
    if state is None:
        raise RefusedError([Fault("item-unknown", facts=(("item", act.ref.key[:64]),), field="item")])
    return state
