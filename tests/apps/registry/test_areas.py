import pytest

from zhunsheng.apps.registry.commands.units import within


@pytest.mark.parametrize(
    ("area", "whole", "inside"),
    [
        ("350205", "350205", True),
        ("350203", "350205", False),
        ("350205", "350200", True),
        ("350205", "350000", True),
        ("360205", "350000", False),
        ("350205", "", False),
    ],
)
def test_one_area_lies_in_another(area: str, whole: str, *, inside: bool) -> None:
    assert within(area, whole) is inside
