"""The attacked installation: two case files, all of it committed, published and witnessed."""

import pytest

from tests.apps.journal.conftest import world
from tests.apps.journal.world import World
from tests.attacks.scene import Scene

__all__ = ["world"]


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene.make(world)
