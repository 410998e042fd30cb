"""Quantities the law speaks in: money, periods, rates. A bare ``int`` is not one of them."""

from dataclasses import dataclass
from enum import StrEnum


class Fen(int):
    """Money in fen (分), 100 to the yuan. Arithmetic gives plain ``int``: wrap the result again."""

    __slots__ = ()

    @classmethod
    def of_yuan(cls, yuan: int) -> "Fen":
        """Return ``yuan`` whole yuan."""
        return cls(yuan * 100)

    def yuan(self) -> str:
        """Return ``1,500.00``."""
        return f"{self // 100:,}.{self % 100:02d}"


class PeriodUnit(StrEnum):
    """The word the text uses. Whether ``DAY`` means working days, its instrument says."""

    DAY = "days"  # 日
    WORKING_DAY = "working-days"  # 工作日, said in so many words
    MONTH = "months"
    YEAR = "years"
    HOUR = "hours"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the text has it, before any rule of counting is applied."""

    length: int
    unit: PeriodUnit

    def __post_init__(self) -> None:
        if self.length < 1:
            message = f"a period lasts at least one {self.unit}: {self.length}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Percent:
    """So many hundredths of something named by the parameter (of the fine for each day, say)."""

    hundredths: int


@dataclass(frozen=True, slots=True)
class Number:
    """A count of people, of copies, of rounds."""

    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways the law or a bureau may have settled a question, by its stable word."""

    word: str


Value = Fen | Period | Percent | Number | Choice
