"""A person at a desk: a browser of his own, signed in by the page, whose complaints are written down."""

import re
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self, TypeAlias

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, ViewportSize, expect

from tests.journeys.demonstration import Demo

Sessions: TypeAlias = "dict[str, StorageState]"

WIDE: Final = ViewportSize(width=1366, height=768)
NARROW: Final = ViewportSize(width=360, height=740)
PATIENCE_MS: Final = 30_000
_EXPECTED: Final = re.compile(r"status of (401|403|404|409|422|429)")
"""Refusals are answers; Chromium calls each of them an error all the same."""


@dataclass(slots=True)
class Desks:
    """Hands out desks and closes them; nothing a page complained about goes unheard."""

    browser: Browser
    demo: Demo
    sessions: Sessions
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self._contexts:
            context.close()
        assert kind is not None or not self.complaints, self.complaints

    def of(self, login: str, *, fresh: bool = False) -> Page:
        """Return a page of the person's own. The first time he signs in as people do, and so he does when ``fresh``.

        A fresh session is that page's alone: it may be ended there without throwing others out.
        """
        page = self._page(None if fresh else self.sessions.get(login))
        if fresh or login not in self.sessions:
            sign_in(page, self.demo, login)
        if not fresh:
            self.sessions.setdefault(login, page.context.storage_state())
        return page

    def stranger(self) -> Page:
        """Return a page of somebody who has signed in nowhere: a citizen."""
        return self._page(None)

    def _page(self, state: StorageState | None) -> Page:
        context = self.browser.new_context(
            viewport=WIDE,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=state,
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda message: self._hear(message))  # noqa: PLW0108  (a bound method of a slotted class cannot be marked)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.complaints.append(f"{message.location}: {message.text}")


def sign_in(page: Page, demo: Demo, login: str) -> None:
    """Sign in by the page, with the keyboard: the first field has the focus."""
    page.goto(f"{demo.office}/login/")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(demo.password(login))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
