"""Publishing needs a whole installation: keys, log and witness beside the database."""

from tests.apps.journal.conftest import world

__all__ = ["world"]
