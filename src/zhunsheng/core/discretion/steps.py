"""Benchmarks of an item, and the step a result names."""

from datetime import date

from zhunsheng.core.law.benchmarks import Benchmark, BenchmarkStep
from zhunsheng.core.law.book import Book


def benchmark_for(item: str, day: date, book: Book) -> Benchmark | None:
    """Return the benchmark of the item that holds on ``day``; None when none was published."""
    return next((known for known in book.benchmarks if known.item == item and known.in_force(day)), None)


def step_of(step_id: str, item: str, day: date, book: Book) -> BenchmarkStep | None:
    """Return the step a result names; None when the item's benchmark of that day has no such step."""
    benchmark = benchmark_for(item, day, book)
    return benchmark.step(step_id) if benchmark else None


def choices(item: str, day: date, book: Book) -> tuple[BenchmarkStep, ...]:
    """Return the steps an officer may choose from, light to heavy."""
    benchmark = benchmark_for(item, day, book)
    return benchmark.steps if benchmark else ()
