"""The table is finite, so it is walked whole: every place it can reach, by every form, under every condition.

What must hold is said once, in ``wrong_with``; it must hold of the table that runs, and it
must fail for each fault planted into a copy of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import pytest

from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
)
from zhunsheng.core.procedures.checks import checked, contradictions
from zhunsheng.core.procedures.model import EXEMPT, FormRule, Place, Procedure, Row, Sub, TableError
from zhunsheng.core.procedures.simple import APPROVED, DELIVERED, PENALTY_SIMPLE, PROPOSED
from zhunsheng.core.procedures.walk import after, start


@dataclass(frozen=True)
class Move:
    """One step of the table, taken under one answer to every condition."""

    before: Place
    form: str
    truth: Mapping[str, bool]
    after: Place


def truths(table: Procedure) -> list[dict[str, bool]]:
    """Every answer to the conditions the table names, except a fine paid both in full and in part."""
    names = sorted({row.when for row in table.rows if row.when} | {sub.when for sub in table.subs if sub.when})
    answers = [dict(zip(names, values, strict=True)) for values in product((True, False), repeat=len(names))]
    return [answer for answer in answers if answer.get("paid-in-full") is not answer.get("paid-in-part")]


def moves(table: Procedure) -> list[Move]:
    """Every step from every place that can be reached."""
    found: list[Move] = []
    seen, todo = {start(table)}, [start(table)]
    while todo:
        here = todo.pop()
        for rule, truth in product(table.forms, truths(table)):
            there = after(table, here, rule.form, truth.__getitem__)
            if there is None:
                continue
            found.append(Move(here, rule.form, truth, there))
            if there not in seen:
                seen.add(there)
                todo.append(there)
    return found


def reachable(table: Procedure) -> set[Place]:
    return {start(table)} | {move.after for move in moves(table)}


def wrong_with(table: Procedure) -> Iterator[str]:
    """Yield every promise of the simple procedure that the table breaks."""
    taken = moves(table)
    places = {start(table)} | {move.after for move in taken}
    yield from _order(taken)
    yield from _closing(table, places)
    ends = _can_end(table, taken)
    if any(place not in ends for place in places):
        yield "a dead end"
    if any(move.before.stage == table.final for move in taken):
        yield "something may follow the end"


def _order(taken: list[Move]) -> Iterator[str]:
    """What needs what: no service, filing, payment or publication before a decision, no decision before a record."""
    for move in taken:
        if move.form == SPOT_DECISION and move.before.stage != "recorded":
            yield f"a decision at {move.before.stage}"
        if move.form == SERVICE_RECEIPT and move.before.sub("service") == "closed":
            yield "service twice"
        if move.form not in {ONSITE_RECORD, SPOT_DECISION} and move.before.stage != "decided":
            yield f"{move.form} at {move.before.stage}"
        if move.form == APPROVED and move.before.sub("publication") != "proposed":
            yield "approved without a proposal"
        if move.form == DELIVERED and move.before.sub("publication") != "approved":
            yield "published without approval"
        if move.form == ONSITE_RECORD and move.after.stage == "decided":
            yield "a record that decides"


def _closing(table: Procedure, places: set[Place]) -> Iterator[str]:
    expected = {"service", "record-filing", "payment", "publication"}
    for place in places:
        stages = dict(place.subs)
        if place.stage in {"decided", "done"} and set(stages) != expected:
            yield f"not every sub-procedure began: {sorted(stages)}"
        if place.stage == table.final and not set(stages.values()) <= {"closed", EXEMPT}:
            yield f"done with something open: {stages}"
        if stages.get("service") == EXEMPT or stages.get("record-filing") == EXEMPT:
            yield "a decision nobody must serve or report"


def _can_end(table: Procedure, taken: list[Move]) -> set[Place]:
    """The places from which the end can be reached."""
    ends = {place for move in taken for place in (move.before, move.after) if place.stage == table.final}
    while True:
        more = {move.before for move in taken if move.after in ends} - ends
        if not more:
            return ends
        ends |= more


def test_the_table_keeps_every_promise() -> None:
    assert list(wrong_with(PENALTY_SIMPLE)) == []


def test_the_walk_reaches_what_it_should() -> None:
    """A walk that goes nowhere keeps every promise: so its size is a fact too."""
    places = reachable(PENALTY_SIMPLE)
    assert {place.stage for place in places} == {"new", "recorded", "decided", "done"}
    # service 2 x filing 2 x payment {exempt, open, closed} x publication {exempt, open, proposed, approved, closed},
    # of which 2 x 2 combinations are done instead of decided, and two stages come before.
    assert len(places) == 2 * 2 * 3 * 5 + 2


def drop(form: str, to: str) -> Callable[[Procedure], Procedure]:
    """Leave out the rows of ``form`` that lead to ``to``."""
    return lambda table: replace(table, rows=tuple(r for r in table.rows if (r.form, r.to) != (form, to)))


def change(form: str, **changes: object) -> Callable[[Procedure], Procedure]:
    """Change every row of ``form``."""

    def changed(table: Procedure) -> Procedure:
        rows = tuple(replace(r, **changes) if r.form == form else r for r in table.rows)  # type: ignore[arg-type]
        return replace(table, rows=rows)

    return changed


def add(row: Row) -> Callable[[Procedure], Procedure]:
    return lambda table: replace(table, rows=(*table.rows, row))


def sub_changed(key: str, **changes: object) -> Callable[[Procedure], Procedure]:
    def changed(table: Procedure) -> Procedure:
        subs = tuple(replace(s, **changes) if s.key == key else s for s in table.subs)  # type: ignore[arg-type]
        return replace(table, subs=subs)

    return changed


BASIS = PENALTY_SIMPLE.basis

PLANTED: dict[str, tuple[Callable[[Procedure], Procedure], str]] = {
    "decision without a record": (add(Row("new", SPOT_DECISION, "decided", BASIS)), "a decision at new"),
    "second decision": (add(Row("decided", SPOT_DECISION, "decided", BASIS)), "a decision at decided"),
    "record that decides": (add(Row("decided", ONSITE_RECORD, "decided", BASIS)), "a record that decides"),
    "service before the decision": (sub_changed("service", opens_at="recorded"), "service-receipt at recorded"),
    "service twice": (add(Row("closed", SERVICE_RECEIPT, "closed", BASIS, sub="service")), "service twice"),
    "service forgotten": (drop(SERVICE_RECEIPT, "closed"), "a dead end"),
    "filing forgotten": (drop(RECORD_FILING, "closed"), "a dead end"),
    "payment never ends": (drop(PAYMENT_RECORD, "closed"), "a dead end"),
    "publication stuck": (drop(DELIVERED, "closed"), "a dead end"),
    "approved at once": (change(APPROVED, stage="open"), "approved without a proposal"),
    "published unchecked": (change(PROPOSED, to="approved"), ""),
    "delivered unapproved": (change(DELIVERED, stage="proposed"), "published without approval"),
    "service only for fines": (sub_changed("service", when="fine-imposed"), "a decision nobody must serve or report"),
    "closing from the record": (lambda table: replace(table, closes_from="recorded"), "a dead end"),
    "a sub that never begins": (sub_changed("payment", opens_at="done"), "not every sub-procedure began"),
    "end that goes on": (add(Row("done", ONSITE_RECORD, "recorded", BASIS)), "something may follow the end"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    plant, expected = PLANTED[name]
    found = list(wrong_with(plant(PENALTY_SIMPLE)))
    if name == "published unchecked":
        # The order of the steps still holds; what is gone is the checker's step itself.
        assert APPROVED not in {move.form for move in moves(plant(PENALTY_SIMPLE))}
        return
    assert any(expected in words for words in found), found


def test_the_checkers_step_is_on_every_way_to_the_public() -> None:
    """Take the checker's row away: nothing is ever published."""
    without = drop(APPROVED, "approved")(PENALTY_SIMPLE)
    assert DELIVERED not in {move.form for move in moves(without)}


