"""Re-reading a masked page: does anything on it still look personal, or equal what is known to be secret?

The verifier knows nothing of the masks. It reads the page as it would be public, so that
a mask drawn one character short, or a name in a place nobody marked, is found by another
road than the one that marked it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from zhunsheng.core.errors import Fault
from zhunsheng.core.redaction.finders import find
from zhunsheng.core.redaction.kinds import GROUNDS, PRIVACY

ORIGINAL_SHOWN: Final = "masked-original-shown"
LOOKS_PERSONAL: Final = "looks-personal"
_SHORTEST: Final = 2  # a single character is no secret: it stands in every text
_DIGITS: Final = 7  # so many digits of a secret in a row give it away


def residual(words: str, secrets: Sequence[str], *, allowed: Collection[str] = ()) -> tuple[Fault, ...]:
    """Return what must not be published like this, each finding once.

    Args:
        words: everything the page shows, as one text.
        secrets: originals that were hidden, and what else the case file knows to be personal.
        allowed: what the public may read: the party's name and code, officers and their
            certificate numbers, numbers of documents. Only whole words of these are left alone.
    """
    return tuple(dict.fromkeys((*_secrets(words, secrets, allowed), *_personal(words, allowed))))


def _secrets(words: str, secrets: Sequence[str], allowed: Collection[str]) -> Iterator[Fault]:
    page = squeezed(_without(words, allowed))
    digits = re.sub(r"\D+", "|", page)
    for secret in secrets:
        bare = squeezed(secret)
        if len(bare) < _SHORTEST or secret in allowed:
            continue
        number = re.sub(r"\D", "", bare)
        part = number if len(number) < _DIGITS else next(_shown_part(number, digits), "")
        if bare in page or (len(number) >= _DIGITS and part):
            yield Fault(ORIGINAL_SHOWN, PRIVACY, (("found", secret),))


def _shown_part(number: str, digits: str) -> Iterator[str]:
    """Yield the runs of a secret number that stand on the page."""
    for start in range(len(number) - _DIGITS + 1):
        run = number[start : start + _DIGITS]
        if run in digits:
            yield run


def _personal(words: str, allowed: Collection[str]) -> Iterator[Fault]:
    for line in words.split("\n"):
        for span in find(line, tuple(allowed)):
            ground = GROUNDS[span.kind]
            yield Fault(LOOKS_PERSONAL, ground.basis, (("found", span.text), ("ground", ground.words)))


def squeezed(text: str) -> str:
    """Return ``text`` as a searching eye reads it: full-width as half-width, no blanks, no hyphens, capitals."""
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper()


def _without(words: str, allowed: Collection[str]) -> str:
    """Return ``words`` with what may be read cut out; a mark stays, so that the rest does not grow together."""
    for word in sorted(allowed, key=len, reverse=True):
        if len(word) >= _SHORTEST:
            words = words.replace(word, "\ufffc")
    return words
