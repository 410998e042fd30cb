"""A dental clinic, a man who is no physician, and everybody an ordinary case needs. All fictional."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from tests.core.procedures.cast import AREA, CHEN, EVERYBODY, INSTITUTE, book
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.facts import ONSITE_RECORD, PAYMENT_RECORD, SERVICE_RECEIPT, legal_date
from zhunsheng.core.casefile.fold import CaseState, fold
from zhunsheng.core.casefile.people import Delegation, Officer
from zhunsheng.core.errors import Fault
from zhunsheng.core.procedures import ACT, FACT, Ctx, Filing, Judgement, derived, get, judge, place
from zhunsheng.core.procedures.model import Place
from zhunsheng.core.review.points import CODES

TABLE = get("penalty-ordinary")
START = date(2026, 6, 1)
FACTS_OF = frozenset(
    {
        ONSITE_RECORD, f.INQUIRY_RECORD, SERVICE_RECEIPT, PAYMENT_RECORD, f.DEFENCE_RECORD, f.DEFENCE_WAIVER,
        f.HEARING_REQUEST, f.HEARING_RECORD, f.REINSPECTION_RECORD, f.ARCHIVE_RECORD,
    }
)  # fmt: skip


def _person(key: str, name: str, post: str, **changes: object) -> Officer:
    return replace(Officer(key, name, "bureau", post, exam_passed_on=date(2015, 9, 1)), **changes)  # type: ignore[arg-type]


WEI = _person("wei", "魏立秋", "所长")  # head of the institute, checks
SONG = _person("song", "宋大雪", "局长")  # head of the agency
DENG = _person("deng", "邓小寒", "副局长")
CAO = _person("cao", "曹春分", "法制审核员", legal_qualification="A20153502000001")
TANG = _person("tang", "唐夏至", "听证主持人")
SHI = _person("shi", "石白露", "书记员")
FENG = replace(CHEN, id="feng", name="冯雨水")
PEOPLE = (*EVERYBODY, WEI, SONG, DENG, CAO, TANG, SHI, FENG)

CLINIC: Mapping[str, Json] = {
    "party_kind": "organisation",
    "party_name": "海沧区浣溪沙口腔门诊部",
    "party_code": "91350205MADEM00525",
    "party_operator": "晏几道",
    "party_address": "厦门市海沧区虚构路88号",
}
QUACK: Mapping[str, Json] = {
    "party_kind": "citizen",
    "party_name": "柳梢青",
    "party_code": "350205199003070070",
    "party_address": "厦门市海沧区虚构里3号",
}
SIGNED: Json = {"strokes": [[[0, 0], [1, 1]]]}
HANDLERS: list[Json] = ["chen", "huang"]


def result(**changes: Json) -> dict[str, Json]:
    """Return facts and result of the clinic's case: 4,000 yuan for waste that was not sorted."""
    return {
        **CLINIC,
        "item": "waste-sorting",
        "violated_at": "2026-06-01T09:30",
        "facts_text": "损伤性废物与感染性废物混放在一个包装袋里。",
        "evidence_text": "现场笔录、询问笔录、照片。",
        "sanctions": [{"kind": "警告"}, {"kind": "罚款"}],
        "fine": 400_000,
        "benchmark": "waste-sorting.2",
        "factors": [{"factor": "several-places"}],
        "discretion_text": "两个诊室混放，没有造成后果，按“一般”处理。",
        **changes,
    }


def practice(**changes: Json) -> dict[str, Json]:
    """Return facts and result of the man who is no physician: gains, devices, and 40,000 yuan."""
    case = {name: value for name, value in result().items() if not name.startswith("party_")}
    return {
        **case,
        **QUACK,
        "item": "physician-unqualified",
        "facts_text": "没有取得医师资格，为他人补牙、拔牙，收取费用八千元。",
        "sanctions": [{"kind": "罚款"}, {"kind": "没收违法所得"}, {"kind": "没收非法财物"}],
        "fine": 4_000_000,
        "illegal_gains": 800_000,
        "confiscated_gains": 800_000,
        "goods": [{"name": "牙科综合治疗椅", "count": "1台"}],
        "goods_value": 300_000,
        "benchmark": "physician-unqualified.1",
        "factors": [{"factor": "short-time"}],
        "discretion_text": "时间不满三个月，没有造成后果，按“较轻”处理。",
        **changes,
    }


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.code for fault in faults]


