"""The journal: streams of events, the ledger that commits to them, and the audit that compares the two."""

from django.apps import AppConfig
from typing_extensions import override


class JournalConfig(AppConfig):
    name = "zhunsheng.apps.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "日志"

    @override
    def ready(self) -> None:
        from zhunsheng.apps.journal import ledger  # noqa: PLC0415  (it reaches models, which are loaded by now)
        from zhunsheng.infra import worker  # noqa: PLC0415

        worker.register("ledger", ledger.tick, every=ledger.ROUND_SECONDS)
