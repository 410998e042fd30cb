"""Case files and taken-over results by the thousand, told from a few scripts.

A script is one visit on one day, made by the program's own code: the forms parse it, the
fold reads it, the public page is composed, masked and re-read. What differs from case to
case (party, people, numbers, digests) is then exchanged in its canonical text, in one pass,
so that a thousand cases cost a few dozen compositions. Seeded documents have no PDF and no
photograph: their list of files is empty.

A result that was *taken over* stands for the years before the system: the decision and its
public page came from elsewhere, so there is no case file, only the two events that bring
it into the ledger. Its number has another shape, so it can meet no number of ours.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final, TypeAlias

from zhunsheng.apps.cases import issuing, projections
from zhunsheng.apps.disclosure.proposing import proposals, still_personal
from zhunsheng.apps.journal.encoding import Row
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.apps.journal.seeding import Filed, Story
from zhunsheng.cli.demo_bureau import AGENCY, SECTION_1, STORY_SHOP
from zhunsheng.cli.seed_matters import EMPLOYEE, Matter, Shape
from zhunsheng.cli.seed_names import Firm
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Content, Event, EventKind, Json
from zhunsheng.core.casefile.fold import CaseState, fold
from zhunsheng.core.deadlines import deadline
from zhunsheng.core.disclosure.page import Source, original, published
from zhunsheng.core.documents import case_number
from zhunsheng.core.documents.numbers import CASE_SERIES
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.infra import env, forms, lawdata
from zhunsheng.infra.clock import BEIJING

OFFICERS: Final = ("chenguyu", "huangxiaoman")
PUBLISHER, CHECKER, WORKER = "fangdongzhi", "zhouhanlu", "system"
CASE: Final = "case"
TAKEN_OVER: Final = "taken-over"
"""Kind of the streams of results that came from before the system."""

DECISION_TAKEN_OVER: Final = "decision.taken-over"
"""``{number, form, form_version, made_on, content}``"""
PUBLICATION_TAKEN_OVER: Final = "publication.taken-over"
"""``{publication, content}``: the canonical public text as one string; the ledger has its digest."""

SERIES: Final = (CASE_SERIES, "onsite-record", "spot-decision", "service-receipt")
"""The series a case takes its numbers from."""

_Exchange: TypeAlias = Callable[[str], str]
_NO_DIGEST: Final = "0" * 64
_STROKES: Final = {"strokes": [[[80, 220], [160, 120], [240, 260], [330, 140]], [[380, 120], [400, 280]]]}
_SHOP: Final = STORY_SHOP.party
_ANSWER: Final = "证件看清楚了，不申请回避"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one case as its documents bear them."""

    case: str
    record: str
    decision: str
    receipt: str

    def of(self, form: str) -> str | None:
        """Return the number of a form's document; None for a form without one."""
        return {"onsite-record": self.record, "spot-decision": self.decision, "service-receipt": self.receipt}.get(form)


@dataclass(frozen=True, slots=True)
class _Line:
    """One event of a script."""

    kind: EventKind
    text: str  # the payload in canonical form
    actor: str
    at: datetime
    form: str = ""  # of a filed document: whose number is filled in


