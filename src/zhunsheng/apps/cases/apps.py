"""Case files: the one command by which a document is filed, and the rows that lists are made of."""

from django.apps import AppConfig
from typing_extensions import override


class CasesConfig(AppConfig):
    name = "zhunsheng.apps.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "案件"

    @override
    def ready(self) -> None:
        from zhunsheng.apps.cases import audit  # noqa: PLC0415  (registers its check once the apps are loaded)

        audit.register()
