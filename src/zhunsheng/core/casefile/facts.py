"""What the documents of the simple procedure say, as types.

Each form of ``lawdata/forms`` feeds one class here; gates, sheets and pages for the
public read these and never the raw fields. Fields are named as in the form. Money is
in fen, days are days in Asia/Shanghai, times of day are local and naive, as written on
the sheet. Reading never fails: see ``content``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.names import LEGAL_DATES
from zhunsheng.core.casefile.people import Party, PartyKind

ONSITE_RECORD: Final = "onsite-record"  # 现场笔录
SPOT_DECISION: Final = "spot-decision"  # 当场行政处罚决定书
SERVICE_RECEIPT: Final = "service-receipt"  # 送达回执
RECORD_FILING: Final = "record-filing"  # 备案
PAYMENT_RECORD: Final = "payment-record"  # 缴款

_LEGAL_DATE: Final = {
    ONSITE_RECORD: "started_at",
    SPOT_DECISION: "made_at",
    SERVICE_RECEIPT: "served_at",
    RECORD_FILING: "reported_on",
    PAYMENT_RECORD: "paid_on",
    **LEGAL_DATES,
}


class Penalty(StrEnum):
    """What a decision on the spot may impose (行政处罚法 art. 51)."""

    WARNING = "warning"
    FINE = "fine"
    WARNING_AND_FINE = "warning-and-fine"

    @property
    def sanctions(self) -> tuple[str, ...]:
        """Return the kinds of penalty in the law's own words, lightest first."""
        return _SANCTIONS[self]

    @property
    def has_fine(self) -> bool:
        return self is not Penalty.WARNING


