"""The questions a procedure answers: what may be done now, what stands against it, what is due.

All of it is read from the table and its gates; see ``model`` for the two rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import Deadline
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.deriving import derived
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import (
    ACT,
    EXEMPT,
    Ctx,
    Filing,
    FormRule,
    Gate,
    Judgement,
    Look,
    Missing,
    Procedure,
    Row,
    Severity,
    Step,
    Sub,
)
from zhunsheng.core.procedures.terms import due_of
from zhunsheng.core.procedures.walk import Walk, asked, fits, rows_from, unmet, unsound, walk

REASON_MISSING = "late-reason-missing"
DISPOSED = "content-disposed"


@dataclass(frozen=True, slots=True)
class _Scene:
    """One case as it stands, and what a judgement may look at."""

    procedure: Procedure
    state: CaseState
    at: Walk
    ctx: Ctx
    faulty: Mapping[str, tuple[str, ...]]  # record -> what makes it unsound

    @classmethod
    def of(cls, procedure: Procedure, state: CaseState, ctx: Ctx) -> "_Scene":
        at = walk(procedure, state)
        faulty = {known.id: codes for known in at.counted if (codes := unsound(procedure, known))}
        return cls(procedure, state, at, ctx, faulty)

    def cited(self, citation: Citation) -> Citation | None:
        return self.ctx.book.as_of(citation, self.ctx.today)

    def ask(self, gate: Gate, filing: Filing | None) -> Iterable[Fault]:
        """Return what the gate finds; without a filing it is asked about the case alone."""
        basis = self.ctx.book.as_of(gate.basis, filing.made_on if filing else self.ctx.today)
        look = Look(
            self.procedure, self.state, self.at.place, self.at.counted, self.ctx, filing, basis, self.faulty
        )  # fmt: skip
        return gate.check(look)


def steps(procedure: Procedure, state: CaseState, ctx: Ctx) -> tuple[Step, ...]:
    """Return every step of the table once: allowed now, or why not, with its provision.

    Gates that need the filled-in form are not asked here; ``judge`` asks them.
    """
    scene = _Scene.of(procedure, state, ctx)
    return tuple(_step(scene, rule) for rule in procedure.forms)


def judge(procedure: Procedure, state: CaseState, filing: Filing, ctx: Ctx) -> Judgement:
    """Return what stands against filing this document now.

    A record of fact is never refused: what would refuse an act is flagged. What is late
    needs a reason; an act that is late without one is refused until a reason is given.
    """
    scene = _Scene.of(procedure, state, ctx)
    found = {severity: list[Fault]() for severity in Severity}
    found[Severity.REFUSE].extend(_out_of_turn(scene, filing.form, filing))
    if not found[Severity.REFUSE] or filing.kind != ACT:
        for gate in _gates(_meant(scene, filing)):
            found[gate.severity].extend(scene.ask(gate, filing))
    if not found[Severity.REFUSE]:
        found[Severity.REFUSE].extend(_leads_nowhere(scene, filing))
    found[Severity.REFUSE].extend(
        Fault(REASON_MISSING, fault.basis, (("late", fault.code),), "late_reason")
        for fault in found[Severity.LATE]
        if not filing.reasons.get(fault.code, "").strip()
    )
    refused, late, flagged = (_unique(found[severity]) for severity in (Severity.REFUSE, Severity.LATE, Severity.FLAG))
    return Judgement(refused, late, flagged) if filing.kind == ACT else Judgement((), late, (*refused, *flagged))


def ask(
    procedure: Procedure, state: CaseState, filing: Filing, ctx: Ctx, names: Iterable[str]
) -> Mapping[str, tuple[Fault, ...]]:
    """Return what single gates find against a document, whether or not a row names them for it."""
    scene = _Scene.of(procedure, state, ctx)
    return {name: _unique(scene.ask(GATES[name], filing)) for name in names}


def missing(procedure: Procedure, state: CaseState, ctx: Ctx) -> tuple[Missing, ...]:
    """Return the steps that are still due before the case is done, in the order of the table.

    Where several rows lead on from one stage, the first of them is asked for.
    """
    scene = _Scene.of(procedure, state, ctx)
    due: list[Missing] = []
    for sub in (None, *(sub.key for sub in procedure.subs)):
        row = _next(scene, sub)
        rule = procedure.form(row.form) if row else None
        if row and rule:
            step = _step(scene, rule)
            due.append(Missing(row.form, sub, step.basis, step.faults, rule.roles, step.due))
    return tuple(due)


def deadlines(procedure: Procedure, state: CaseState, ctx: Ctx) -> tuple[tuple[Sub, Deadline], ...]:
    """Return the running and the past terms of the case's sub-procedures."""
    at = walk(procedure, state)
    begun = [sub for sub in procedure.subs if at.place.sub(sub.key) not in {"", EXEMPT}]
    found = [(sub, due_of(procedure, at.counted, sub.key, ctx)) for sub in begun]
    return tuple((sub, term) for sub, term in found if term is not None)


def _step(scene: _Scene, rule: FormRule) -> Step:
    here = rows_from(scene.procedure, scene.at.place, rule.form)
    row = (here or scene.procedure.rows_of(rule.form))[0]
    faults = list(_out_of_turn(scene, rule.form)) or list(_standing(scene, rule.form))
    return Step(
        form=rule.form,
        sub=row.sub,
        to=row.to,
        allowed=not faults,
        faults=_unique(faults),
        basis=scene.cited(row.basis),
        roles=rule.roles,
        gates=row.gates,
        due=due_of(scene.procedure, scene.at.counted, row.sub, scene.ctx) if here else None,
    )


