"""The bench runs, and says what it measured under which conditions; the figures themselves are the machine's."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.common import Measure, Target, _met, percentile

REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = {
    *("event.append.1", "event.append.8", "document.file.1", "document.file.8", "ledger.sequence", "audit.ledger"),
    *("proof.tiles", "proof.tiles.stored", "proof.service", "portal.list", "portal.detail"),
    *("portal.search.rare", "portal.search.frequent", "pdf.decision"),
}
CONDITIONS = {
    *("cores", "python", "postgres", "fsync", "synchronous_commit", "full_page_writes"),
    *("machine_busy", "steal", "n", "repeats"),
}


@pytest.mark.timeout(240)
def test_every_measure_runs_durably_and_names_its_conditions() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"],
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    measured = {line["name"]: line for line in lines if line["anchor"]}
    assert set(measured) == NAMES
    for line in measured.values():
        assert set(line["conditions"]) >= CONDITIONS
        assert line["value"] > 0
        assert line["ratio"] > 0
        durable = [line["conditions"][name] for name in ("fsync", "synchronous_commit", "full_page_writes")]
        assert durable == ["on", "on", "on"]


@pytest.mark.parametrize(
    ("better", "ratio", "met"),
    [
        *(("higher", 0.5, "stretch"), ("higher", 0.3, "good"), ("higher", 0.1, "missed")),
        *(("lower", 0.5, "missed"), ("lower", 0.3, "good"), ("lower", 0.1, "stretch")),
    ],
)
def test_a_ratio_is_good_on_the_right_side_of_its_target(better: Any, ratio: float, met: str) -> None:  # noqa: ANN401
    target = Target(0.25, 0.45) if better == "higher" else Target(0.45, 0.25)
    assert _met(Measure("x", "s", "a", better, target), ratio) == met
    assert _met(Measure("x", "s", "a", better), ratio) is None


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.95) == 3.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
