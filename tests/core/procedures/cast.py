"""One barber shop, two good officers, a few unfit ones, and a case file that fills up as in life.

Everybody is fictional. ``CaseFile`` appends events as the program would: what ``judge``
finds against a record of fact is written into the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.facts import (
    ONSITE_RECORD,
    PAYMENT_RECORD,
    RECORD_FILING,
    SERVICE_RECEIPT,
    SPOT_DECISION,
    legal_date,
)
from zhunsheng.core.casefile.fold import CaseState, fold
from zhunsheng.core.casefile.people import Capacity, Certificate, Officer, Recusal, Unit
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.book import Book
from zhunsheng.core.procedures import ACT, FACT, Ctx, Filing, Judgement, get, judge
from zhunsheng.infra import lawdata

DAY = date(2026, 10, 20)
SEED_DAY = date(2018, 6, 20)
AREA = "350205"
ITEM = "public-health-certificate"
SHOP = "海沧区如梦令理发店"
SHOP_CODE = "92350205MADEMX0117"
ADULT_CODE = "350205199003070070"
PROCEDURE = get("penalty-simple")

LONG = {"valid_from": date(2016, 1, 1), "valid_to": date(2027, 12, 31)}


def _officer(key: str, name: str, **certificate: object) -> Officer:
    fields = {"number": f"证{key}", "category": "卫生健康", "area": AREA, **LONG, **certificate}
    return Officer(key, name, "inst", "执法员", (Certificate(**fields),), exam_passed_on=date(2015, 9, 1))  # type: ignore[arg-type]


CHEN, HUANG = _officer("chen", "陈谷雨"), _officer("huang", "黄小满")
EXPIRED = _officer("expired", "林寒露", valid_to=date(2018, 6, 1))
WRONG_CATEGORY = _officer("category", "吴白露", category="文化市场")
WRONG_AREA = _officer("area", "郑惊蛰", area="350203")
CITY_WIDE = _officer("city", "许清明", area="350200")
NO_CERTIFICATE = Officer("none", "何立夏", "inst", "执法员", exam_passed_on=date(2015, 9, 1))
NO_EXAM = replace(_officer("exam", "高处暑"), exam_passed_on=None)
RECUSED = replace(
    _officer("recused", "罗霜降"), recusals=(Recusal(SHOP_CODE, SHOP, date(2018, 1, 1), "经营者是其兄弟"),)
)
WITHDRAWN = _officer("withdrawn", "谢芒种", withdrawn_on=date(2018, 6, 20))
EVERYBODY = (
    CHEN, HUANG, EXPIRED, WRONG_CATEGORY, WRONG_AREA, CITY_WIDE, NO_CERTIFICATE, NO_EXAM, RECUSED, WITHDRAWN,
)  # fmt: skip

INSTITUTE = Unit(
    "inst",
    "区卫生计生监督所",
    "hc",
    (
        Capacity("penalty", ("公", "医"), AREA, "entrusted", date(2017, 1, 1), date(2027, 12, 31), "海卫委〔2017〕1号"),
        Capacity("inspection", ("公", "医"), AREA, "entrusted", date(2017, 1, 1), None, "海卫委〔2017〕1号"),
    ),
)


@cache
def book() -> Book:
    """The book of law the program itself uses."""
    return lawdata.book()


def context(day: date = DAY, *, hour: int = 18, **changes: object) -> Ctx:
    """Return the surroundings of a step taken on ``day`` at ``hour``."""
    law = book()
    known = {officer.id: officer for officer in EVERYBODY}
    ctx = Ctx(law, day, datetime.combine(day, time(hour)), known, INSTITUTE, law.items, area=AREA)
    return replace(ctx, **changes)  # type: ignore[arg-type]


PARTY: Mapping[str, Json] = {
    "party_kind": "business",
    "party_name": SHOP,
    "party_code": SHOP_CODE,
    "party_operator": "苏小小",
    "party_phone": "13800000000",
    "party_address": "厦门市海沧区虚构路12号",
}
CITIZEN: Mapping[str, Json] = {"party_kind": "citizen", "party_name": "柳梢青", "party_code": ADULT_CODE}


def at(day: date, clock: str) -> str:
    """Return a time as a form writes it."""
    return f"{day.isoformat()}T{clock}"


def record(day: date = DAY, /, **changes: Json) -> dict[str, Json]:
    """Return the content of a faultless 现场笔录."""
    return {
        **PARTY,
        "item": ITEM,
        "place": "理发区",
        "started_at": at(day, "09:30"),
        "ended_at": at(day, "10:20"),
        "officers": ["chen", "huang"],
        "dress_and_badge": True,
        "certificates_shown": True,
        "recusal_told": True,
        "recusal_asked": False,
        "rights_told": True,
        "told_text": "证件看清楚了，不申请回避。",
        "findings": [{"place": "理发区", "text": "从业人员未能出示健康合格证。"}],
        "obtained": [],
        "opinion": "agree",
        "opinion_text": "",
        "party_signature": {"strokes": [[[0, 0], [1, 1]]]},
        **changes,
    }


def decision(day: date = DAY, /, **changes: Json) -> dict[str, Json]:
    """Return the content of a faultless 当场行政处罚决定书: a warning."""
    return {
        **PARTY,
        "item": ITEM,
        "violated_at": at(day, "09:41"),
        "facts_text": "安排未获得健康合格证的人员直接为顾客服务",
        "evidence_text": "现场笔录",
        "made_at": at(day, "10:32"),
        "place": "理发区",
        "officers": ["chen", "huang"],
        "told": True,
        "explained": True,
        "acknowledged": "yes",
        "defence": "none",
        "penalty": "warning",
        "correction_text": "立即改正",
        "party_signature": {"strokes": [[[0, 0], [1, 1]]]},
        **changes,
    }


def fined(day: date = DAY, fine: int = 20_000, /, **changes: Json) -> dict[str, Json]:
    """Return a decision with a fine, in fen."""
    return decision(day, **{"penalty": "fine", "fine": fine, "pay_way": "bank", **changes})


def receipt(day: date = DAY, /, **changes: Json) -> dict[str, Json]:
    """Return the content of a faultless 送达回执."""
    return {
        "document": "d2",
        "receiver": SHOP,
        "receiver_relation": "经营者",
        "place": "理发区",
        "served_at": at(day, "10:40"),
        "method": "direct",
        "refused": False,
        "officers": ["chen", "huang"],
        "receiver_signature": {"strokes": [[[0, 0], [1, 1]]]},
        **changes,
    }


def reported(day: date = DAY, /, **changes: Json) -> dict[str, Json]:
    return {"document": "d2", "reported_on": day.isoformat(), "note": "", **changes}


def payment(amount: int, day: date = DAY, /, **changes: Json) -> dict[str, Json]:
    return {
        "document": "d2",
        "paid_on": day.isoformat(),
        "amount": amount,
        "way": "bank",
        "receipt_no": "票001",
        **changes,
    }


KINDS = {
    ONSITE_RECORD: FACT,
    SPOT_DECISION: ACT,
    SERVICE_RECEIPT: FACT,
    RECORD_FILING: FACT,
    PAYMENT_RECORD: FACT,
}


def filing(form: str, content: Content, **changes: object) -> Filing:
    """Return a document as the office files it."""
    named = content.get("officers")
    officers = tuple(str(key) for key in named) if isinstance(named, list) else ("chen",)
    made_on = legal_date(form, content) or DAY
    return replace(Filing(form, KINDS.get(form, ACT), content, officers, "inst", made_on), **changes)  # type: ignore[arg-type]


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.code for fault in faults]


@dataclass
class CaseFile:
    """A case file in memory; documents are called d1, d2, … in order."""

    events: list[Event] = field(default_factory=list)
    documents: int = 0

    def __post_init__(self) -> None:
        opened = {"number": "厦海卫案〔2026〕1号", "unit": "inst", "procedure": "penalty-simple", "agency": "hc"}
        self.add(EventKind.CASE_OPENED, opened)

    @property
    def state(self) -> CaseState:
        return fold(self.events)

    def add(self, kind: EventKind, payload: Content, day: date = DAY, actor: str = "a-chen") -> None:
        position = len(self.events) + 1
        now = datetime.combine(day, time(4), UTC) + timedelta(seconds=position)
        self.events.append(Event(position, kind.value, 1, actor, day, None, now, payload))

    def judged(self, form: str, content: Content, ctx: Ctx | None = None, **changes: object) -> Judgement:
        made = filing(form, content, **changes)
        return judge(PROCEDURE, self.state, made, ctx or context(made.made_on))

    def file(self, form: str, content: Content, ctx: Ctx | None = None, **changes: object) -> Judgement:
        """File a document unless it is refused; what is flagged is written into it."""
        made = filing(form, content, **changes)
        found = judge(PROCEDURE, self.state, made, ctx or context(made.made_on))
        if found.refused:
            return found
        self.documents += 1
        faults: list[Json] = [
            {"code": f.code, "basis": str(f.basis) if f.basis else None, "facts": dict(f.facts), "field": f.field}
            for f in found.flagged
        ]
        late: list[Json] = [{"code": f.code, "reason": made.reasons.get(f.code, "")} for f in found.late]
        payload: Content = {
            "document": f"d{self.documents}",
            "form": form,
            "form_version": 1,
            "number": None,
            "made_on": made.made_on.isoformat(),
            "officers": list(made.officers),
            "content": dict(content),
            "files": [],
            "faults": faults,
            "late": late,
            "procedure": "penalty-simple/1",
            "lawdata": "00",
        }
        self.add(EventKind.DOCUMENT_FILED, payload, made.made_on)
        return found

    def sign(self, document: str, *officers: str, day: date = DAY) -> None:
        for officer in officers:
            self.add(EventKind.DOCUMENT_SIGNED, {"document": document, "officer": officer, "strokes": None}, day)

    def void(self, document: str, day: date = DAY) -> None:
        self.add(EventKind.DOCUMENT_VOIDED, {"document": document, "reason": "写错当事人"}, day)

    def publish(self, *kinds: EventKind, document: str = "d2", publication: str = "p1", day: date = DAY) -> None:
        for kind in kinds:
            payload: Content = {"publication": publication, "document": document, "page": {"party": SHOP}, "masks": []}
            actor = "a-publisher" if kind is EventKind.PUBLICATION_PROPOSED else "a-checker"
            self.add(kind, payload, day, actor)


PROPOSED, RETURNED, APPROVED, DELIVERED = (
    EventKind.PUBLICATION_PROPOSED,
    EventKind.PUBLICATION_RETURNED,
    EventKind.PUBLICATION_APPROVED,
    EventKind.PUBLICATION_DELIVERED,
)


def recorded(day: date = DAY, /, **changes: Json) -> CaseFile:
    """A case with a faultless on-site record."""
    case = CaseFile()
    case.file(ONSITE_RECORD, record(day, **changes))
    return case


def decided(content: Content | None = None, day: date = DAY, *, signed: bool = True) -> CaseFile:
    """A case with a decision (d2), signed by both officers unless told otherwise."""
    made = content or decision(day)
    party = {name: made[name] for name in PARTY if name in made}
    case = recorded(day, **party)
    found = case.file(SPOT_DECISION, made)
    assert found.allowed, found.refused
    if signed:
        case.sign("d2", "chen", "huang", day=day)
    return case
