"""What a decision made on the spot must rest on and say (行政处罚法 arts 40, 44, 45, 51, 52; clause P3.1)."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile.facts import ONSITE_RECORD, OnsiteRecord, SpotDecision
from zhunsheng.core.casefile.people import Party
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.procedures.model import Gate, Look

CONTENT: Final = Citation("xzcff", 52, 2)
REMEDIES: Final = ("reconsideration", "simple.reconsideration_first", "litigation", "litigation.after_reconsideration")


def rests_on_record(look: Look) -> Iterator[Fault]:
    """One sound 现场笔录 is enough: a faulty one stays in the file, and a proper one is made."""
    records = [document for document in look.counted if document.form == ONSITE_RECORD]
    faulty = [look.faulty.get(document.id, ()) for document in records]
    if records and all(faulty):
        yield look.fault("record-unsound", faults="、".join(dict.fromkeys(code for codes in faulty for code in codes)))


def same_party(look: Look) -> Iterator[Fault]:
    party = SpotDecision.of(look.content).party
    if party is None:
        yield look.fault("party-missing", "party_name", basis=CONTENT)
        return
    record = look.latest(ONSITE_RECORD)
    seen = OnsiteRecord.of(record.content).party if record else None
    if seen and (seen.code, seen.name) != (party.code, party.name):
        yield look.fault("party-differs", "party_code", recorded=_named(seen), found=_named(party))


def _named(party: Party) -> str:
    """Return name and code: often only one digit of the code differs."""
    return f"{party.name}（{party.code}）"


def facts_and_evidence(look: Look) -> Iterator[Fault]:
    decision = SpotDecision.of(look.content)
    if not decision.facts_text:
        yield look.fault("facts-missing", "facts_text")
    if not decision.evidence_text:
        yield look.fault("evidence-missing", "evidence_text")
    if decision.violated_at is None:
        yield look.fault("date-missing", "violated_at")
    if decision.made_at is None:
        yield look.fault("date-missing", "made_at")
    if not decision.place:
        yield look.fault("place-missing", "place")


def rights_told(look: Look) -> Iterator[Fault]:
    """Told, and explained; without it no decision may be made (art. 62)."""
    decision = SpotDecision.of(look.content)
    if not decision.told:
        yield look.fault("rights-not-told", "told")
    if not decision.explained:
        yield look.fault("not-explained", "explained", basis=Citation("xzcff", 45, 1))


def defence_heard(look: Look) -> Iterator[Fault]:
    decision = SpotDecision.of(look.content)
    if decision.defence not in {"none", "made"}:
        yield look.fault("defence-not-recorded", "defence")
    if decision.defence == "made":
        if not decision.defence_text:
            yield look.fault("defence-not-recorded", "defence_text")
        if not decision.defence_answer:
            yield look.fault("defence-not-answered", "defence_answer")


def acknowledged(look: Look) -> Iterator[Fault]:
    """The party signs, or the officers note on the decision that it would not (art. 52(1))."""
    decision = SpotDecision.of(look.content)
    if decision.acknowledged not in {"yes", "refused"}:
        yield look.fault("acknowledgement-missing", "acknowledged")
    if decision.acknowledged == "refused" and not decision.refusal_note:
        yield look.fault("refusal-note-missing", "refusal_note")


def remedies_known(look: Look) -> Iterator[Fault]:
    """The remedies printed on the decision are composed from these rules; without one they would be empty."""
    for name in REMEDIES:
        try:
            look.ctx.book.at(name, look.day)
        except NoRuleError:
            yield look.fault("remedies-missing", rule=name, day=look.day)


GATES: Final = (
    Gate("rests-on-record", rests_on_record, Citation("xzcff", 40), ("record-unsound",), standing=True),
    Gate("same-party", same_party, Citation("xzcff", 40), ("party-missing", "party-differs")),
    Gate(
        "facts-and-evidence",
        facts_and_evidence,
        CONTENT,
        ("facts-missing", "evidence-missing", "date-missing", "place-missing"),
    ),
    Gate("rights-told", rights_told, Citation("xzcff", 44), ("rights-not-told", "not-explained")),
    Gate("defence-heard", defence_heard, Citation("xzcff", 45, 1), ("defence-not-recorded", "defence-not-answered")),
    Gate(
        "acknowledged",
        acknowledged,
        Citation("xzcff", 52, 1),
        ("acknowledgement-missing", "refusal-note-missing"),
    ),
    Gate("remedies-known", remedies_known, CONTENT, ("remedies-missing",), parameters=REMEDIES),
)
