"""What is in a text is found, also by two characters; what is not in it is not required to be."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.infra import search


def is_found(query: str, text: str) -> bool:
    return set(search.query_terms(query)) <= set(search.terms([search.fold(text)]))


@given(st.text(max_size=40), st.data())
def test_every_stretch_of_a_folded_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    folded = search.fold(text)
    begin = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(begin, len(folded)))
    assert is_found(folded[begin:end], text)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_for_what_people_type(text: str) -> None:
    for term in search.query_terms(text):
        assert term.isalnum()
        assert "'" not in term
        assert "\\" not in term


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("理发", "海沧区沁园春理发店"),
        ("店", "海沧区沁园春理发店"),
        ("厦海卫公当罚2026", "厦海卫公当罚〔2026〕1号"),
        ("厦海卫公当罚〔2026〕1号", "厦海卫公当罚〔2026〕1号"),
        ("厦海卫公当罚[2026]1号", "厦海卫公当罚〔2026〕1号"),
        ("条例第十四条", "《公共场所卫生管理条例》第十四条"),
        ("92350205mademx", "92350205MADEMX011U"),
        ("９２３５", "92350205MADEMX011U"),
        ("DEMX011", "92350205MADEMX011U"),
        ("理发 警告", "沁园春理发店 警告"),
    ],
)
def test_people_find_it_however_they_type_it(query: str, text: str) -> None:
    assert is_found(query, text)
    assert all(needle in search.fold(text) for needle in search.needles(query.replace(" 警告", "")))


@pytest.mark.parametrize("query", ["", " ", "！？。", "〔〕", "_", "\0", "\u200b", "👩‍⚖️"])
def test_signs_alone_ask_for_nothing(query: str) -> None:
    assert search.needles(query) == ()
    assert search.query_terms(query) == []


def test_a_long_figure_is_asked_for_by_fours_not_by_its_frequent_pairs() -> None:
    assert search.query_terms("1234567") == ["1234", "2345", "3456", "4567"]
    assert search.query_terms("罚2026年") == sorted(["2026", "罚2", "6年"])


def test_recall_is_that_of_a_substring_scan(vectors: Path) -> None:
    articles = [json.loads(line) for line in (vectors / "search/stard-articles.jsonl").read_text("utf-8").splitlines()]
    texts = [search.fold(" ".join(str(value) for value in article.values())) for article in articles]
    indexed = [frozenset(search.terms([text])) for text in texts]
    words = [line.split("\t")[0] for line in (vectors / "search/thuocl-law.tsv").read_text("utf-8").splitlines()]
    hits = 0
    for word in words[:1500]:  # the most frequent of the list
        needle, needed = search.fold(word), frozenset(search.query_terms(word))
        scanned = {n for n, text in enumerate(texts) if needle in text}
        looked_up = {n for n, terms in enumerate(indexed) if needed <= terms}
        assert scanned <= looked_up, word
        hits += len(scanned)
    assert hits > 1000
