"""Stamp and code are pictures made here, of outlines only."""

import xml.etree.ElementTree as ET

import pytest

from zhunsheng.core.errors import RefusedError
from zhunsheng.infra.stamp import LONGEST_NAME, qr, stamp

AGENCY = "厦门市海沧区卫生健康局"


def test_a_stamp_has_no_letters_that_extraction_would_find() -> None:
    svg = stamp(AGENCY, demo=True)
    ET.fromstring(svg)  # noqa: S314  our own output
    assert "<text" not in svg
    assert not any(char in svg for char in AGENCY)
    assert 'href="http' not in svg


def test_a_demo_stamp_differs_from_a_real_one() -> None:
    assert stamp(AGENCY, demo=True) != stamp(AGENCY, demo=False)
    assert stamp(AGENCY, demo=True) == stamp(AGENCY, demo=True)


def test_a_name_that_does_not_fit_or_print_is_refused() -> None:
    for name in ("", "局" * (LONGEST_NAME + 1)):
        with pytest.raises(ValueError, match="fits the ring"):
            stamp(name, demo=True)
    with pytest.raises(RefusedError):
        stamp("𠮷县卫生健康局", demo=True)


def test_hostile_names_are_letters_and_not_markup() -> None:
    svg = stamp('<script>"#eval</', demo=True)
    assert "<script" not in svg
    ET.fromstring(svg)  # noqa: S314  our own output


def test_a_code_is_a_picture_of_modules() -> None:
    svg = qr("https://zhunsheng.example/v/m3v8c5xw?a=1&b=<2>")
    ET.fromstring(svg)  # noqa: S314  our own output
    assert "zhunsheng" not in svg
    assert svg != qr("https://zhunsheng.example/v/other")
