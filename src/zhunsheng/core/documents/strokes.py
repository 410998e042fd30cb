"""A signature drawn on a screen: points in, a picture out.

The pad sends strokes as lists of points in a box of 1000 by 400. Nothing of what was
sent reaches the picture as text: every coordinate is read as a number, bounded, rounded
to an integer and written by us, so a picture can carry no script and no reference.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from zhunsheng.core.casefile.events import Json

Point: TypeAlias = tuple[int, int]
Strokes: TypeAlias = tuple[tuple[Point, ...], ...]

WIDTH, HEIGHT = 1000, 400
MAX_STROKES = 80
MAX_POINTS = 4000
_MIN_INK = 40  # units of the box; less is a slip of the finger, not a name
_MARGIN = 12
_PEN = 7


class StrokesError(ValueError):
    """What was sent is no drawing of a signature."""


def read_strokes(data: object) -> Strokes:
    """Return the strokes in ``data`` (``{"strokes": [[[x, y], …], …]}`` or the list alone).

    Raises:
        StrokesError: wrong shape, out of the box, too many points, or hardly any ink.
    """
    if isinstance(data, dict):
        data = data.get("strokes")
    if not isinstance(data, list | tuple) or not 1 <= len(data) <= MAX_STROKES:
        raise StrokesError("a signature has between 1 and 80 strokes")
    if sum(len(line) if isinstance(line, list | tuple) else 1 for line in data) > MAX_POINTS:
        raise StrokesError("too many points")
    strokes = tuple(tuple(_point(point) for point in _line(line)) for line in data)
    if sum(_length(line) for line in strokes) < _MIN_INK:
        raise StrokesError("hardly any ink")
    return strokes


def _line(line: object) -> Sequence[object]:
    if not isinstance(line, list | tuple) or not line:
        raise StrokesError("a stroke is a list of points")
    return line


def _point(point: object) -> Point:
    if not isinstance(point, list | tuple) or len(point) != 2:  # noqa: PLR2004  x and y
        raise StrokesError("a point is two numbers")
    return (_number(point[0], WIDTH), _number(point[1], HEIGHT))


def _number(value: object, limit: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= limit:  # NaN fails both ends
        raise StrokesError(f"a coordinate lies between 0 and {limit}")
    return round(value)


def _length(line: Iterable[Point]) -> int:
    return sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(line))


def as_json(strokes: Strokes) -> Json:
    """Return ``strokes`` as they are kept in a document's content."""
    return {"strokes": [[[x, y] for x, y in line] for line in strokes]}


def signature_svg(strokes: Strokes) -> str:
    """Return the drawing as SVG, cut to its ink, as black pen on nothing."""
    xs = [x for line in strokes for x, _ in line]
    ys = [y for line in strokes for _, y in line]
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    width, height = max(xs) - min(xs) + 2 * _MARGIN, max(ys) - min(ys) + 2 * _MARGIN
    path = "".join(_path([(x - left, y - top) for x, y in line]) for line in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{path}" fill="none" stroke="#111" stroke-width="{_PEN}"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _path(points: Sequence[Point]) -> str:
    """Return one stroke as a smooth line: curves through the midpoints, points as handles."""
    (x, y), *rest = points
    if not rest:
        return f"M{x} {y}h1"
    parts = [f"M{x} {y}"]
    for (ax, ay), (bx, by) in pairwise(rest):
        parts.append(f"Q{ax} {ay} {(ax + bx) // 2} {(ay + by) // 2}")
    end = rest[-1]
    parts.append(f"L{end[0]} {end[1]}")
    return "".join(parts)
