"""The fines an article allows for one case, in fen; a multiple is taken of the illegal gains."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhunsheng.core.law.items import FineRange
from zhunsheng.core.law.quantities import Fen

OVERDUE = "逾期不改正"  # the tier for whoever did not put right in time what he was told to


@dataclass(frozen=True, slots=True)
class Bounds:
    """One tier in yuan and fen. ``high`` None: the article sets no upper limit."""

    low: Fen
    high: Fen | None
    words: str
    when: str = ""

    def allows(self, fine: Fen) -> bool:
        return fine > 0 and self.low <= fine and (self.high is None or fine <= self.high)


def base_of(tier: FineRange, gains: Fen) -> Fen:
    """Return what a multiple is taken of: the gains, or the floor below which they count as that much."""
    return max(gains, tier.base_floor) if tier.base_floor is not None else gains


def bounds(tiers: Iterable[FineRange], gains: Fen) -> tuple[Bounds, ...]:
    """Return the tiers with their multiples worked out."""
    found = []
    for tier in tiers:
        if tier.times is None:
            found.append(Bounds(tier.low, tier.high, tier.words, tier.when))
        else:
            low, high = tier.times
            base = base_of(tier, gains)
            found.append(Bounds(Fen(base * low), Fen(base * high), tier.words, tier.when))
    return tuple(found)


def fitting(tiers: Iterable[Bounds], *, overdue: bool) -> tuple[Bounds, ...]:
    """Return the tiers open to this case: the tier for being overdue only when it was."""
    return tuple(tier for tier in tiers if overdue or tier.when != OVERDUE)
