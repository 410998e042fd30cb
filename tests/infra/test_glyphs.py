"""What may be typed is what the pinned fonts can print."""

import json

import pytest
import typst

from zhunsheng.infra.glyphs import _cmap_offset, _from_segments, is_printable, printable_characters
from zhunsheng.infra.typesetting import _compiler

PAGE = b"""
#set document(date: datetime(year: 2026, month: 1, day: 1), title: "x")
#set text(font: ("Noto Serif SC", "Noto Sans SC"), lang: "zh")
#json(bytes(sys.inputs.data))
"""


def prints(text: str) -> bool:
    try:
        _compiler().compile(PAGE, sys_inputs={"data": json.dumps(text)}, pdf_standards=["a-2a", "ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            return False
        raise
    return True


def test_thirty_thousand_characters_and_no_more() -> None:
    assert 30_000 < len(printable_characters()) < 32_000


@pytest.mark.parametrize("char", list("中㎡堃喆昇玥㐂〔〕—“”①℃·ａ１é×"))
def test_what_officers_write_prints(char: str) -> None:
    assert is_printable(char)
    assert prints(f"前{char}后")


@pytest.mark.parametrize("char", list("𠮷☑😀ก\ue000\ufffd𪚥"))
def test_what_has_no_glyph_is_known_before(char: str) -> None:
    assert not is_printable(char)
    assert not prints(f"前{char}后")


def test_the_typesetter_agrees_about_every_fiftieth_character() -> None:
    sample = [chr(point) for point in sorted(printable_characters())[::50] if point > 0xA0]
    assert prints("".join(sample))


def test_a_file_without_a_character_map_is_no_font() -> None:
    with pytest.raises(ValueError, match="no cmap"):
        _cmap_offset(b"OTTO" + bytes(8))


def test_a_character_map_of_the_older_kind_is_read_too() -> None:
    # one segment A-C mapped by delta, one D-E by an index with a gap, the closing segment
    ends, starts = (0x43, 0x45, 0xFFFF), (0x41, 0x44, 0xFFFF)
    deltas, offsets, glyphs = (0xFFC0, 0, 1), (0, 4, 0), (7, 0)
    words = [4, 0, 0, 6, 0, 0, 0, *ends, 0, *starts, *deltas, *offsets, *glyphs]
    table = b"".join(word.to_bytes(2, "big") for word in words)
    assert list(_from_segments(table, 0)) == [0x41, 0x42, 0x43, 0x44]
