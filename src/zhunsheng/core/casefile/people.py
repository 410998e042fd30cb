"""Officers, units and parties as the gates see them: plain facts on a given day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PartyKind(StrEnum):
    CITIZEN = "citizen"  # 公民
    BUSINESS = "business"  # 个体工商户: fined as an organisation (assumption A-01)
    ORGANISATION = "organisation"  # 法人或者其他组织


@dataclass(frozen=True, slots=True)
class Certificate:
    """行政执法证. Both ends of the validity are included."""

    number: str
    category: str  # 执法类别, for example "卫生健康"
    area: str  # GB/T 2260 code of the area, six digits
    valid_from: date
    valid_to: date
    withdrawn_on: date | None = None  # first day without it
    kind: str = "行政执法证"  # or 卫生监督员证, in its time


@dataclass(frozen=True, slots=True)
class Recusal:
    """回避 decided by the agency head (行政处罚法 art. 43): the officer may not act against this party."""

    party_code: str  # credit code or resident number; "" when only the name is known
    party_name: str
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class Officer:
    id: str
    name: str
    unit: str  # unit id
    post: str
    certificates: tuple[Certificate, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    exam_passed_on: date | None = None
    legal_qualification: str = ""  # number of the 法律职业资格证书, where there is one
    reviewer_since: date | None = None  # first day as a reviewer; before 2018 no certificate was asked


@dataclass(frozen=True, slots=True)
class Delegation:
    """A deputy may decide in the head's place: in writing, for these steps, for this time."""

    officer: str  # id of the deputy
    steps: tuple[str, ...]  # step keys, for example ``filing-report.approved``; () = every approval
    number: str  # of the written delegation
    valid_from: date
    valid_to: date  # last day

    def covers(self, step: str, day: date) -> bool:
        """Return whether the deputy may take ``step`` on ``day``."""
        return self.valid_from <= day <= self.valid_to and (not self.steps or step in self.steps)


@dataclass(frozen=True, slots=True)
class Prior:
    """Another case of the agency against the same party, as far as a judgement needs it."""

    number: str
    item: str
    violated_on: date | None
    decided_on: date | None  # None while it is open
    fine: int = 0  # fen
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity a unit does one kind of act, from when to when (O2, 行政处罚法 arts 17-21)."""

    act: str  # penalty | inspection | permit | coercion
    fields: tuple[str, ...]  # 执法类别 marks it covers, for example ("公", "医")
    area: str  # GB/T 2260
    as_: str  # own | entrusted
    valid_from: date
    valid_to: date | None = None
    mandate: str = ""  # number of the 委托书 when entrusted


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: str
    agency: str  # agency id
    capacities: tuple[Capacity, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    kind: PartyKind
    name: str
    code: str  # unified social credit code, or resident number for a citizen
    operator: str = ""  # 经营者 / 法定代表人
    address: str = ""
    phone: str = ""
