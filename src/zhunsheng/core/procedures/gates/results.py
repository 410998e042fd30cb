"""The result: kinds of penalty, amounts, benchmark, one fine for one act (行政处罚法 arts 28, 29, 32, 34, 37)."""

from collections.abc import Iterator
from typing import Final

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.facts import SpotDecision
from zhunsheng.core.casefile.names import CORRECTION_ORDER, REINSPECTION_RECORD
from zhunsheng.core.casefile.outcome import FINE, GAINS, GOODS, NO_PENALTY, Outcome
from zhunsheng.core.citation import Citation
from zhunsheng.core.discretion import Bounds, base_of, benchmark_for, bounds, fitting
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.quantities import Fen
from zhunsheng.core.procedures.gates.penalty import text_of
from zhunsheng.core.procedures.milder import Applicable
from zhunsheng.core.procedures.model import Gate, Look, Severity

CONTENT: Final = Citation("xzcff", 59, 1)
RANGE: Final = Citation("xzcff", 37)
BENCHMARK: Final = Citation("xzcff", 34)
ONCE: Final = Citation("xzcff", 29)
MITIGATING: Final = "mitigating"  # factors of 行政处罚法 art. 32 begin with this word


def intended(look: Look) -> Outcome | None:
    """Return the result a document states; None where it proposes no penalty."""
    outcome = Outcome.of(look.content)
    return None if outcome.outcome == NO_PENALTY else outcome


def applied(look: Look) -> Applicable | None:
    """Return the text that fixes the penalty (从旧兼从轻); item and day of the act are named alike in every form."""
    return text_of(look, SpotDecision.of(look.content))


def result_stated(look: Look) -> Iterator[Fault]:
    outcome = intended(look)
    if outcome is None:
        return
    if not outcome.sanctions:
        yield look.fault("penalty-missing", "sanctions")
    if outcome.imposes(FINE) and not (outcome.fine and outcome.fine > 0):
        yield look.fault("fine-missing", "fine")
    if not outcome.imposes(FINE) and outcome.fine:
        yield look.fault("fine-without-penalty", "fine", found=Fen(outcome.fine).yuan())


def sanctions_in_article(look: Look) -> Iterator[Fault]:
    outcome, text = intended(look), applied(look)
    for word in outcome.sanctions if outcome and text else ():
        if text and word not in text.item.sanctions:
            allowed = "、".join(text.item.sanctions)
            yield look.fault("sanction-not-in-article", "sanctions", basis=text.item.basis, found=word, allowed=allowed)


def overdue(look: Look) -> bool:
    """Return whether the party was told to put things right and did not."""
    again = [read.yes(known.content, "corrected") for known in look.all(REINSPECTION_RECORD)]
    return bool(look.all(CORRECTION_ORDER)) and bool(again) and not all(again)


def mitigated(outcome: Outcome) -> bool:
    """Return whether a ground of art. 32 allows less than the article's lowest fine."""
    return any(factor.startswith(MITIGATING) for factor in outcome.factors) and bool(outcome.deviation)


def fine_in_article(look: Look) -> Iterator[Fault]:
    """The amount lies in a tier of the article that is open to this case."""
    outcome, text = intended(look), applied(look)
    if outcome is None or text is None or not (outcome.imposes(FINE) and outcome.fine):
        return
    fine, gains = Fen(outcome.fine), Fen(outcome.illegal_gains or 0)
    tiers = bounds(text.item.ranges_at(text.day), gains)
    open_to = fitting(tiers, overdue=overdue(look))
    if not tiers or any(tier.allows(fine) for tier in open_to):
        return
    if any(tier.allows(fine) for tier in tiers):
        yield look.fault("fine-needs-overdue", "fine", basis=text.item.basis, found=fine.yuan())
    elif not (mitigated(outcome) and fine < min(tier.low for tier in open_to)):
        yield look.fault("fine-out-of-range", "fine", basis=text.item.basis, **_range(open_to or tiers, fine))


def _range(tiers: tuple[Bounds, ...], fine: Fen) -> dict[str, str]:
    highs = [tier.high for tier in tiers]
    high = "" if None in highs else max(value for value in highs if value is not None).yuan()
    words = "；".join(f"{tier.when}{'的，' if tier.when else ''}{tier.words}" for tier in tiers)
    return {"found": fine.yuan(), "low": min(tier.low for tier in tiers).yuan(), "high": high, "words": words}


