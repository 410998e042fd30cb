"""Three cases for the demonstration, made by the same commands that officers use.

One is finished and public, one waits for its checker, one waits for its decision. Each
step has its own idempotency key, so a demonstration that was killed half-way goes on
where it stopped; a step whose times differ on the second run was done on the first.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from zhunsheng.apps.accounts.viewers import viewer_of
from zhunsheng.apps.cases.commands import file_document, open_case, sign_document
from zhunsheng.apps.cases.filing import Submission
from zhunsheng.apps.disclosure import commands as disclosure
from zhunsheng.apps.disclosure import queries as drafts
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.cli.demo_bureau import DEMO_PARTIES, DemoParty
from zhunsheng.core.errors import RefusedError
from zhunsheng.infra.clock import BEIJING

ITEM: Final = "public-health-certificate"
OFFICERS: Final = ("chenguyu", "huangxiaoman")
PUBLISHER, CHECKER = "fangdongzhi", "zhouhanlu"
STROKES: Final = {"strokes": [[[80, 220], [160, 120], [240, 260], [330, 140]], [[380, 120], [400, 280]]]}
EMPLOYEES: Final = ("郑秋分", "吴白露", "孙寒露")


@dataclass(frozen=True, slots=True)
class _Story:
    """One visit to one shop, ``at`` being the end of it."""

    place: int  # among the parties of the demonstration
    at: datetime

    @property
    def shop(self) -> DemoParty:
        return DEMO_PARTIES[self.place]

    @property
    def employee(self) -> str:
        return EMPLOYEES[self.place % len(EMPLOYEES)]

    def clock(self, minutes: int) -> str:
        """Return the local time so many minutes before the end, as a form has it."""
        return (self.at.astimezone(BEIJING) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")

    def key(self, step: str) -> str:
        return f"demo/{self.place}/{step}"


def tell(at: datetime) -> dict[str, str]:
    """Make what is missing of the three cases and return their numbers by what they show."""
    public = _Story(1, at)
    number = _decided(public)
    _serve(public, number)
    _propose(public, number)
    _approve(public, number)
    waiting = _Story(2, at)
    to_check = _decided(waiting)
    _propose(waiting, to_check)
    recorded = _Story(3, at)
    to_decide = _open(recorded)
    _file(recorded, to_decide, "onsite-record", _record(recorded))
    return {"published": number, "to-check": to_check, "to-decide": to_decide}


def _decided(story: _Story) -> str:
    number = _open(story)
    _file(story, number, "onsite-record", _record(story))
    _file(story, number, "spot-decision", _decision(story))
    _sign(story, number, "d1")
    _sign(story, number, "d2")
    return number


def _sign(story: _Story, number: str, document: str) -> None:
    second, key = viewer_of(OFFICERS[1]), story.key(f"sign-{document}")
    _once(lambda: sign_document(number, document, viewer=second, at=story.at, key=key))


def _serve(story: _Story, number: str) -> None:
    receipt = {
        "document": "d2",
        "receiver": story.shop.party.operator,
        "receiver_relation": "经营者",
        "place": "上述经营场所内",
        "served_at": story.clock(4),
        "method": "direct",
        "refused": False,
        "officers": list(OFFICERS),
        "receiver_signature": STROKES,
    }
    _file(story, number, "service-receipt", receipt)
    _sign(story, number, "d3")
    _file(story, number, "record-filing", {"document": "d2", "reported_on": story.clock(0)[:10]})


def _propose(story: _Story, number: str) -> None:
    viewer = viewer_of(PUBLISHER)
    draft = drafts.drafting(number, viewer=viewer, at=story.at)
    if draft is not None:
        _once(lambda: disclosure.propose(number, draft.masks, viewer=viewer, at=story.at, key=story.key("propose")))


def _approve(story: _Story, number: str) -> None:
    viewer = viewer_of(CHECKER)
    seen = drafts.checking(number, viewer=viewer, at=story.at)
    if seen is not None:
        _once(
            lambda: disclosure.approve(
                number, seen.publication.id, seen.page_digest, viewer=viewer, at=story.at, key=story.key("approve")
            )
        )


def _open(story: _Story) -> str:
    return open_case("penalty-simple", viewer=viewer_of(OFFICERS[0]), at=story.at, key=story.key("open"))


def _file(story: _Story, number: str, form: str, raw: Mapping[str, object]) -> None:
    submission = Submission(form, raw, story.key(form))
    _once(lambda: file_document(number, submission, viewer=viewer_of(OFFICERS[0]), at=story.at))


def _once(step: Callable[[], object]) -> None:
    """Take a step that may have been taken by an earlier run: at other times of day, or past its place."""
    with suppress(IdempotencyConflictError):
        try:
            step()
        except RefusedError as error:
            if not {fault.code for fault in error.faults} <= {"already-decided", "publication-pending"}:
                raise


def _party(story: _Story) -> dict[str, object]:
    party = story.shop.party
    return {
        "party_kind": party.kind.value,
        "party_name": party.name,
        "party_code": party.code,
        "party_operator": party.operator,
        "party_phone": "000-0000001",
        "party_address": party.address,
        "item": ITEM,
        "officers": list(OFFICERS),
        "party_signature": STROKES,
        "place": "上述经营场所内",
    }


def _record(story: _Story) -> dict[str, object]:
    return {
        **_party(story),
        "party_licence": f"厦海卫公证字〔2025〕第00{40 + story.place}号",
        "started_at": story.clock(60),
        "ended_at": story.clock(25),
        "dress_and_badge": True,
        "certificates_shown": True,
        "recusal_told": True,
        "recusal_asked": False,
        "rights_told": True,
        "told_text": "证件看清楚了，不申请回避",
        "findings": [
            {"place": "营业区", "text": f"从业人员{story.employee}正在直接为顾客服务，不能出示健康合格证。"},
            {"place": "收银台", "text": "公共场所卫生许可证悬挂在醒目位置，在有效期内。"},
        ],
        "obtained": [{"name": "现场照片", "count": "3张", "note": "陈谷雨拍摄，当事人核对"}],
        "opinion": "agree",
    }


def _decision(story: _Story) -> dict[str, object]:
    return {
        **_party(story),
        "violated_at": story.clock(55),
        "facts_text": f"安排未获得健康合格证的从业人员{story.employee}直接为顾客服务",
        "evidence_text": "《现场笔录》、现场照片3张",
        "made_at": story.clock(10),
        "told": True,
        "explained": True,
        "acknowledged": "yes",
        "defence": "none",
        "penalty": "warning",
        "correction_text": "立即改正上述违法行为",
    }
