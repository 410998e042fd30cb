"""Pictures the program makes for a sheet: the stamp of an agency and the code to check it by. Both are SVG.

A generated stamp is a stand-in: a bureau that may use an electronic seal puts its own
picture into its settings. In a demonstration it says 样章, so that no print of it passes for real.
"""

import io
from functools import lru_cache

import segno

from zhunsheng.core.errors import RefusedError
from zhunsheng.infra.glyphs import is_printable
from zhunsheng.infra.typesetting import compile_layout, unprintable_fault

DEMO_NOTE = "样章"
LONGEST_NAME = 28


@lru_cache(maxsize=32)
def stamp(agency: str, *, demo: bool) -> str:
    """Return the stamp of ``agency`` (its full name), marked 样章 in a demonstration.

    Raises:
        ValueError: the name is empty or too long for the ring.
        RefusedError: a character of it has no glyph.
    """
    if not 0 < len(agency) <= LONGEST_NAME:
        raise ValueError(f"a name of 1 to {LONGEST_NAME} characters fits the ring")
    if unprintable := [char for char in agency if not is_printable(char)]:
        raise RefusedError([unprintable_fault("".join(unprintable))])  # a picture would show an empty box instead
    return compile_layout("stamp.typ", {"name": agency, "note": DEMO_NOTE if demo else ""}, form="svg").decode()


def qr(url: str) -> str:
    """Return the QR code of ``url``, error correction M: readable after a photocopy."""
    buffer = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        buffer, kind="svg", border=2, xmldecl=False, nl=False, svgclass=None, lineclass=None
    )
    return buffer.getvalue().decode()
