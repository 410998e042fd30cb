"""Tokens for programs: signed, short-lived, and dead once the account's sessions are.

A token carries login and session version, no secret. It is checked against the row at
each use, so a change of password or roles, or a lock, ends it at once. Its lifetime is
measured by the machine's clock, also in the demo, whose own clock may be moved.
"""

from typing import Final

from django.core import signing

from zhunsheng.apps.accounts.models import Account

LIFETIME_SECONDS: Final = 3600
_SALT: Final = "zhunsheng.accounts.token"


def issue(account: Account) -> str:
    """Return a token for ``account``, good for ``LIFETIME_SECONDS``."""
    return signing.dumps({"login": account.login, "version": account.session_version}, salt=_SALT)


def account_for(token: str) -> Account | None:
    """Return the account a token speaks for, or None when it is forged, old or ended."""
    try:
        claim = signing.loads(token, salt=_SALT, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return None
    return Account.objects.filter(pk=claim["login"], session_version=claim["version"], active=True).first()
