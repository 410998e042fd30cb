"""Accounts: who can sign in, with which roles, and what they may see."""

from django.apps import AppConfig
from typing_extensions import override


class AccountsConfig(AppConfig):
    name = "zhunsheng.apps.accounts"
    label = "accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Let the audit compare the accounts table with the account streams."""
        from zhunsheng.apps.accounts import auditing  # noqa: PLC0415  (needs the models)

        auditing.register()