@dataclass
class Case:
    """A case file in memory, and the day on which the next thing happens.

    Documents get an id of their form and a number: ``prior-notice-1``.
    """

    what: dict[str, Json] = field(default_factory=result)
    day: date = START
    clock: time = time(10)
    events: list[Event] = field(default_factory=list)
    changes: dict[str, object] = field(default_factory=dict)  # of the surroundings
    table: object = TABLE

    def __post_init__(self) -> None:
        opened = {"number": "厦海卫案〔2026〕2号", "unit": "inst", "procedure": "penalty-ordinary", "agency": "hc"}
        self.add(EventKind.CASE_OPENED, opened)

    @property
    def state(self) -> CaseState:
        return fold(self.events)

    @property
    def place(self) -> Place:
        return place(TABLE, self.state)

    @property
    def stage(self) -> str:
        return self.place.stage

    def sub(self, key: str) -> str:
        return self.place.sub(key)

    def ctx(self) -> Ctx:
        law = book()
        known = {person.id: person for person in PEOPLE}
        now = datetime.combine(self.day, time(18))
        return replace(Ctx(law, self.day, now, known, INSTITUTE, law.items, area=AREA), **self.changes)  # type: ignore[arg-type]

    def add(self, kind: EventKind, payload: Content, actor: str = "a-chen") -> None:
        position = len(self.events) + 1
        now = datetime.combine(self.day, time(4), UTC) + timedelta(seconds=position)
        self.events.append(Event(position, kind.value, 1, actor, self.day, None, now, payload))

    def at(self, clock: str = "10:00") -> str:
        return f"{self.day.isoformat()}T{clock}"

    def last(self, form: str) -> str:
        """Return the id of the newest document of ``form``."""
        found = self.state.latest(form)
        return found.id if found else ""

    def filing(self, form: str, content: Content, **changes: object) -> Filing:
        named = content.get("officers")
        officers = tuple(str(key) for key in named) if isinstance(named, list) else ("chen",)
        kind = FACT if form in FACTS_OF else ACT
        made_on = legal_date(form, content) or self.day
        return replace(Filing(form, kind, content, officers, "inst", made_on), **changes)  # type: ignore[arg-type]

    def judged(self, form: str, content: Content, **changes: object) -> Judgement:
        return judge(TABLE, self.state, self.filing(form, content, **changes), self.ctx())

    def file(self, form: str, content: Content, *, sign: bool = True, **changes: object) -> Judgement:
        """File a document unless it is refused, and let everybody named in it sign."""
        made = self.filing(form, content, **changes)
        state, ctx = self.state, self.ctx()
        found = judge(TABLE, state, made, ctx)
        if found.refused:
            return found
        number = 1 + sum(1 for known in state.documents if known.form == form)
        faults: list[Json] = [
            {"code": x.code, "basis": str(x.basis) if x.basis else None, "facts": dict(x.facts), "field": x.field}
            for x in found.flagged
        ]
        late: list[Json] = [{"code": x.code, "reason": made.reasons.get(x.code, "")} for x in found.late]
        payload: dict[str, Json] = {
            "document": f"{form}-{number}",
            "form": form,
            "form_version": 1,
            "number": None,
            "made_on": made.made_on.isoformat(),
            "officers": list(made.officers),
            "content": dict(content),
            "files": [],
            "faults": faults,
            "late": late,
            "procedure": "penalty-ordinary/1",
            "lawdata": "00",
            "derived": derived(TABLE, state, made, ctx),
        }
        self.add(EventKind.DOCUMENT_FILED, payload)
        if sign:
            for officer in made.officers:
                signed: Content = {"document": payload["document"], "officer": officer, "strokes": None}
                self.add(EventKind.DOCUMENT_SIGNED, signed, f"a-{officer}")
        return found

    def do(self, form: str, content: Content, *, sign: bool = True, **changes: object) -> "Case":
        """File a document that must not be refused."""
        found = self.file(form, content, sign=sign, **changes)
        assert found.allowed, (form, found.refused)
        return self

    def opine(
        self, form: str, opinion: str, officer: str, capacity: str = "agency-head", *, document: str = "", **more: Json
    ) -> Judgement:
        """Give an opinion on the newest document of ``form`` unless it is refused."""
        content: dict[str, Json] = {
            "document": document or self.last(form),
            "officer": officer,
            "capacity": capacity,
            "text": "同意。",
            **more,
        }
        made = Filing(f"{form}.{opinion}", ACT, content, (officer,), "bureau", self.day)
        found = judge(TABLE, self.state, made, self.ctx())
        if found.allowed:
            self.add(EventKind.DOCUMENT_OPINED, {**content, "opinion": opinion}, f"a-{officer}")
        return found

    def approve(self, form: str, *steps: str) -> "Case":
        """Let the checker check and the head approve, as the form asks."""
        for step in steps or ("approved",):
            officer, capacity = ("wei", "unit-head") if step == "checked" else ("song", "agency-head")
            found = self.opine(form, step, officer, capacity)
            assert found.allowed, (form, step, found.refused)
        return self

    def later(self, days: int = 1) -> "Case":
        self.day += timedelta(days=days)
        return self

    def void(self, document: str) -> None:
        self.add(EventKind.DOCUMENT_VOIDED, {"document": document, "reason": "写错"})

    def publish(self, *kinds: EventKind) -> None:
        for kind in kinds:
            payload: Content = {"publication": "p1", "document": self.last(f.PENALTY_DECISION), "page": {}, "masks": []}
            self.add(kind, payload, "a-publisher" if kind is EventKind.PUBLICATION_PROPOSED else "a-checker")


