"""Django's view of the database: two aliases on one server, and who may use which.

``portal`` sees the schema ``portal`` and nothing else, whatever its role; ``default``
sees the rest. In the portal's own process both are the portal's role, so that a
mistake in code meets a refusal of the database.
"""

from typing import TypeAlias

from django.db.models import Model

from zhunsheng.infra import database, datadir, env

Settings: TypeAlias = dict[str, object]


def databases(*, role: str | None = None) -> dict[str, Settings]:
    """Return ``DATABASES`` for this process."""
    settings = env.current()
    place = database.server()
    who = role or settings.role
    one = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": place.host,
        "PORT": str(place.port),
        "NAME": place.name,
        "USER": place.roles.of(who),
        "PASSWORD": database.passwords(datadir.current()).get(who, ""),
        "CONN_HEALTH_CHECKS": True,
    }
    schemas = {"default": "public", "portal": database.PORTAL_SCHEMA}
    if who == "portal":
        schemas["default"] = database.PORTAL_SCHEMA
    return {alias: one | _connection(dict(place.options), schema, settings.pool) for alias, schema in schemas.items()}


def _connection(options: dict[str, str], schema: str, pool: int) -> Settings:
    # The lock timeout lets a request fail with words instead of waiting behind a stuck one.
    given: dict[str, object] = {**options, "options": f"-c search_path={schema} -c lock_timeout=8s"}
    if pool:
        # Threads come and go in the server; a pool keeps connections, so Django itself must not.
        return {"CONN_MAX_AGE": 0, "OPTIONS": {**given, "pool": {"min_size": 1, "max_size": pool, "timeout": 10}}}
    return {"CONN_MAX_AGE": None, "OPTIONS": given}


class PortalRouter:
    """The portal's tables live behind the alias ``portal``, all others behind ``default``."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        """Return the alias by which ``model`` is read."""
        return "portal" if model._meta.app_label == "portal" else "default"  # noqa: SLF001  (Django's public habit)

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Keep each migration in its own schema."""
        return (app_label == "portal") == (db == "portal")
