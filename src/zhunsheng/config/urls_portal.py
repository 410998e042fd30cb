"""Addresses of the portal's process."""

from django.urls import include, path

from zhunsheng.config import health

urlpatterns = [
    path("healthz", health.portal),
    path("", include("zhunsheng.web.public.urls")),
]

handler400 = "zhunsheng.web.public.views.bad_request"
handler404 = "zhunsheng.web.public.views.not_found"
handler500 = "zhunsheng.web.public.views.server_error"
