"""Accounts: who can sign in, with which roles, and what they may see."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zhunsheng.apps.accounts"
    label = "accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"
