"""Addresses of the office's process."""

from django.urls import include, path

from zhunsheng.config import health

urlpatterns = [
    path("healthz", health.office),
    path("api/v1/", include("zhunsheng.web.office.api.urls")),
    path("", include("zhunsheng.web.office.urls")),
]

handler400 = "zhunsheng.web.office.views.errors.bad_request"
handler403 = "zhunsheng.web.office.views.errors.forbidden"
handler404 = "zhunsheng.web.office.views.errors.not_found"
handler500 = "zhunsheng.web.office.views.errors.server_error"
