"""An installation of its own for what is killed at its writes."""

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
