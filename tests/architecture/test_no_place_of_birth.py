"""Nothing in the repository says on which machine or with which registry it was made."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import REPOSITORY, committed, name

# Written so that this file does not find itself.
PLACES = re.compile(r"(?<![\w.~$}/-])/(?:" + "wo" + "rk|ro" + "ot|ho" + r"me/\w+|Us" + r"ers/\w+)/[\w.-]")
REGISTRIES = re.compile(
    r"files[.]python" r"hosted|index" r"-url\s*=|https?://[^/\s]+/sim" r"ple/|regis" r"try\.npm|\bmirrors?\.\w+\.\w+"
)
LOCKS = ("uv.lock", "pylock.toml", "poetry.lock", "package-lock.json")
EMPTY_OF_WORDS = {".svg", ".woff2", ".png", ".jpg"}


def broken_rules(text: str) -> list[str]:
    return [found.group() for rule in (PLACES, REGISTRIES) for found in rule.finditer(text)]


@pytest.mark.parametrize("path", [p for p in committed() if p.suffix not in EMPTY_OF_WORDS], ids=name)
def test_file(path: Path) -> None:
    assert broken_rules(path.read_text(encoding="utf-8", errors="replace")) == []


def test_no_lock_file_that_records_hosts() -> None:
    assert [lock for lock in LOCKS if (REPOSITORY / lock) in committed()] == []


@pytest.mark.parametrize("bad", ["see /wo" + "rk/x/y", "--index" + "-url = https://x", "open('/ro" + "ot/x')"])
def test_the_rule_itself_bites(bad: str) -> None:
    assert broken_rules(bad)
