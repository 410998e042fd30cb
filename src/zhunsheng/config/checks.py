"""System checks: mistakes of configuration, each with an id and a hint. They touch neither network nor database."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Notice

from zhunsheng.infra import datadir, env


@register(Tags.security)
def keys_are_private(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[CheckMessage]:  # noqa: ARG001
    """Refuse keys that others on the machine can read."""
    folder = datadir.current().keys
    if not folder.exists():
        return []
    loose = [path for path in (folder, *folder.iterdir()) if path.suffix != ".crt" and path.stat().st_mode & 0o077]
    return [Error(f"{path} can be read by others.", hint=f"chmod go-rwx {path}", id="zhunsheng.E001") for path in loose]


@register(Tags.security)
def hosts_are_named(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[CheckMessage]:  # noqa: ARG001
    """Refuse to answer to every name."""
    if "*" not in env.current().hosts:
        return []
    return [
        Error("Any host name is accepted.", hint="Name the hosts in ZHUNSHENG_HOSTS.", id="zhunsheng.E002"),
    ]


@register(Tags.security, deploy=True)
def a_demonstration_is_no_service(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **_kwargs: object,
) -> list[CheckMessage]:
    """Warn when a deployment runs with the demo switch on."""
    if not env.current().demo:
        return []
    return [
        Notice("This is a demonstration: its clock can be moved.", hint="Unset ZHUNSHENG_DEMO.", id="zhunsheng.W001"),
    ]
