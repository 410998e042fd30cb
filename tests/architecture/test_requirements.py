"""The requirement files: exact, hashed, without hosts, in step with pyproject.toml, each a part of the next."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import REPOSITORY

FILES = ("core", "base", "dev", "build")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = {
    "core": PROJECT["dependencies"],
    "base": [*PROJECT["dependencies"], *EXTRAS["server"]],
    "dev": [*PROJECT["dependencies"], *EXTRAS["server"], *EXTRAS["dev"]],
}


def path(name: str) -> Path:
    return REPOSITORY / "requirements" / f"{name}.txt"


def pins(name: str) -> dict[str, str]:
    lines = path(name).read_text(encoding="utf-8").splitlines()
    return {str(canonicalize_name(found[1])): found[2] for line in lines if (found := PIN.match(line))}


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_no_host_and_no_index(name: str) -> None:
    text = path(name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|trusted-host", text)


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash(name: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", path(name).read_text(encoding="utf-8").strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", tuple(WANTED))
def test_what_pyproject_asks_for_is_pinned_within_its_range(name: str) -> None:
    pinned = pins(name)
    for text in WANTED[name]:
        wanted = Requirement(text)
        version = pinned.get(str(canonicalize_name(wanted.name)))
        assert version is not None, f"{wanted.name} is missing: make pins"
        assert wanted.specifier.contains(version, prereleases=True), f"{wanted} but {version}: make pins"


@pytest.mark.parametrize(("small", "large"), [("core", "base"), ("base", "dev")])
def test_each_file_is_a_part_of_the_next(small: str, large: str) -> None:
    assert pins(small).items() <= pins(large).items()
