"""Conditions that rows and sub-procedures name: questions about what was filed.

Each is asked with the documents that moved the case so far, the newest being the one
that is moving it now.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.facts import (
    PAYMENT_RECORD,
    SPOT_DECISION,
    PaymentRecord,
    SpotDecision,
    legal_date,
    party_of,
)
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.casefile.names import PENALTY_DECISION
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.procedures import courses
from zhunsheng.core.redaction.numbers import born_on

ADULT: Final = 18  # 未成年人保护法 art. 2
Condition: TypeAlias = Callable[[Sequence[Document]], bool]


def age_on(born: date, day: date) -> int:
    """Return full years on ``day``: 周岁, reached on the day after the birthday.

    The text of 行政处罚法 art. 30 does not say how 周岁 is counted; this is how the courts
    count it for criminal liability. Someone born on 29 February turns on 1 March.
    """
    had = (day.month, day.day) > (born.month, born.day)
    return day.year - born.year - (0 if had else 1)


def party_age(party: Party | None, day: date) -> int | None:
    """Return a citizen's age on ``day``; None when it is no citizen or the number does not say."""
    if party is None or party.kind is not PartyKind.CITIZEN:
        return None
    born = born_on(party.code)
    return None if born is None else age_on(born, day)


def _decision(documents: Sequence[Document]) -> SpotDecision | None:
    found = [document for document in documents if document.form == SPOT_DECISION]
    return SpotDecision.of(found[-1].content) if found else None


def paid(documents: Sequence[Document]) -> int:
    """Return what was paid so far, in fen."""
    records = (PaymentRecord.of(document.content) for document in documents if document.form == PAYMENT_RECORD)
    return sum(record.amount or 0 for record in records)


def fine_imposed(documents: Sequence[Document]) -> bool:
    decision = _decision(documents)
    return decision is not None and decision.penalty is not None and decision.penalty.has_fine


def paid_in_full(documents: Sequence[Document]) -> bool:
    decision = _decision(documents)
    return decision is not None and paid(documents) >= (decision.fine or 0)


def paid_in_part(documents: Sequence[Document]) -> bool:
    return not paid_in_full(documents)


def party_adult(documents: Sequence[Document]) -> bool:
    """Return whether the penalty may be published: never that of a minor (law.md 6.4; 未成年人保护法 art. 103)."""
    days = list(_decision_days(documents))
    if not days:
        return True
    party, *_ = (party for party, _ in days)
    ages = [age for _, day in days if (age := party_age(party, day)) is not None]
    return all(age >= ADULT for age in ages)


def _decision_days(documents: Sequence[Document]) -> Iterator[tuple[Party | None, date]]:
    """Yield the party with the day of the act and the day of the decision, of the newest decision."""
    found = next((known for known in reversed(documents) if known.form in {SPOT_DECISION, PENALTY_DECISION}), None)
    if found is None:
        return
    violated = read.day(found.content, "violated_at")
    for day in (violated, legal_date(found.form, found.content)):
        if day:
            yield party_of(found.content), day


def to_be_published(documents: Sequence[Document]) -> bool:
    """Return whether there is a penalty that goes to the public."""
    newest = next((known for known in reversed(documents) if known.form in courses.DECISIONS), None)
    return newest is not None and newest.form == PENALTY_DECISION and party_adult(documents)


CONDITIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {
        "fine-imposed": fine_imposed,
        "paid-in-full": paid_in_full,
        "paid-in-part": paid_in_part,
        "party-adult": party_adult,
        "to-be-published": to_be_published,
        **courses.CONDITIONS,
    }
)