# ---- what the documents say, from the case they belong to


def subject(case: Case, **changes: Json) -> dict[str, Json]:
    party = {name: value for name, value in case.what.items() if name.startswith("party_")}
    return {**party, "item": case.what["item"], "officers": HANDLERS, **changes}


def onsite(case: Case, **changes: Json) -> dict[str, Json]:
    made: dict[str, Json] = {
        "place": "第一诊室",
        "started_at": case.at("09:30"),
        "ended_at": case.at("10:30"),
        "dress_and_badge": True,
        "certificates_shown": True,
        "recusal_told": True,
        "recusal_asked": False,
        "rights_told": True,
        "told_text": "看清楚了，不申请回避。",
        "findings": [{"place": "第一诊室", "text": "利器与棉球放在同一个黄色袋里。"}],
        "opinion": "agree",
        "party_signature": SIGNED,
    }
    return subject(case, **{**made, **changes})


def inquiry(case: Case, **changes: Json) -> dict[str, Json]:
    return {
        "asked_name": "晏几道",
        "place": "监督所询问室",
        "started_at": case.at("14:00"),
        "ended_at": case.at("15:00"),
        "certificates_shown": True,
        "recusal_told": True,
        "rights_told": True,
        "qa": [{"question": "医疗废物怎样分类？", "answer": "放在一起了。"}],
        "party_signature": SIGNED,
        "officers": HANDLERS,
        **changes,
    }


def acceptance(case: Case, **changes: Json) -> dict[str, Json]:
    return subject(case, accepted_on=case.day.isoformat(), source="found", summary="检查发现混放。", **changes)


def filing_report(case: Case, **changes: Json) -> dict[str, Json]:
    made: dict[str, Json] = {
        "made_on": case.day.isoformat(),
        "source": "found",
        "summary": "检查发现混放。",
        "violated_at": case.what["violated_at"],
    }
    return subject(case, **{**made, **changes})


def stated(case: Case, **changes: Json) -> dict[str, Json]:
    """Return a document that states facts and result: the case's own, with changes."""
    return {**case.what, "made_on": case.day.isoformat(), "officers": HANDLERS, **changes}


def deliberation(case: Case, **changes: Json) -> dict[str, Json]:
    sat: list[Json] = [{"officer": key, "view": "事实清楚，同意。"} for key in ("chen", "huang", "feng")]
    return stated(
        case, held_at=case.at("15:30"), chair=["feng"], attendees=sat, conclusion="同意。", outcome="penalty", **changes
    )


