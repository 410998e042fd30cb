"""The files that rules about the code look at."""

import subprocess
from pathlib import Path
from typing import Final

import zhunsheng

PACKAGE: Final = Path(zhunsheng.__file__).resolve().parent
REPOSITORY: Final = PACKAGE.parent.parent


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Return the Python files below ``folder``."""
    return sorted(folder.rglob("*.py"))


def name(path: Path) -> str:
    """Return how a test calls a file."""
    return path.relative_to(REPOSITORY).as_posix()


def committed() -> list[Path]:
    """Return the text files that are, or are about to be, part of the repository."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    paths = (REPOSITORY / line for line in done.stdout.splitlines())
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]
