"""What a record of fact must hold, so that a decision can later rest on it (行政处罚法 arts 43-45, 55)."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile.facts import OnsiteRecord
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.model import Gate, Look, Severity

SHOW: Final = Citation("xzcff", 55, 1)
RECORD: Final = Citation("xzcff", 55, 2)


def certificates_shown(look: Look) -> Iterator[Fault]:
    if not OnsiteRecord.of(look.content).certificates_shown:
        yield look.fault("certificates-not-shown", "certificates_shown")


def rights_told_on_site(look: Look) -> Iterator[Fault]:
    record = OnsiteRecord.of(look.content)
    if not record.recusal_told:
        yield look.fault("recusal-not-told", "recusal_told", basis=Citation("xzcff", 43, 2))
    if not record.rights_told:
        yield look.fault("rights-not-told", "rights_told")


def something_found(look: Look) -> Iterator[Fault]:
    if not any(finding.text for finding in OnsiteRecord.of(look.content).findings):
        yield look.fault("findings-missing", "findings")


def subject_of_record(look: Look) -> Iterator[Fault]:
    record = OnsiteRecord.of(look.content)
    if record.party is None:
        yield look.fault("party-missing", "party_name")
    if record.started_at is None:
        yield look.fault("date-missing", "started_at")


def dress_and_badge(look: Look) -> Iterator[Fault]:
    if not OnsiteRecord.of(look.content).dress_and_badge:
        yield look.fault("dress-and-badge-missing", "dress_and_badge")


def recusal_asked(look: Look) -> Iterator[Fault]:
    """The head decides about it; until then the investigation does not stop (art. 43(3))."""
    if OnsiteRecord.of(look.content).recusal_asked:
        yield look.fault("recusal-asked", "recusal_asked")


def party_signed_record(look: Look) -> Iterator[Fault]:
    """A record the party has not signed says why, or has an attesting witness."""
    record = OnsiteRecord.of(look.content)
    if record.opinion == "refuse" and not record.refusal_note:
        yield look.fault("refusal-note-missing", "refusal_note")
    if record.opinion == "refuse" and not record.witness_name and not _filmed(look):
        yield look.fault("attesting-witness-missing", "witness_name")
    if record.opinion == "differ" and not record.opinion_text:
        yield look.fault("opinion-missing", "opinion_text")


def _filmed(look: Look) -> bool:
    return bool(look.filing and "recording" in look.filing.file_roles)


GATES: Final = (
    Gate("certificates-shown", certificates_shown, SHOW, ("certificates-not-shown",)),
    Gate("rights-told-on-site", rights_told_on_site, Citation("xzcff", 45, 1), ("recusal-not-told", "rights-not-told")),
    Gate("something-found", something_found, RECORD, ("findings-missing",)),
    Gate("subject-of-record", subject_of_record, RECORD, ("party-missing", "date-missing")),
    Gate("dress-and-badge", dress_and_badge, Citation("xzcff", 42, 2), ("dress-and-badge-missing",), Severity.FLAG),
    Gate("recusal-asked", recusal_asked, Citation("xzcff", 43, 3), ("recusal-asked",), Severity.FLAG),
    Gate(
        "party-signed-record",
        party_signed_record,
        RECORD,
        ("refusal-note-missing", "attesting-witness-missing", "opinion-missing"),
        Severity.FLAG,
    ),
)
