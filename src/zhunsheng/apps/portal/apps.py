"""The portal: published data only. It knows no other app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhunsheng.apps.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "公示平台"
