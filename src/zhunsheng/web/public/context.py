"""What every page of the portal knows without being told: its name and who runs it."""

from django.http import HttpRequest

from zhunsheng.infra import env


def site(_request: HttpRequest | None = None) -> dict[str, object]:
    """Return ``portal_title`` and ``portal_owner``, as the settings of this installation say."""
    settings = env.current()
    return {"portal_title": settings.portal_title, "portal_owner": settings.portal_owner}
