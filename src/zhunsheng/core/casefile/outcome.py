"""What is to be done to whom for what: the part that travels from document to document.

The investigation report proposes it, the deliberation and the approval take it up, the
prior notice tells it, the review passes it, the decision imposes it. Money is in fen.
``substance`` names facts, law and result by one digest, so that two documents can be
compared for saying the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.casefile.people import Party
from zhunsheng.core.ledger.canonical import canonical

PENALTY: Final = "penalty"
NO_PENALTY: Final = "no-penalty"
FINE: Final = "罚款"
GAINS: Final = "没收违法所得"
GOODS: Final = "没收非法财物"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An intended or imposed result, with the facts it rests on."""

    party: Party | None
    item: str
    violated_at: datetime | None
    violation_ended_on: date | None
    harmful: bool
    facts_text: str
    evidence_text: str
    outcome: str  # penalty | no-penalty; "" where the form has only one
    sanctions: tuple[str, ...]  # the words of 行政处罚法 art. 9, each once
    fine: int | None
    illegal_gains: int | None  # as found; the base of a multiple
    confiscated_gains: int | None
    goods: tuple[str, ...]  # names of what is confiscated
    goods_value: int | None
    benchmark: str  # id of the step
    factors: tuple[str, ...]
    deviation: str
    discretion_text: str
    correction_text: str
    marks: tuple[str, ...]  # complex, public-interest, …: stated by the handlers

    @property
    def violated_on(self) -> date | None:
        return self.violated_at.date() if self.violated_at else None

    def imposes(self, word: str) -> bool:
        return word in self.sanctions

    @property
    def total(self) -> int:
        """Return what is to be paid: fine and confiscated gains, in fen."""
        fine = (self.fine or 0) if self.imposes(FINE) else 0
        return fine + ((self.confiscated_gains or 0) if self.imposes(GAINS) else 0)

    @classmethod
    def of(cls, content: Content) -> "Outcome":
        """Read a document that holds facts and a result."""
        return cls(
            party=party_of(content),
            item=read.text(content, "item"),
            violated_at=read.moment(content, "violated_at"),
            violation_ended_on=read.day(content, "violation_ended_on"),
            harmful=read.yes(content, "harmful"),
            facts_text=read.text(content, "facts_text"),
            evidence_text=read.text(content, "evidence_text"),
            outcome=read.text(content, "outcome"),
            sanctions=_column(content, "sanctions", "kind"),
            fine=read.money(content, "fine"),
            illegal_gains=read.money(content, "illegal_gains"),
            confiscated_gains=read.money(content, "confiscated_gains"),
            goods=_column(content, "goods", "name"),
            goods_value=read.money(content, "goods_value"),
            benchmark=read.text(content, "benchmark"),
            factors=_column(content, "factors", "factor"),
            deviation=read.text(content, "deviation"),
            discretion_text=read.text(content, "discretion_text"),
            correction_text=read.text(content, "correction_text"),
            marks=_column(content, "marks", "mark"),
        )


def _column(content: Content, name: str, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for row in read.rows(content, name) if (word := read.text(row, column))))


def substance(content: Content) -> str:
    """Return a digest (hex) of facts, law and result; blanks and line ends make no difference."""
    found = Outcome.of(content)
    party = found.party
    body: Json = {
        "party": [party.kind.value, party.name, party.code] if party else None,
        "item": found.item,
        "violated": found.violated_at.isoformat() if found.violated_at else None,
        "ended": found.violation_ended_on.isoformat() if found.violation_ended_on else None,
        "facts": "".join(found.facts_text.split()),
        "sanctions": [*sorted(found.sanctions)],
        "fine": found.fine or 0,
        "gains": found.confiscated_gains or 0,
        "goods": [*sorted(found.goods)],
    }
    return sha256(b"zhunsheng substance v1\n" + canonical(body)).hexdigest()
