"""Which passwords are accepted, and those an administrator hands over.

Django's validators decide; this turns their answer into faults.
"""

from typing import Final

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

from zhunsheng.apps.accounts.models import Account
from zhunsheng.core.errors import Fault

_LONGEST: Final = 200  # characters: argon2 of a megabyte is an attack on the server
_LIKENESS: Final = UserAttributeSimilarityValidator(user_attributes=("login", "name"))
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # read aloud and copied by hand: no 0 o, no 1 i l
_GROUPS, _GROUP = 4, 5
_RULES: Final = {
    "password_too_short": "too-short",
    "password_too_similar": "like-login",
    "password_too_common": "too-common",
    "password_entirely_numeric": "only-digits",
}


def weak(password: str, *, login: str, name: str) -> list[Fault]:
    """Return a fault for each rule ``password`` breaks: length, likeness to the person, commonness."""
    if len(password) > _LONGEST or "\x00" in password:
        return [Fault("password-weak", facts=(("rule", "too-long"),), field="password")]
    person = Account(login=login, name=name)
    try:
        _LIKENESS.validate(password, person)
        validate_password(password, person)
    except ValidationError as error:
        rules = [_RULES.get(str(each.code), "weak") for each in error.error_list]
        return [Fault("password-weak", facts=(("rule", rule),), field="password") for rule in rules]
    return []


def made_up(request: str, login: str) -> str:
    """Return the password that is handed over for ``login``: strong, and kept nowhere.

    It is derived from the unguessable ``request`` key with this installation's own secret,
    so that a request sent twice shows the same password and not a second one.
    """
    digest = salted_hmac("zhunsheng.accounts.handed-over", f"{login}\n{request}", algorithm="sha256").digest()
    number = int.from_bytes(digest, "big")
    letters = ""
    for _ in range(_GROUPS * _GROUP):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
