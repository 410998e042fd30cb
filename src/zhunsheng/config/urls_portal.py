"""Addresses of the portal's process."""

from django.urls import include, path

from zhunsheng.config import health

urlpatterns = [
    path("healthz", health.portal),
    path("", include("zhunsheng.web.public.urls")),
]
