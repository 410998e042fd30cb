"""One demonstration and one Chromium for all journeys, and the steps of the story as fixtures.

A step is taken once for the whole run, by whichever test asks for it first; tests look at
what the step left and may come in any order.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import story
from tests.journeys.demonstration import Demo, demonstration
from tests.journeys.desk import Desks, Sessions

Told: TypeAlias = dict[str, story.Case]

ARGUMENTS: Final = [
    "--no-sandbox",  # a container's root has no other choice; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-smooth-scrolling",  # where the focus is, is looked at right after the key
]


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The running demonstration. Its three first cases are for looking at, not for changing."""
    with demonstration() as one:
        yield one


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium without a window. Of the module: Playwright's event loop must not stay in the thread of other tests."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture(scope="session")
def sessions() -> Sessions:
    """Who has signed in already, by login: the cookies a new desk begins with."""
    return {}


@pytest.fixture(scope="session")
def told() -> Told:
    """The steps of the story that were taken already, with what they led to."""
    return {}


@pytest.fixture
def desks(browser: Browser, demo: Demo, sessions: Sessions) -> Iterator[Desks]:
    """Desks of people, each with a browser of his own. At the end no page may have complained."""
    with Desks(browser, demo, sessions) as several:
        yield several


@pytest.fixture(scope="module")
def backstage(browser: Browser, demo: Demo, sessions: Sessions) -> Iterator[Desks]:
    """Desks on which the steps of the story are taken."""
    with Desks(browser, demo, sessions) as several:
        yield several


def once(told: Told, name: str, step: Callable[[], story.Case]) -> story.Case:
    """Return what the step led to; it is taken when the first test asks for it."""
    if name not in told:
        told[name] = step()
    return told[name]


@pytest.fixture(scope="module")
def recorded(told: Told, backstage: Desks) -> story.Case:
    """The case of the barber shop: opened, and the on-site record filed, without a mouse."""
    return once(told, "record", lambda: story.record(backstage))


@pytest.fixture(scope="module")
def decided(told: Told, backstage: Desks, recorded: story.Case) -> story.Case:
    """The same, with the decision of Chen; Huang may not have signed yet."""
    return once(told, "decide", lambda: story.decide(backstage, recorded))


@pytest.fixture(scope="module")
def signed(told: Told, backstage: Desks, decided: story.Case) -> story.Case:
    """The same, signed by Huang at her own desk."""
    return once(told, "sign", lambda: story.sign(backstage, decided))


@pytest.fixture(scope="module")
def served(told: Told, backstage: Desks, signed: story.Case) -> story.Case:
    """The same, served with receipt and filed for the record."""
    return once(told, "serve", lambda: story.serve(backstage, signed))


@pytest.fixture(scope="module")
def proposed(told: Told, backstage: Desks, served: story.Case) -> story.Case:
    """The same, with the public text proposed by Fang."""
    return once(told, "propose", lambda: story.propose(backstage, served))


@pytest.fixture(scope="module")
def published(told: Told, backstage: Desks, proposed: story.Case) -> story.Case:
    """The same, approved by Zhou and shown on the portal."""
    return once(told, "publish", lambda: story.publish(backstage, proposed))