def approval(case: Case, matter: str, **changes: Json) -> dict[str, Json]:
    outcome = "no-penalty" if matter == "no-penalty" else "penalty"
    return stated(case, **{"matter": matter, "outcome": outcome, "opinion_text": "请审批。", **changes})


def notice(case: Case, **changes: Json) -> dict[str, Json]:
    return stated(
        case, **{"hearing_right": False, "defence_place": "监督所", "defence_contact": "0592-0000", **changes}
    )


def receipt(case: Case, form: str, **changes: Json) -> dict[str, Json]:
    return {
        "document": case.last(form),
        "receiver": "晏几道",
        "receiver_relation": "负责人",
        "place": "当事人住所",
        "served_at": case.at("10:00"),
        "method": "direct",
        "refused": False,
        "officers": HANDLERS,
        "receiver_signature": SIGNED,
        **changes,
    }


def defence(case: Case, **changes: Json) -> dict[str, Json]:
    return {
        "document": case.last(f.PRIOR_NOTICE),
        "made_at": case.at("11:00"),
        "speaker": "晏几道",
        "defence_text": "当天就改了，请从轻。",
        "party_signature": SIGNED,
        "officers": HANDLERS,
        **changes,
    }


def reconsideration(case: Case, **changes: Json) -> dict[str, Json]:
    return {
        "document": case.last(f.DEFENCE_RECORD),
        "made_on": case.day.isoformat(),
        "adopted": "none",
        "reasons": "改正情况已经在裁量中考虑。",
        "proposed": "keep",
        "officers": HANDLERS,
        **changes,
    }


def waiver(case: Case, **changes: Json) -> dict[str, Json]:
    return {
        "document": case.last(f.PRIOR_NOTICE),
        "stated_on": case.day.isoformat(),
        "waives_defence": True,
        "waives_hearing": False,
        "party_signature": SIGNED,
        "officers": HANDLERS,
        **changes,
    }


def decision(case: Case, **changes: Json) -> dict[str, Json]:
    return stated(case, **{"defence_course": "当事人陈述申辩，复核不采纳。", "hearing_course": "", **changes})


def payment(case: Case, amount: int, **changes: Json) -> dict[str, Json]:
    return {
        "document": case.last(f.PENALTY_DECISION),
        "paid_on": case.day.isoformat(),
        "amount": amount,
        "way": "bank",
        "receipt_no": "票001",
        **changes,
    }


DELEGATED = Delegation("deng", (), "海卫授〔2026〕1号", date(2026, 1, 1), date(2026, 12, 31))

# ---- courses, to begin a test in the middle


def filed(what: dict[str, Json] | None = None, day: date = START) -> Case:
    """A case that was inspected, accepted and filed with approval."""
    case = Case(what or result(), day)
    case.do(ONSITE_RECORD, onsite(case)).later()
    case.do(f.CASE_ACCEPTANCE, acceptance(case))
    case.do(f.FILING_REPORT, filing_report(case)).approve(f.FILING_REPORT)
    return case.later()


def deliberated(what: dict[str, Json] | None = None, day: date = START) -> Case:
    case = filed(what, day)
    case.do(f.INQUIRY_RECORD, inquiry(case)).later()
    case.do(f.INVESTIGATION_REPORT, stated(case, outcome="penalty")).later()
    return case.do(f.DELIBERATION_RECORD, deliberation(case)).later()


def notified(what: dict[str, Json] | None = None, day: date = START, *, hearing: bool = False) -> Case:
    """A case whose prior notice was approved and served."""
    case = deliberated(what, day)
    case.do(f.APPROVAL, approval(case, "notice")).approve(f.APPROVAL, "checked", "approved").later()
    case.do(f.PRIOR_NOTICE, notice(case, hearing_right=hearing))
    return case.do(SERVICE_RECEIPT, receipt(case, f.PRIOR_NOTICE)).later()


def cleared(case: Case) -> Case:
    """Let the head approve the decision."""
    case.do(f.APPROVAL, approval(case, "penalty"))
    return case.approve(f.APPROVAL, "checked", "approved")


def decided(what: dict[str, Json] | None = None, day: date = START) -> Case:
    case = notified(what, day).later(14)
    cleared(case)
    return case.do(f.PENALTY_DECISION, decision(case))


