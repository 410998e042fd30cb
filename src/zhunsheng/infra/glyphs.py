"""Which characters the pinned fonts can print, read from the fonts themselves.

The typesetter stops at a character that no font has. To refuse it when it is typed and
not when the document is issued, the character maps of the two font files are read here
(OpenType ``cmap``, formats 4 and 12: the only ones these fonts use for Unicode). A
hundred lines of reading are less than a font library that the program needs for nothing
else; a test compares the answer with the typesetter's own.
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts

_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}  # platform and encoding of the maps that count
_SEGMENTS, _GROUPS = 4, 12  # formats


def font_folder() -> Path:
    """Return the folder of the only fonts a document is set in."""
    return fonts.serif_path().parent


@cache
def printable_characters() -> frozenset[int]:
    """Return the code points that at least one of the fonts has (about 31,000)."""
    return frozenset(point for path in (fonts.serif_path(), fonts.sans_path()) for point in _points(path.read_bytes()))


def is_printable(char: str) -> bool:
    """Tell whether the fonts have ``char`` (one character)."""
    return ord(char) in printable_characters()


def _points(font: bytes) -> Iterator[int]:
    base = _cmap_offset(font)
    (count,) = struct.unpack_from(">H", font, base + 2)
    for row in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, base + 4 + 8 * row)
        if (platform, encoding) not in _UNICODE:
            continue
        (form,) = struct.unpack_from(">H", font, base + offset)
        if form == _GROUPS:
            yield from _from_groups(font, base + offset)
        elif form == _SEGMENTS:
            yield from _from_segments(font, base + offset)


def _cmap_offset(font: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for row in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * row)
        if tag == b"cmap":
            return int(offset)
    message = "the font has no cmap table"
    raise ValueError(message)


def _from_groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for first, last, glyph in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * count]):
        yield from range(first + (glyph == 0), last + 1)  # glyph 0 is the box of a missing character


def _from_segments(font: bytes, at: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", font, ranges_at)
    for place, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(start, end + 1):
            glyph = point
            if offset:
                (glyph,) = struct.unpack_from(">H", font, ranges_at + 2 * place + offset + 2 * (point - start))
            if (glyph + delta) & 0xFFFF and (glyph or not offset):
                yield point
