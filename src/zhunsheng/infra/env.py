"""What the surroundings say: environment variables, read once, typed, refused with clear words.

Every name begins with ``ZHUNSHENG_``, except ``DATABASE_URL``, which the world agrees on.
What the environment does not say, the file ``zhunsheng.env`` in the data folder may say, so
that a command typed later works under the same settings as the service.
``docs/reference/settings.md`` lists them all; a test keeps list and class together.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from zhunsheng.core.errors import ZhunshengError

Role = Literal["owner", "app", "portal"]
FILE_NAME: Final = "zhunsheng.env"


class EnvError(ZhunshengError):
    """A setting has a value that cannot be meant."""

    code: ClassVar[str] = "setting-invalid"


class Env(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix="ZHUNSHENG_", extra="ignore", frozen=True)

    data: Path = Field(default=Path("data"), description="folder of keys, files, ledger tiles and run files")
    database_url: str | None = Field(
        default=None, validation_alias="DATABASE_URL", description="a PostgreSQL 15+ server; absent: the embedded one"
    )
    database: str = Field(default="zhunsheng", pattern=r"^[a-z][a-z0-9_]{0,40}$", description="name of the database")
    role: Role = Field(default="app", description="database role of this process")
    pool: int = Field(default=0, ge=0, le=100, description="connections kept by a serving process; 0: one per thread")
    demo: bool = Field(default=False, description="a demonstration: demo clock, demo accounts, a banner on each page")
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("localhost", "127.0.0.1", "[::1]"), description="host names this service answers to, by comma"
    )
    tls: bool = Field(default=False, description="the service is reached by https: cookies are marked secure")
    office_url: str = Field(default="http://localhost:8000", description="address of the office, for links")
    portal_url: str = Field(default="http://localhost:8001", description="address of the portal, for links")
    portal_title: str = Field(default="海沧区行政执法公示", description="name of the portal, on each of its pages")
    portal_owner: str = Field(default="厦门市海沧区卫生健康局", description="who runs the portal, on each of its pages")
    origin: str = Field(default="zhunsheng.example/log", description="origin line of the ledger's checkpoints")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="least level logged")
    log_format: Literal["json", "plain"] = Field(default="json", description="one JSON object a line, or plain text")
    system_folder: Path = Field(
        default=Path("/var/lib/zhunsheng"), description="as root: where the user that runs PostgreSQL can reach"
    )
    postgres_bin: Path | None = Field(default=None, description="folder of initdb and postgres instead of the wheel's")

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("database_url")
    @classmethod
    def _only_postgres(cls, value: str | None) -> str | None:
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("not a PostgreSQL address (postgresql://…)")
        return value or None


@lru_cache(maxsize=1)
def current() -> Env:
    """Return the settings of this process.

    Raises:
        EnvError: a value cannot be meant; the text names the variable, the value's fault and nothing secret.
    """
    folder = Path(os.environ.get("ZHUNSHENG_DATA") or Env.model_fields["data"].default)
    try:
        return Env(_env_file=folder / FILE_NAME)
    except ValidationError as error:
        raise EnvError("; ".join(_words(problem["loc"], problem["msg"]) for problem in error.errors())) from None


def change(**values: str) -> Env:
    """Set variables for this process and its children and read them again. ``--data`` comes this way."""
    os.environ.update(values)
    current.cache_clear()
    return current()


def _words(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]) if place else "?"
    variable = name if name.isupper() else f"ZHUNSHENG_{name.upper()}"
    return f"设置 {variable} 无效 (invalid setting): {message.removeprefix('Value error, ')}"
