"""Numbers that carry their own check: credit codes and resident numbers.

GB 32100-2015 (统一社会信用代码) and GB 11643 (公民身份号码), by ``python-stdnum``; spec
law 6.1, 6.2. A number that passes may still belong to nobody: registers are asked elsewhere.
"""

from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from zhunsheng.core.casefile.people import PartyKind

_RESIDENT, _CREDIT = 18, 18


def is_credit_code(code: str) -> bool:
    """Tell whether ``code`` is a well-formed unified social credit code with a right check character."""
    return len(code) == _CREDIT and code == code.upper() and bool(uscc.is_valid(code))


def is_resident_number(number: str) -> bool:
    """Tell whether ``number`` has 18 digits, a real region, a real day of birth and a right check digit."""
    return len(number) == _RESIDENT and number == number.upper() and bool(ric.is_valid(number))


def birth_date(number: str) -> date | None:
    """Return the day of birth that a resident number carries, or None when it is no such number."""
    try:
        return date.fromisoformat(str(ric.get_birth_date(number)))
    except (ValidationError, ValueError):
        return None


def party_code_fault(kind: str, code: str) -> str | None:
    """Return the fault code for a party's ``code``, or None when it is right for the party's ``kind``.

    While the kind is unknown, either number will do.
    """
    if kind == PartyKind.CITIZEN:
        return None if is_resident_number(code) else "bad-resident-number"
    if kind:
        return None if is_credit_code(code) else "bad-credit-code"
    return None if is_credit_code(code) or is_resident_number(code) else "bad-party-code"
