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
        if not any(row.sub == sub.key and row.to == sub.last for row in procedure.rows):
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
    yield from (f"{where}: no gate {name}" for name in row.gates if name not in GATES)
    same = [other for other in procedure.rows if (other.sub, other.stage, other.form) == (row.sub, row.stage, row.form)]
    if len(same) > 1 and any(not other.when for other in same):
        yield f"{where}: two rows for one step, and not both under a condition"
