"""Deadlines: the last day of a term, and the explanation of every day on the way.

Each law's own counting rule decides which days count (``core.law.instruments.CountingRule``);
the start day never does (assumption A-03). Rules for editing: nothing here knows a length, a
holiday or an article; all of them come in the ``Book``.
"""

from zhunsheng.core.deadlines.count import add_months, deadline, moment
from zhunsheng.core.deadlines.model import Counted, Deadline, Moment, NotATermError, OutOfRangeError, Reason, Step

__all__ = [
    "Counted",
    "Deadline",
    "Moment",
    "NotATermError",
    "OutOfRangeError",
    "Reason",
    "Step",
    "add_months",
    "deadline",
    "moment",
]