_SANCTIONS: Final = {
    Penalty.WARNING: ("警告",),
    Penalty.FINE: ("罚款",),
    Penalty.WARNING_AND_FINE: ("警告", "罚款"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Obtained:
    """One kind of material taken along: copies, photographs, recordings."""

    name: str
    count: str
    note: str


@dataclass(frozen=True, slots=True)
class OnsiteRecord:
    """现场笔录 (行政处罚法 art. 55): what two officers saw, told and heard."""

    party: Party | None
    licence: str
    item: str
    place: str
    started_at: datetime | None
    ended_at: datetime | None
    dress_and_badge: bool
    certificates_shown: bool
    recusal_told: bool
    recusal_asked: bool
    rights_told: bool
    told_text: str
    findings: tuple[Finding, ...]
    obtained: tuple[Obtained, ...]
    opinion: str  # agree | differ | refuse
    opinion_text: str
    party_signed: bool
    refusal_note: str
    witness_name: str
    witness_unit: str

    @classmethod
    def of(cls, content: Content) -> "OnsiteRecord":
        """Read a filed 现场笔录."""
        return cls(
            party=party_of(content),
            licence=read.text(content, "party_licence"),
            item=read.text(content, "item"),
            place=read.text(content, "place"),
            started_at=read.moment(content, "started_at"),
            ended_at=read.moment(content, "ended_at"),
            dress_and_badge=read.yes(content, "dress_and_badge"),
            certificates_shown=read.yes(content, "certificates_shown"),
            recusal_told=read.yes(content, "recusal_told"),
            recusal_asked=read.yes(content, "recusal_asked"),
            rights_told=read.yes(content, "rights_told"),
            told_text=read.text(content, "told_text"),
            findings=tuple(
                Finding(read.text(row, "place"), read.text(row, "text")) for row in read.rows(content, "findings")
            ),
            obtained=tuple(
                Obtained(*(read.text(row, name) for name in ("name", "count", "note")))
                for row in read.rows(content, "obtained")
            ),
            opinion=read.text(content, "opinion"),
            opinion_text=read.text(content, "opinion_text"),
            party_signed=read.signed(content, "party_signature"),
            refusal_note=read.text(content, "refusal_note"),
            witness_name=read.text(content, "witness_name"),
            witness_unit=read.text(content, "witness_unit"),
        )


@dataclass(frozen=True, slots=True)
class SpotDecision:
    """当场行政处罚决定书 (行政处罚法 arts 51, 52)."""

    party: Party | None
    item: str
    violated_at: datetime | None
    violation_ended_on: date | None  # of a continuing act, when the officer states it
    harmful: bool  # life or health of citizens, with harmful consequences (art. 36: five years)
    facts_text: str
    evidence_text: str
    made_at: datetime | None
    place: str
    told: bool
    explained: bool
    acknowledged: str  # yes | refused
    defence: str  # none | made
    defence_text: str
    defence_answer: str
    penalty: Penalty | None
    fine: int | None  # fen
    correction_text: str
    pay_way: str  # bank | cash
    cash_ground: str  # hard-to-enforce | asked-in-remote-area, where the amount alone does not allow cash
    party_signed: bool
    refusal_note: str

    @property
    def made_on(self) -> date | None:
        return self.made_at.date() if self.made_at else None

    @property
    def violated_on(self) -> date | None:
        return self.violated_at.date() if self.violated_at else None

    @classmethod
    def of(cls, content: Content) -> "SpotDecision":
        """Read a filed 当场行政处罚决定书."""
        penalty = read.text(content, "penalty")
        return cls(
            party=party_of(content),
            item=read.text(content, "item"),
            violated_at=read.moment(content, "violated_at"),
            violation_ended_on=read.day(content, "violation_ended_on"),
            harmful=read.yes(content, "harmful"),
            facts_text=read.text(content, "facts_text"),
            evidence_text=read.text(content, "evidence_text"),
            made_at=read.moment(content, "made_at"),
            place=read.text(content, "place"),
            told=read.yes(content, "told"),
            explained=read.yes(content, "explained"),
            acknowledged=read.text(content, "acknowledged"),
            defence=read.text(content, "defence"),
            defence_text=read.text(content, "defence_text"),
            defence_answer=read.text(content, "defence_answer"),
            penalty=Penalty(penalty) if penalty in set(Penalty) else None,
            fine=read.money(content, "fine"),
            correction_text=read.text(content, "correction_text"),
            pay_way=read.text(content, "pay_way"),
            cash_ground=read.text(content, "cash_ground"),
            party_signed=read.signed(content, "party_signature"),
            refusal_note=read.text(content, "refusal_note"),
        )


@dataclass(frozen=True, slots=True)
class ServiceReceipt:
    """送达回执 (行政处罚法 art. 61; 民事诉讼法 on service)."""

    document: str
    receiver: str
    relation: str
    place: str
    served_at: datetime | None
    method: str  # direct | leave | entrusted | post | electronic | public
    refused: bool
    refusal_note: str
    witness_name: str
    witness_unit: str
    receiver_signed: bool
    confirmed: bool = False  # a signed 送达地址/电子送达确认书 is in the file
    posted_receipt: str = ""  # number of the postal slip

    @classmethod
    def of(cls, content: Content) -> "ServiceReceipt":
        """Read a filed 送达回执."""
        return cls(
            document=read.text(content, "document"),
            receiver=read.text(content, "receiver"),
            relation=read.text(content, "receiver_relation"),
            place=read.text(content, "place"),
            served_at=read.moment(content, "served_at"),
            method=read.text(content, "method"),
            refused=read.yes(content, "refused"),
            refusal_note=read.text(content, "refusal_note"),
            witness_name=read.text(content, "witness_name"),
            witness_unit=read.text(content, "witness_unit"),
            receiver_signed=read.signed(content, "receiver_signature"),
            confirmed=read.yes(content, "confirmed"),
            posted_receipt=read.text(content, "posted_receipt"),
        )


@dataclass(frozen=True, slots=True)
class RecordFiling:
    """备案: the decision made on the spot is reported to the agency (行政处罚法 art. 52(3))."""

    document: str
    reported_on: date | None
    note: str

    @classmethod
    def of(cls, content: Content) -> "RecordFiling":
        """Read a filed 备案."""
        return cls(read.text(content, "document"), read.day(content, "reported_on"), read.text(content, "note"))


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """A payment of the fine (行政处罚法 arts 67-71)."""

    document: str
    paid_on: date | None
    amount: int | None  # fen
    way: str  # bank | cash
    receipt_no: str
    surcharge: int | None = None  # fen: how much of the amount the receipt books as 加处罚款

    @classmethod
    def of(cls, content: Content) -> "PaymentRecord":
        """Read a filed record of payment."""
        return cls(
            document=read.text(content, "document"),
            paid_on=read.day(content, "paid_on"),
            amount=read.money(content, "amount"),
            way=read.text(content, "way"),
            receipt_no=read.text(content, "receipt_no"),
            surcharge=read.money(content, "surcharge"),
        )


def party_of(content: Content) -> Party | None:
    """Return the party a document names; None when it names none, or of no known kind."""
    kind, name = read.text(content, "party_kind"), read.text(content, "party_name")
    if kind not in set(PartyKind) or not name:
        return None
    return Party(
        kind=PartyKind(kind),
        name=name,
        code=read.text(content, "party_code"),
        operator=read.text(content, "party_operator"),
        address=read.text(content, "party_address"),
        phone=read.text(content, "party_phone"),
    )


def legal_date(form: str, content: Content) -> date | None:
    """Return the day written in a document, from which deadlines run; None when it has none."""
    name = _LEGAL_DATE.get(form)
    return read.day(content, name) if name else None
