"""What the two officers write about the barber shop, with the times of today: the real program has the real clock."""

from datetime import timedelta
from typing import Final, TypeAlias

from tests.apps import cast
from zhunsheng.infra import clock

Content: TypeAlias = "dict[str, object]"

SHOP: Final = cast.SHOP
ITEM: Final = "public-health-certificate"
EMPLOYEE: Final = "郑秋分"
STROKES: Final = {"strokes": [[[80, 220], [160, 120], [240, 260], [330, 140]], [[380, 120], [400, 280]]]}
OFFICERS: Final = ("chenguyu", "huangxiaoman")


def moment(minutes: int) -> str:
    """Return the local time so many minutes ago, as a form takes it."""
    return (clock.now().astimezone(clock.BEIJING) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def today() -> str:
    return moment(0)[:10]


def year() -> int:
    return int(today()[:4])


def _party(*, shop: str) -> Content:
    return {
        "party_kind": "business",
        "party_name": shop,
        "party_code": SHOP.code,
        "party_operator": SHOP.operator,
        "party_phone": "000-0000012",
        "party_address": SHOP.address,
        "item": ITEM,
        "officers": list(OFFICERS),
        "party_signature": STROKES,
        "place": "上述经营场所内",
    }


def record(*, shop: str = SHOP.name) -> Content:
    return {
        **_party(shop=shop),
        "party_licence": "厦海卫公证字〔2025〕第0012号",
        "started_at": moment(50),
        "ended_at": moment(25),
        "dress_and_badge": True,
        "certificates_shown": True,
        "recusal_told": True,
        "recusal_asked": False,
        "rights_told": True,
        "told_text": "看清楚了，不申请回避。",
        "findings": [{"place": "理发区", "text": f"从业人员{EMPLOYEE}正在为顾客剪发，不能提供健康合格证。"}],
        "obtained": [{"name": "现场照片", "count": "2张", "note": "陈谷雨拍摄"}],
        "opinion": "agree",
    }


def decision(*, shop: str = SHOP.name) -> Content:
    return {
        **_party(shop=shop),
        "violated_at": moment(45),
        "facts_text": f"安排未获得健康合格证的从业人员{EMPLOYEE}直接为顾客提供理发服务",
        "evidence_text": "《现场笔录》、现场照片2张",
        "made_at": moment(10),
        "told": True,
        "explained": True,
        "acknowledged": "yes",
        "defence": "none",
        "penalty": "warning",
        "correction_text": "立即停止安排未获得健康合格证的人员上岗",
    }
