"""The documents of the ordinary procedure as PDF: pinned fonts, equal bytes, and every word can be read back."""

import io
from dataclasses import replace
from functools import cache
from typing import Any

import pypdf
import pytest

from tests.core.documents import cast
from tests.core.documents import ordinary_cast as story
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.context import Check, SheetContext
from zhunsheng.core.documents.sheets import has_sheet, sheet
from zhunsheng.core.documents.words import money_words
from zhunsheng.infra import forms, lawdata
from zhunsheng.infra.stamp import qr, stamp
from zhunsheng.infra.typesetting import typeset

URL = "https://zhunsheng.example/v/m3v8c5xw"
SAMPLES = story.samples()


@cache
def _seal() -> str:
    return stamp(cast.AGENCY.name, demo=True)


def context(form_id: str, content: dict[str, Json], **changes: object) -> SheetContext:
    item = lawdata.book().item(str(content.get("item", story.WASTE)))
    facts: dict[str, object] = {
        "officers": story.officers_of(content),
        "item": item,
        "cause": item.cause,
        "agency": replace(cast.AGENCY, seal=_seal()),
        "check": Check(URL, "m3v8-c5xw", qr(URL)),
    }
    return story.context(form_id, **(facts | changes))


@cache
def pdf(name: str) -> bytes:
    form_id, content = SAMPLES[name]
    return typeset(form_id, sheet(forms.form(form_id), content, context(form_id, content)), preview=False)


def text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_every_form_of_the_ordinary_procedure_with_a_sheet_has_a_sample() -> None:
    ordinary = {form.id for form in forms.forms().values() if has_sheet(form)} - {
        "onsite-record",
        "spot-decision",
        "service-receipt",
        "publication-summary",
    }
    assert ordinary == {form_id for form_id, _ in SAMPLES.values()}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sheet_is_set_in_the_pinned_fonts_and_can_be_read_back(name: str) -> None:
    form_id, content = SAMPLES[name]
    reader = pypdf.PdfReader(io.BytesIO(pdf(name)))
    words = text(pdf(name))
    for expected in (
        forms.form(form_id).title,
        story.number(form_id),
        str(content.get("party_name", content.get("asked_name"))),
    ):
        assert "".join(expected.split()) in words
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    assert fonts
    assert all("NotoSerifSC" in font or "NotoSansSC" in font for font in fonts)
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"{forms.form(form_id).title} {story.number(form_id)}"


def _fonts(page: pypdf.PageObject) -> list[pypdf.generic.DictionaryObject]:
    resources: Any = page["/Resources"]
    return [font.get_object() for font in resources.get("/Font", {}).values()]


@pytest.mark.parametrize(
    ("name", "amounts"),
    [
        ("penalty-decision", (400_000,)),
        ("penalty-decision-goods", (360_000, 3_000_000, 3_360_000)),
        ("prior-notice-hearing", (360_000, 3_000_000)),
        ("reminder", (3_000_000, 360_000, 6_360_000)),
        ("court-application", (6_360_000,)),
    ],
)
def test_amounts_come_out_of_the_file_in_figures_and_capitals(name: str, amounts: tuple[int, ...]) -> None:
    words = text(pdf(name))
    for amount in amounts:
        assert money_words(amount) in words


@pytest.mark.parametrize("name", SAMPLES)
def test_equal_input_gives_equal_bytes(name: str) -> None:
    form_id, content = SAMPLES[name]
    again = typeset(form_id, sheet(forms.form(form_id), content, context(form_id, content)), preview=False)
    assert again == pdf(name)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_with_a_seal_carries_text(name: str) -> None:
    form_id, _ = SAMPLES[name]
    for page in pypdf.PdfReader(io.BytesIO(pdf(name))).pages:
        words = "".join(page.extract_text().split())
        head = f"{forms.form(form_id).title}（续页）{story.number(form_id)}"
        if cast.AGENCY.name in words and "核验编号" in words:
            assert not words.removeprefix(head).startswith(("扫码核验", "核验编号", cast.AGENCY.name))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_form_can_be_previewed(name: str) -> None:
    form_id, _ = SAMPLES[name]
    ctx = context(form_id, {}, preview=True, item=None, cause="", officers=(), issued=(), opinions=())
    words = text(typeset(form_id, sheet(forms.form(form_id), {}, ctx), preview=True))
    assert "预览件" in words


def test_the_frames_keep_their_height_when_the_heads_have_spoken() -> None:
    form_id, content = SAMPLES["filing-report"]
    silent = context(form_id, content, opinions=())
    before = typeset(form_id, sheet(forms.form(form_id), content, silent), preview=False)
    pages = [len(pypdf.PdfReader(io.BytesIO(data)).pages) for data in (before, pdf("filing-report"))]
    assert pages[0] == pages[1]
    assert "同意报请审批" not in text(before)


def test_a_long_case_breaks_over_pages_and_nothing_is_lost() -> None:
    form_id, content = SAMPLES["penalty-decision-goods"]
    long = "当事人在诊疗室内将使用后的注射针头与生活垃圾混放。" * 60
    rows: list[Json] = [
        {"name": f"证据{n}", "kind": "document", "proves": f"证明事项{n}" * 8, "pages": "1—2"} for n in range(1, 31)
    ]
    many = content | {"facts_text": f"{long}尾", "evidence": rows, "goods": story.goods(224)}
    data = typeset(form_id, sheet(forms.form(form_id), many, context(form_id, many)), preview=False)
    words = text(data)
    assert "（三十）证据30" in words
    assert "合计224项，以下空白。" in words
    assert words.count("注射针头") == 60
