"""The numbers that documents and cases bear, and how people type them.

A 文号 is area, 卫, mark of the field, nature of the document, year in hexagonal brackets
and a serial without leading zeros: 厦海卫公当罚〔2026〕1号. A 编号 is year and serial of
four digits: 2026—0001 (卫生行政执法文书规范, spec law 4.2). A document that is not yet
issued shows an open serial: 〔2026〕__号.
"""

import re
from dataclasses import dataclass

OPEN_SERIAL = "__"
CASE_SERIES = "case"
_CASE = "{area}卫案〔{year}〕{serial}号"
_OPENING, _CLOSING = "【[［（(﹝{「", "】]］）)﹞}」"
_BRACKETS = str.maketrans({**dict.fromkeys(_OPENING, "〔"), **dict.fromkeys(_CLOSING, "〕")})
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_DASHES = re.compile(r"[‐‑‒–—―−－ー_-]+")
_SYMBOL = re.compile(r"(?P<head>[^〔〕]*)〔(?P<year>\d{4})〕第?(?P<serial>\d{1,9})号?")
_PLAIN = re.compile(r"(?P<year>\d{4})—(?P<serial>\d{1,9})")


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one series counts. ``pattern`` may use area, mark, year and serial.

    The serial runs per agency, series and year; the marks of the fields share it, so a
    serial alone already names one document of the year.
    """

    series: str
    pattern: str
    follows: str = ""  # a form whose year and serial it takes over; it then counts nothing itself

    def number(self, *, area: str, mark: str, year: int, serial: int) -> str:
        """Return the number as printed, for example ``厦海卫公当罚〔2026〕1号``."""
        return self.pattern.format(area=area, mark=mark, year=year, serial=serial)

    def after(self, earlier: str, *, area: str, mark: str) -> str:
        """Return the number that takes over year and serial of ``earlier``: 医罚〔2026〕12号 after 医罚告〔2026〕12号.

        Raises:
            ValueError: ``earlier`` is no number.
        """
        read = normalise(earlier)
        match = _SYMBOL.fullmatch(read) or _PLAIN.fullmatch(read)
        if match is None:
            raise ValueError(f"not a number: {earlier!r}")
        return self.number(area=area, mark=mark, year=int(match["year"]), serial=int(match["serial"]))

    def open_number(self, *, area: str, mark: str, year: int) -> str:
        """Return the number of a preview: everything but the serial."""
        pattern = self.pattern.replace("{serial:04}", "{serial}")
        return pattern.format(area=area, mark=mark, year=year, serial=OPEN_SERIAL)


def case_number(*, area: str, year: int, serial: int) -> str:
    """Return the number of a case file, for example ``厦海卫案〔2026〕1号``."""
    return _CASE.format(area=area, year=year, serial=serial)


def normalise(text: str) -> str:
    """Return a typed number the way it is printed; text that is no number comes back without spaces.

    Accepts any bracket for 〔〕, full-width digits, spaces, leading zeros and any dash; NUL, which no text has,
    is passed over like a space.
    """
    bare = "".join(text.replace("\0", " ").split()).translate(_BRACKETS).translate(_DIGITS)
    if match := _SYMBOL.fullmatch(bare):
        return f"{match['head']}〔{match['year']}〕{int(match['serial'])}号"
    dashed = _DASHES.sub("—", bare)
    if match := _PLAIN.fullmatch(dashed):
        return f"{match['year']}—{int(match['serial']):04}"
    return bare
