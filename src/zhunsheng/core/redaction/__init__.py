"""What a public page must not show: finding it, proposing stand-ins, re-reading the result (spec law 6.4).

``find`` sees what looks personal in a text, ``propose`` turns that and what the case file
knows into stand-ins, ``residual`` reads the finished page again. Between the last two
stand a publisher and a checker.
"""

from zhunsheng.core.redaction.finders import find
from zhunsheng.core.redaction.kinds import GROUNDS, Ground, Kind, Span
from zhunsheng.core.redaction.names import cut
from zhunsheng.core.redaction.proposing import Known, StandIn, propose
from zhunsheng.core.redaction.residual import residual

__all__ = ["GROUNDS", "Ground", "Kind", "Known", "Span", "StandIn", "cut", "find", "propose", "residual"]
