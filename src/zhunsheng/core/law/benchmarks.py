"""裁量基准: how a range is used, step by step (行政处罚法 art. 34).

A benchmark belongs to an item and has steps, light to heavy. A step says in words when it
fits, which facts of the case point to it, and between which amounts the fine then lies.
Amounts are in fen, both ends included; of a fine that is a multiple of the gains the
multiple is kept in tenths (25 = 2.5 times), so that no fraction is lost.
"""

from dataclasses import dataclass
from datetime import date

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.parameters import Confidence
from zhunsheng.core.law.quantities import Fen


@dataclass(frozen=True, slots=True)
class BenchmarkStep:
    id: str  # stable, ``<benchmark>.<number>``
    label: str  # 较轻, 一般, 较重
    when: str  # the facts it is for, in the words of the benchmark
    factors: tuple[str, ...]  # codes of the facts that point to it; any of them
    low: Fen | None = None
    high: Fen | None = None
    tenths: tuple[int, int] | None = None  # of the gains, where the fine is a multiple

    def allows(self, fine: Fen, base: Fen) -> bool:
        """Return whether ``fine`` lies in the step; ``base`` is what a multiple is taken of."""
        low, high = self.bounds(base)
        return (low is None or low <= fine) and (high is None or fine <= high)

    def bounds(self, base: Fen) -> tuple[Fen | None, Fen | None]:
        """Return the lowest and the highest fine of the step."""
        if self.tenths is None:
            return self.low, self.high
        low, high = self.tenths
        return Fen(-(-base * low // 10)), Fen(base * high // 10)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark of one item, for violations of its time."""

    id: str
    item: str
    since: date
    until: date | None
    basis: Citation
    confidence: Confidence
    source: str
    steps: tuple[BenchmarkStep, ...]
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Return whether it may be used for a decision of ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)

    def step(self, step_id: str) -> BenchmarkStep | None:
        """Return the step of that id."""
        return next((step for step in self.steps if step.id == step_id), None)