# ---- a table that contradicts itself does not start


def with_rule(**changes: object) -> Callable[[Procedure], Procedure]:
    return lambda table: replace(table, forms=(replace(table.forms[0], **changes), *table.forms[1:]))  # type: ignore[arg-type]


CONTRADICTIONS: dict[str, Callable[[Procedure], Procedure]] = {
    "listed twice": lambda table: replace(table, stages=(*table.stages, table.stages[0])),
    "stage end is not listed": lambda table: replace(table, final="end"),
    "no gate": change(SERVICE_RECEIPT, gates=("wishful-thinking",)),
    "no condition": change(SERVICE_RECEIPT, when="moon-is-full"),
    "no sub-procedure": change(SERVICE_RECEIPT, sub="sleep"),
    "is not listed": change(SPOT_DECISION, to="somewhere"),
    "not both under a condition": add(Row("recorded", SPOT_DECISION, "done", BASIS)),
    "no rule for the form": with_rule(form="unheard-of"),
    "form unheard-of has no row": with_rule(form="unheard-of"),
    "sub service opens at never": sub_changed("service", opens_at="never"),
    "sub service: no condition": sub_changed("service", when="moon-is-full"),
    "has no row that closes it": drop(SERVICE_RECEIPT, "closed"),
}


@pytest.mark.parametrize("words", CONTRADICTIONS)
def test_a_table_that_contradicts_itself_does_not_start(words: str) -> None:
    broken = CONTRADICTIONS[words](PENALTY_SIMPLE)
    assert any(words in found for found in contradictions(broken))
    with pytest.raises(TableError, match="penalty-simple"):
        checked(broken)


def test_the_table_that_runs_does_not_contradict_itself() -> None:
    assert list(contradictions(PENALTY_SIMPLE)) == []


def test_what_a_table_does_not_have_is_not_found_in_it() -> None:
    assert PENALTY_SIMPLE.form("hearing-record") is None
    with pytest.raises(KeyError):
        PENALTY_SIMPLE.sub("hearing")
    assert isinstance(PENALTY_SIMPLE.sub("service"), Sub)
    assert isinstance(PENALTY_SIMPLE.form(PAYMENT_RECORD), FormRule)
