"""What comes from a signature pad is hostile until it is numbers."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.documents.cast import INK
from zhunsheng.core.documents.strokes import (
    HEIGHT,
    MAX_POINTS,
    MAX_STROKES,
    WIDTH,
    StrokesError,
    as_json,
    read_strokes,
    signature_svg,
)

LINE = [[0, 0], [100, 100]]


def test_a_drawing_is_read_and_kept_as_integers() -> None:
    assert read_strokes({"strokes": [[[0.4, 0.6], [99.5, 200]]]}) == (((0, 1), (100, 200)),)
    assert as_json(read_strokes(INK)) == {"strokes": INK}
    assert read_strokes(as_json(read_strokes(INK))) == read_strokes(INK)


@pytest.mark.parametrize(
    "hostile",
    [
        None,
        "",
        "<svg onload=alert(1)>",
        7,
        True,
        [],
        {},
        {"strokes": "x"},
        {"strokes": [LINE] * (MAX_STROKES + 1)},
        [[[1, 1]] * (MAX_POINTS + 1)],
        [[]],
        [LINE, "x"],
        [["x", "y"]],
        [[[1, 2, 3], [100, 100]]],
        [[["1", "2"], [100, 100]]],
        [[[-1, 0], [100, 100]]],
        [[[WIDTH + 1, 0], [100, 100]]],
        [[[0, HEIGHT + 0.1], [100, 100]]],
        [[[float("nan"), 0], [100, 100]]],
        [[[float("inf"), 0], [100, 100]]],
        [[[True, False], [100, 100]]],
        [[[10**400, 0], [100, 100]]],
        [[[{"$ne": 1}, 0], [100, 100]]],
        [[[5, 5]]],
        [[[5, 5], [6, 6]]],
    ],
)
def test_it_refuses_what_is_no_drawing(hostile: object) -> None:
    with pytest.raises(StrokesError):
        read_strokes(hostile)


def test_a_single_dot_beside_a_line_is_part_of_a_name() -> None:
    assert "h1" in signature_svg(read_strokes([LINE, [[500, 200]]]))


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT)), min_size=1, max_size=20),
        min_size=1,
        max_size=10,
    )
)
def test_the_picture_holds_nothing_but_numbers(lines: list[list[tuple[int, int]]]) -> None:
    try:
        svg = signature_svg(read_strokes(lines))
    except StrokesError:
        return
    root = ET.fromstring(svg)  # noqa: S314  our own output
    (path,) = root
    assert re.fullmatch(r"[MLQh0-9 ]+", path.attrib["d"])
    x, y, width, height = map(int, root.attrib["viewBox"].split())
    assert (x, y) == (0, 0)
    assert 0 < width <= WIDTH + 30
    assert 0 < height <= HEIGHT + 30
