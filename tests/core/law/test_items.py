"""Enforcement items: what may be imposed, and that each value stands in its text."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.core.law.amounts import Amounts, multiples, number, ranges
from zhunsheng.core.law.comparison import WORDINGS, differences
from zhunsheng.core.law.items import FineRange, Item, find
from zhunsheng.core.law.parameters import UnknownNameError
from zhunsheng.core.law.quantities import Fen
from zhunsheng.infra import lawdata

BOOK = lawdata.book()
NOW = date(2026, 11, 22)
STATUTES = {"ggcswsgltl": "公共场所卫生管理条例", "ylfwgltl": "医疗废物管理条例", "ysf": "医师法"}
FROM_TEXTS = [item for item in BOOK.items.values() if item.basis.instrument in STATUTES]


@pytest.fixture(scope="session")
def articles(vectors: Path) -> dict[tuple[str, int], dict[str, object]]:
    lines = (vectors / "statutes" / "penalty-articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {(row["statute"], row["article"]): row for row in rows}


@pytest.mark.parametrize("item", FROM_TEXTS, ids=lambda item: item.id)
def test_every_value_of_an_item_stands_in_its_article(
    item: Item, articles: dict[tuple[str, int], dict[str, object]]
) -> None:
    row = articles[STATUTES[item.basis.instrument], item.basis.article]
    assert list(differences(item, str(row["text"]))) == []


def test_every_article_a_health_agency_enforces_has_its_items(
    articles: dict[tuple[str, int], dict[str, object]],
) -> None:
    ours = {(STATUTES[item.basis.instrument], item.basis.article) for item in FROM_TEXTS}
    others = {
        ("公共场所卫生管理条例", 16),  # remedies
        ("医师法", 16), ("医师法", 17),  # registration
        ("医师法", 58),  # province and above
        ("医疗废物管理条例", 48),  # 建设行政主管部门
        ("医疗废物管理条例", 52), ("医疗废物管理条例", 53),  # 环境保护行政主管部门
    }  # fmt: skip
    wanted = {key for key in articles if key[0] in STATUTES.values()}
    assert wanted - ours == others
    assert ours <= wanted


def test_every_sub_item_of_an_article_has_one_item(vectors: Path) -> None:
    for instrument, name in STATUTES.items():
        version = BOOK.instruments[instrument].newest
        for article in {item.basis.article for item in FROM_TEXTS if item.basis.instrument == instrument}:
            count = version.articles[article].items.get(1, 0)
            ours = sorted(
                i.basis.item for i in FROM_TEXTS if (i.basis.instrument, i.basis.article) == (instrument, article)
            )
            assert ours == (list(range(1, count + 1)) if count else [0]), (name, article)


def test_the_storys_item_warns_and_its_article_names_no_amount() -> None:
    item = BOOK.item("public-health-certificate")
    assert (str(item.violated), str(item.basis), item.mark) == ("ggcswsgltl:7", "ggcswsgltl:14.1.2", "公")
    assert item.may_warn()
    limits = item.range_at(NOW)
    assert limits is not None
    assert (limits.low, limits.high) == (0, None)
    assert item.allows(Fen.of_yuan(200), NOW)
    assert not item.allows(Fen(0), NOW)
    assert not item.allows(Fen(-1), NOW)


@pytest.mark.parametrize(
    ("yuan", "allowed"), [(0, False), (1, True), (5_000, True), (5_001, True), (30_000, True), (30_001, False)]
)
def test_each_tier_of_an_article_counts(yuan: int, *, allowed: bool) -> None:
    assert BOOK.item("waste-sorting").allows(Fen.of_yuan(yuan), NOW) is allowed


@pytest.mark.parametrize(
    ("yuan", "allowed"), [(499, False), (500, True), (5_000, True), (15_000, True), (15_001, False)]
)
def test_both_ends_of_a_range_are_in(yuan: int, *, allowed: bool) -> None:
    assert BOOK.item("public-staff-certificate-rule").allows(Fen.of_yuan(yuan), NOW) is allowed


def test_an_item_is_usable_only_in_its_term() -> None:
    item = BOOK.item("physician-scope")
    assert item.in_force(date(2022, 3, 1))
    assert not item.in_force(date(2022, 2, 28))
    assert item.range_at(date(2022, 2, 28)) is None
    ended = replace(item, valid_to=date(2025, 1, 1))
    assert ended.in_force(date(2025, 1, 1))
    assert not ended.in_force(date(2025, 1, 2))
    assert BOOK.item("physician-consent").range_at(NOW) is None


def test_items_are_found_by_mark_and_day() -> None:
    items = list(BOOK.items.values())
    assert {item.mark for item in find(items, NOW, mark="公")} == {"公"}
    assert "physician-scope" not in {item.id for item in find(items, date(2018, 6, 22), act="penalty")}
    with pytest.raises(UnknownNameError):
        BOOK.item("no-such-item")


def test_sanctions_are_the_words_of_the_law() -> None:
    assert {word for item in BOOK.items.values() for word in item.sanctions} <= WORDINGS.keys()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三千", 3_000), ("一万五千", 15_000), ("5000", 5_000), ("3万", 30_000), ("1.5万", 15_000), ("十", 10),
        ("二十万", 200_000), ("两百", 200), ("一亿二千万", 120_000_000), ("1,000", 1_000), ("一百零五", 105),
    ],
)  # fmt: skip
def test_chinese_amounts_are_read(words: str, value: int) -> None:
    assert number(words) == value


@pytest.mark.parametrize("words", ["", "若干", "1.55", "1.2.3", "万元"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        number(words)


def test_a_threshold_is_no_range() -> None:
    text = "违法所得5000元以上的，并处违法所得2倍以上5倍以下的罚款；不足5000元的，处5000元以上2万元以下的罚款"
    assert ranges(text) == (Amounts(Fen.of_yuan(5_000), Fen.of_yuan(20_000)),)
    assert multiples(text) == ((2, 5),)


def test_amounts_agree_with_another_reading_of_118_articles(
    articles: dict[tuple[str, int], dict[str, object]],
) -> None:
    """The reading in the data was made by another program; it writes yuan."""
    differ = []
    for key, row in articles.items():
        theirs = {(low, high) for _, low, high in row["fine_ranges"]}  # type: ignore[attr-defined]
        ours = {(int(found.low) // 100, int(found.high) // 100) for found in ranges(str(row["text"]))}
        if ours != theirs:
            differ.append((key, ours ^ theirs))
    assert differ == []


SORTING = BOOK.item("waste-sorting")
TEXT = "由县级以上主管部门责令限期改正，给予警告，可以并处5000元以下的罚款；逾期不改正的，处5000元以上3万元以下的罚款："


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT.replace("3万", "5万"), "amount-not-in-text"),
        (TEXT.replace("3万", "5万"), "amount-not-in-item"),
        (TEXT.replace("警告", "批评"), "sanction-not-in-text"),
        (TEXT.replace("逾期不改正", "情节严重"), "condition-not-in-text"),
        (TEXT + "并处违法所得二倍以上五倍以下的罚款", "multiple-not-in-item"),
    ],
)
def test_the_comparison_bites(text: str, code: str) -> None:
    assert list(differences(SORTING, TEXT)) == []
    assert code in {found.code for found in differences(SORTING, text)}


def test_the_comparison_also_reads_the_item_itself() -> None:
    slip = replace(SORTING, fines=(FineRange("5000元以下", Fen(0), Fen.of_yuan(50_000)), SORTING.fines[1]))
    assert {"words-not-amount", "amount-not-in-text"} <= {found.code for found in differences(slip, TEXT)}
    odd = replace(SORTING, sanctions=("批评教育",))
    assert {"sanction-unknown", "fine-without-sanction"} <= {found.code for found in differences(odd, TEXT)}
    trade = BOOK.item("physician-certificate-trade")
    assert "floor-not-in-text" in {f.code for f in differences(trade, "没收违法所得，罚款，吊销，二倍以上五倍以下")}
