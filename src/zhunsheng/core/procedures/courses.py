"""Conditions of the ordinary procedure: which course a case takes, read from what was filed.

See ``conditions``. What needs the book of law (is review due? what is still owed?) was
found when the document was filed and is pinned to it (``deriving``): a case does not
change its course because a catalogue changed while it was running.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.facts import PAYMENT_RECORD, PaymentRecord
from zhunsheng.core.casefile.fold import Document
from zhunsheng.core.casefile.names import (
    APPROVAL,
    COLLECTIVE_DISCUSSION,
    DEFENCE_WAIVER,
    EVIDENCE_PRESERVATION,
    HEARING_RECORD,
    NO_PENALTY_DECISION,
    PENALTY_DECISION,
    PRESERVATION_DISPOSAL,
    PRIOR_NOTICE,
    REINSPECTION_RECORD,
    REVIEW_OPINION,
)
from zhunsheng.core.casefile.outcome import Outcome

DECISIONS: Final = (PENALTY_DECISION, NO_PENALTY_DECISION)
Documents = Sequence[Document]


def newest(documents: Documents, *forms: str) -> Document | None:
    """Return the newest document of these forms."""
    return next((document for document in reversed(documents) if document.form in forms), None)


def _says(documents: Documents, form: str, name: str, *words: str) -> bool:
    found = newest(documents, form)
    return found is not None and read.text(found.content, name) in words


def _ticked(documents: Documents, form: str, name: str) -> bool:
    found = newest(documents, form)
    return found is not None and read.yes(found.content, name)


def needed(documents: Documents, predicate: str) -> bool:
    """Return whether the newest document that says what is due says that this is."""
    pinned = next((known for document in reversed(documents) if (known := _needs(document))), None)
    return bool(pinned and pinned.get(predicate))


def _needs(document: Document) -> Content | None:
    found = document.derived.get("needs")
    return found if isinstance(found, Mapping) else None


def owes_money(documents: Documents) -> bool:
    found = newest(documents, *DECISIONS)
    return found is not None and found.form == PENALTY_DECISION and Outcome.of(found.content).total > 0


def paid_off(documents: Documents) -> bool:
    """Return whether nothing is left to pay: fine, confiscated gains, surcharge of late payment."""
    last, decision = newest(documents, PAYMENT_RECORD), newest(documents, PENALTY_DECISION)
    left = read.money(last.derived, "left") if last else None
    if left is not None:
        return left <= 0
    payments = (PaymentRecord.of(known.content).amount or 0 for known in documents if known.form == PAYMENT_RECORD)
    return decision is not None and sum(payments) >= Outcome.of(decision.content).total


def preserved(documents: Documents) -> Iterator[Document]:
    """Yield the orders of evidence preservation whose goods were not dealt with yet."""
    done = {read.text(known.content, "document") for known in documents if known.form == PRESERVATION_DISPOSAL}
    for known in documents:
        if known.form == EVIDENCE_PRESERVATION and known.id not in done and not known.opined("returned"):
            yield known


def _matter(word: str) -> Callable[[Documents], bool]:
    return lambda documents: _says(documents, APPROVAL, "matter", word)


def _review(*words: str) -> Callable[[Documents], bool]:
    return lambda documents: _says(documents, REVIEW_OPINION, "opinion", *words)


CONDITIONS: Final[Mapping[str, Callable[[Documents], bool]]] = MappingProxyType(
    {
        "review-needed": lambda documents: needed(documents, "review"),
        "discussion-needed": lambda documents: needed(documents, "discussion"),
        "hearing-offered": lambda documents: _ticked(documents, PRIOR_NOTICE, "hearing_right"),
        "for-notice": _matter("notice"),
        "for-penalty": _matter("penalty"),
        "for-no-penalty": _matter("no-penalty"),
        "review-passed": _review("pass"),
        "review-opposed": _review("oppose"),
        "review-referred": _review("refer"),
        "review-returned": _review("return"),
        "defence-waived": lambda documents: _ticked(documents, DEFENCE_WAIVER, "waives_defence"),
        "hearing-waived": lambda documents: _ticked(documents, DEFENCE_WAIVER, "waives_hearing"),
        "party-came": lambda documents: _ticked(documents, HEARING_RECORD, "party_present"),
        "party-stayed-away": lambda documents: not _ticked(documents, HEARING_RECORD, "party_present"),
        "leaders-agree": lambda documents: _ticked(documents, COLLECTIVE_DISCUSSION, "agreed"),
        "leaders-disagree": lambda documents: not _ticked(documents, COLLECTIVE_DISCUSSION, "agreed"),
        "put-right": lambda documents: _ticked(documents, REINSPECTION_RECORD, "corrected"),
        "not-put-right": lambda documents: not _ticked(documents, REINSPECTION_RECORD, "corrected"),
        "still-preserved": lambda documents: any(True for _ in preserved(documents)),
        "nothing-preserved": lambda documents: not any(True for _ in preserved(documents)),
        "owes-money": owes_money,
        "paid-off": paid_off,
        "owes-still": lambda documents: not paid_off(documents),
    }
)
