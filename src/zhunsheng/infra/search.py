"""Chinese search without a dictionary: every single character and every pair of neighbours.

A text contains a query of two or more characters only if it contains all its pairs, so
an index over pairs never misses a hit (recall 1.0, two-character words included); what
it finds too much is removed by looking for the query in the text itself. Words are
never cut by a dictionary, which loses names (measured recall 0.59, performance guide 5).
"""

import re
import unicodedata
from typing import Final

_RUN: Final = re.compile(r"[^\W_]+")
_WHOLE: Final = re.compile(r"[0-9a-z]+")


def normalise(text: str) -> str:
    """Return ``text`` as it is indexed and compared: NFKC, lower case, runs of letters and digits only."""
    return " ".join(_RUN.findall(unicodedata.normalize("NFKC", text).lower()))


def terms(text: str) -> list[str]:
    """Return the distinct terms a text is found by: characters, pairs, and whole figures or Latin words."""
    found: set[str] = set()
    for run in normalise(text).split():
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        found.update(_WHOLE.findall(run))
    return sorted(found)


def query_terms(text: str) -> list[str]:
    """Return the terms all of which a hit must contain; empty when nothing can be searched for."""
    needed: set[str] = set()
    for run in normalise(text).split():
        needed.update([run] if len(run) == 1 else (run[i : i + 2] for i in range(len(run) - 1)))
    return sorted(needed)


def tsquery(text: str) -> str:
    """Return ``text`` as the words of a PostgreSQL ``tsquery``. Terms hold letters and digits only, so quoting is safe."""
    return " & ".join(f"'{term}'" for term in query_terms(text))
