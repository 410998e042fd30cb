"""``zhunsheng.core`` may use itself, the quiet part of the standard library, and three packages.

import-linter can forbid what we think of; this allow-list refuses what we do not.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, modules, name

_ALLOWED = """
abc base64 binascii bisect calendar collections contextlib dataclasses datetime decimal enum fractions functools hashlib
hmac itertools json math operator re string struct textwrap types typing unicodedata
cryptography rfc8785 typing_extensions
zhunsheng.core
"""
ALLOWED = frozenset(_ALLOWED.split())
CLOCK_AND_CHANCE = {"now", "today", "utcnow"}
MAKES_KEYS = {"generate", "generate_key"}
DOORS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}


def broken_rules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from _foreign(node.lineno, [one.name for one in names])
            case ast.ImportFrom(module=str(module), level=0):
                yield from _foreign(node.lineno, [module])
            case ast.ImportFrom(level=level) if level:
                yield f"line {node.lineno}: relative import"
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in CLOCK_AND_CHANCE:
                yield f"line {node.lineno}: reads the clock; take the time as an argument"
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in MAKES_KEYS:
                yield f"line {node.lineno}: makes a key; that needs chance, which is not here"
            case ast.Call(func=ast.Name(id=door)) if door in DOORS:
                yield f"line {node.lineno}: {door}()"
            case _:
                pass


def _foreign(line: int, imported: list[str]) -> Iterator[str]:
    for one in imported:
        if not any(one == allowed or one.startswith(allowed + ".") for allowed in ALLOWED):
            yield f"line {line}: imports {one}"


@pytest.mark.parametrize("path", modules(PACKAGE / "core"), ids=name)
def test_module(path: Path) -> None:
    assert list(broken_rules(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "bad",
    [
        "import os",
        "from django.db import models",
        "t = datetime.now(UTC)",
        "import random",
        "from zhunsheng.infra import clock",
        "from . import x",
        "open('/etc/passwd')",
        "Ed25519PrivateKey.generate()",
    ],
)
def test_the_rule_itself_bites(bad: str) -> None:
    assert list(broken_rules(bad))
