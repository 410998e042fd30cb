"""The receipt says who got what, when, and what happened when it was refused."""

from typing import Any

from tests.core.documents import cast
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.sheets import sheet


def made(**changes: Json) -> dict[str, Any]:
    return sheet(cast.form("service-receipt"), cast.service_receipt(**changes), cast.context("2026—0002"))


def test_it_names_the_document_and_ticks_the_way() -> None:
    result = made()
    assert result["documents"] == [{"name": "当场行政处罚决定书", "number": "厦海卫公当罚〔2026〕1号", "count": "1份"}]
    assert result["method"] == ["直接送达"]
    assert "留置送达" in result["methods"]
    assert "经营者" in str(result["course"])


def test_a_receiver_signs_as_himself_or_as_what_he_is() -> None:
    assert "受送达人（签名）" in str(made(receiver_relation="本人")["signs"])
    assert "收件人（签名）" in str(made()["signs"])
    assert "受送达人本人" in str(made(receiver_relation="本人")["course"])


def test_a_refusal_is_framed_with_its_attesting_witness() -> None:
    result = made(
        method="leave",
        refused=True,
        receiver_signature=None,
        refusal_note="收件人不签，将文书留置",
        witness_name="冯立冬",
        witness_unit="某社区居民委员会委员",
    )
    assert result["method"] == ["留置送达"]
    assert "拒绝签收" in str(result["course"])
    assert result["refusal"] == {
        "text": "收件人不签，将文书留置。",
        "witness": {"name": "冯立冬", "unit": "某社区居民委员会委员"},
    }


def test_what_the_post_brings_back_is_written_by_hand() -> None:
    assert made(method="post", receiver_signature=None)["course"] is None
    assert sheet(cast.form("service-receipt"), {}, cast.context("2026—0002"))["method"] == []
