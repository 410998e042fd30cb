"""A migration is named for what it does, and never imports application code, which will have changed when it runs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, name

NAMED = re.compile(r"\d{4}_[a-z][a-z0-9_]*\Z")
GENERATED = re.compile(r"_auto_\d|_initial\Z|_and_more\Z|_alter_\w+_options\Z|_remove_\w+_\w+_and_")
MIGRATIONS = sorted(path for path in PACKAGE.glob("apps/*/migrations/*.py") if path.name != "__init__.py")
APPLICATION = ("zhunsheng.apps", "zhunsheng.web", "zhunsheng.cli")


def badly_named(stem: str) -> bool:
    return not NAMED.match(stem) or bool(GENERATED.search(stem))


def application_code(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name.startswith(APPLICATION))
            case ast.ImportFrom(module=str(module)) if module.startswith(APPLICATION):
                yield module
            case _:
                pass


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_it_is_named_for_what_it_does(path: Path) -> None:
    assert not badly_named(path.stem)


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_it_imports_no_application_code(path: Path) -> None:
    assert list(application_code(path.read_text(encoding="utf-8"))) == []


def test_the_rules_themselves_bite() -> None:
    assert badly_named("0002_auto_20261122_1200")
    assert badly_named("0119_check_filter_and_more")
    assert badly_named("0001_initial")
    assert not badly_named("0007_event_add_digest")
    assert list(application_code("from zhunsheng.apps.cases.models import Row"))