def gains_and_goods(look: Look) -> Iterator[Fault]:
    """What is confiscated is named, and no more gains are taken than were found (art. 28(2))."""
    outcome = intended(look)
    if outcome is None:
        return
    if outcome.imposes(GAINS) and not outcome.confiscated_gains:
        yield look.fault("gains-missing", "confiscated_gains")
    if (outcome.confiscated_gains or 0) > (outcome.illegal_gains or 0):
        facts = {
            "found": Fen(outcome.confiscated_gains or 0).yuan(),
            "gains": Fen(outcome.illegal_gains or 0).yuan(),
        }
        yield look.fault("gains-above-found", "confiscated_gains", basis=None, **facts)
    if outcome.imposes(GOODS) and not outcome.goods:
        yield look.fault("goods-missing", "goods")


def within_benchmark(look: Look) -> Iterator[Fault]:
    """A published benchmark is followed, or the deviation is explained (art. 34)."""
    outcome, text = intended(look), applied(look)
    if outcome is None or text is None or not (outcome.imposes(FINE) and outcome.fine):
        return
    benchmark = benchmark_for(text.item.id, look.day, look.ctx.book)
    if benchmark is None:
        if not outcome.discretion_text:
            yield look.fault("discretion-not-explained", "discretion_text")
        return
    step = benchmark.step(outcome.benchmark)
    if step is None:
        yield look.fault("benchmark-missing", "benchmark", basis=benchmark.basis)
        return
    tiers = text.item.ranges_at(text.day)
    base = max((base_of(tier, Fen(outcome.illegal_gains or 0)) for tier in tiers if tier.times), default=Fen(0))
    low, high = step.bounds(base)
    facts = {"step": step.label, "low": low.yuan() if low is not None else "", "high": high.yuan() if high else ""}
    if not step.allows(Fen(outcome.fine), base) and not outcome.deviation:
        found = Fen(outcome.fine).yuan()
        yield look.fault("outside-benchmark", "fine", basis=benchmark.basis, found=found, **facts)
    if step.factors and not set(step.factors) & set(outcome.factors) and not outcome.deviation:
        yield look.fault("factors-do-not-fit", "factors", basis=benchmark.basis, step=step.label, when=step.when)


def fined_once(look: Look) -> Iterator[Fault]:
    """One act is not fined twice (art. 29)."""
    outcome = intended(look)
    if outcome is None or not (outcome.imposes(FINE) and outcome.fine):
        return
    for prior in look.ctx.priors:
        if prior.fine and prior.item == outcome.item and prior.violated_on == outcome.violated_on:
            yield look.fault("fined-already", "fine", number=prior.number, fine=Fen(prior.fine).yuan())


def known_to_agency(look: Look) -> Iterator[Fault]:
    """Earlier penalties of the same party are shown to whoever weighs this one."""
    known = [prior.number for prior in look.ctx.priors if prior.decided_on is not None]
    if known:
        yield look.fault("prior-penalties", numbers="、".join(known), count=len(known))


GATES: Final = (
    Gate("result-stated", result_stated, CONTENT, ("penalty-missing", "fine-missing", "fine-without-penalty")),
    Gate("sanctions-in-article", sanctions_in_article, Citation("xzcff", 9), ("sanction-not-in-article",)),
    Gate("fine-in-article", fine_in_article, RANGE, ("fine-out-of-range", "fine-needs-overdue")),
    Gate(
        "gains-and-goods",
        gains_and_goods,
        Citation("xzcff", 28, 2),
        ("gains-missing", "gains-above-found", "goods-missing"),
    ),
    Gate(
        "within-benchmark",
        within_benchmark,
        BENCHMARK,
        ("discretion-not-explained", "benchmark-missing", "outside-benchmark", "factors-do-not-fit"),
    ),
    Gate("fined-once", fined_once, ONCE, ("fined-already",)),
    Gate("known-to-agency", known_to_agency, Citation("xzcff", 33, 1), ("prior-penalties",), Severity.FLAG),
)
