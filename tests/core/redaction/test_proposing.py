"""From a decision's paragraphs to a page for the public, and back over it with a verifier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.core.redaction import Kind, Known, StandIn, cut, propose, residual
from zhunsheng.core.redaction.residual import squeezed

SHOP = Known(
    party="海沧区如梦令理发店",
    operator="苏小小",
    persons=(("冯小寒", "见证人"), ("", "见证人")),
    secrets=(("13800000000", Kind.MOBILE), ("厦门市海沧区虚构路12号", Kind.ADDRESS)),
    keep=("陈谷雨", "13020500017", "92350205MADEMX0117"),
)
PARAGRAPHS = (
    "你（单位）于2026年10月20日9时41分安排未获得健康合格证的从业人员郑红直接为顾客提供服务，郑红承认属实，冯小寒在场。",
    "经营者：苏小小，电话13800000000，地址厦门市海沧区虚构路12号。患者：李勇，诊断为湿疹。执法人员陈谷雨（13020500017）。",
)


def hidden(texts: tuple[str, ...], known: Known) -> tuple[str, tuple[StandIn, ...]]:
    page, stand_ins = "\n".join(texts), propose(texts, known)
    for stand_in in sorted(stand_ins, key=lambda one: len(one.original), reverse=True):
        page = page.replace(stand_in.original, stand_in.shown)
    return page, stand_ins


def allowed(known: Known) -> tuple[str, ...]:
    return (*known.keep, known.party)


def test_the_page_reads_on_and_names_nobody() -> None:
    page, stand_ins = hidden(PARAGRAPHS, SHOP)
    assert "从业人员甲直接为顾客提供服务，从业人员甲承认属实，见证人乙在场" in page
    assert "经营者：苏某某，电话（电话已隐去），地址（住址已隐去）。患者：丙，诊断为（健康状况已隐去）" in page
    assert "执法人员陈谷雨（13020500017）" in page
    assert residual(page, [one.original for one in stand_ins], allowed=allowed(SHOP)) == ()


def test_the_same_person_keeps_one_stand_in() -> None:
    shown = {one.original: one.shown for one in propose(PARAGRAPHS, SHOP)}
    assert (shown["从业人员郑红"], shown["郑红"]) == ("从业人员甲", "从业人员甲")


def test_a_person_met_twice_is_not_two_people() -> None:
    found = propose(("从业人员郑红承认。", "店员郑红离开，患者李勇。"), Known())
    assert [(one.original, one.shown) for one in found] == [
        ("从业人员郑红", "从业人员甲"),
        ("店员郑红", "店员甲"),
        ("患者李勇", "患者乙"),
    ]


def test_every_stand_in_has_a_ground_for_the_public() -> None:
    assert {one.ground.partition("：")[0] for one in propose(PARAGRAPHS, SHOP)} == {"个人信息"}


def test_a_citizen_is_named_in_part_unless_the_channel_names_citizens() -> None:
    text = ("被处罚人：柳梢青",)
    citizen = Known(party="柳梢青", citizen=True)
    assert [(one.original, one.shown) for one in propose(text, citizen)] == [("柳梢青", "柳某某")]
    assert propose(text, Known(party="柳梢青", citizen=True, name_citizens=True)) == ()


def test_a_firm_that_bears_its_owners_name_is_shown_whole() -> None:
    known = Known(party="苏小小理发店", operator="苏小小")
    assert propose(("被处罚人：苏小小理发店",), known) == ()


def test_the_code_of_the_party_stays_and_that_of_a_third_firm_goes() -> None:
    text = ("信用代码9144030071526726XG，供货人代码91330100799655058B",)
    found = propose(text, Known(party="店", keep=("9144030071526726XG",)))
    assert [(one.original, one.kind) for one in found] == [("91330100799655058B", Kind.CREDIT_CODE)]


def test_more_people_than_letters() -> None:
    surnames = "王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋"
    text = "。".join(f"从业人员{surname}一，" for surname in surnames)
    shown = [one.shown for one in propose((text,), Known())]
    assert len(set(shown)) == len(surnames)
    assert shown[22] == "从业人员甲2"


@pytest.mark.parametrize(
    ("name", "shown"), [("苏小小", "苏某某"), ("李勇", "李某"), ("欧阳修", "欧阳某"), ("", ""), ("王", "王某")]
)
def test_a_name_in_part(name: str, shown: str) -> None:
    assert cut(name) == shown


@pytest.mark.parametrize(
    ("page", "secret"),
    [
        ("电话１３８００００００００", "13800000000"),
        ("电话138 0000 0000", "13800000000"),
        ("尾号 0000000", "13800000000"),
        ("证件11010519491231002x", "11010519491231002X"),
        ("住厦门市海沧区虚构路12号一层", "厦门市海沧区虚构路12号"),
        ("由冯小寒见证", "冯小寒"),
    ],
)
def test_a_secret_is_recognised_in_other_dress(page: str, secret: str) -> None:
    assert "masked-original-shown" in [fault.code for fault in residual(page, [secret])]


def test_a_mask_one_character_short_is_found() -> None:
    page = "电话（电话已隐去）0，身份证1101051949123100（证件号码已隐去）"
    assert next(fault.code for fault in residual(page, ["11010519491231002X"])) == "masked-original-shown"


def test_what_nobody_marked_is_found() -> None:
    found = residual("从业人员郑红\n手机13800000001", [])
    assert [dict(fault.facts)["found"] for fault in found] == ["郑红", "13800000001"]


def test_what_the_public_may_read_is_no_residue() -> None:
    assert residual("海沧区苏小小理发店", ["苏小小", "店", ""], allowed=["海沧区苏小小理发店", "店"]) == ()
    assert residual("海沧区苏小小理发店，苏小小", ["苏小小"], allowed=["海沧区苏小小理发店"]) != ()
    assert residual("王", ["王"]) == ()
    assert residual("陈谷雨", ["陈谷雨"], allowed=["陈谷雨"]) == ()


@given(st.text(alphabet="从业人员王芳李勇住址海沧路1号电话38、，。", max_size=80))
def test_a_proposal_leaves_none_of_its_originals_behind(text: str) -> None:
    page, stand_ins = hidden((text,), Known())
    assert all(one.original in text for one in stand_ins)
    for one in stand_ins:
        if len(one.original) > 3 and not one.shown.endswith(tuple("甲乙丙丁")):
            assert squeezed(one.original) not in squeezed(page)
