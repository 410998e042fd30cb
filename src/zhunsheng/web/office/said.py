"""Faults in words, placed where they belong: beside a field, or at the head of the page.

A fault without a provision is a slip of the pen (ink, at the field). A fault with a
provision is a refusal by law (red, with rule, article and what mends it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.errors import Fault
from zhunsheng.infra.wording import Said, say

REASON_MISSING = "late-reason-missing"
EMPTY = "field-missing"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary; ``target`` is the id it leads to, "" when there is none."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Placed:
    """All faults of a form, sorted by where the page shows them."""

    summary: tuple[SummaryLine, ...] = ()
    slips: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    refusals: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    general: tuple[Said, ...] = ()


def place(form: FormDef, faults: Sequence[Fault], day: date) -> Placed:
    """Return ``faults`` in words: those of a field by its path, the others for the head of the page."""
    slips: dict[str, tuple[Said, ...]] = {}
    refusals: dict[str, tuple[Said, ...]] = {}
    general: list[Said] = []
    lines = []
    for fault in _telling(faults):
        said = say(fault, day)
        path = fault.field or ""
        known = path.partition(".")[0] in form.names
        lines.append(SummaryLine(said.text, _target(fault, path if known else "")))
        if not known:
            general.append(said)
        elif fault.basis is None:
            slips[path] = (*slips.get(path, ()), said)
        else:
            refusals[path] = (*refusals.get(path, ()), said)
    return Placed(tuple(lines), slips, refusals, tuple(general))


def _telling(faults: Sequence[Fault]) -> Sequence[Fault]:
    """Leave out that a field is empty where a rule about the same field says what that means."""
    ruled = {fault.field for fault in faults if fault.basis is not None and fault.field}
    return [fault for fault in faults if not (fault.code == EMPTY and fault.field in ruled)]


def _target(fault: Fault, path: str) -> str:
    if fault.code == REASON_MISSING:
        return f"late-{dict(fault.facts).get('late', '')}"
    return f"f-{path.replace('.', '-')}" if path else ""
