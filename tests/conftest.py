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

from tests import server

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Folder of test vectors made by others, outside the repository."""
    folder = Path(os.environ.get("ZHUNSHENG_VECTORS", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no vectors: set ZHUNSHENG_VECTORS (looked in {folder.name})")
    return folder


@pytest.fixture(scope="session")
def lawbook() -> object:
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
