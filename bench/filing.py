"""A document filed through the service, with all that belongs to it: gates, number, PDF, file, events, rows."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Final

from bench import anchors
from bench.clients import clients
from bench.common import Measure, compare, size
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases.commands import file_document, open_case
from zhunsheng.apps.cases.filing import Submission
from zhunsheng.cli import demo_bureau
from zhunsheng.infra import clock
from zhunsheng.infra.clock import BEIJING

OFFICERS: Final = ("chenguyu", "huangxiaoman")
STROKES: Final = {"strokes": [[[80, 220], [160, 120], [240, 260], [330, 140]], [[380, 120], [400, 280]]]}
UNITS: Final = frozenset({demo_bureau.SECTION_1})
CHEN: Final = Viewer(
    *("chenguyu", "陈谷雨", frozenset({Role.OFFICER}), demo_bureau.AGENCY, demo_bureau.SECTION_1, UNITS, "chenguyu")
)


def record() -> Mapping[str, object]:
    """Return a 现场笔录 of the last hour, as a page sends it."""
    party, now = demo_bureau.DEMO_PARTIES[1].party, clock.now().astimezone(BEIJING)
    began, ended = (f"{now - timedelta(minutes=minutes):%Y-%m-%dT%H:%M}" for minutes in (60, 5))
    return {
        "party_kind": party.kind.value,
        "party_name": party.name,
        "party_code": party.code,
        "party_operator": party.operator,
        "party_phone": party.phone,
        "party_address": party.address,
        "item": "public-health-certificate",
        "place": "上述经营场所内",
        "started_at": began,
        "ended_at": ended,
        "officers": list(OFFICERS),
        "dress_and_badge": True,
        "certificates_shown": True,
        "recusal_told": True,
        "recusal_asked": False,
        "rights_told": True,
        "told_text": "我们是海沧区卫生健康局的执法人员，现出示执法证件。你有权陈述、申辩和申请回避。",
        "findings": [{"place": "理发区", "text": "从业人员正在为顾客剪发，不能提供健康合格证。"}],
        "obtained": [{"name": "现场照片", "count": "2张", "note": "陈谷雨拍摄"}],
        "opinion": "agree",
        "party_signature": STROKES,
    }


def job(_client: int) -> Callable[[], int]:
    """Open as many cases as documents are to be filed; return what files one in each."""
    at, raw = clock.now(), record()
    numbers = [open_case("penalty-simple", viewer=CHEN, at=at, key=token_hex(8)) for _ in range(size().documents)]

    def run() -> int:
        for number in numbers:
            file_document(number, Submission("onsite-record", raw, token_hex(8)), viewer=CHEN, at=clock.now())
        return len(numbers)

    return run


def main() -> None:
    """Measure at one and at eight clients. The guide has no target: the anchor makes no PDF and keeps no file."""
    demo_bureau.found_registry(clock.now())
    settings = anchors.settings()
    with TemporaryDirectory() as folder:
        pgbench = anchors.Pgbench(Path(folder))
        for number in (1, 8):
            measure = Measure(f"document.file.{number}", "documents/s", f"pgbench insert, {number} clients", "higher")
            with clients("filing", number) as many:
                compare(
                    measure,
                    many.rate,
                    lambda number=number: pgbench.commits(number, size().seconds),  # type: ignore[misc]
                    n=number * size().documents,
                    settings=settings,
                    with_pdf=True,
                )
