"""Publication of decisions: proposed, checked by another person, delivered to the portal."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "zhunsheng.apps.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "公示"
