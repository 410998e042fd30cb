"""What ``shared/_public_decision.html`` shows of a published content: the same for checker and public.

The content is canonical JSON that the ledger commits to; it is shown as it is. A part of
a later format that this program does not know is left out rather than guessed at.
"""

from collections.abc import Mapping
from typing import Final

from zhunsheng.core.casefile.events import Json

PARTS: Final = ("title", "agency", "number", "decided_on", "result", "plain", "paper", "masks", "basis")


def present(content: Mapping[str, Json]) -> dict[str, Json]:
    """Return the parts of ``content`` the page shows; absent ones are simply not shown."""
    return {part: content[part] for part in PARTS if part in content}
