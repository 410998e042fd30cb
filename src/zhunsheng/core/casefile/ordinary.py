"""What the documents of the ordinary procedure say, as types, as far as gates read them.

Fields are named as in the forms. Facts and result of a document are read by ``outcome``.
Reading never fails: see ``content``.
"""

from dataclasses import dataclass
from datetime import date, datetime

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.casefile.people import Party


@dataclass(frozen=True, slots=True)
class Preservation:
    """证据先行登记保存决定书 (行政处罚法 art. 56)."""

    reason: str
    goods: tuple[str, ...]
    made_on: date | None

    @classmethod
    def of(cls, content: Content) -> "Preservation":
        names = tuple(name for row in read.rows(content, "goods") if (name := read.text(row, "name")))
        return cls(read.text(content, "reason"), names, read.day(content, "made_on"))


@dataclass(frozen=True, slots=True)
class Deliberation:
    """合议记录: who sat, who presided, what each one said."""

    chair: str
    attendees: tuple[tuple[str, str], ...]  # (officer id, view)
    conclusion: str

    @classmethod
    def of(cls, content: Content) -> "Deliberation":
        """Read 合议记录 or 集体讨论记录: both have a chair, attendees with views, a conclusion."""
        rows = tuple((read.officer(row, "officer"), read.text(row, "view")) for row in read.rows(content, "attendees"))
        return cls(read.officer(content, "chair"), rows, read.text(content, "conclusion"))


@dataclass(frozen=True, slots=True)
class Waiver:
    """The party gives up its defence, its hearing, or both (行政处罚法 art. 62)."""

    document: str
    defence: bool
    hearing: bool
    signed: bool

    @classmethod
    def of(cls, content: Content) -> "Waiver":
        return cls(
            read.text(content, "document"),
            read.yes(content, "waives_defence"),
            read.yes(content, "waives_hearing"),
            read.signed(content, "party_signature"),
        )


@dataclass(frozen=True, slots=True)
class Reconsideration:
    """复核意见书 (行政处罚法 art. 45)."""

    document: str
    adopted: str  # all | part | none
    reasons: str
    proposed: str  # keep | lighter | no-penalty

    @classmethod
    def of(cls, content: Content) -> "Reconsideration":
        return cls(*(read.text(content, name) for name in ("document", "adopted", "reasons", "proposed")))


@dataclass(frozen=True, slots=True)
class Summons:
    """行政处罚听证通知书 (行政处罚法 art. 64)."""

    held_at: datetime | None
    place: str
    chair: str
    clerk: str
    public: bool
    closed_ground: str

    @classmethod
    def of(cls, content: Content) -> "Summons":
        return cls(
            read.moment(content, "held_at"),
            read.text(content, "place"),
            read.officer(content, "chair"),
            read.officer(content, "clerk"),
            read.yes(content, "public"),
            read.text(content, "closed_ground"),
        )


@dataclass(frozen=True, slots=True)
class Hearing:
    """听证笔录 (行政处罚法 arts 64, 65)."""

    started_at: datetime | None
    chair: str
    clerk: str
    party_present: bool
    record_text: str
    party_signed: bool
    refusal_note: str

    @classmethod
    def of(cls, content: Content) -> "Hearing":
        return cls(
            read.moment(content, "started_at"),
            read.officer(content, "chair"),
            read.officer(content, "clerk"),
            read.yes(content, "party_present"),
            read.text(content, "record_text"),
            read.signed(content, "party_signature"),
            read.text(content, "refusal_note"),
        )


@dataclass(frozen=True, slots=True)
class Material:
    kind: str
    document: str


@dataclass(frozen=True, slots=True)
class Submission:
    """送审函: what the handlers hand to the legal reviewer."""

    materials: tuple[Material, ...]
    reply: str  # to the findings of the last round

    @classmethod
    def of(cls, content: Content) -> "Submission":
        rows = read.rows(content, "materials")
        found = tuple(Material(read.text(row, "kind"), read.text(row, "document")) for row in rows)
        return cls(found, read.text(content, "handler_reply"))


@dataclass(frozen=True, slots=True)
class Point:
    """One of the eleven points of a review."""

    code: str
    answer: str  # yes | no | na
    text: str


@dataclass(frozen=True, slots=True)
class ReviewOpinion:
    """法制审核意见书 (行政处罚法 art. 58)."""

    document: str  # the submission
    points: tuple[Point, ...]
    opinion: str  # pass | return | oppose | refer
    findings: tuple[str, ...]
    reviewer: str
    qualification: str

    @classmethod
    def of(cls, content: Content) -> "ReviewOpinion":
        points = (
            Point(*(read.text(row, name) for name in ("point", "answer", "text")))
            for row in read.rows(content, "points")
        )
        return cls(
            document=read.text(content, "document"),
            points=tuple(points),
            opinion=read.text(content, "opinion"),
            findings=tuple(words for row in read.rows(content, "findings") if (words := read.text(row, "text"))),
            reviewer=read.officer(content, "reviewer"),
            qualification=read.text(content, "qualification_no"),
        )


@dataclass(frozen=True, slots=True)
class NoPenalty:
    """不予行政处罚决定书 (行政处罚法 art. 33)."""

    party: Party | None
    ground: str
    reason: str
    education: str

    @classmethod
    def of(cls, content: Content) -> "NoPenalty":
        return cls(
            party_of(content),
            read.text(content, "no_penalty_ground"),
            read.text(content, "reason_text"),
            read.text(content, "education"),
        )


@dataclass(frozen=True, slots=True)
class Deferral:
    """延期、分期缴纳罚款 (行政处罚法 art. 66)."""

    asked_on: date | None
    until: date | None
    instalments: tuple[tuple[date | None, int], ...]  # (due, fen)

    @classmethod
    def of(cls, content: Content) -> "Deferral":
        rows = tuple(
            (read.day(row, "due"), read.money(row, "amount") or 0) for row in read.rows(content, "instalments")
        )
        return cls(read.day(content, "asked_on"), read.day(content, "until"), rows)


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """An opinion about to be given on a document."""

    document: str
    officer: str
    capacity: str
    text: str
    delegation: str

    @classmethod
    def of(cls, content: Content) -> "OpinionGiven":
        return cls(*(read.text(content, name) for name in ("document", "officer", "capacity", "text", "delegation")))
