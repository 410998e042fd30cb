"""The shared parts as a Django application, so that templates, tags and static files are found."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "zhunsheng.web.shared"
    label = "web_shared"
