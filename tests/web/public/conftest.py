"""The portal as visitors meet it: its own addresses, templates and middleware, in the test's database."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.apps.journal.conftest import world
from zhunsheng.config import settings_portal

__all__ = ["portal", "world"]


@pytest.fixture
def portal(fresh_db: str) -> Iterator[Client]:
    """A visitor's client. Errors become pages, as they would outside."""
    with override_settings(
        ROOT_URLCONF=settings_portal.ROOT_URLCONF,
        INSTALLED_APPS=[*settings.INSTALLED_APPS, "zhunsheng.web.public"],
        MIDDLEWARE=settings_portal.MIDDLEWARE,
        TEMPLATES=settings_portal.TEMPLATES,
        CONTENT_SECURITY_POLICY=settings_portal.CONTENT_SECURITY_POLICY,
        ALLOWED_HOSTS=["testserver"],
    ):
        yield Client(raise_request_exception=False)
