"""What may be written on a sheet: text that prints as it was read.

Cleaning drops only what nobody can see and no paper shows (zero-width characters that
come along with copied text) and joins line ends. Everything else that would not print
exactly as written is refused with field and character: control characters, characters
that turn the direction of writing, and characters the pinned fonts do not have. A
refusal comes at input; an issued document never fails for want of a glyph.
"""

import unicodedata
from collections.abc import Callable

from zhunsheng.core.errors import Fault

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u0085": "\n"})
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str, *, lines: bool) -> str:
    """Return ``text`` without invisible characters and outer white space, with one kind of line end.

    Args:
        text: as typed or pasted.
        lines: whether the field has several lines; if not, a line end becomes a space.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS).translate(_INVISIBLE).replace("\t", " ")
    if not lines:
        return text.replace("\n", " ").strip()
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").strip(" ")


def first_fault(text: str, *, field: str, label: str, printable: Callable[[str], bool]) -> Fault | None:
    """Return the fault of the first character that cannot stand on a sheet, or None.

    Args:
        text: cleaned text.
        field: name of the form field, for the page that shows the fault.
        label: the field's label, for the message.
        printable: tells whether the fonts have a character.
    """
    for place, char in enumerate(text, start=1):
        if char == "\n":
            continue
        if unicodedata.category(char) in _FORBIDDEN:
            return Fault("control-character", facts=_facts(char, label, place), field=field)
        if not printable(char):
            return Fault("unprintable-character", facts=_facts(char, label, place), field=field)
    return None


def _facts(char: str, label: str, place: int) -> tuple[tuple[str, str], ...]:
    # The character itself is shown only when it cannot disturb the message it stands in.
    shown = char if unicodedata.category(char) not in _FORBIDDEN else ""
    return (("label", label), ("character", shown), ("code", f"U+{ord(char):04X}"), ("place", str(place)))
