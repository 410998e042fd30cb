"""A small site that serves given bytes, and a Chromium that presses 核验 on it.

The bytes are those of the portal's own pages and files; a test changes some of them, as an
attacker or a bad line would. The browser lives in a thread of its own: its event loop must
not be taken for one of Django's.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final, TypeAlias, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright
from typing_extensions import override

import zhunsheng

WEB: Final = Path(zhunsheng.__file__).parent / "web"
STATIC: Final = (WEB / "public/static", WEB / "shared/static")
TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
PLAIN_NAME: Final = "portal.test"  # leads here by plain http, which browsers do not trust
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {PLAIN_NAME} 127.0.0.1"]

T = TypeVar("T")
Files: TypeAlias = dict[str, tuple[str, bytes]]  # by address: content type and bytes


@dataclass
class Site:
    """What is at each address."""

    files: Files = field(default_factory=dict)
    port: int = 0

    def add(self, address: str, content: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.files[address] = (kind, content)

    def change(self, address: str, old: str, new: str) -> None:
        kind, content = self.files[address]
        assert old.encode() in content
        self.files[address] = (kind, content.replace(old.encode(), new.encode()))

    def add_static(self) -> None:
        for root in STATIC:
            for path in root.rglob("*.*"):
                if path.suffix in TYPES:
                    self.add(f"/static/{path.relative_to(root).as_posix()}", path.read_bytes(), TYPES[path.suffix])

    def url(self, address: str, *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{address}"


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Serve ``site`` on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = site.files.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in site.files else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_port
        Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


@dataclass
class Chromium:
    """A browser in its own thread."""

    pool: ThreadPoolExecutor
    browser: Browser

    def look(self, act: Callable[[Page], T], *, script: bool = True) -> T:
        """Let ``act`` work on a fresh page and return what it saw; no page may complain."""

        def run() -> T:
            context = self.browser.new_context(java_script_enabled=script, viewport={"width": 360, "height": 740})
            page = context.new_page()
            wrong: list[str] = []
            page.on("pageerror", lambda error: wrong.append(str(error)))
            seen = act(page)
            context.close()
            assert wrong == []
            return seen

        return self.pool.submit(run).result(timeout=60)


@contextmanager
def chromium(program: str) -> Iterator[Chromium]:
    """Start a Chromium and end it."""
    with ThreadPoolExecutor(1) as pool:
        playwright = pool.submit(lambda: sync_playwright().start()).result()
        browser = pool.submit(lambda: playwright.chromium.launch(executable_path=program, args=ARGUMENTS)).result()
        yield Chromium(pool, browser)
        pool.submit(browser.close).result()
        pool.submit(playwright.stop).result()
