"""The offered second factor: one-time codes after RFC 6238, 6 digits, 30 seconds.

The secret lies encrypted in the event and in the row. A code is accepted within one step
of the world's clock (never the demo's) and once: the step of an accepted code is kept,
and neither it nor an earlier one is taken again.
"""

from datetime import datetime, timedelta
from typing import Final

import pyotp
from cryptography.fernet import MultiFernet
from django.db import IntegrityError, transaction

from zhunsheng.apps.accounts.models import Account, UsedCode
from zhunsheng.core.errors import Fault
from zhunsheng.infra import datadir, keys

_STEP_SECONDS: Final = 30
_DRIFT: Final = 1  # steps either way
_ISSUER: Final = "准绳"


def new_secret() -> str:
    """Return a fresh secret, base32. Keep it in the session until the first code confirms it."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """Return the otpauth address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret, interval=_STEP_SECONDS).provisioning_uri(name=login, issuer_name=_ISSUER)


def encrypt(secret: str) -> str:
    """Return the secret as the event keeps it."""
    return _cipher().encrypt(secret.encode()).decode()


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the step whose code is ``code``, within the drift around ``at``, or None."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):  # noqa: PLR2004 - RFC 6238: six digits
        return None
    try:
        totp = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    except ValueError:  # no base32, or too short to be a secret of ours
        return None
    for drift in range(-_DRIFT, _DRIFT + 1):
        moment = at + timedelta(seconds=drift * _STEP_SECONDS)
        if pyotp.utils.strings_equal(totp.at(moment), code):
            return int(moment.timestamp()) // _STEP_SECONDS
    return None


def refused(account: Account, code: str, at: datetime) -> list[Fault]:
    """Return why ``code`` does not let ``account`` in; [] means accepted, and now used."""
    if not code:
        return [Fault("totp-needed", field="code")]
    secret = _cipher().decrypt(account.totp_secret.encode()).decode()
    step = step_of(secret, code, at)
    if step is None:
        return [Fault("totp-wrong", field="code")]
    return [] if _use(account.login, step) else [Fault("totp-used", field="code")]


def _use(login: str, step: int) -> bool:
    """Spend the code of ``step``; False when it or a later one was spent before."""
    codes = UsedCode.objects.filter(login=login)
    if codes.filter(step__gte=step).exists():
        return False
    try:
        with transaction.atomic():
            UsedCode.objects.create(login=login, step=step)
    except IntegrityError:  # the same code, twice at once
        return False
    codes.filter(step__lt=step).delete()
    return True


def _cipher() -> MultiFernet:
    return keys.KeyRing(datadir.current()).field_cipher()
