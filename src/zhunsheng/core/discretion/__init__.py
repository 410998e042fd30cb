"""Discretion (裁量): which amounts an article, its benchmark and the case allow.

行政处罚法 arts 5, 28, 32, 34. Nothing here decides: it says what a result must stay
within, and what must be explained.
"""

from zhunsheng.core.discretion.amounts import Bounds, base_of, bounds, fitting
from zhunsheng.core.discretion.steps import benchmark_for, choices, step_of

__all__ = ["Bounds", "base_of", "benchmark_for", "bounds", "choices", "fitting", "step_of"]
