"""A journal of its own for the tests that need no separate installation."""

from tests.apps.journal.conftest import world

__all__ = ["world"]
