"""Published contents as disclosure makes them, their bundles, and many of them at once."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from tests.core.ledger.makers import COSIGNER, LOG, POLICY, Ledger, wrap
from zhunsheng.apps.portal.commands import Received, receive
from zhunsheng.apps.portal.encoding import columns
from zhunsheng.apps.portal.models import Publication
from zhunsheng.core.ledger.canonical import canonical, sha256
from zhunsheng.core.ledger.entry import Entry
from zhunsheng.core.ledger.keys import SeedSigner

NOON: Final = datetime(2026, 11, 20, 4, tzinfo=UTC)
SHEET: Final = b"%PDF-1.7 the public sheet"
AGENCY: Final = "厦门市海沧区卫生健康局"
ARTICLE: Final = "《公共场所卫生管理条例》第十四条第一款第（二）项"


def content(key: str = "p1", **changed: object) -> dict[str, Any]:
    """Return a published content; ``changed`` members replace ours."""
    page: dict[str, Any] = {
        "format": "zhunsheng-publication/1",
        "publication": key,
        "kind": "penalty-simple",
        "agency": AGENCY,
        "number": "厦海卫公当罚〔2026〕1号",
        "title": "海沧区沁园春理发店安排没有健康合格证的人员上岗",
        "party": {"name": "海沧区沁园春理发店", "code": "92350205MADEMX011U"},
        "cause": "安排没有健康合格证的人员上岗",
        "result": "警告",
        "decided_on": "2026-11-20",
        "plain": [
            {"label": "查到什么", "text": [{"date": "2026-11-20"}, "，安排没有健康合格证的人员理发。"]},
            {"label": "违反什么", "text": ["违反了", {"cite": "ggcswsgltl:14.1.2", "text": ARTICLE}]},
        ],
        "paper": {
            "title": [AGENCY, "当场行政处罚决定书"],
            "lines": [
                {"style": "right", "text": "厦海卫公当罚〔2026〕1号"},
                {"style": "flat", "text": "被处罚人：海沧区沁园春理发店"},
                {"style": "para", "text": [{"time": "2026-11-20T09:41"}, "，", mask(1), "正在为顾客剪发。"]},
                {"style": "para", "text": ["决定给予警告，罚款", {"money": 50000}, "。"]},
            ],
        },
        "basis": [ARTICLE],
        "officers": [{"name": "陈谷雨", "certificate": "13020500017"}],
        "masks": [{"n": 1, "shown": "从业人员甲", "ground": "个人信息"}],
        "decision": "ab" * 32,
        "due_on": "2026-12-01",
        "due_explained": "2026年11月20日当天不算。",
        "pdf_sha256": sha256(SHEET).hex(),
    }
    return page | changed


def mask(n: int) -> dict[str, Any]:
    return {"mask": n, "shown": "从业人员甲", "ground": "个人信息"}


def bundle(page: dict[str, Any], *cosigners: SeedSigner, log: SeedSigner = LOG) -> bytes:
    """Return the bundle of ``page``, in a ledger of its own, signed by the log and by ``cosigners``."""
    ledger, text = Ledger(), canonical(page).decode()
    entry = Entry(sha256(b"approved"), sha256(text.encode()), sha256(b"decision")).encode()
    ledger.add(Entry(sha256(b"another")).encode())
    index = ledger.add(entry)
    whole = wrap(ledger, text, entry, index, note=ledger.note(log=log, cosigners=cosigners))
    members = json.loads(whole.encode()) | ({"pdf_sha256": page["pdf_sha256"]} if "pdf_sha256" in page else {})
    return canonical(members)


def publish(key: str = "p1", *, witnessed: bool = True, at: datetime = NOON, **changed: object) -> Received:
    """Bring a publication to the portal by its only door."""
    page = content(key, **changed)
    given = bundle(page, *([COSIGNER] if witnessed else []))
    return receive(given, SHEET if page.get("pdf_sha256") else b"", policy=POLICY, at=at)


PLACES: Final = ("理发店", "美容院", "宾馆", "游泳馆", "诊所", "门诊部", "幼儿园", "影剧院")
TUNES: Final = (
    "沁园春",
    "点绛唇",
    "如梦令",
    "水调歌",
    "西江月",
    "鹧鸪天",
    "忆江南",
    "蝶恋花",
    "满庭芳",
    "破阵子",
    "渔家傲",
)
CAUSES: Final = ("安排没有健康合格证的人员上岗", "未按类别分置医疗废物", "未按规定对公共用品消毒", "未公示卫生许可证")


def many(count: int) -> None:
    """Fill the portal with ``count`` rows as ``receive`` would write them."""
    Publication.objects.bulk_create(_rows(count), batch_size=2000)


def _rows(count: int) -> Iterator[Publication]:
    for n in range(count):
        place, tune, cause = PLACES[n % 8], TUNES[n % 11], CAUSES[n % 4]
        party = f"海沧区{tune}{n}号{place}" + ("（紫藤巷）" if n % 4000 == 7 else "")
        page = content(
            f"p{n:06}",
            number=f"厦海卫公当罚〔2026〕{n}号",
            title=f"{party}{cause}",
            party={"name": party, "code": f"92350205MA{n:07}X"},
            cause=cause,
            decided_on=(date(2026, 11, 20) - timedelta(days=n % 1000)).isoformat(),
            plain=[],
            paper={"title": [], "lines": [{"style": "para", "text": f"{party}的行为违反了{ARTICLE}"}]},
        )
        text = canonical(page).decode()
        yield Publication(
            **columns(page), content=text, bundle="{}", pdf=b"", proof="witnessed", change=n + 1, published_at=NOON
        )
