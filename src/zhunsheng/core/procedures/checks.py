"""A table is checked when it is defined: a slip in it would be a hole in the procedure."""

from collections.abc import Iterator

from zhunsheng.core.procedures.conditions import CONDITIONS
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import Procedure, Row, TableError


def checked(procedure: Procedure) -> Procedure:
    """Return ``procedure`` if it does not contradict itself.

    Raises:
        TableError: it names every contradiction.
    """
    found = list(contradictions(procedure))
    if found:
        raise TableError(f"{procedure.name}: {'; '.join(found)}")
    return procedure


def contradictions(procedure: Procedure) -> Iterator[str]:
    """Yield what is wrong with a table, in words for its editor."""
    keys = [key for key, _ in procedure.stages]
    if len(set(keys)) != len(keys):
        yield "a stage is listed twice"
    yield from (f"stage {key} is not listed" for key in (procedure.final, procedure.closes_from) if key not in keys)
    for row in procedure.rows:
        yield from _row(procedure, row, set(keys))
    for sub in procedure.subs:
        if sub.opens_at not in keys:
            yield f"sub {sub.key} opens at {sub.opens_at}, which is not listed"
        if sub.when and sub.when not in CONDITIONS:
            yield f"sub {sub.key}: no condition {sub.when}"
        if sub.last != sub.first and not any(row.sub == sub.key and row.to == sub.last for row in procedure.rows):
            yield f"sub {sub.key} has no row that closes it"
    for rule in procedure.forms:
        if not procedure.rows_of(rule.form):
            yield f"form {rule.form} has no row"


def _row(procedure: Procedure, row: Row, stages: set[str]) -> Iterator[str]:
    where = f"row {row.stage} {row.form} {row.to}"
    if procedure.form(row.form) is None:
        yield f"{where}: no rule for the form"
    if row.sub is None:
        yield from (f"{where}: {key} is not listed" for key in (row.stage, row.to) if key not in stages)
    elif row.sub not in {sub.key for sub in procedure.subs}:
        yield f"{where}: no sub-procedure {row.sub}"
    if row.when and row.when not in CONDITIONS:
        yield f"{where}: no condition {row.when}"
    subs = {sub.key for sub in procedure.subs}
    named = (*(name.partition(":")[0] for name in row.requires), *row.resets)
    yield from (f"{where}: no sub-procedure {key}" for key in named if key not in subs)
    yield from (f"{where}: {key} is not listed" for key in row.at if key not in stages)
    if row.about and procedure.form(row.about) is None:
        yield f"{where}: nothing about {row.about}"
    yield from (f"{where}: no gate {name}" for name in row.gates if name not in GATES)
    same = [other for other in procedure.rows if (other.sub, other.stage, other.form) == (row.sub, row.stage, row.form)]
    same = [other for other in same if _overlap(other, row)]
    if len(same) > 1 and any(not other.when for other in same):
        yield f"{where}: two rows for one step, and not both under a condition"


def _overlap(one: Row, other: Row) -> bool:
    """Return whether two rows of a sub-procedure can begin at the same place, for the same document."""
    apart = bool(one.at and other.at) and not set(one.at) & set(other.at)
    return not apart and (one.about == other.about or not one.about or not other.about)
