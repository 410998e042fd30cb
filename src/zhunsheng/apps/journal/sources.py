"""Where a published log, or a witness, is read: a folder or an address. Both offer the same names."""

from pathlib import Path
from typing import ClassVar, Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from zhunsheng.apps.journal.tilestore import TileMissingError, TileStore
from zhunsheng.core.errors import ZhunshengError

TIMEOUT_SECONDS: Final = 10
MAX_BYTES: Final = 32 * 1024 * 1024  # the largest honest bundle: 256 entries of 64 KiB, with room
NOT_FOUND: Final = 404


class SourceError(ZhunshengError):
    """Nobody answers there, or what comes back cannot be meant."""

    code: ClassVar[str] = "log-unreachable"


class Source(Protocol):
    """A log or a witness as others see it."""

    def checkpoint(self) -> bytes | None:
        """Return the published checkpoint, or None before the first."""

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a tile or bundle. Raises TileMissingError."""

    def policy(self) -> str | None:
        """Return the policy file that lies beside the log, or None."""


class Folder:
    """A log on this machine: ``DATA/log``, its policy in ``DATA/policy``."""

    def __init__(self, root: Path) -> None:
        self._store = TileStore(root)

    def checkpoint(self) -> bytes | None:
        """Return the published checkpoint."""
        return self._store.checkpoint()

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a tile or bundle."""
        return self._store.fetch(path)

    def policy(self) -> str | None:
        """Return the policy file of the installation."""
        path = self._store.root.absolute().parent / "policy"
        return path.read_text(encoding="utf-8") if path.exists() else None


class Address:
    """A log on the network: ``https://…/log``."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SourceError(f"{url} is neither a folder nor an http address")
        self._url = url.rstrip("/")

    def checkpoint(self) -> bytes | None:
        """Return the published checkpoint."""
        return self._get("checkpoint")

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a tile or bundle."""
        data = self._get(path)
        if data is None:
            raise TileMissingError(path)
        return data

    def policy(self) -> str | None:
        """Return the operator's own statement of keys."""
        data = self._get("policy")
        return None if data is None else data.decode("utf-8", errors="replace")

    def _get(self, name: str) -> bytes | None:
        request = Request(f"{self._url}/{name}", headers={"User-Agent": "zhunsheng-witness"})  # noqa: S310  (http only)
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310  (checked in the constructor)
                data: bytes = answer.read(MAX_BYTES + 1)
        except HTTPError as error:
            if error.code == NOT_FOUND:
                return None
            raise SourceError(f"{name}: {error.code}") from error
        except (URLError, TimeoutError, OSError) as error:
            raise SourceError(f"{name}: {error}") from error
        if len(data) > MAX_BYTES:
            raise SourceError(f"{name}: longer than any log file may be")
        return data


def source(place: str) -> Source:
    """Return the source at ``place``: an http address, a ``file:`` address, or a folder."""
    if place.startswith(("http://", "https://")):
        return Address(place)
    return Folder(Path(urlsplit(place).path if place.startswith("file:") else place))
