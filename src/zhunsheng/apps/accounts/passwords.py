"""Which passwords are accepted. Django's validators decide; this turns their answer into faults."""

from typing import Final

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator, validate_password
from django.core.exceptions import ValidationError

from zhunsheng.apps.accounts.models import Account
from zhunsheng.core.errors import Fault

_LONGEST: Final = 200  # characters: argon2 of a megabyte is an attack on the server
_LIKENESS: Final = UserAttributeSimilarityValidator(user_attributes=("login", "name"))
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
