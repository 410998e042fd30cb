"""Settings of the office, the worker, the commands and the tests. The portal's are in ``settings_portal``."""

from datetime import timedelta

from csp.constants import SELF

from zhunsheng.config.common import *  # noqa: F403  (settings are a flat list of names, by Django's design)
from zhunsheng.config.common import CSP_DIRECTIVES, templates

ROOT_URLCONF = "zhunsheng.config.urls_office"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "zhunsheng.config",
    "zhunsheng.apps.journal",
    "zhunsheng.apps.accounts",
    "zhunsheng.apps.registry",
    "zhunsheng.apps.cases",
    "zhunsheng.apps.disclosure",
    "zhunsheng.apps.portal",
    "zhunsheng.web.shared",
    "zhunsheng.web.office",
]

MIDDLEWARE = [
    "zhunsheng.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = templates(
    "django.contrib.auth.context_processors.auth",
    "zhunsheng.web.shared.context.surface",
)

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "zhunsheng.apps.accounts.backend.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "office:login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_NAME = "zhunsheng_session"
CSRF_COOKIE_NAME = "zhunsheng_csrf"
CSRF_FAILURE_VIEW = "zhunsheng.web.office.views.errors.forbidden"

# Locked by account and address together: nobody can lock a colleague out from another desk.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_SENSITIVE_PARAMETERS: list[str] = ["password", "code"]

# The office shows its own PDF in a frame.
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**CSP_DIRECTIVES, "frame-src": [SELF], "object-src": [SELF], "frame-ancestors": [SELF]}
}
