"""Which passwords are accepted. Django's validators decide; this turns their answer into faults."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhunsheng.apps.accounts.models import Account
from zhunsheng.core.errors import Fault

_LONGEST = 200  # characters: argon2 of a megabyte is an attack on the server


def weak(password: str, *, login: str, name: str) -> list[Fault]:
    """Return a fault for each rule ``password`` breaks: length, likeness to the person, commonness."""
    if len(password) > _LONGEST or "\x00" in password:
        return [Fault("password-weak", facts=(("rule", "too-long"),), field="password")]
    try:
        validate_password(password, Account(login=login, name=name))
    except ValidationError as error:
        rules = [str(each.code).removeprefix("password_").replace("_", "-") for each in error.error_list]
        return [Fault("password-weak", facts=(("rule", rule),), field="password") for rule in rules]
    return []
