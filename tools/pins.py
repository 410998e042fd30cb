"""Compile the requirement files from pyproject.toml: exact versions, hashes, no host names. Needs uv and a registry.

Each file is a part of the next: core, base, dev. What is pinned stays pinned unless
``--upgrade`` is given. The files install with uv and with pip alike.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "requirements"
EXTRAS: Final = {"core": (), "base": ("server",), "dev": ("server", "dev")}
COMMON: Final = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def compile_one(source: Path, target: Path, *more: str) -> None:
    """Have uv write one file."""
    words = ["uv", "pip", "compile", str(source), *COMMON, *more, "--output-file", str(target)]
    subprocess.run(words, check=True, cwd=ROOT)


def main() -> int:
    """Write all files."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    for name, extras in EXTRAS.items():
        chosen = [word for extra in extras for word in ("--extra", extra)]
        compile_one(ROOT / "pyproject.toml", FOLDER / f"{name}.txt", *chosen, *upgrade)
    with tempfile.NamedTemporaryFile("w", suffix=".in") as wanted:
        wanted.write("setuptools>=80\n")  # as in [build-system]
        wanted.flush()
        compile_one(Path(wanted.name), FOLDER / "build.txt", *upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