def _standing(scene: _Scene, form: str) -> Iterator[Fault]:
    for gate in _gates(rows_from(scene.procedure, scene.at.place, form)):
        if gate.standing and gate.severity is Severity.REFUSE:
            yield from scene.ask(gate, None)


def _out_of_turn(scene: _Scene, form: str, filing: Filing | None = None) -> Iterator[Fault]:
    """Say why the table has no row for ``form`` from here, or for what it must wait."""
    rule, basis = scene.procedure.form(form), scene.cited(scene.procedure.basis)
    if rule is None:
        yield Fault("step-not-allowed", basis, (("form", form), ("stage", scene.at.place.stage)))
        return
    if scene.state.disposed:
        yield Fault(DISPOSED, None, (("form", form),))
        return
    here = rows_from(scene.procedure, scene.at.place, form)
    if not here:
        row = scene.procedure.rows_of(form)[0]
        facts = (("form", form), ("stage", scene.at.place.stage))
        yield Fault(_why_not(rule, row, scene.at), scene.cited(row.basis), facts)
        return
    if filing is None:
        yield from _waiting(scene, here)
        return
    meant = _fitting(scene, here, filing)
    first = {row.sub: row for row in reversed(meant)}  # of each sub-procedure the row that is taken
    yield from _waiting(scene, tuple(first.values()), every=False)
    if not any(_about(scene, row, filing) for row in here):
        found = (("found", text(filing.content, "document")),)
        yield Fault("document-not-in-force", scene.cited(here[0].basis), found, "document")


def _leads_nowhere(scene: _Scene, filing: Filing) -> Iterator[Fault]:
    """Say that a document which passed every gate still says nothing the table has a row for."""
    rule, here = scene.procedure.form(filing.form), rows_from(scene.procedure, scene.at.place, filing.form)
    if rule and here and not _fitting(scene, here, filing):
        facts = (("form", filing.form), ("stage", scene.at.place.stage))
        yield Fault(rule.early, scene.cited(here[0].basis), facts)


def _about(scene: _Scene, row: Row, filing: Filing) -> bool:
    """Return whether the document speaks of what the row is about."""
    return fits(replace(row, when=""), asked(scene.procedure, scene.at.counted, filing.content))


def _waiting(scene: _Scene, rows: Sequence[Row], *, every: bool = True) -> Iterator[Fault]:
    """Say which sub-procedures must be over first.

    Args:
        every: the form is not filled in yet: only what every row must wait for counts.
    """
    waiting = [unmet(scene.procedure, scene.at.place, row) for row in rows]
    if not waiting or (every and not all(waiting)):
        return
    for sub in dict.fromkeys(sub for subs in waiting for sub in subs):
        facts = (("sub", sub.label), ("stage", scene.at.place.sub(sub.key)))
        yield Fault(sub.pending or "step-not-allowed", scene.cited(sub.basis), facts)


def _fitting(scene: _Scene, rows: Sequence[Row], filing: Filing) -> tuple[Row, ...]:
    """Return the rows meant for this very document: a condition may ask what it says."""
    counted = (*scene.at.counted, _as_filed(scene, filing))
    holds = asked(scene.procedure, counted, filing.content)
    return tuple(row for row in rows if fits(row, holds))


def _meant(scene: _Scene, filing: Filing) -> tuple[Row, ...]:
    """Return the rows whose gates a document must pass; out of turn, those of its form."""
    here = rows_from(scene.procedure, scene.at.place, filing.form)
    return _fitting(scene, here, filing) or here or scene.procedure.rows_of(filing.form)


def _as_filed(scene: _Scene, filing: Filing) -> Document:
    """Return the document as it would stand in the file."""
    return Document(
        id="",
        form=filing.form,
        form_version=0,
        number=None,
        made_on=filing.made_on,
        officers=filing.officers,
        content=filing.content,
        position=scene.state.position + 1,
        actor="",
        recorded_at=datetime.combine(scene.ctx.today, time(), UTC),
        derived=derived(scene.procedure, scene.state, filing, scene.ctx),
    )


def _why_not(rule: FormRule, row: Row, at: Walk) -> str:
    stage = at.place.sub(row.sub) if row.sub else ""
    if stage == EXEMPT:
        return rule.exempt or rule.early
    done = stage != "" if row.sub else any(document.form == rule.form for document in at.counted)
    return rule.again if done and rule.again else rule.early


def _next(scene: _Scene, sub: str | None) -> Row | None:
    stage = scene.at.place.stage if sub is None else scene.at.place.sub(sub)
    if sub is not None and scene.procedure.sub(sub).over(stage):
        return None
    onward = (row for row in scene.procedure.rows if row.sub == sub and row.stage == stage and row.to != stage)
    return next(onward, None)


def _gates(rows: Iterable[Row]) -> Iterator[Gate]:
    """Yield the gates of the rows, each once, in the order of the table."""
    for name in dict.fromkeys(name for row in rows for name in row.gates):
        yield GATES[name]


def _unique(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys(faults))
