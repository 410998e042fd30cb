"""Numbers that name a person, a firm or an account, and their check digits.

GB 11643 (resident numbers), GB 32100-2015 (unified social credit codes), ISO/IEC 7812
(bank cards). Pure arithmetic: whether a number is well formed, never whose it is.
"""

import re
from datetime import date
from typing import Final

_RESIDENT: Final = re.compile(r"\d{17}[\dX]")
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS: Final = "10X98765432"

_CREDIT: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OLDEST: Final = date(1880, 1, 1)  # nobody older holds a number; an earlier date is a slip


def plain(number: str) -> str:
    """Return ``number`` without blanks and hyphens, letters in capitals."""
    return re.sub(r"[\s\-‐-―－]", "", number).upper()


def resident_check(first17: str) -> str:
    """Return the check character for 17 digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def born_on(number: str) -> date | None:
    """Return the birth date a resident number of 18 or 15 places carries; None if it carries none."""
    text = plain(number)
    if re.fullmatch(r"\d{15}", text):
        text = f"{text[:6]}19{text[6:]}0"  # the old kind: always of the 1900s
    if not _RESIDENT.fullmatch(text):
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def is_resident_number(number: str) -> bool:
    """Return whether ``number`` has 18 places, a real birth date and the right check character."""
    text = plain(number)
    if not _RESIDENT.fullmatch(text) or text[0] == "0":
        return False
    born = born_on(text)
    return born is not None and born >= _OLDEST and resident_check(text[:17]) == text[17]


def is_credit_code(code: str) -> bool:
    """Return whether ``code`` is a unified social credit code with the right check character."""
    text = plain(code)
    if not _CREDIT.fullmatch(text):
        return False
    total = sum(_CREDIT_ALPHABET.index(c) * w for c, w in zip(text[:17], _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[-total % 31] == text[17]


def passes_luhn(digits: str) -> bool:
    """Return whether a card number passes the check of ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004
    return bool(digits) and total % 10 == 0
