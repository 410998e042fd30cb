"""Publication of decisions: proposed, checked by another person, delivered to the portal."""

from django.apps import AppConfig
from typing_extensions import override


class DisclosureConfig(AppConfig):
    name = "zhunsheng.apps.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "公示"

    @override
    def ready(self) -> None:
        from zhunsheng.apps.disclosure import auditing  # noqa: PLC0415  (registers its check once the apps are loaded)

        auditing.register()
