"""The office pages as a Django application, so that templates and static files are found."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "zhunsheng.web.office"
    label = "web_office"
