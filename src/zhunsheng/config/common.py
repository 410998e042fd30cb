"""What both surfaces share: language, time, cookies, content-security policy."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from zhunsheng.config.databases import databases
from zhunsheng.infra import datadir, env, keys

_ENV = env.current()
_PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = keys.KeyRing(datadir.current()).django_secret()
ALLOWED_HOSTS = list(_ENV.hosts)
WSGI_APPLICATION = None

DATABASES = databases()
DATABASE_ROUTERS = ["zhunsheng.config.databases.PortalRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [_PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
# Served from the packages by whitenoise: no collecting step between a clone and a running program.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

LOGGING_CONFIG = None  # infra.logging configures it, before Django and for all processes alike

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = _ENV.tls
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=9).total_seconds())  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = _ENV.tls
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _ENV.tls else 0

# Nothing inline, nothing from elsewhere. ``data:`` images are the strokes of a signature.
CSP_DIRECTIVES: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "manifest-src": [SELF],
    "worker-src": [SELF],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
SILENCED_SYSTEM_CHECKS: list[str] = []


def templates(*processors: str) -> list[dict[str, object]]:
    """Return ``TEMPLATES`` with the given context processors besides Django's own."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request", *processors]},
        }
    ]
