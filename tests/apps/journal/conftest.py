"""A journal of its own for each test: database, data folder, log and witness."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.journal.world import ORIGIN, World
from tests.server import credentials
from zhunsheng.apps.journal import ledger
from zhunsheng.infra import database, datadir, env
from zhunsheng.infra.keys import KeyRing


@pytest.fixture
def world(fresh_db: str, tmp_path: Path) -> Iterator[World]:
    """An installation with an empty journal, its keys, and a witness that nobody has called yet."""
    before, place = os.environ["ZHUNSHENG_DATA"], database.server()
    owner_dsn = place.url(place.roles.owner, credentials()["owner"], name=fresh_db)
    env.change(ZHUNSHENG_DATA=str(tmp_path / "data"))
    data = datadir.current()
    data.create()
    KeyRing(data).make(ORIGIN, witness="test.example/witness")
    env.change(ZHUNSHENG_ORIGIN=ORIGIN)
    ledger.policy()
    try:
        yield World(data, owner_dsn)
    finally:
        del os.environ["ZHUNSHENG_ORIGIN"]
        env.change(ZHUNSHENG_DATA=before)
