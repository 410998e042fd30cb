"""Numbers that carry their own check: credit codes and resident numbers.

GB 32100-2015 (统一社会信用代码) and GB 11643 (公民身份号码), by ``python-stdnum``; spec
law 6.1, 6.2. A number that passes may still belong to nobody: registers are asked elsewhere.
"""

from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from zhunsheng.core.casefile.people import PartyKind

_RESIDENT, _CREDIT = 18, 18


def is_credit_code(code: str) -> bool:
    """Tell whether ``code`` is a well-formed unified social credit code with a right check character."""
    return len(code) == _CREDIT and code == code.upper() and bool(uscc.is_valid(code))


def is_resident_number(number: str) -> bool:
    """Tell whether ``number`` has 18 digits, a known region, a real day of birth and a right check digit.

    The region may be one of any time. ``stdnum`` asks whether it existed in the year of birth and
    so refuses living people: numbers were given out from 1984 on, with the regions of that day.
    """
    if len(number) != _RESIDENT or not (number[:-1].isascii() and number[:-1].isdigit()):
        return False
    known = any(properties for _, properties in numdb.get("cn/loc").info(number[:6]))
    return known and birth_date(number) is not None and ric.calc_check_digit(number) == number[-1]


def birth_date(number: str) -> date | None:
    """Return the day of birth that a resident number carries, or None when it is no such number."""
    try:
        born: date = ric.get_birth_date(number)
    except (ValidationError, ValueError):
        return None
    return born


def party_code_fault(kind: str, code: str, *, today: date) -> str | None:
    """Return the fault code for a party's ``code``, or None when it is right for the party's ``kind``.

    While the kind is unknown, either number will do. Nobody is born after ``today``.
    """
    if kind == PartyKind.CITIZEN:
        born = birth_date(code)
        right = is_resident_number(code) and born is not None and born <= today
        return None if right else "bad-resident-number"
    if kind:
        return None if is_credit_code(code) else "bad-credit-code"
    return None if is_credit_code(code) or is_resident_number(code) else "bad-party-code"
