"""The configuration as a Django application: its system checks have ids and hints."""

from django.apps import AppConfig
from typing_extensions import override


class ConfigConfig(AppConfig):
    name = "zhunsheng.config"
    label = "zhunsheng_config"
    verbose_name = "准绳"

    @override
    def ready(self) -> None:
        from zhunsheng.config import checks  # noqa: F401, PLC0415  (registers them once the apps are loaded)
