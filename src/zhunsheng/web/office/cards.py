"""An officer as a form shows him: certificates, and what stands against his acting here and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases.filing import Submission, prepare
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.casefile.people import Certificate
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.errors import Fault
from zhunsheng.infra.wording import Said, say


@dataclass(frozen=True, slots=True)
class OfficerCard:
    id: str
    name: str
    certificates: tuple[Certificate, ...]
    faults: tuple[Said, ...]


def officer_cards(
    state: CaseState, form: FormDef, raw: Mapping[str, object], *, viewer: Viewer, at: datetime
) -> tuple[OfficerCard, ...]:
    """Return the officers ``raw`` names, each with the faults the gates of ``form`` find in him."""
    chosen = raw.get("officers")
    ids = [str(one) for one in chosen if one] if isinstance(chosen, Sequence) and not isinstance(chosen, str) else []
    if not ids:
        return ()
    prepared = prepare(state, Submission(form.id, raw, key=""), viewer=viewer, at=at)
    known = registry.officers_on(ids, state.agency)
    faults = [*prepared.refused, *prepared.flagged]
    return tuple(
        OfficerCard(
            id=officer.id,
            name=officer.name,
            certificates=_newest(officer.certificates),
            faults=tuple(say(fault, prepared.made_on) for fault in _about(officer.name, faults)),
        )
        for officer in (known[one] for one in dict.fromkeys(ids) if one in known)
    )


def _newest(held: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """Return the certificate that ends last: what is at stake today; older ones are in the register."""
    return tuple(sorted(held, key=lambda certificate: certificate.valid_to)[-1:])


def _about(name: str, faults: Sequence[Fault]) -> Sequence[Fault]:
    return [fault for fault in dict.fromkeys(faults) if dict(fault.facts).get("officer") == name]
