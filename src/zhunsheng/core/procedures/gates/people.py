"""Who acts: officers, their certificates, their unit (行政处罚法 arts 17, 20, 42, 43; clauses P3.2, O2)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.casefile.people import Capacity, Certificate, Officer, Party
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.procedures.model import Gate, Look

MINIMUM: Final = "officers.minimum"
TWO: Final = Citation("xzcff", 42, 1)
PENALTY_ACTS: Final = ("penalty",)
RECORD_ACTS: Final = ("inspection", "penalty")  # whoever may punish may look
ENTRUSTED: Final = Citation("xzcff", 20, 1)


def covers(granted: str, asked: str) -> bool:
    """Return whether a GB/T 2260 area includes another: a city its districts, a province its cities."""
    wide = granted
    while len(wide) > 2 and wide.endswith("00"):  # noqa: PLR2004  two digits to a level
        wide = wide[:-2]
    return bool(wide) and asked.startswith(wide)


def acting(look: Look) -> tuple[Officer, ...]:
    """Return the officers the document names, each once; unknown ids are left to ``officers_known``."""
    ids = dict.fromkeys(look.filing.officers if look.filing else ())
    return tuple(look.ctx.officers[key] for key in ids if key in look.ctx.officers)


def enough_officers(look: Look) -> Iterator[Fault]:
    needed, found = _minimum(look), len(acting(look))
    if found < needed:
        yield look.fault("officers-too-few", "officers", found=found, needed=needed)


def _minimum(look: Look) -> int:
    try:
        return look.ctx.book.number(MINIMUM, look.day)
    except NoRuleError:
        return 2  # 执法人员不得少于两人 stands in the article itself, in every text since 1996


def officers_known(look: Look) -> Iterator[Fault]:
    for key in dict.fromkeys(look.filing.officers if look.filing else ()):
        if key not in look.ctx.officers:
            yield look.fault("officer-unknown", "officers", officer=key)


def certificates(look: Look) -> Iterator[Fault]:
    for officer in acting(look):
        wrong = certificate_fault(officer, look)
        if wrong:
            yield wrong


def certificate_fault(officer: Officer, look: Look) -> Fault | None:
    """Return why none of the officer's certificates carries this act, or None if one does.

    Of several unfit certificates the reason is the one that is nearest to fit: right
    category before right area before right day.
    """
    fit = officer.certificates
    if not fit:
        return look.fault("certificate-missing", "officers", officer=officer.name)
    narrowed = [certificate for certificate in fit if certificate.category == look.ctx.category]
    if not narrowed:
        return _unfit(look, "certificate-category", officer, fit[-1], needed=look.ctx.category)
    fit, areas = tuple(narrowed), _areas(look)
    narrowed = [known for known in fit if any(covers(known.area, area) for area in areas)]
    if not narrowed:
        return _unfit(look, "certificate-area", officer, fit[-1], needed="、".join(areas))
    if any(valid(certificate, look.day) for certificate in narrowed):
        return None
    return _unfit(look, "certificate-expired", officer, narrowed[-1], needed=look.day.isoformat())


def valid(certificate: Certificate, day: date) -> bool:
    """Return whether the certificate holds on ``day``; both ends of its validity are included."""
    withdrawn = certificate.withdrawn_on is not None and certificate.withdrawn_on <= day
    return certificate.valid_from <= day <= certificate.valid_to and not withdrawn


def _unfit(look: Look, code: str, officer: Officer, certificate: Certificate, needed: str) -> Fault:
    return look.fault(
        code,
        "officers",
        officer=officer.name,
        certificate=certificate.number,
        category=certificate.category,
        area=certificate.area,
        valid_from=certificate.valid_from.isoformat(),
        valid_to=_last_day(certificate).isoformat(),
        needed=needed,
    )


def _last_day(certificate: Certificate) -> date:
    withdrawn = certificate.withdrawn_on
    return certificate.valid_to if withdrawn is None else min(withdrawn, certificate.valid_to)


def _areas(look: Look) -> tuple[str, ...]:
    """Return the areas the act lies in: the agency's, or what the unit may act in."""
    if look.ctx.area:
        return (look.ctx.area,)
    return tuple(dict.fromkeys(capacity.area for capacity in look.ctx.unit.capacities))


