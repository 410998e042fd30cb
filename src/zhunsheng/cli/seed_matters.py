"""What seeded visits find, in the words of the officers, and how far their cases come."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

EMPLOYEE: Final = "郑秋分"
"""Stands in each finding for somebody whom no public page may name."""


class Shape(IntEnum):
    """How far a case has come; the value is the number of its events."""

    OPENED = 1
    RECORDED = 4
    DECIDED = 7
    SERVED = 10
    REPORTED = 12
    PROPOSED = 13
    PUBLISHED = 15


MIX: Final = (
    *(Shape.OPENED, Shape.RECORDED, Shape.DECIDED, Shape.SERVED, Shape.REPORTED, Shape.REPORTED, Shape.PROPOSED),
    *(Shape.PUBLISHED,) * 13,
)
"""Of twenty cases thirteen are finished, as in an office that keeps its terms."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What was found on a visit, in the words of the officers."""

    mark: str  # 公 | 医
    item: str
    finding: str
    facts: str
    correction: str


MATTERS: Final = (
    Matter(
        *("公", "public-health-certificate", f"从业人员{EMPLOYEE}正在直接为顾客服务，不能出示健康合格证。"),
        *(f"安排未获得健康合格证的从业人员{EMPLOYEE}直接为顾客服务", "立即改正上述违法行为"),
    ),
    Matter(
        *("公", "public-hygiene-standard", f"消毒间的杯具表面有水渍，从业人员{EMPLOYEE}称当日没有消毒。"),
        *("公共场所卫生质量不符合国家卫生标准和要求而继续营业，杯具未经消毒", "立即清洗消毒全部公共用品用具"),
    ),
    Matter(
        *("公", "public-refusal", f"从业人员{EMPLOYEE}拒绝打开布草间供检查，经说明后仍不配合。"),
        *("拒绝卫生监督，不打开布草间接受检查", "立即接受卫生监督"),
    ),
    Matter(
        *("公", "public-no-licence", f"场所内未见卫生许可证，从业人员{EMPLOYEE}称正在办理。"),
        *("未取得公共场所卫生许可证擅自营业", "停止营业，取得卫生许可证以后再营业"),
    ),
    Matter(
        *("医", "waste-register", f"医疗废物暂存间没有交接登记，保管人{EMPLOYEE}不能提供登记资料。"),
        *("未对医疗废物进行登记，也未保存登记资料", "三日内补齐医疗废物登记制度和登记资料"),
    ),
    Matter(
        *("医", "waste-training", f"工作人员{EMPLOYEE}称没有参加过医疗废物管理的培训。"),
        *("未对从事医疗废物收集、运送的人员进行培训", "十日内完成培训并保存记录"),
    ),
    Matter(
        *("医", "waste-protection", f"工作人员{EMPLOYEE}收集医疗废物时没有戴手套和口罩。"),
        *("未采取有效的职业卫生防护措施收集医疗废物", "立即配备并使用防护用品"),
    ),
    Matter(
        *("医", "waste-testing", f"处置设施的检测记录只到上一年，负责人员{EMPLOYEE}称尚未送检。"),
        *("未定期对医疗废物处置设施进行检测、评价", "一个月内完成检测、评价并存档"),
    ),
)
