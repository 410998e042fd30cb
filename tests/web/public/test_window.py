"""The unwitnessed window: the worker measures it, the portal shows it, and never an old measurement as the present."""

import json
from datetime import timedelta

import pytest

from tests.apps.journal.world import SHOP, World
from zhunsheng.cli import measuring
from zhunsheng.infra import clock
from zhunsheng.web.public import window


def test_what_the_worker_measures_is_what_the_page_says(world: World) -> None:
    world.file(SHOP, "one")
    measuring.measure()
    assert "现在有 1 条登记在等见证" in window.sentence()
    world.log.run_once()
    assert world.look() is not None
    written = json.loads((world.data.log / measuring.NAME).read_bytes())
    assert written["witnesses"] == 1


def test_a_quiet_installation_says_that_nothing_waits(world: World) -> None:
    assert not measuring.measure()  # nothing else is to be done because of it
    assert window.sentence().endswith("现在没有登记在等见证。")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"at":"yesterday"}', '{"at":1}', '"x"', "null"])
def test_a_damaged_measurement_is_none(world: World, content: str) -> None:
    (world.data.log / measuring.NAME).write_text(content, encoding="utf-8")
    assert window.sentence() == "现在没有见证所需时间的测量结果。"


def test_an_old_measurement_is_none(world: World) -> None:
    measuring.measure()
    path = world.data.log / measuring.NAME
    old = json.loads(path.read_bytes()) | {"at": (clock.now() - timedelta(minutes=2)).isoformat()}
    path.write_text(json.dumps(old), encoding="utf-8")
    assert window.sentence() == "现在没有见证所需时间的测量结果。"


def test_measured_times_are_shown_and_a_register_without_witnesses_says_so(world: World) -> None:
    path = world.data.log / measuring.NAME
    measured = {"at": clock.now().isoformat(), "witnesses": 1, "waiting": 0, "now": 0.0, "p95": 1.2, "longest": 3.4}
    path.write_text(json.dumps(measured), encoding="utf-8")
    assert "95% 不超过 1.2 秒，最长 3.4 秒" in window.sentence()
    path.write_text(json.dumps(measured | {"witnesses": 0}), encoding="utf-8")
    assert "没有外部见证人" in window.sentence()
