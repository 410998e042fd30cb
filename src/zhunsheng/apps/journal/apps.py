"""The journal: streams of events, the ledger that commits to them, and the audit that compares the two."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "zhunsheng.apps.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "日志"