def exams(look: Look) -> Iterator[Fault]:
    for officer in acting(look):
        if officer.exam_passed_on is None or officer.exam_passed_on > look.day:
            yield look.fault("officer-exam-missing", "officers", officer=officer.name)


def recusals(look: Look) -> Iterator[Fault]:
    party = party_of(look.content) or look.state.party
    for officer in acting(look):
        for recusal in officer.recusals:
            if party and recusal.since <= look.day and _same(recusal.party_code, recusal.party_name, party):
                yield look.fault(
                    "officer-recused",
                    "officers",
                    officer=officer.name,
                    party=party.name,
                    since=recusal.since.isoformat(),
                    reason=recusal.reason,
                )


def _same(code: str, name: str, party: Party) -> bool:
    """Compare by code where one is known; a name alone also binds, since codes are mistyped."""
    by_code = bool(code) and code.upper() == party.code.upper()
    return by_code or (bool(name) and name.strip() in {party.name, party.operator})


def unit_may_penalise(look: Look) -> Iterator[Fault]:
    yield from _competent(look, PENALTY_ACTS)


def unit_may_inspect(look: Look) -> Iterator[Fault]:
    yield from _competent(look, RECORD_ACTS)


def _competent(look: Look, acts: tuple[str, ...]) -> Iterator[Fault]:
    """The unit must hold a capacity for the act, the mark and the area on this day.

    An entrusted unit whose 委托书 ran out is told so: that is another remedy than asking
    the right unit.
    """
    unit, mark = look.ctx.unit, _mark(look)
    fitting = [c for c in unit.capacities if c.act in acts and _covers_matter(c, mark, look.ctx.area)]
    if any(in_term(capacity, look.day) for capacity in fitting):
        return
    lapsed = next((c for c in reversed(fitting) if c.as_ == "entrusted" and c.valid_from <= look.day), None)
    if lapsed is not None and lapsed.valid_to is not None:
        ended = lapsed.valid_to.isoformat()
        yield look.fault("mandate-expired", basis=ENTRUSTED, unit=unit.name, mandate=lapsed.mandate, ended=ended)
        return
    yield look.fault("unit-not-competent", unit=unit.name, mark=mark)


def in_term(capacity: Capacity, day: date) -> bool:
    """Return whether the unit holds the capacity on ``day``; both ends are included."""
    return capacity.valid_from <= day and (capacity.valid_to is None or day <= capacity.valid_to)


def _covers_matter(capacity: Capacity, mark: str, area: str) -> bool:
    return (not mark or mark in capacity.fields) and (not area or covers(capacity.area, area))


def _mark(look: Look) -> str:
    """Return the 执法类别 of the item; "" while no known item is named."""
    item = look.ctx.items.get(text(look.content, "item") or look.state.item)
    return item.mark if item else ""


CERTIFICATE_CODES: Final = ("certificate-missing", "certificate-category", "certificate-area", "certificate-expired")

GATES: Final = (
    Gate("enough-officers", enough_officers, TWO, ("officers-too-few",), parameters=(MINIMUM,)),
    Gate("officers-known", officers_known, TWO, ("officer-unknown",)),
    Gate("certificates", certificates, TWO, CERTIFICATE_CODES),
    Gate("exams", exams, TWO, ("officer-exam-missing",)),
    Gate("recusals", recusals, Citation("xzcff", 43, 1), ("officer-recused",)),
    Gate("unit-may-penalise", unit_may_penalise, Citation("xzcff", 17), ("unit-not-competent", "mandate-expired")),
    Gate("unit-may-inspect", unit_may_inspect, Citation("xzcff", 17), ("unit-not-competent", "mandate-expired")),
)
