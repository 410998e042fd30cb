"""How Django finds and checks an account. The lock-out stands before it (django-axes)."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from typing_extensions import override

from zhunsheng.apps.accounts.models import Account


class AccountBackend(BaseBackend):
    """Login and password. Says nothing about which of the two was wrong, not even by its time."""

    @override
    def authenticate(
        self,
        request: HttpRequest | None,
        login: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Account | None:
        if not login or password is None:
            return None
        account = Account.objects.filter(pk=login).first()
        if account is None:
            make_password(password)  # as slow as a comparison
            return None
        return account if account.check_password(password) and account.active else None

    @override
    def get_user(self, user_id: str) -> Account | None:
        return Account.objects.filter(pk=user_id, active=True).first()
