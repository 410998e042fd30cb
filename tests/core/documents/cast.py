"""One barber shop, two officers, one warning: the facts every sheet test starts from. All of it is invented."""

from datetime import date

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents import FormDef
from zhunsheng.core.documents.context import AgencyFacts, Check, Served, SheetContext, Signer
from zhunsheng.core.documents.strokes import read_strokes
from zhunsheng.infra import forms, lawdata

SHOP_CODE = "92350205MA2XXXXX1X"
CITIZEN_NUMBER = "11010519491231002X"  # the sample number of GB 11643
VISIT = date(2026, 11, 20)
HEALTH_CERTIFICATE = "public-health-certificate"
INK: list[Json] = [[[100 + 8 * i, 200 + (37 * i) % 90] for i in range(60)], [[300, 120], [420, 300], [600, 100]]]
SIGNATURE: dict[str, Json] = {"strokes": INK}

AGENCY = AgencyFacts(
    name="厦门市海沧区卫生健康局",
    area="厦海",
    government="厦门市海沧区人民政府",
    court="厦门市海沧区人民法院",
    superior="厦门市卫生健康委员会",
)
GUYU = Signer("陈谷雨", "示闽执法0001", read_strokes(INK), VISIT)
XIAOMAN = Signer("黄小满", "示闽执法0002", read_strokes(INK), VISIT)


def form(form_id: str) -> FormDef:
    return forms.form(form_id)


def context(number: str = "厦海卫公当罚〔2026〕1号", **changes: object) -> SheetContext:
    book = lawdata.book()
    facts: dict[str, object] = {
        "agency": AGENCY,
        "book": book,
        "officers": (GUYU, XIAOMAN),
        "number": number,
        "day": VISIT,
        "item": book.item(HEALTH_CERTIFICATE),
        "check": Check(
            "https://zhunsheng.example/v/m3v8c5xw", "m3v8-c5xw", "<svg xmlns='http://www.w3.org/2000/svg'/>"
        ),
        "served": (Served("当场行政处罚决定书", "厦海卫公当罚〔2026〕1号"),),
        "cause": book.item(HEALTH_CERTIFICATE).cause,
    }
    return SheetContext(**(facts | changes))  # type: ignore[arg-type]  # the tests that change a fact know its type


def party() -> dict[str, Json]:
    return {
        "party_kind": "business",
        "party_name": "浣溪沙理发店",
        "party_code": SHOP_CODE,
        "party_operator": "白居简",
        "party_phone": "000-0000001",
        "party_address": "厦门市海沧区嵩屿街道示例路12号一层",
    }


def citizen() -> dict[str, Json]:
    return {
        "party_kind": "citizen",
        "party_name": "白居简",
        "party_code": CITIZEN_NUMBER,
        "party_phone": "000-0000001",
        "party_address": "厦门市海沧区嵩屿街道示例路12号二层",
    }


def onsite_record(**changes: Json) -> dict[str, Json]:
    content: dict[str, Json] = party() | {
        "party_licence": "示海卫公证字〔2025〕第0088号",
        "item": HEALTH_CERTIFICATE,
        "place": "上述经营场所内（理发区、消毒间）",
        "started_at": "2026-11-20T09:35",
        "ended_at": "2026-11-20T10:20",
        "officers": ["guyu", "xiaoman"],
        "dress_and_badge": True,
        "certificates_shown": True,
        "recusal_told": True,
        "recusal_asked": False,
        "rights_told": True,
        "told_text": "证件看清楚了，不申请回避",
        "findings": [
            {"place": "收银台", "text": "该店正在营业，公共场所卫生许可证悬挂在墙上。"},
            {"place": "理发区", "text": "3名从业人员正在为顾客理发，其中1名不能提供健康合格证"},
        ],
        "obtained": [{"name": "现场照片", "count": "6张", "note": "拍摄人陈谷雨"}],
        "opinion": "agree",
        "party_signature": SIGNATURE,
    }
    return _changed(content, changes)


def spot_decision(**changes: Json) -> dict[str, Json]:
    content: dict[str, Json] = party() | {
        "item": HEALTH_CERTIFICATE,
        "violated_at": "2026-11-20T09:41",
        "facts_text": "安排未获得健康合格证的从业人员郑某直接为顾客提供理发服务",
        "evidence_text": "《现场笔录》（2026—0001）、现场照片6张",
        "told": True,
        "explained": True,
        "defence": "none",
        "penalty": "warning",
        "correction_text": "立即停止安排未获得健康合格证的人员上岗。",
        "made_at": "2026-11-20T10:32",
        "place": "上述经营场所内",
        "officers": ["guyu", "xiaoman"],
        "acknowledged": "yes",
        "party_signature": SIGNATURE,
    }
    return _changed(content, changes)


def service_receipt(**changes: Json) -> dict[str, Json]:
    content: dict[str, Json] = {
        "document": "d2",
        "receiver": "浣溪沙理发店",
        "receiver_relation": "经营者",
        "method": "direct",
        "place": "上述经营场所内",
        "served_at": "2026-11-20T10:40",
        "officers": ["guyu", "xiaoman"],
        "refused": False,
        "receiver_signature": SIGNATURE,
    }
    return _changed(content, changes)


def _changed(content: dict[str, Json], changes: dict[str, Json]) -> dict[str, Json]:
    """Apply ``changes``; None takes a field away."""
    return {name: value for name, value in (content | changes).items() if value is not None}
