"""The shop of the story, filled in: what Chen and Huang typed on 20 November 2026, as a page would send it."""

from collections.abc import Mapping

from tests.apps import cast
from zhunsheng.apps.cases.commands import Filed, file_document, open_case, sign_document
from zhunsheng.apps.cases.filing import Submission

ITEM = "public-health-certificate"

RECORD: Mapping[str, object] = {
    "party_kind": "business",
    "party_name": cast.SHOP.name,
    "party_code": cast.SHOP.code,
    "party_operator": cast.SHOP.operator,
    "party_licence": "厦海卫公证字〔2025〕第0088号",
    "party_phone": "000-0000001",
    "party_address": cast.SHOP.address,
    "item": ITEM,
    "place": "上述经营场所内",
    "started_at": "2026-11-20T09:35",
    "ended_at": "2026-11-20T10:20",
    "officers": ["chenguyu", "huangxiaoman"],
    "dress_and_badge": True,
    "certificates_shown": True,
    "recusal_told": True,
    "recusal_asked": False,
    "rights_told": True,
    "told_text": "我们是海沧区卫生健康局的执法人员，现出示执法证件，请确认。你有权陈述、申辩和申请回避。",
    "findings": [{"place": "理发区", "text": "从业人员郑秋分正在为顾客剪发，不能提供健康合格证。"}],
    "obtained": [{"name": "现场照片", "count": "2张", "note": "陈谷雨拍摄"}],
    "opinion": "agree",
    "party_signature": {"strokes": [[[10, 10], [200, 80], [320, 40]]]},
}

DECISION: Mapping[str, object] = {
    "party_kind": "business",
    "party_name": cast.SHOP.name,
    "party_code": cast.SHOP.code,
    "party_operator": cast.SHOP.operator,
    "party_address": cast.SHOP.address,
    "item": ITEM,
    "violated_at": "2026-11-20T09:41",
    "facts_text": "安排未获得健康合格证的从业人员郑秋分直接为顾客提供理发服务",
    "evidence_text": "《现场笔录》、现场照片2张",
    "made_at": "2026-11-20T10:40",
    "place": "上述经营场所内",
    "officers": ["chenguyu", "huangxiaoman"],
    "told": True,
    "explained": True,
    "acknowledged": "yes",
    "defence": "none",
    "penalty": "warning",
    "correction_text": "立即改正上述违法行为",
    "party_signature": {"strokes": [[[10, 10], [200, 80], [320, 40]]]},
}

RECEIPT: Mapping[str, object] = {
    "document": "d2",
    "receiver": cast.SHOP.operator,
    "receiver_relation": "经营者",
    "place": "上述经营场所内",
    "served_at": "2026-11-20T10:45",
    "method": "direct",
    "refused": False,
    "officers": ["chenguyu", "huangxiaoman"],
    "receiver_signature": {"strokes": [[[10, 10], [200, 80], [320, 40]]]},
}

FILING: Mapping[str, object] = {"document": "d2", "reported_on": "2026-11-20"}


def opened(key: str = "open") -> str:
    """Return a new case file of Chen's."""
    return open_case("penalty-simple", viewer=cast.viewer(cast.CHEN), at=cast.NOON, key=key)


def filed(number: str, form: str, raw: Mapping[str, object], *, by: str = cast.CHEN, key: str = "") -> Filed:
    """File ``raw`` under a key of its own."""
    return file_document(number, Submission(form, raw, key or f"{number}/{form}"), viewer=cast.viewer(by), at=cast.NOON)


def decided(**answers: object) -> str:
    """Return a case with a decision that both officers have signed; ``answers`` are those it gives otherwise."""
    number = opened()
    filed(number, "onsite-record", RECORD)
    filed(number, "spot-decision", {**DECISION, **answers})
    sign_document(number, "d1", viewer=cast.viewer(cast.HUANG), at=cast.NOON, key="sign-1")
    sign_document(number, "d2", viewer=cast.viewer(cast.HUANG), at=cast.NOON, key="sign-2")
    return number


def finished() -> str:
    """Return a case that is served and filed for the record; publication is due."""
    number = decided()
    filed(number, "service-receipt", RECEIPT)
    filed(number, "record-filing", FILING)
    return number
