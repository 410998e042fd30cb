"""One demonstration and one Chromium for all journeys, and the steps of the story as fixtures.

A step is taken once for the whole run, by whichever test asks for it first; tests look at
what the step left and may come in any order.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import story
from tests.journeys.demonstration import Demo, demonstration
from tests.journeys.desk import Desks

ARGUMENTS = [
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


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium without a window."""
    # Playwright's event loop stays in this thread between tests; Django would take other tests' queries for its own.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield one
        one.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def sessions() -> dict[str, object]:
    """Who has signed in already, by login: cookies a new desk begins with."""
    return {}


@pytest.fixture
def desks(browser: Browser, demo: Demo, sessions: story.Sessions) -> Iterator[Desks]:
    """Desks of people, each with a browser of his own. At the end no page may have complained."""
    with Desks(browser, demo, sessions) as several:
        yield several


@pytest.fixture(scope="session")
def backstage(browser: Browser, demo: Demo, sessions: story.Sessions) -> Iterator[Desks]:
    """Desks on which the steps of the story are taken."""
    with Desks(browser, demo, sessions) as several:
        yield several


@pytest.fixture(scope="session")
def recorded(backstage: Desks) -> story.Case:
    """The case of the barber shop: opened, and the on-site record filed, without a mouse."""
    return story.record(backstage)


@pytest.fixture(scope="session")
def decided(backstage: Desks, recorded: story.Case) -> story.Case:
    """The same, with the decision of Chen; Huang has not signed yet."""
    return story.decide(backstage, recorded)


@pytest.fixture(scope="session")
def signed(backstage: Desks, decided: story.Case) -> story.Case:
    """The same, signed by Huang at her own desk."""
    return story.sign(backstage, decided)


@pytest.fixture(scope="session")
def served(backstage: Desks, signed: story.Case) -> story.Case:
    """The same, served with receipt and filed for the record."""
    return story.serve(backstage, signed)


@pytest.fixture(scope="session")
def proposed(backstage: Desks, served: story.Case) -> story.Case:
    """The same, with the public text proposed by Fang."""
    return story.propose(backstage, served)


@pytest.fixture(scope="session")
def published(backstage: Desks, proposed: story.Case) -> story.Case:
    """The same, approved by Zhou and shown on the portal."""
    return story.publish(backstage, proposed)