# ---- hearing, review, discussion


def asks_for_hearing(case: Case, **changes: Json) -> dict[str, Json]:
    return {
        "document": case.last(f.PRIOR_NOTICE),
        "asked_on": case.day.isoformat(),
        "asked_by": "柳梢青",
        "way": "书面",
        "party_signature": SIGNED,
        "officers": HANDLERS,
        **changes,
    }


def summons(case: Case, held_on: date, **changes: Json) -> dict[str, Json]:
    made: dict[str, Json] = {
        "document": case.last(f.HEARING_REQUEST),
        "made_on": case.day.isoformat(),
        "held_at": f"{held_on.isoformat()}T09:00",
        "place": "听证室",
        "chair": ["tang"],
        "clerk": ["shi"],
        "public": True,
        "officers": ["tang"],
    }
    return {**made, **changes}


def heard(case: Case, **changes: Json) -> dict[str, Json]:
    made: dict[str, Json] = {
        "document": case.last(f.HEARING_SUMMONS),
        "started_at": case.at("09:00"),
        "ended_at": case.at("11:00"),
        "chair": ["tang"],
        "clerk": ["shi"],
        "party_present": True,
        "record_text": "调查人员提出证据，当事人申辩。",
        "party_signature": SIGNED,
        "officers": ["tang", "shi"],
    }
    return {**made, **changes}


def hearing_report(case: Case, **changes: Json) -> dict[str, Json]:
    made: dict[str, Json] = {
        "document": case.last(f.HEARING_RECORD),
        "made_on": case.day.isoformat(),
        "chair": ["tang"],
        "disputes": "违法所得数额。",
        "conclusion": "事实清楚，证据充分。",
        "proposed": "keep",
        "officers": ["tang"],
    }
    return {**made, **changes}


def submission(case: Case, **changes: Json) -> dict[str, Json]:
    kinds = ("draft-decision", "investigation-report", "evidence", "discretion", "hearing-record")
    materials: list[Json] = [{"kind": kind, "document": "", "note": ""} for kind in kinds]
    return stated(
        case, **{"submitted_on": case.day.isoformat(), "outcome": "penalty", "materials": materials, **changes}
    )


def review(case: Case, opinion: str = "pass", **changes: Json) -> dict[str, Json]:
    points: list[Json] = [{"point": code, "answer": "yes", "text": ""} for code in CODES]
    made: dict[str, Json] = {
        "document": case.last(f.REVIEW_SUBMISSION),
        "made_on": case.day.isoformat(),
        "points": points,
        "opinion": opinion,
        "findings": [] if opinion == "pass" else [{"text": "裁量理由没有说明。", "article": "xzcff:34"}],
        "reviewer": ["cao"],
        "officers": ["cao"],
    }
    return {**made, **changes}


def discussion(case: Case, **changes: Json) -> dict[str, Json]:
    sat: list[Json] = [{"officer": key, "post": "", "view": "同意。"} for key in ("song", "deng", "wei")]
    made: dict[str, Json] = {
        "held_at": case.at("16:00"),
        "chair": ["song"],
        "attendees": sat,
        "conclusion": "同意处罚。",
        "agreed": True,
        "outcome": "penalty",
        "officers": ["song", "deng", "wei"],
    }
    return {**stated(case), **made, **changes}


def heard_case() -> Case:
    """The case of the man who is no physician, after the hearing was held and reported."""
    case = notified(practice(), hearing=True)
    case.do(f.HEARING_REQUEST, asks_for_hearing(case)).later()
    held = case.day + timedelta(days=16)
    case.do(f.HEARING_SUMMONS, summons(case, held))
    case.do(SERVICE_RECEIPT, receipt(case, f.HEARING_SUMMONS)).later(16)
    case.do(f.HEARING_RECORD, heard(case)).later()
    return case.do(f.HEARING_REPORT, hearing_report(case)).later()


def reviewed(case: Case) -> Case:
    case.do(f.REVIEW_SUBMISSION, submission(case)).later()
    return case.do(f.REVIEW_OPINION, review(case)).later()


def discussed(case: Case) -> Case:
    return case.do(f.COLLECTIVE_DISCUSSION, discussion(case)).later()
