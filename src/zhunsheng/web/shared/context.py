"""What every page knows without being told: the day, and whether the clock is the demo's."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from zhunsheng.infra import clock, env


@dataclass(frozen=True, slots=True)
class DemoClock:
    """The moved clock of a demonstration; ``days`` is how far it is ahead."""

    today: date
    days: int


def surface(_request: HttpRequest) -> dict[str, object]:
    """Return ``today``, ``demo`` and ``demo_clock`` (None unless the clock was moved)."""
    ahead = clock.offset()
    demo_clock = DemoClock(clock.today(), ahead.days) if ahead else None
    return {"today": clock.today(), "demo": env.current().demo, "demo_clock": demo_clock}
