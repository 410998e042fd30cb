"""The forms of the installation: read once from ``lawdata/forms``, checked when they are read."""

import tomllib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

import zhunsheng
from zhunsheng.core import documents
from zhunsheng.core.documents import Checks, FieldDef, FieldType, FormDef, FormError, Parsed, form_from, group_from
from zhunsheng.core.documents.phrases import Phrase, phrases_from
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
        _check_number(form, found)
    return MappingProxyType(found)


def form(form_id: str) -> FormDef:
    """Return one form.

    Raises:
        KeyError: there is no such form.
    """
    return forms()[form_id]


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the standard phrases of the installation.

    Raises:
        FormError: a file contradicts itself.
    """
    files = sorted((FOLDER / "phrases").glob("*.toml"))
    return tuple(
        phrase for path in files for phrase in phrases_from(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    )


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
    result = form_from(tomllib.loads(path.read_text(encoding="utf-8")), _groups())
    if result.id != path.stem:
        raise FormError(f"{path.name}: id is {result.id}")
    if result.layout and not (path.parent / result.layout).is_file():
        raise FormError(f"{path.name}: no layout {result.layout}")
    return result


@cache
def _groups() -> Mapping[str, tuple[FieldDef, ...]]:
    """Return the fields that several forms share, by the name of their file."""
    shared = sorted((FOLDER / "shared").glob("*.toml"))
    return {path.stem: group_from(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in shared}


def _check_carries(form: FormDef, found: Mapping[str, FormDef]) -> None:
    for item in form.fields:
        for carry in item.carries:
            source, _, name = carry.partition(".")
            known = found[source].names if source in found else None
            if known is None or (name not in known and not item.shared):
                raise FormError(f"{form.id}.{item.name}: nothing to carry from {carry}")
            if name in known and not _fits(known[name], item):
                raise FormError(f"{form.id}.{item.name}: {carry} is of another type")


def _fits(source: FieldDef, target: FieldDef) -> bool:
    texts = {FieldType.TEXT, FieldType.LONGTEXT}
    return (
        source.type is target.type
        or (source.type in {*texts, FieldType.PARTY_CODE} and target.type in texts)
        or (source.type is FieldType.DATETIME and target.type is FieldType.DATE)
    )


def _check_number(form: FormDef, found: Mapping[str, FormDef]) -> None:
    follows = form.numbering.follows if form.numbering else ""
    if follows and (follows not in found or found[follows].numbering is None):
        raise FormError(f"{form.id}: no number to follow from {follows}")
