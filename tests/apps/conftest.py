"""What tests of the apps share beyond the database: the bureau of the demonstration, founded in it."""

import pytest

from tests.apps import cast


@pytest.fixture
def bureau(fresh_db: str) -> None:
    """Found the bureau, without accounts, in the test's own database."""
    del fresh_db
    cast.bureau()
