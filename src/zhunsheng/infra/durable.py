"""Writing a file so that after a crash it is either the old one or the new one, never a part."""

import os
import tempfile
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
"""Only the owner reads and writes."""


def write(path: Path, content: bytes, *, mode: int = PRIVATE) -> None:
    """Put ``content`` at ``path``, whatever was there before; durable when this returns."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        # If we stop here the old file stands and a stray temporary file is left beside it.
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    # The name itself is durable only once the folder is.
    sync_folder(path.parent)


def create(path: Path, content: bytes, *, mode: int = PRIVATE) -> bool:
    """Put ``content`` at ``path`` unless something is there; say whether it was put.

    Two processes that create at once agree on one content: a link, unlike a rename, never replaces.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError:
        return False
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
