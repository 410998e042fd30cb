"""Numbers that carry their own check: credit codes and resident numbers.

GB 32100-2015 (统一社会信用代码) and GB 11643 (公民身份号码), by ``python-stdnum``; spec
law 6.1, 6.2. A number that passes may still belong to nobody: registers are asked elsewhere.
"""

import re
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from zhunsheng.core.casefile.people import PartyKind

_RESIDENT, _CREDIT = 18, 18
_SPAN = re.compile(r"\[\d*-(\d*)\]")


def is_credit_code(code: str) -> bool:
    """Tell whether ``code`` is a well-formed unified social credit code with a right check character."""
    return len(code) == _CREDIT and code == code.upper() and bool(uscc.is_valid(code))


def is_resident_number(number: str) -> bool:
    """Tell whether ``number`` has 18 digits, a known region, a real day of birth and a right check digit.

    The region may be younger than its holder: numbers were given out from 1984 on, with the regions
    of that day, so ``stdnum``, which asks for the region of the year of birth, refuses living people.
    A region withdrawn before the birth is refused.
    """
    if len(number) != _RESIDENT or not (number[:-1].isascii() and number[:-1].isdigit()):
        return False
    born = birth_date(number)
    return born is not None and ric.calc_check_digit(number) == number[-1] and _is_region(number[:6], born.year)


def _is_region(code: str, year: int) -> bool:
    """Tell whether ``code`` (GB/T 2260) was a county in ``year`` or later."""
    for _, properties in numdb.get("cn/loc").info(code):
        for county in properties.get("county", "").split(","):
            span = _SPAN.match(county)  # "[1983-2010]name"; no brackets: always
            if county and (span is None or not span[1] or int(span[1]) >= year):
                return True
    return False


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
