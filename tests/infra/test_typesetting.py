"""What the party gets in hand: a PDF that says what the sheet says, the same today and tomorrow."""

import hashlib
import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst

from tests.core.documents import cast
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.context import Check, SheetContext
from zhunsheng.core.documents.publication_summary import summary_of
from zhunsheng.core.documents.sheets import sheet
from zhunsheng.core.documents.words import money_words
from zhunsheng.core.errors import RefusedError
from zhunsheng.infra import forms
from zhunsheng.infra.stamp import qr, stamp
from zhunsheng.infra.typesetting import _compiler, as_preview, pinned, typeset

URL = "https://zhunsheng.example/v/m3v8c5xw"


def context(number: str = "厦海卫公当罚〔2026〕1号", **changes: object) -> SheetContext:
    agency = replace(cast.AGENCY, seal=stamp(cast.AGENCY.name, demo=True))
    return cast.context(number, **({"agency": agency, "check": Check(URL, "m3v8-c5xw", qr(URL))} | changes))


def pdf(form_id: str, content: Mapping[str, Json], ctx: SheetContext | None = None, *, preview: bool = False) -> bytes:
    return typeset(form_id, sheet(forms.form(form_id), content, ctx or context()), preview=preview)


def text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


DECISION = cast.spot_decision(penalty="warning-and-fine", fine=50000, pay_way="bank")


def test_the_decision_can_be_read_back_from_the_file() -> None:
    words = text(pdf("spot-decision", DECISION))
    for expected in (
        "当场行政处罚决定书",
        "厦海卫公当罚〔2026〕1号",
        "浣溪沙理发店",
        cast.SHOP_CODE,
        "公共场所卫生管理条例》第十四条第一款第（二）项",
        "1．警告。",
        f"2．罚款{money_words(50000)}。",
        "应当先自收到本决定书之日起六十日内向厦门市海沧区人民政府申请行政复议",
        "自收到行政复议决定书之日起十五日内依法向厦门市海沧区人民法院提起行政诉讼",
        "2026年11月20日10时32分",
        "示闽执法0001",
        "核验编号m3v8-c5xw",
    ):
        assert expected in words


def test_the_stamp_puts_no_stray_letters_into_the_text() -> None:
    assert text(pdf("spot-decision", DECISION)).count("样章") == 0


@pytest.mark.parametrize(
    ("form_id", "content", "number"),
    [
        ("onsite-record", cast.onsite_record(), "2026—0001"),
        ("spot-decision", DECISION, "厦海卫公当罚〔2026〕1号"),
        ("service-receipt", cast.service_receipt(), "2026—0002"),
        ("publication-summary", summary_of(DECISION, cast.context()), "厦海卫公当罚〔2026〕1号"),
    ],
)
def test_every_sheet_is_tagged_titled_dated_and_archivable(form_id: str, content: dict[str, Json], number: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(form_id, content, context(number))))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"].lower().startswith("zh")
    assert reader.metadata is not None
    assert reader.metadata.title == f"{forms.form(form_id).title} {number}"
    xmp = catalog["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "2026-11-20" in xmp
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    assert fonts
    assert all("NotoSerifSC" in name or "NotoSansSC" in name for name in fonts)


def _fonts(page: pypdf.PageObject) -> list[pypdf.generic.DictionaryObject]:
    resources: Any = page["/Resources"]
    return [font.get_object() for font in resources.get("/Font", {}).values()]


def test_pictures_have_words_for_those_who_cannot_see_them() -> None:
    words = {str(alt) for alt in _alternatives(pdf("spot-decision", DECISION))}
    assert {"厦门市海沧区卫生健康局印章", f"核验二维码：{URL}", "陈谷雨的签名", "白居简的签名"} <= words


def _alternatives(data: bytes) -> Iterator[object]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    size: Any = reader.trailer["/Size"]
    for number in range(1, int(size)):
        one: Any = reader.get_object(number)
        if isinstance(one, dict) and "/Alt" in one:
            yield one["/Alt"]


def test_equal_input_gives_equal_bytes_here_in_a_thread_and_in_another_process(tmp_path: Path) -> None:
    data = sheet(forms.form("spot-decision"), DECISION, context())
    first = typeset("spot-decision", data, preview=False)
    results: list[bytes] = []
    thread = threading.Thread(target=lambda: results.append(typeset("spot-decision", data, preview=False)))
    thread.start()
    thread.join()
    source = tmp_path / "sheet.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    program = (
        "import hashlib, json, pathlib, sys; from zhunsheng.infra.typesetting import typeset; "
        "d = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8')); "
        "print(hashlib.sha256(typeset('spot-decision', d, preview=False)).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", program, str(source)], capture_output=True, text=True, check=True)
    assert typeset("spot-decision", data, preview=False) == first
    assert results == [first]
    assert other.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_what_a_sheet_depends_on_is_named() -> None:
    parts = pinned()
    assert {"form.typ", "spot-decision.typ", "NotoSerifSC-Regular.otf", "typst"} <= set(parts)
    assert len(parts["form.typ"]) == 64


