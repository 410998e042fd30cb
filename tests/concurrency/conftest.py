"""Every test here runs on an installation of its own, with the bureau in it."""

import pytest

from tests.apps import cast
from tests.apps.journal.conftest import world
from tests.apps.journal.world import World

__all__ = ["world"]


@pytest.fixture
def bureau(world: World) -> World:
    """Return the installation, with the bureau of the demonstration founded in it."""
    cast.bureau()
    return world
