"""Gates: the rules a step must pass, by the names that rows of a table use.

Each gate cites the provision it enforces, lists every fault code it can report, says what
its fault means for an act (refused, late, flagged) and which dated parameters it needs.
A gate looks at one matter and knows no stage: which step it guards, a table says.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from zhunsheng.core.procedures.gates import (
    closing,
    deciding,
    decision,
    hearings,
    investigating,
    opinions,
    penalty,
    people,
    records,
    results,
    reviews,
    settling,
    telling,
    times,
)
from zhunsheng.core.procedures.model import Gate

MODULES: Final = (
    people, times, records, decision, penalty, closing,
    opinions, investigating, results, telling, hearings, reviews, deciding, settling,
)  # fmt: skip

GATES: Final[Mapping[str, Gate]] = MappingProxyType({gate.name: gate for module in MODULES for gate in module.GATES})
