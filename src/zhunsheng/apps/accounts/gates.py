"""Checks that several commands of accounts and registry share. Each returns faults, raises nothing.

``refuse`` turns what was collected into one refusal, so that a form shows all its faults at once.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.core.errors import Fault, RefusedError

SYSTEM: Final = "system"
"""The actor of what the installation itself does: first accounts, seeding. No account may have this login."""

_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?")
TEXT_LIMIT: Final = 200  # characters
_STEERING: Final = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Invisible characters that change how a name reads: two different names must not look the same."""


def refuse(*groups: Iterable[Fault]) -> None:
    """Raise one refusal with all faults of ``groups``, if there are any.

    Raises:
        RefusedError: at least one fault was found.
    """
    faults = [fault for group in groups for fault in group]
    if faults:
        raise RefusedError(faults)


def permitted(actor: str, agency: str, *roles: Role) -> list[Fault]:
    """Return a fault unless ``actor`` is an open account of ``agency`` with one of ``roles``."""
    if actor == SYSTEM:
        return []
    account = Account.objects.filter(pk=actor, agency=agency, active=True).first()
    if account is not None and not {role.value for role in roles}.isdisjoint(account.roles):
        return []
    return [Fault("role-missing", facts=(("roles", ", ".join(roles)),))]


def identifier(value: str, field: str) -> list[Fault]:
    """Return a fault unless ``value`` can name a stream: 1 to 32 of a-z 0-9 . _ -, letter or digit at both ends."""
    return [] if _ID.fullmatch(value) else [Fault("id-invalid", facts=(("value", value[:40]),), field=field)]


def text(value: str, field: str, *, required: bool = True, limit: int = TEXT_LIMIT) -> list[Fault]:
    """Return faults of one line of text: empty, too long, or with a character that cannot be printed."""
    if required and not value.strip():
        return [Fault("field-empty", facts=(("field", field),), field=field)]
    if len(value) > limit:
        return [Fault("text-too-long", facts=(("field", field), ("limit", str(limit))), field=field)]
    for character in value:
        if unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"} or character in _STEERING:
            facts = (("field", field), ("character", f"U+{ord(character):04X}"))
            return [Fault("text-unprintable", facts=facts, field=field)]
    return []
