"""What every measure shares: sizes, alternation with an anchor, the conditions, one JSON line."""

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, Literal

Better = Literal["higher", "lower"]

IDLE, WAITING, STOLEN = 3, 4, 7  # columns of /proc/stat
QUICK: Final = "BENCH_QUICK"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. ``quick`` shows only that every program still runs: its figures mean nothing."""

    repeats: int
    seconds: int  # of one run of a rate
    documents: int  # filed by one client in one run
    sequenced: int  # events of one run
    events: int  # of the audit
    publications: int
    requests: int  # of one run of a page
    typeset: int  # documents of one run


FULL: Final = Size(3, 2, 16, 20_000, 100_000, 100_000, 60, 15)
SMALL: Final = Size(1, 1, 1, 100, 200, 40, 3, 1)


def size() -> Size:
    """Return the size of this run, as ``python -m bench`` left it in the environment."""
    return SMALL if os.environ.get(QUICK) == "1" else FULL


@dataclass(frozen=True, slots=True)
class Target:
    """What would be good and what better still (performance guide 8), as a ratio to the anchor."""

    good: float | None = None
    stretch: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the report. ``better`` says which way a ratio is good: rates higher, times lower."""

    name: str
    unit: str
    anchor: str
    better: Better
    target: Target = field(default_factory=Target)


class Watch:
    """The machine while something is measured, whoever uses it."""

    def __init__(self) -> None:
        self._before = _ticks()

    def shares(self) -> tuple[float, float]:
        """Return (busy, steal): shares of all cores since the beginning."""
        spent = [now - before for now, before in zip(_ticks(), self._before, strict=True)]
        total = max(1, sum(spent))
        return round(1 - (spent[IDLE] + spent[WAITING]) / total, 2), round(spent[STOLEN] / total, 3)


def compare(
    measure: Measure,
    ours: Callable[[], float],
    anchor: Callable[[], float],
    *,
    n: int,
    settings: dict[str, str],
    repeats: int | None = None,
    **more: object,
) -> None:
    """Run both alternately, the anchor first, and print the line with the median of the ratios."""
    watch, times = Watch(), repeats or size().repeats
    pairs = []
    for _ in range(times):
        theirs = anchor()
        pairs.append((ours(), theirs))
    conditions = _conditions(watch, settings) | {"n": n, "repeats": times} | more
    value, found = (median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = median(mine / theirs for mine, theirs in pairs)
    report(measure, value, found, ratio, conditions)


def report(measure: Measure, value: float, anchor: float | None, ratio: float | None, conditions: object) -> None:
    """Print one line."""
    line = {
        "name": measure.name,
        "value": rounded(value),
        "unit": measure.unit,
        "anchor": measure.anchor or None,
        "anchor_value": None if anchor is None else rounded(anchor),
        "ratio": None if ratio is None else rounded(ratio),
        "better": measure.better,
        "target_good": measure.target.good,
        "target_stretch": measure.target.stretch,
        "met": _met(measure, ratio),
        "conditions": conditions,
    }
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def say(words: str) -> None:
    """Tell whoever watches what is going on."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def rate(count: int, act: Callable[[], object]) -> float:
    """Return how many of ``count`` things, done by ``act``, are done in a second."""
    began = perf_counter()
    act()
    return count / (perf_counter() - began)


def seconds(act: Callable[[], object]) -> float:
    """Return how long ``act`` takes."""
    began = perf_counter()
    act()
    return perf_counter() - began


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def rounded(value: float) -> float:
    """Return four significant digits: more would pretend."""
    return float(f"{value:.4g}")


def _met(measure: Measure, ratio: float | None) -> str | None:
    good, stretch = measure.target.good, measure.target.stretch
    if ratio is None or good is None or stretch is None:
        return None
    sign = 1 if measure.better == "higher" else -1
    if sign * ratio >= sign * stretch:
        return "stretch"
    return "good" if sign * ratio >= sign * good else "missed"


def _conditions(watch: Watch, settings: dict[str, str]) -> dict[str, object]:
    busy, steal = watch.shares()
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    return machine | settings | {"machine_busy": busy, "steal": steal}


def _ticks() -> list[int]:
    path = Path("/proc/stat")
    if not path.exists():  # another system than Linux: nothing is known
        return [0] * 8
    return [int(word) for word in path.read_text(encoding="ascii").splitlines()[0].split()[1:9]]
