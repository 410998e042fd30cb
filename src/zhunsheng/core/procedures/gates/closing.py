"""Service, payment, publication: what follows a decision made on the spot (行政处罚法 arts 48, 52, 61, 67)."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile.content import text
from zhunsheng.core.casefile.facts import SPOT_DECISION, PaymentRecord, ServiceReceipt, SpotDecision
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures.conditions import paid
from zhunsheng.core.procedures.model import Gate, Look, Severity

SERVICE: Final = Citation("xzcff", 61, 1)
SIGNED: Final = Citation("xzcff", 52, 2)
LEAVING: Final = Citation("wsjkxzcfcxgd", 55)
PAYMENT: Final = Citation("xzcff", 67, 3)


def decision_signed(look: Look) -> Iterator[Fault]:
    """The officers sign the decision before the party gets it in hand."""
    decision = look.latest(SPOT_DECISION)
    if decision and decision.unsigned:
        waiting = (look.ctx.officers.get(key) for key in decision.unsigned)
        names = [officer.name if officer else key for key, officer in zip(decision.unsigned, waiting, strict=True)]
        yield look.fault("not-signed-by-both", "document", officers="、".join(names))


def about_decision(look: Look) -> Iterator[Fault]:
    """The document speaks of the decision of this case that is in force."""
    decision = look.latest(SPOT_DECISION)
    if look.filing and decision and text(look.content, "document") != decision.id:
        yield look.fault("document-not-in-force", "document", found=text(look.content, "document"))


def service_complete(look: Look) -> Iterator[Fault]:
    receipt = ServiceReceipt.of(look.content)
    if not receipt.receiver:
        yield look.fault("receiver-missing", "receiver")
    if receipt.served_at is None:
        yield look.fault("date-missing", "served_at")
    if not receipt.method:
        yield look.fault("service-method-missing", "method")
    if receipt.refused and not receipt.refusal_note:
        yield look.fault("refusal-note-missing", "refusal_note", basis=Citation("xzcff", 52, 1))


def leaving_attested(look: Look) -> Iterator[Fault]:
    """留置: a witness from a grass-roots body or the employer, or photographs or a recording."""
    receipt = ServiceReceipt.of(look.content)
    if receipt.method != "leave" or _filmed(look):
        return
    if not receipt.witness_name:
        yield look.fault("attesting-witness-missing", "witness_name")
    elif not receipt.witness_unit:
        yield look.fault("attesting-witness-missing", "witness_unit")


def _filmed(look: Look) -> bool:
    return bool(look.filing and {"recording", "photo"} & set(look.filing.file_roles))


def amount_due(look: Look) -> Iterator[Fault]:
    """A payment differs from what is due: it is kept, and the difference stays in view."""
    record, decision = PaymentRecord.of(look.content), look.latest(SPOT_DECISION)
    if decision is None:
        return
    due = (SpotDecision.of(decision.content).fine or 0) - paid(look.counted)
    if not record.amount or record.amount < 0:
        yield look.fault("amount-missing", "amount", due=Fen(due).yuan())
    elif record.amount != due:
        yield look.fault("wrong-amount", "amount", found=Fen(record.amount).yuan(), due=Fen(due).yuan())


def receipt_given(look: Look) -> Iterator[Fault]:
    """Cash is taken only against the treasury's receipt; without it the party may refuse to pay (art. 70)."""
    record = PaymentRecord.of(look.content)
    if record.way == "cash" and not record.receipt_no:
        yield look.fault("payment-receipt-missing", "receipt_no")


def other_person_checks(look: Look) -> Iterator[Fault]:
    """Who proposed a page does not check it (spec law 6.4: human review by a second person)."""
    publication = look.state.publications.get(text(look.content, "publication"))
    if look.filing and publication is None:
        yield look.fault("publication-unknown", "publication", publication=text(look.content, "publication"))
    if publication and publication.proposed_by == text(look.content, "actor"):
        yield look.fault("publisher-is-checker")


GATES: Final = (
    Gate("decision-signed", decision_signed, SIGNED, ("not-signed-by-both",), standing=True),
    Gate("about-decision", about_decision, SERVICE, ("document-not-in-force",)),
    Gate(
        "service-complete",
        service_complete,
        SERVICE,
        ("receiver-missing", "date-missing", "service-method-missing", "refusal-note-missing"),
    ),
    Gate("leaving-attested", leaving_attested, LEAVING, ("attesting-witness-missing",)),
    Gate("amount-due", amount_due, PAYMENT, ("amount-missing", "wrong-amount"), Severity.FLAG),
    Gate("receipt-given", receipt_given, Citation("xzcff", 70), ("payment-receipt-missing",), Severity.FLAG),
    Gate(
        "other-person-checks",
        other_person_checks,
        Citation("zfxxgktl", 17),
        ("publication-unknown", "publisher-is-checker"),
    ),
)
