"""Addresses of the portal. They are permanent: what was published once stays at its address."""

from django.urls import path, re_path

from zhunsheng.web.public import data, log, views

urlpatterns = [
    path("", views.home, name="home"),
    path("results/", views.results, name="results"),
    path("verify/", views.verify, name="verify"),
    path("p/<slug:publication>", views.detail, name="publication"),
    path("p/<slug:publication>.json", data.content, name="publication-json"),
    path("p/<slug:publication>.pdf", data.pdf, name="publication-pdf"),
    path("p/<slug:publication>.bundle", data.bundle, name="publication-bundle"),
    path("api/v1/publications", data.publications, name="publications"),
    path("feed.atom", data.feed, name="feed"),
    path("log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/policy", log.policy, name="log-policy"),
    re_path(
        r"^log/(?P<path>tile/(?:entries|[0-9]{1,2})(?:/x[0-9]{3}){0,6}/[0-9]{3}(?:\.p/[0-9]{1,3})?)$",
        log.tile,
        name="log-tile",
    ),
]
