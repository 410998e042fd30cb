"""What every test may ask for: a fresh database, the vectors, the law.

The database server is the embedded one, shared by all test processes of this user on
this machine: whoever comes first starts it, whoever leaves last stops it, and the kernel
knows who is still there (``flock``), even after ``kill -9``. A template database is made
by ``zhunsheng init`` once for each state of the migrations; each test gets a clone.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import browser, server
from zhunsheng.core.law.book import Book

REPOSITORY = Path(__file__).resolve().parent.parent


NEEDS_A_SERVER = {"fresh_db", "database_server"}


@pytest.hookimpl(tryfirst=True)  # before ``-m`` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server; leave browser tests out where there is no browser, or refuse to where one is a must."""
    for item in items:
        if NEEDS_A_SERVER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.postgres)
    wanting = [item for item in items if item.get_closest_marker("browser")]
    if not wanting or browser.chromium():
        return
    if browser.is_required():
        raise pytest.UsageError(f"{browser.ABSENT}, and it is required: {len(wanting)} tests cannot run")
    for item in wanting:
        item.add_marker(pytest.mark.skip(reason=browser.ABSENT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many browser tests did not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(browser.ABSENT in str(report.longrepr) for report in skipped)
    if count:
        line = f"{count} browser tests did not run: {browser.ABSENT} (Debian: apt-get install chromium)"
        terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program, for tests marked ``browser``."""
    found = browser.chromium()
    assert found is not None, "mark the test: pytest.mark.browser"
    return found


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Folder of test vectors made by others, outside the repository."""
    folder = Path(os.environ.get("ZHUNSHENG_VECTORS", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no vectors: set ZHUNSHENG_VECTORS (looked in {folder.name})")
    return folder


@pytest.fixture(scope="session")
def lawbook() -> Book:
    """The book of law that the program itself uses."""
    from zhunsheng.infra import lawdata  # noqa: PLC0415  (only tests that need it load it)

    return lawdata.book()


@pytest.fixture(scope="session")
def database_server() -> Iterator[server.TestServer]:
    """The shared server with the template database in it."""
    with server.visit() as one:
        yield one


@pytest.fixture
def fresh_db(database_server: server.TestServer, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Name of a database of this test's own: empty tables, app role, autocommit, real commits."""
    name = f"{server.CLONE}{secrets.token_hex(6)}"
    database_server.clone(name)
    with django_db_blocker.unblock(), server.connected_to(name):
        yield name
    database_server.drop(name)
