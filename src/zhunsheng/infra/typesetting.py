"""Sheets into PDF: one kept compiler per process and thread, pinned fonts, equal bytes for equal input.

The layouts of ``lawdata/forms`` are the only program the compiler runs and their folder is
the only one it can read; what people wrote comes as JSON in one input and is never
evaluated. Fonts are the two of the wheel: neither the machine's fonts nor those inside
the compiler take part. The file claims PDF/A-2a and PDF/UA-1 and carries the legal date
of its document, so the same sheet gives the same bytes today and in ten years.

The bytes of an issued document are kept; nothing here is asked for them twice.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Literal

import typst

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.documents.common import ISSUE_LATER
from zhunsheng.core.documents.numbers import OPEN_SERIAL
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra.forms import FOLDER, form
from zhunsheng.infra.glyphs import font_folder

_UNDISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_kept = threading.local()


def typeset(form_id: str, sheet: Mapping[str, Json], *, preview: bool) -> bytes:
    """Return the PDF of ``sheet``.

    Args:
        form_id: which layout.
        sheet: what ``core.documents.sheets.sheet`` composed.
        preview: a preview has a watermark and an open number, and never seal or check code,
            whatever ``sheet`` says; an issued sheet never has an open number.

    Raises:
        KeyError: there is no such form.
        RefusedError: a character has no glyph (``unprintable-character``). Input is checked before,
            so this is met only by text that did not come through a form.
        ValueError: the form has no sheet, or an issued sheet has an open number.
    """
    layout = form(form_id).layout
    if not layout:
        raise ValueError(f"{form_id} has no sheet")
    data = as_preview(sheet) if preview else dict(sheet)
    if not preview and (data.get("state") == "preview" or OPEN_SERIAL in str(data.get("number"))):
        raise ValueError("an issued sheet has a number and no watermark")
    return compile_layout(layout, data, form="pdf")


def as_preview(sheet: Mapping[str, Json]) -> dict[str, Json]:
    """Return ``sheet`` with watermark, without seal and without a code that would verify nothing."""
    agency = sheet.get("agency")
    bare = {key: value for key, value in agency.items() if key != "seal"} if isinstance(agency, dict) else agency
    return dict(sheet) | {
        "state": "preview",
        "agency": bare,
        "check": {"code": ISSUE_LATER} if sheet.get("check") else None,
    }


def compile_layout(layout: str, data: Mapping[str, Json], *, form: Literal["pdf", "svg"]) -> bytes:
    """Return what ``layout`` (a file of ``lawdata/forms``) makes of ``data``, as ``pdf`` or ``svg``.

    Raises:
        RefusedError: a character has no glyph.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    try:
        made = _compiler().compile(
            str(FOLDER / layout),
            format=form,
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"] if form == "pdf" else None,
        )
    except typst.TypstError as error:
        if match := _UNDISPLAYED.search(error.message):
            raise RefusedError([unprintable_fault(match[1])]) from None
        raise
    page = made[0] if isinstance(made, list) else made
    if page is None:  # only when asked to write to a file
        raise RuntimeError("the compiler returned nothing")
    return page


def unprintable_fault(text: str) -> Fault:
    """Return the fault that names the characters of ``text`` as those without a glyph."""
    facts = (
        ("label", ""),
        ("character", text),
        ("code", " ".join(f"U+{ord(char):04X}" for char in text)),
        ("place", ""),
    )
    return Fault("unprintable-character", facts=facts)


def _compiler() -> typst.Compiler:
    # A compiler is not shared: not between threads, not with the child of a fork.
    if getattr(_kept, "owner", None) != os.getpid():
        _kept.compiler = typst.Compiler(root=str(FOLDER), font_paths=_fonts(), ignore_system_fonts=True)
        _kept.owner = os.getpid()
    kept: typst.Compiler = _kept.compiler
    return kept


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])


@cache
def pinned() -> Mapping[str, str]:
    """Return what a sheet depends on beside its data: layouts and fonts by SHA-256 (hex), the compiler by version.

    Kept with each issued document, so that anybody can tell with what it was made.
    """
    files = sorted([*FOLDER.glob("*.typ"), *font_folder().glob("*.otf")])
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return digests | {"typst": version("typst")}
