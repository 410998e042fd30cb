"""What a document came from, in words: the surface and the kind of machine, as its browser says.

A claim like the device's clock, kept beside the server's own record; nothing rests on it.
"""

from typing import Final

from django.http import HttpRequest

_KINDS: Final = (
    ("HarmonyOS", "鸿蒙"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "安卓"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device(request: HttpRequest) -> str:
    """Return for example ``办案平台（Windows）``."""
    agent = request.headers.get("User-Agent", "")
    kind = next((words for mark, words in _KINDS if mark in agent), "其他设备")
    return f"办案平台（{kind}）"
