"""Walking a table whole, when it is too large to try every answer to every condition at every step.

Only the answers that a step can ask for are tried: the conditions of its rows, and those of
the sub-procedures it opens or sends back. A table may be *narrowed* to some of its
sub-procedures: what the others would forbid is then allowed, so whatever the narrow table
cannot do, the whole one cannot either.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from zhunsheng.core.procedures.model import Place, Procedure, Row
from zhunsheng.core.procedures.walk import ABOUT, led_by, rows_from, start


@dataclass(frozen=True)
class Move:
    """One step, taken under one set of answers."""

    before: Place
    form: str
    truth: Mapping[str, bool]
    after: Place


def narrowed(table: Procedure, keys: Collection[str]) -> Procedure:
    """Return ``table`` with these sub-procedures alone."""

    def narrow(row: Row) -> Row:
        return replace(
            row,
            requires=tuple(name for name in row.requires if name.partition(":")[0] in keys),
            resets=tuple(key for key in row.resets if key in keys),
        )

    rows = tuple(narrow(row) for row in table.rows if row.sub is None or row.sub in keys)
    subs = tuple(sub for sub in table.subs if sub.key in keys)
    forms = {row.form for row in rows}
    return replace(table, rows=rows, subs=subs, forms=tuple(rule for rule in table.forms if rule.form in forms))


def asked_for(table: Procedure, rows: tuple[Row, ...]) -> list[str]:
    """Return the conditions a step by these rows can ask for."""
    names = {row.when for row in rows} | {ABOUT + row.about for row in rows if row.about}
    reached = {row.to for row in rows}
    again = {key for row in rows for key in row.resets}
    names |= {sub.when for sub in table.subs if sub.opens_at in reached or sub.key in again}
    return sorted(names - {""})


def answers(names: list[str]) -> Iterator[Mapping[str, bool]]:
    """Yield every set of answers; a document speaks of one form at most."""
    abouts = [name for name in names if name.startswith(ABOUT)]
    others = [name for name in names if not name.startswith(ABOUT)]
    for values in product((True, False), repeat=len(others)):
        for about in (*abouts, ""):
            yield {**dict(zip(others, values, strict=True)), **{name: name == about for name in abouts}}


def moves(table: Procedure) -> list[Move]:
    """Return every step from every place that can be reached."""
    found: list[Move] = []
    seen, todo = {start(table)}, [start(table)]
    while todo:
        here = todo.pop()
        for rule in table.forms:
            for move in _steps(table, here, rule.form):
                found.append(move)
                if move.after not in seen:
                    seen.add(move.after)
                    todo.append(move.after)
    return found


def _steps(table: Procedure, here: Place, form: str) -> Iterator[Move]:
    rows = rows_from(table, here, form)
    if not rows:
        return
    known: set[Place] = set()
    for truth in answers(asked_for(table, rows)):
        there = led_by(rows, table, here, lambda name: truth.get(name, False))  # noqa: B023  asked at once
        if there is not None and there not in known:
            known.add(there)
            yield Move(here, form, truth, there)


def can_end(table: Procedure, taken: list[Move], good: Callable[[Place], bool]) -> set[Place]:
    """Return the places from which a good end can be reached."""
    back: dict[Place, set[Place]] = {}
    for move in taken:
        back.setdefault(move.after, set()).add(move.before)
    todo = [place for move in taken for place in (move.before, move.after) if good(place)]
    ends = set(todo)
    while todo:
        for before in back.get(todo.pop(), ()):
            if before not in ends:
                ends.add(before)
                todo.append(before)
    return ends


def remembered(
    table: Procedure, remember: Callable[[frozenset[str], Move], frozenset[str]]
) -> Iterator[tuple[frozenset[str], Move]]:
    """Yield every step with what the history before it left in memory.

    Args:
        remember: returns the memory after a step.
    """
    known: dict[Place, list[Move]] = {}
    first = (start(table), frozenset[str]())
    seen, todo = {first}, [first]
    while todo:
        here, memory = todo.pop()
        if here not in known:
            known[here] = [move for rule in table.forms for move in _each(table, here, rule.form)]
        for move in known[here]:
            yield memory, move
            following = (move.after, remember(memory, move))
            if following not in seen:
                seen.add(following)
                todo.append(following)


def _each(table: Procedure, here: Place, form: str) -> Iterator[Move]:
    """Yield a step under every set of answers, also where two lead to one place: memory may tell them apart."""
    rows = rows_from(table, here, form)
    for truth in answers(asked_for(table, rows)) if rows else ():
        there = led_by(rows, table, here, lambda name: truth.get(name, False))  # noqa: B023  asked at once
        if there is not None:
            yield Move(here, form, truth, there)
