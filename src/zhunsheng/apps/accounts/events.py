"""What can happen to an account: the kinds of event of an ``account`` stream, with payloads.

The stream's key is the login, which is permanent: it is the ``actor`` of everything the
person does. Values are written into the ledger and are never renamed. A password is
here as its argon2 hash, a TOTP secret as the field cipher's token: payloads are private,
and the accounts table must be rebuilt from them byte for byte.
"""

from enum import StrEnum

STREAM = "account"


class AccountKind(StrEnum):
    OPENED = "account.opened"
    """``{login, name, password, roles: […], unit, officer}``; ``officer`` is "" for who is none."""

    PASSWORD_CHANGED = "account.password-changed"  # noqa: S105  (a kind, no password)
    """``{password, by: self|admin}``."""

    ROLE_GRANTED = "account.role-granted"
    """``{role}``."""

    ROLE_REVOKED = "account.role-revoked"
    """``{role}``."""

    LOCKED = "account.locked"
    """``{reason}``: by a person, until a person unlocks it."""

    UNLOCKED = "account.unlocked"
    """``{reason}``."""

    MOVED = "account.moved"
    """``{unit}``: the person works in another unit from now on."""

    TOTP_ENROLLED = "account.totp-enrolled"
    """``{secret}``: encrypted."""

    TOTP_REMOVED = "account.totp-removed"
    """``{reason}``."""
