"""Opinions of checkers and heads, and what a document speaks of (行政处罚法 arts 57, 58; clause O4)."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.names import DELIBERATION_RECORD
from zhunsheng.core.casefile.ordinary import OpinionGiven
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures.model import Gate, Look

HEAD: Final = "agency-head"
DEPUTY: Final = "deputy-head"
CONCLUDED: Final = Citation("xzcff", 57, 1)


def investigators(look: Look) -> frozenset[str]:
    """Return the officers who investigated: named in the reports, or having signed records of this case."""
    return frozenset(
        officer
        for document in look.counted
        if document.form != DELIBERATION_RECORD and document.form not in NOT_INVESTIGATING
        for officer in document.officers
    )


NOT_INVESTIGATING: Final = frozenset(
    {"hearing-summons", "hearing-record", "hearing-report", "review-opinion", "collective-discussion",
     "archive-record", "payment-record", "service-receipt"}
)  # fmt: skip
"""Documents whose people did not thereby investigate the case."""


def about_in_force(look: Look) -> Iterator[Fault]:
    """The document speaks of one of this case that counts, and of the newest of its kind."""
    if look.filing is None:
        return
    subject = look.subject()
    if subject is None:
        yield look.fault("document-not-in-force", "document", found=text(look.content, "document"))


def both_signed(look: Look) -> Iterator[Fault]:
    """Whoever is named in a document signs it before it is approved or served."""
    subject = look.subject()
    if subject and subject.unsigned:
        named = (look.ctx.officers.get(key) for key in subject.unsigned)
        words = [officer.name if officer else key for key, officer in zip(subject.unsigned, named, strict=True)]
        yield look.fault("not-signed-by-both", "document", officers="、".join(words))


def opinion_independent(look: Look) -> Iterator[Fault]:
    """Nobody checks or approves what he wrote, and nobody checks and approves the same document."""
    subject, given = look.subject(), OpinionGiven.of(look.content)
    if subject is None or look.filing is None:
        return
    if given.officer in subject.officers:
        yield look.fault("own-document", "officer", officer=_name(look, given.officer))
    if any(opinion.officer == given.officer for opinion in subject.opinions):
        yield look.fault("opinion-given-twice", "officer", officer=_name(look, given.officer))


def opinion_by_head(look: Look) -> Iterator[Fault]:
    """The head decides, or a deputy to whom it was handed in writing."""
    given = OpinionGiven.of(look.content)
    if look.filing is None or given.capacity == HEAD:
        return
    if given.capacity != DEPUTY:
        yield look.fault("not-the-head", "capacity", officer=_name(look, given.officer))
        return
    held = [known for known in look.ctx.delegations if known.officer == given.officer]
    if not any(known.covers(look.filing.form, look.day) for known in held):
        yield look.fault("delegation-missing", "delegation", officer=_name(look, given.officer))


def _name(look: Look, officer: str) -> str:
    known = look.ctx.officers.get(officer)
    return known.name if known else officer


GATES: Final = (
    Gate("about-in-force", about_in_force, Citation("xzcff", 47), ("document-not-in-force",)),
    Gate("both-signed", both_signed, Citation("xzcff", 42, 1), ("not-signed-by-both",)),
    Gate("opinion-independent", opinion_independent, CONCLUDED, ("own-document", "opinion-given-twice")),
    Gate("opinion-by-head", opinion_by_head, CONCLUDED, ("not-the-head", "delegation-missing")),
)