class TestPreview:
    def test_it_has_a_watermark_an_open_number_and_no_code(self) -> None:
        ctx = context("厦海卫公当罚〔2026〕__号", preview=True)
        words = text(pdf("spot-decision", DECISION, ctx, preview=True))
        assert "〔2026〕__号" in words
        assert "签发后生成" in words
        assert "m3v8-c5xw" not in words
        assert "预览件" in words

    def test_asking_for_a_preview_takes_seal_and_code_from_any_sheet(self) -> None:
        data = as_preview(sheet(forms.form("spot-decision"), DECISION, context()))
        assert "seal" not in str(data["agency"])
        assert data["check"] == {"code": "签发后生成"}
        assert data["state"] == "preview"
        assert as_preview({"agency": "x"})["agency"] == "x"

    @pytest.mark.parametrize("ctx", [context("厦海卫公当罚〔2026〕__号"), context(preview=True)])
    def test_an_open_number_or_a_watermark_is_never_issued(self, ctx: SheetContext) -> None:
        with pytest.raises(ValueError, match="number and no watermark"):
            pdf("spot-decision", DECISION, ctx)


def test_a_form_without_a_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="has no sheet"):
        typeset("record-filing", {}, preview=False)


def test_a_sheet_that_lacks_its_parts_is_a_bug_and_no_refusal() -> None:
    with pytest.raises(typst.TypstError, match="form"):
        typeset("spot-decision", {}, preview=False)


def test_the_blank_record_for_the_pen_can_be_printed() -> None:
    words = text(pdf("onsite-record", {}, context("2026—    ", officers=())))
    assert "现场笔录" in words
    assert "未出示" not in words


def test_a_character_without_a_glyph_is_refused_and_named() -> None:
    with pytest.raises(RefusedError) as caught:
        pdf("spot-decision", cast.spot_decision(party_name="白𠮷理发店"))
    (fault,) = caught.value.faults
    assert fault.code == "unprintable-character"
    assert dict(fault.facts)["code"] == "U+20BB7"


def test_long_texts_break_over_pages_and_nothing_is_lost() -> None:
    long = "检查时该处地面有积水，毛巾未分类存放，消毒登记缺三日。" * 40
    rows: list[Json] = [{"place": f"部位{n}", "text": f"第{n}处：{long}尾{n}"} for n in range(1, 9)]
    goods: list[Json] = [{"name": f"材料{n}", "count": "1页", "note": "核对后签名" * 12} for n in range(1, 41)]
    data = pdf(
        "onsite-record",
        cast.onsite_record(findings=rows, obtained=goods, party_name="店" * 100, place="室" * 150),
        context("2026—0001"),
    )
    words = text(data)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert len(pages) > 8
    assert all(f"尾{n}" in words for n in range(1, 9))
    assert all(f"材料{n}" in words for n in range(1, 41))
    assert f"以上笔录共{len(pages)}页" in words
    assert words.count("店") >= 100


