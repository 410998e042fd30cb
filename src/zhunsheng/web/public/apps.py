"""The public surface: no sign-in, published data only, its own process and database role."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "zhunsheng.web.public"
    label = "web_public"
