"""The eleven points of a legal review: the ten of the founding document and "other" (clause L3)."""

from dataclasses import dataclass
from typing import Final

from zhunsheng.core.citation import Citation


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    code: str
    label: str
    asks: str  # the question in the reviewer's words
    basis: Citation


POINTS: Final = (
    ReviewPoint("subject", "执法主体", "执法机关主体是否合法", Citation("xzcff", 17)),
    ReviewPoint("officers", "执法人员", "执法人员是否具备执法资格", Citation("xzcff", 42, 1)),
    ReviewPoint("procedure", "执法程序", "执法程序是否合法", Citation("xzcff", 5)),
    ReviewPoint("facts", "事实", "案件事实是否清楚", Citation("xzcff", 40)),
    ReviewPoint("evidence", "证据", "证据是否合法充分", Citation("xzcff", 46, 2)),
    ReviewPoint("law", "适用依据", "适用法律、法规、规章是否准确", Citation("xzcff", 37)),
    ReviewPoint("discretion", "裁量", "裁量基准运用是否适当", Citation("xzcff", 34)),
    ReviewPoint("powers", "权限", "执法是否超越法定权限", Citation("xzcff", 17)),
    ReviewPoint("documents", "文书", "执法文书是否完备、规范", Citation("xzcff", 59, 1)),
    ReviewPoint("crime", "移送", "违法行为是否涉嫌犯罪、需要移送司法机关", Citation("xzcff", 27, 1)),
    ReviewPoint("other", "其他", "其他应当审核的内容", Citation("xzcff", 58, 1)),
)

CODES: Final = tuple(point.code for point in POINTS)

MATERIALS: Final = ("draft-decision", "investigation-report", "evidence", "discretion")
"""Kinds of material without which a submission is refused; ``hearing-record`` too after a hearing."""
