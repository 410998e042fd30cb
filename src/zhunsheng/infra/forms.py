"""The forms of the installation: read once from ``lawdata/forms``, checked when they are read."""

import tomllib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

import zhunsheng
from zhunsheng.core import documents
from zhunsheng.core.documents import Checks, FormDef, FormError, Parsed, form_from
from zhunsheng.infra import clock
from zhunsheng.infra.glyphs import is_printable
from zhunsheng.infra.identifiers import party_code_fault

FOLDER = Path(zhunsheng.__file__).parent / "lawdata" / "forms"


@cache
def forms() -> Mapping[str, FormDef]:
    """Return every form by its id.

    Raises:
        FormError: a form file contradicts itself or another one.
    """
    found = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}
    for form in found.values():
        _check_carries(form, found)
    return MappingProxyType(found)


def form(form_id: str) -> FormDef:
    """Return one form.

    Raises:
        KeyError: there is no such form.
    """
    return forms()[form_id]


def checks() -> Checks:
    """Return the checks that parsing asks of the outside: check digits and glyphs."""
    return Checks(party_code=partial(party_code_fault, today=clock.today()), printable=is_printable)


def parse(form_id: str, raw: Mapping[str, object]) -> Parsed:
    """Return content and faults of ``raw`` for one form; see ``core.documents.parse``.

    Raises:
        KeyError: there is no such form.
    """
    return documents.parse(form(form_id), raw, checks())


def _read(path: Path) -> FormDef:
    result = form_from(tomllib.loads(path.read_text(encoding="utf-8")))
    if result.id != path.stem:
        raise FormError(f"{path.name}: id is {result.id}")
    if result.layout and not (path.parent / result.layout).is_file():
        raise FormError(f"{path.name}: no layout {result.layout}")
    return result


def _check_carries(form: FormDef, found: Mapping[str, FormDef]) -> None:
    for item in form.fields:
        source, _, name = item.carry.partition(".")
        if source and (source not in found or name not in found[source].names):
            raise FormError(f"{form.id}.{item.name}: nothing to carry from {item.carry}")
