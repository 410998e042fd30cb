"""The worker measures the unwitnessed window and writes it beside the log, where the portal may read it.

The portal sees published data only, never the journal; so what its verify page says of the
window comes to it as a file, like the checkpoint.
"""

import json
from typing import Final

from zhunsheng.apps.journal import ledger
from zhunsheng.infra import clock, datadir, durable

NAME: Final = "window.json"
SECONDS: Final = 10.0
"""How often. A measurement older than a few of these is not shown as the present state."""


def measure() -> bool:
    """Write ``window.json``: seconds as journal measures them, ``witnesses`` the quorum asks for, ``at``."""
    window = ledger.window()
    content = {
        "at": clock.now().isoformat(timespec="seconds"),
        "witnesses": ledger.policy().quorum,
        "waiting": window.waiting,
        "now": round(window.now, 1),
        "p95": None if window.p95 is None else round(window.p95, 1),
        "longest": None if window.longest is None else round(window.longest, 1),
    }
    durable.write(datadir.current().log / NAME, json.dumps(content).encode(), mode=0o644)
    return False
