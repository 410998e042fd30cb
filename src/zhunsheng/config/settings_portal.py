"""Settings of the portal's process: no sign-in, no session, no cookie, and a database role that can only read."""

from csp.constants import NONE

from zhunsheng.config import databases as _databases
from zhunsheng.config.common import *  # noqa: F403  (settings are a flat list of names, by Django's design)
from zhunsheng.config.common import CSP_DIRECTIVES, templates

ROOT_URLCONF = "zhunsheng.config.urls_portal"
DATABASES = _databases.databases(role="portal")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "zhunsheng.config",
    "zhunsheng.apps.portal",
    "zhunsheng.web.shared",
    "zhunsheng.web.public",
]

MIDDLEWARE = [
    "zhunsheng.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = templates("zhunsheng.web.shared.context.surface", "zhunsheng.web.public.context.site")

X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**CSP_DIRECTIVES, "frame-src": [NONE], "object-src": [NONE], "frame-ancestors": [NONE]}
}
