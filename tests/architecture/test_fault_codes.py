"""Every code a refusal can carry has words: text and remedy in ``lawdata/errors.toml``."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, modules, name

WORDS = tomllib.loads((PACKAGE / "lawdata" / "errors.toml").read_text(encoding="utf-8"))
MAKERS = {"Fault", "fault", "_fault"}


def codes(source: str) -> Iterator[str]:
    """Yield the codes given to ``Fault``: written out, or by the name of a constant of the module."""
    tree = ast.parse(source)
    constants = dict(_constants(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker)) if maker in MAKERS:
                given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
                yield from (code for one in given for code in _code(one, constants))
            case _:
                pass


def _code(given: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(code)):
            yield code
        case ast.Name(id=constant) if constant in constants:
            yield constants[constant]
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_code(body, constants), *_code(orelse, constants))
        case _:
            pass


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=constant)], value=ast.Constant(value=str(code))):
                yield constant, code
            case ast.AnnAssign(target=ast.Name(id=constant), value=ast.Constant(value=str(code))):
                yield constant, code
            case _:
                pass


@pytest.mark.parametrize("path", modules(), ids=name)
def test_module(path: Path) -> None:
    missing = sorted({code for code in codes(path.read_text(encoding="utf-8")) if code not in WORDS})
    assert missing == [], "add a table for each to lawdata/errors.toml"


def test_the_rule_itself_bites() -> None:
    source = "A = 'no-such-code'\nFault(A)\nFault('other')\nctx.fault('third')\nFault('x' if y else 'z')"
    assert set(codes(source)) == {"no-such-code", "other", "third", "x", "z"}
