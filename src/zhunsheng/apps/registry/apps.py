"""The registry: agency, units and their mandates, posts, officers and their certificates, items."""

from django.apps import AppConfig
from typing_extensions import override


class RegistryConfig(AppConfig):
    name = "zhunsheng.apps.registry"
    label = "registry"
    verbose_name = "主体、人员、事项"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Lend accounts, which lie below, the tree of units; let the audit compare tables with streams."""
        from zhunsheng.apps.accounts import auditing, viewers  # noqa: PLC0415  (needs the models)
        from zhunsheng.apps.registry import projections, queries  # noqa: PLC0415

        viewers.use_unit_tree(queries.units_below)
        for projector in projections.ALL:
            auditing.check(projector)
