"""The tables of accounts. Nothing here is truth except as the journal says it.

``Account`` is a projection of the ``account`` streams (Django's user model reads it);
it can be dropped and rebuilt. ``UsedCode`` is working memory like a session: it only
keeps a one-time code from being used twice within its minute and a half.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac
from typing_extensions import override

from zhunsheng.apps.journal.refs import AGENCY_LIMIT, KEY_LIMIT


class Projected(models.Model):
    """A row that one stream explains: drop it, and the stream writes it again."""

    agency = models.CharField(max_length=AGENCY_LIMIT)
    stream = models.CharField(max_length=KEY_LIMIT)  # key of the stream
    position = models.PositiveIntegerField()  # of the last event folded into the row

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["agency", "stream"])]


class AccountManager(BaseUserManager["Account"]):
    """Reads only: an account is opened by ``commands.create_account``."""


class Account(AbstractBaseUser, Projected):
    """Who can sign in. The login is the primary key, permanent, and the actor of events."""

    login = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=64)
    roles = ArrayField(models.CharField(max_length=32))
    unit = models.CharField(max_length=64, blank=True)
    officer = models.CharField(max_length=64, blank=True)
    active = models.BooleanField()
    totp_secret = models.CharField(max_length=512, blank=True)  # encrypted
    session_version = models.PositiveIntegerField()

    last_login = None  # signing in is no event and changes no row

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta(Projected.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "officer"],
                condition=models.Q(active=True) & ~models.Q(officer=""),
                name="accounts_one_account_per_officer",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.login

    @property
    @override
    def is_active(self) -> bool:  # type: ignore[override]
        return self.active

    @override
    def check_password(self, raw_password: str | None) -> bool:
        """Compare without Django's silent upgrade of the hash: a row changes by event alone."""
        return check_password(raw_password, self.password)

    @override
    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to go on: it changes with password, roles and lock."""
        return self._session_hash()

    @override
    def get_session_auth_fallback_hash(self) -> Any:
        """No older secret keeps a session alive."""
        return iter(())

    def _session_hash(self) -> str:
        value = f"{self.login}\n{self.session_version}\n{self.password}"
        return salted_hmac("zhunsheng.accounts.session", value, algorithm="sha256").hexdigest()


class UsedCode(models.Model):
    """A one-time code that was accepted: the database refuses the second use, also of two at once."""

    login = models.CharField(max_length=32)
    step = models.BigIntegerField()  # number of the 30-second step since 1970

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["login", "step"], name="accounts_code_used_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.login} {self.step}"
