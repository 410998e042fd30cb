"""The table a case runs by: the one pinned when it was opened (decision 6)."""

from zhunsheng.core import procedures
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.procedures.model import Procedure, UnknownProcedureError


def table_of(state: CaseState) -> Procedure:
    """Return the procedure of a case.

    Raises:
        UnknownProcedureError: the case is pinned to a table this program does not have; it
            must be moved to another one by a recorded migration, never silently.
    """
    name, _, version = state.procedure.partition("@")
    table = procedures.get(name)
    if str(table.version) != version:
        raise UnknownProcedureError(state.procedure)
    return table
