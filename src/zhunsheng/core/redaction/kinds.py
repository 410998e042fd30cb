"""What is hidden on a public page, on which ground, and what stands in its place (spec law 6.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from zhunsheng.core.citation import Citation

PRIVACY: Final = Citation("zfxxgktl", 15)  # personal privacy and trade secrets are not published
SENSITIVE: Final = Citation("grxxbhf", 28)  # health, accounts, identity


class Kind(StrEnum):
    NAME = "name"
    RESIDENT_NUMBER = "resident-number"
    PASSPORT = "passport"
    MOBILE = "mobile"
    TELEPHONE = "telephone"
    BANK_ACCOUNT = "bank-account"
    ADDRESS = "address"
    EMAIL = "email"
    PLATE = "plate"
    CREDIT_CODE = "credit-code"  # of a firm that is not the party
    HEALTH = "health"
    MEDICAL_NUMBER = "medical-number"  # of a chart, a prescription, a bed


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a kind is hidden: ``words`` are for the public, ``shown`` is what it reads instead."""

    words: str
    shown: str
    basis: Citation


GROUNDS: Final[Mapping[Kind, Ground]] = MappingProxyType(
    {
        Kind.NAME: Ground("个人信息：姓名", "姓名已隐去", PRIVACY),
        Kind.RESIDENT_NUMBER: Ground("个人信息：证件号码", "证件号码已隐去", SENSITIVE),
        Kind.PASSPORT: Ground("个人信息：证件号码", "证件号码已隐去", SENSITIVE),
        Kind.MOBILE: Ground("个人信息：联系方式", "电话已隐去", PRIVACY),
        Kind.TELEPHONE: Ground("个人信息：联系方式", "电话已隐去", PRIVACY),
        Kind.BANK_ACCOUNT: Ground("个人信息：银行账户", "账户已隐去", SENSITIVE),
        Kind.ADDRESS: Ground("个人信息：住址", "住址已隐去", PRIVACY),
        Kind.EMAIL: Ground("个人信息：联系方式", "邮箱已隐去", PRIVACY),
        Kind.PLATE: Ground("个人信息：车牌号码", "车牌已隐去", PRIVACY),
        Kind.CREDIT_CODE: Ground("第三方信息：统一社会信用代码", "信用代码已隐去", PRIVACY),
        Kind.HEALTH: Ground("个人信息：健康状况", "健康状况已隐去", SENSITIVE),
        Kind.MEDICAL_NUMBER: Ground("个人信息：病历号码", "病历号码已隐去", SENSITIVE),
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text that looks personal, half open: ``start`` is in, ``stop`` is out.

    Both count Unicode code points from the beginning of the text, not bytes and not the
    UTF-16 units a browser counts; ``web`` converts at the edge. ``role`` is the word that
    says who a person is (从业人员, 患者), where the text says so just before the name.
    """

    start: int
    stop: int
    kind: Kind
    text: str
    role: str = ""
