"""Where Chromium is, and what is said when it is nowhere."""

import os
import shutil
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ABSENT: Final = "no Chromium"


def chromium() -> str | None:
    """Return the program, by ``CHROMIUM`` or by the usual names."""
    given = os.environ.get("CHROMIUM")
    return given if given and shutil.which(given) else next(filter(None, map(shutil.which, NAMES)), None)


def is_required() -> bool:
    """Say whether a run without a browser must fail: CI says so."""
    return os.environ.get("ZHUNSHENG_REQUIRE_BROWSER") == "1"
