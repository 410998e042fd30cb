"""Procedures as tables, and the questions they answer. See ``model`` for the two rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from zhunsheng.core.procedures.checks import checked
from zhunsheng.core.procedures.deriving import derived
from zhunsheng.core.procedures.describe import describe
from zhunsheng.core.procedures.judging import ask, deadlines, judge, missing, steps
from zhunsheng.core.procedures.model import (
    ACT,
    EXEMPT,
    FACT,
    Ctx,
    Filing,
    Judgement,
    Missing,
    Place,
    Procedure,
    Row,
    Step,
    Sub,
    TableError,
    UnknownProcedureError,
)
from zhunsheng.core.procedures.ordinary import PENALTY_ORDINARY
from zhunsheng.core.procedures.reviewing import SelfCheck, checked_by_program
from zhunsheng.core.procedures.simple import PENALTY_SIMPLE
from zhunsheng.core.procedures.walk import place, resting_on

PROCEDURES: Final[Mapping[str, Procedure]] = MappingProxyType(
    {procedure.name: checked(procedure) for procedure in (PENALTY_SIMPLE, PENALTY_ORDINARY)}
)


def get(name: str) -> Procedure:
    """Return the procedure of that name.

    Raises:
        UnknownProcedureError: there is none.
    """
    try:
        return PROCEDURES[name]
    except KeyError:
        raise UnknownProcedureError(name) from None


__all__ = [
    "ACT",
    "EXEMPT",
    "FACT",
    "PENALTY_ORDINARY",
    "PENALTY_SIMPLE",
    "PROCEDURES",
    "Ctx",
    "Filing",
    "Judgement",
    "Missing",
    "Place",
    "Procedure",
    "Row",
    "SelfCheck",
    "Step",
    "Sub",
    "TableError",
    "UnknownProcedureError",
    "ask",
    "checked_by_program",
    "deadlines",
    "derived",
    "describe",
    "get",
    "judge",
    "missing",
    "place",
    "resting_on",
    "steps",
]