def test_line_ends_of_the_officer_stay_line_ends() -> None:
    data = pdf("spot-decision", cast.spot_decision(correction_text="一、立即改正；\n二、三日内报告。"))
    assert "一、立即改正；" in text(data)


class TestHostileText:
    """Whatever people write is printed as letters. Nothing of it is evaluated, read or fetched."""

    @pytest.mark.parametrize(
        "hostile",
        [
            '#read("/etc/passwd")',
            '#include "../../../../etc/passwd"',
            '"; #panic("x") ; "',
            "#sys.inputs.data",
            "$ integral $ *bold* _x_ = head",
            '#image("seal.svg")',
            '\\u{202e}\\n#eval("1+1")',
            '{"seal": "x"}',
            "#" * 50,
            "@ref <label>",
            "`raw` ```code```",
            "https://evil.example/x",
            "//comment /* more */",
        ],
    )
    def test_it_prints_as_written(self, hostile: str) -> None:
        words = text(pdf("spot-decision", cast.spot_decision(facts_text=hostile, place=hostile)))
        assert "".join(hostile.split()) in words

    def test_a_link_in_a_text_is_no_link_in_the_file(self) -> None:
        reader = pypdf.PdfReader(
            io.BytesIO(pdf("spot-decision", cast.spot_decision(facts_text="见https://evil.example/x")))
        )
        assert all("/Annots" not in page for page in reader.pages)

    def test_the_naughty_strings_of_others(self, vectors: Path) -> None:
        strings = json.loads((vectors / "hostile" / "naughty-strings.json").read_text(encoding="utf-8"))
        rows = [
            json.loads(line)
            for line in (vectors / "hostile" / "payloads.jsonl").read_text(encoding="utf-8").split("\n")
            if line
        ]
        strings += [row["value"] for row in rows]
        assert len(strings) > 2000
        kept: list[Json] = []
        for string in strings:
            content, faults = forms.parse("onsite-record", {"told_text": string})
            assert content.get("told_text") or faults or not string.strip() or string.isspace() or not _visible(string)
            kept += [content["told_text"]] if "told_text" in content else []
        assert len(kept) > 1500
        # All that passed the door is set, sixty pieces at a time: no string may stop the compiler.
        for start in range(0, len(kept), 60):
            findings: list[Json] = [{"text": piece} for piece in kept[start : start + 60]]
            pdf("onsite-record", cast.onsite_record(findings=findings), context("2026—0001"))

    def test_the_compiler_reads_nothing_outside_the_layouts(self) -> None:
        for path in ("/../../../../../../../etc/passwd", "/../instruments", "../errors.toml"):
            with pytest.raises(typst.TypstError, match=r"project root|not found|is a directory"):
                _compiler().compile(f'#read("{path}")'.encode())

    def test_layouts_import_nothing_but_their_own_parts(self) -> None:
        for path in forms.FOLDER.glob("*.typ"):
            lines = path.read_text(encoding="utf-8").splitlines()
            imports = {line for line in lines if ("import" in line or "@" in line) and not line.startswith("//")}
            assert imports <= {'#import "form.typ": *', '#import "parts.typ": *'}


def _visible(string: str) -> bool:
    return bool(string.translate(dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))).strip())


def test_a_kept_compiler_does_not_grow_without_end() -> None:
    import resource  # noqa: PLC0415  only here

    for n in range(20):
        pdf("spot-decision", cast.spot_decision(facts_text=f"热身{n}"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for n in range(150):
        pdf("spot-decision", cast.spot_decision(facts_text=f"第{n}件"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 * 1024  # KiB


def test_no_page_holds_signatures_alone() -> None:
    for length in range(0, 240, 12):
        data = pdf(
            "spot-decision",
            cast.spot_decision(facts_text="安排未获得健康合格证的人员上岗" + "，情况属实" * (length // 5)),
        )
        last = "".join(pypdf.PdfReader(io.BytesIO(data)).pages[-1].extract_text().split())
        assert "执法人员（签名）" in last
        assert "如不服本决定" in last or "提起行政诉讼" in last
