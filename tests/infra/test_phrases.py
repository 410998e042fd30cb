"""Every standard phrase belongs to a field and a cause that exist, and can be written on a sheet."""

import pytest

from zhunsheng.core.documents import FieldDef, FieldType, FormError
from zhunsheng.core.documents.phrases import Phrase, offered, phrases_from
from zhunsheng.infra import forms, lawdata
from zhunsheng.infra.glyphs import is_printable

TEXTS = {FieldType.TEXT, FieldType.LONGTEXT}


def _fields(name: str) -> list[FieldDef]:
    found = (item for form in forms.forms().values() for one in form.fields for item in (one, *one.fields))
    return [item for item in found if item.name == name]


@pytest.mark.parametrize("phrase", forms.phrases(), ids=lambda phrase: f"{phrase.field}-{phrase.text[:8]}")
def test_a_phrase_fits_the_fields_it_is_offered_for(phrase: Phrase) -> None:
    fields = [item for item in _fields(phrase.field) if item.type in TEXTS]
    assert fields
    assert all(len(phrase.text) <= (item.max or 200) for item in fields)
    assert all(map(is_printable, phrase.text))
    for item in phrase.items:
        lawdata.book().item(item)


def test_the_phrases_of_the_cause_come_first() -> None:
    questions = offered(forms.phrases(), "question", "physician-unqualified")
    assert questions[0] == "你是否取得医师资格证书和医师执业证书？"
    assert "你还有什么需要补充的？" in questions
    assert not any("医疗废物" in words for words in questions)
    assert offered(forms.phrases(), "question", "unknown")[0].startswith("你看清楚")


@pytest.mark.parametrize(
    "data",
    [
        {"items": []},
        {"items": "x", "phrases": []},
        {"items": [], "phrases": [{"field": "x"}]},
        {"items": [], "phrases": [{"field": "x", "text": " "}]},
        {"items": [], "phrases": [], "more": 1},
    ],
)
def test_a_file_that_contradicts_itself_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(FormError):
        phrases_from("x.toml", data)