@dataclass(frozen=True)
class Script:
    """One visit on one day, with the shop of the story where the party of a case will stand."""

    day: date
    matter: Matter
    area: str  # 地区简称 in numbers: 厦海

    def numbers(self, serials: Mapping[str, int]) -> Numbers:
        """Return the numbers of a case of this day by the serials of ``SERIES``."""
        found = {}
        for form in SERIES[1:]:
            numbering = forms.form(form).numbering
            if numbering is None:
                raise AssertionError(f"{form} has no number any more")
            serial, year = serials[form], self.day.year
            found[form] = numbering.number(area=self.area, mark=self.matter.mark, year=year, serial=serial)
        case = case_number(area=self.area, year=self.day.year, serial=serials[CASE_SERIES])
        return Numbers(case, *(found[form] for form in SERIES[1:]))

    def story(self, shape: Shape, firm: Firm, numbers: Numbers) -> Story:
        """Return the case file of ``firm``, as far as ``shape``."""
        put = self._exchange(firm, numbers)

        def acts(rows: Sequence[Row]) -> Iterator[Filed]:
            content = b""
            for line in self._lines[:shape]:
                payload = _payload(put(line.text), line, numbers)
                if line.kind is EventKind.PUBLICATION_PROPOSED:
                    content = self._content(put, rows[4].commitment)
                    payload |= {"page": json.loads(content)}
                if line.kind is EventKind.PUBLICATION_APPROVED:
                    payload |= {"page_digest": sha256(content).hex()}
                    new = New(line.kind, payload, _day(line.at), public=content, of=rows[4].commitment.hex())
                else:
                    new = New(line.kind, payload, _day(line.at))
                yield Filed([new], line.actor, line.at)

        return Story(Ref(AGENCY, CASE, numbers.case), acts)

    def taken_over(self, firm: Firm, number: str) -> Story:
        """Return a result of this day that came from before the system."""
        put = self._exchange(firm, Numbers("", "", number, ""))
        at = self._lines[Shape.PUBLISHED - 1].at

        def acts(rows: Sequence[Row]) -> Iterator[Filed]:
            decision = json.loads(put(self._lines[4].text))
            kept = {name: decision[name] for name in ("form", "form_version", "made_on", "content")}
            yield Filed([New(DECISION_TAKEN_OVER, kept | {"number": number}, self.day)], WORKER, at)
            content = self._content(put, rows[0].commitment)
            payload: dict[str, Json] = {
                "publication": issuing.publication_id(AGENCY, number),
                "content": content.decode(),
            }
            new = New(PUBLICATION_TAKEN_OVER, payload, self.day, public=content, of=rows[0].commitment.hex())
            yield Filed([new], WORKER, at)

        return Story(Ref(AGENCY, TAKEN_OVER, number), acts)

    def row(self, shape: Shape, firm: Firm, numbers: Numbers) -> Mapping[str, object]:
        """Return the columns of the case's row: those of the script, with the names of the case."""
        named = {"party": firm.name} if shape >= Shape.RECORDED else {}
        decided = {"decision": numbers.decision} if shape >= Shape.DECIDED else {}
        return {**self._values(shape), **named, **decided, "number": numbers.case}

    def documents(self, shape: Shape, numbers: Numbers) -> list[Mapping[str, object]]:
        """Return the columns of the rows of the case's documents."""
        return [
            {"document": f"d{place}", "agency": AGENCY, "form": line.form, "made_on": self.day}
            | {"number": numbers.of(line.form) or ""}
            for place, line in enumerate((one for one in self._lines[:shape] if one.form), 1)
        ]

    def receipt(self, numbers: Numbers) -> tuple[str, str, str, int, datetime]:
        """Return the delivery of a published case: publication, agency, case, position and time of the approval."""
        publication, approval = issuing.publication_id(AGENCY, numbers.decision), Shape.PUBLISHED - 1
        return publication, AGENCY, numbers.case, approval, self._lines[approval - 1].at

    def _content(self, put: "_Exchange", decision: bytes) -> bytes:
        return put(self._page[0].replace(_NO_DIGEST, decision.hex())).encode()

    def _exchange(self, firm: Firm, numbers: Numbers) -> "_Exchange":
        """Return what puts the names of one case where the script has the shop of the story, all in one pass."""
        names = {
            _SHOP.name: firm.name,
            _SHOP.code: firm.code,
            _SHOP.operator: firm.operator,
            _SHOP.address: firm.address,
            _SHOP.phone: firm.phone,
            EMPLOYEE: firm.employee,
            self._own.case: numbers.case,
            self._own.decision: numbers.decision,
            issuing.publication_id(AGENCY, self._own.decision): issuing.publication_id(AGENCY, numbers.decision),
        }
        pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        found = re.compile(pattern)  # of one script always the same: ``re`` keeps it
        return lambda text: found.sub(lambda match: names[match[0]], text)

    @cached_property
    def _own(self) -> Numbers:
        """Numbers that nothing bears: the serial is 0."""
        return self.numbers(dict.fromkeys(SERIES, 0))

    @cached_property
    def _lines(self) -> tuple[_Line, ...]:
        return (*self._inspected(), *self._disclosed())

    def _inspected(self) -> Iterator[_Line]:
        first, second = OFFICERS
        opened: dict[str, Json] = {"number": self._own.case, "unit": SECTION_1, "agency": AGENCY}
        opened["procedure"] = _pinned()
        yield _line(EventKind.CASE_OPENED, opened, first, self._at(9, 30))
        for place, (form, raw, minutes) in enumerate(self._papers(), 1):
            document, at = f"d{place}", self._at(9, 30 + minutes)
            yield _line(EventKind.DOCUMENT_FILED, self._filed(document, form, raw), first, at, form)
            officers = OFFICERS if "officers" in raw else (first,)
            for officer in officers:
                signature: dict[str, Json] = {"document": document, "officer": officer, "strokes": None}
                wait = timedelta(minutes=1) if officer == second else timedelta(0)
                yield _line(EventKind.DOCUMENT_SIGNED, signature, officer, at + wait)

    def _disclosed(self) -> Iterator[_Line]:
        publication, at = issuing.publication_id(AGENCY, self._own.decision), self._at(24 + 9, 10)
        proposed: dict[str, Json] = {"publication": publication, "document": "d2", "masks": self._page[1], "files": []}
        yield _line(EventKind.PUBLICATION_PROPOSED, proposed, PUBLISHER, at)
        at += timedelta(hours=2)
        yield _line(EventKind.PUBLICATION_APPROVED, {"publication": publication}, CHECKER, at)
        at += timedelta(seconds=4)
        receipt: dict[str, Json] = {"publication": publication, "channel": "portal", "at": at.isoformat()}
        receipt["address"] = f"{env.current().portal_url}/p/{publication}"
        yield _line(EventKind.PUBLICATION_DELIVERED, receipt, WORKER, at)

    @cached_property
    def _page(self) -> tuple[str, list[Json]]:
        """Return the public page in canonical form and its sealed masks; nothing personal is left on it."""
        state = _folded(self._inspected())
        decision, at = state.documents[1], self._at(24 + 9, 0)
        context = issuing.sheet_context(state, decision, at=at)
        due = deadline("publish.result", self.day, lawdata.book())
        source = Source(
            publication=issuing.publication_id(AGENCY, decision.number or ""),
            decision=decision,
            context=context,
            title=forms.form(decision.form).title,
            commitment=_NO_DIGEST,
            due=due,
        )
        whole = original(source)
        masks = proposals(whole, state, decision, context)
        page = published(whole, masks)
        left = still_personal(page, masks, state, decision, context)
        if left:
            raise AssertionError(f"{self.matter.item} on {self.day}: {left}")
        return canonical(page).decode(), [mask.sealed() for mask in masks]

    def _values(self, shape: Shape) -> Mapping[str, object]:
        if shape not in self._rows:
            lines = self._lines[:shape]
            self._rows[shape] = projections.values(_folded(lines), at=lines[-1].at)
        return self._rows[shape]

    @cached_property
    def _rows(self) -> dict[Shape, Mapping[str, object]]:
        return {}

    def _filed(self, document: str, form: str, raw: Mapping[str, object]) -> dict[str, Json]:
        """Return the payload of a filed document as ``issuing.issue`` writes it, without files."""
        parsed = forms.parse(form, raw)
        if parsed.faults:
            raise AssertionError(f"{form} of {self.matter.item}: {parsed.faults}")
        return {
            "document": document,
            "form": form,
            "form_version": forms.form(form).version,
            "number": self._own.of(form),
            "made_on": self.day.isoformat(),
            "officers": list(OFFICERS) if "officers" in raw else [OFFICERS[0]],
            "content": parsed.content,
            "files": [],
            "device": "",
            "faults": [],
            "late": [],
            "procedure": _pinned(),
            "lawdata": lawdata.digest(),
        }

    def _papers(self) -> Iterator[tuple[str, Mapping[str, object], int]]:
        """Yield form, what is typed into it, and the minute of the visit at which it is issued."""
        common = {"officers": list(OFFICERS), "place": "上述经营场所内"}
        party = {
            "party_kind": _SHOP.kind.value,
            "party_name": _SHOP.name,
            "party_code": _SHOP.code,
            "party_operator": _SHOP.operator,
            "party_phone": _SHOP.phone,
            "party_address": _SHOP.address,
            "item": self.matter.item,
            "party_signature": _STROKES,
        }
        yield "onsite-record", common | party | self._seen(), 50
        yield "spot-decision", common | party | self._decided(), 70
        receipt: dict[str, object] = {
            "document": "d2",
            "receiver": _SHOP.operator,
            "receiver_relation": "经营者",
            "method": "direct",
            "served_at": self._clock(75),
            "refused": False,
            "receiver_signature": _STROKES,
        }
        yield "service-receipt", common | receipt, 80
        yield "record-filing", {"document": "d2", "reported_on": self.day.isoformat()}, 300

    def _seen(self) -> dict[str, object]:
        return {
            "party_licence": "示海卫证字〔2025〕第0012号",
            "started_at": self._clock(5),
            "ended_at": self._clock(50),
            "dress_and_badge": True,
            "certificates_shown": True,
            "recusal_told": True,
            "recusal_asked": False,
            "rights_told": True,
            "told_text": _ANSWER,
            "opinion": "agree",
            "findings": [
                {"place": "营业区", "text": self.matter.finding},
                {"place": "收银台", "text": "许可证悬挂在醒目位置，在有效期内。"},
            ],
            "obtained": [{"name": "现场照片", "count": "3张", "note": "陈谷雨拍摄，当事人核对"}],
        }

    def _decided(self) -> dict[str, object]:
        return {
            "violated_at": self._clock(10),
            "made_at": self._clock(65),
            "told": True,
            "explained": True,
            "acknowledged": "yes",
            "defence": "none",
            "penalty": "warning",
            "facts_text": self.matter.facts,
            "correction_text": self.matter.correction,
            "evidence_text": "《现场笔录》、现场照片3张",
        }

    def _clock(self, minutes: int) -> str:
        return self._at(9, 30 + minutes).astimezone(BEIJING).strftime("%Y-%m-%dT%H:%M")

    def _at(self, hours: int, minutes: int) -> datetime:
        return (datetime.combine(self.day, time(), BEIJING) + timedelta(hours=hours, minutes=minutes)).astimezone(UTC)


def _pinned() -> str:
    """Return the procedure as a case is pinned to it."""
    table = procedures.get("penalty-simple")
    return f"{table.name}@{table.version}"


def _payload(text: str, line: _Line, numbers: Numbers) -> dict[str, Json]:
    payload: dict[str, Json] = json.loads(text)
    return payload | {"number": numbers.of(line.form)} if line.form else payload


def _line(kind: EventKind, payload: Content, actor: str, at: datetime, form: str = "") -> _Line:
    return _Line(kind, canonical(dict(payload)).decode(), actor, at, form)


def _folded(lines: Iterable[_Line]) -> CaseState:
    return fold(
        Event(position, line.kind, 1, line.actor, _day(line.at), None, line.at, _loaded(line.text))
        for position, line in enumerate(lines, 1)
    )


def _loaded(text: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text)
    return content


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()
