"""The unwitnessed window, as the worker measured it, in one sentence for the verify page.

The portal cannot read the journal. ``DATA/log/window.json`` is all it knows; when the file
is missing, old or damaged the page says that there is no measurement rather than an old one.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from zhunsheng.infra import clock, datadir

FRESH: Final = timedelta(minutes=1)
"""How old a measurement may be; the worker measures every ten seconds."""


def sentence() -> str:
    """Return how long a record waits for the witnesses here, or that it is not known."""
    measured = _measured()
    if measured is None:
        return "现在没有见证所需时间的测量结果。"
    if not measured.get("witnesses"):
        return "这个登记册现在没有外部见证人：核验只能证明内容与本局签名的登记册一致。"
    longest, usual, waiting = (measured.get(name) for name in ("longest", "p95", "waiting"))
    said = "还没有足够的登记可以测量见证所需的时间。"
    if longest is not None and usual is not None:
        said = f"最近的登记，从写入到见证人签名，95% 不超过 {usual} 秒，最长 {longest} 秒。"
    if waiting:
        return f"{said}现在有 {waiting} 条登记在等见证，最早的一条等了 {measured.get('now')} 秒。"
    return f"{said}现在没有登记在等见证。"


def _measured() -> Mapping[str, object] | None:
    try:
        content = json.loads((datadir.current().log / "window.json").read_bytes())
        age = clock.now() - datetime.fromisoformat(content["at"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return content if isinstance(content, dict) and age < FRESH else None
