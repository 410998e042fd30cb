"""An installation that a test can fill, look at, and break."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from typing_extensions import override

from zhunsheng.apps.journal import ledger, queries
from zhunsheng.apps.journal.commands import append
from zhunsheng.apps.journal.refs import New, Ref
from zhunsheng.apps.journal.sequencer import Sequencer
from zhunsheng.apps.journal.sources import Folder
from zhunsheng.apps.journal.tilestore import TileStore
from zhunsheng.apps.journal.witnessing import Witness
from zhunsheng.core.casefile.events import Event, Json
from zhunsheng.core.ledger.note import Checkpoint, parse_checkpoint
from zhunsheng.infra.datadir import DataDir

NOON = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)
DAY = date(2026, 3, 2)
SHOP = Ref("haicang", "case", "厦海卫案〔2026〕1号")
CLINIC = Ref("haicang", "case", "厦海卫案〔2026〕2号")
ORIGIN = "test.example/log"
LIN, CHEN = "account-lin", "account-chen"


def note(text: str, **more: Json) -> New:
    return New("document.filed", {"text": text, **more}, DAY)


PRELUDE = """
import django
django.setup()
from django.db import connections
from zhunsheng.infra import env
for alias in connections: connections.settings[alias].update({place!r})
env.change(ZHUNSHENG_DATA={data!r}, ZHUNSHENG_ORIGIN={origin!r})
"""


class PowerCutError(Exception):
    """The machine stops here."""


@dataclass(frozen=True, slots=True)
class FailingStore(TileStore):
    """A store that loses power before its ``cut``-th write."""

    cut: int = 0
    written: list[Path] = field(default_factory=list)

    @override
    def _write(self, path: Path, content: bytes) -> None:
        if len(self.written) + 1 == self.cut:
            raise PowerCutError(str(path))
        self.written.append(path)
        TileStore._write(self, path, content)


@dataclass(frozen=True, slots=True)
class World:
    data: DataDir
    owner_dsn: str

    def file(self, stream: Ref, *texts: str, actor: str = LIN) -> list[Event]:
        """Append a note for each text; the stream is opened if it is not there."""
        create = queries.position(stream) is None
        with transaction.atomic(durable=True):
            return append(stream, [note(text) for text in texts], actor=actor, at=NOON, create=create)

    @property
    def log(self) -> Sequencer:
        return ledger.sequencer()

    @property
    def store(self) -> TileStore:
        return TileStore(self.data.log)

    @property
    def witness(self) -> Witness:
        found = ledger.own_witness()
        assert found is not None
        return found

    def look(self) -> Checkpoint | None:
        return self.witness.look(Folder(self.data.log))

    def published(self) -> Checkpoint:
        data = self.store.checkpoint()
        assert data is not None
        return parse_checkpoint(data)[1]

    def failing(self, cut: int) -> Sequencer:
        log = self.log
        return Sequencer(FailingStore(self.data.log, cut), log.origin, log.signers)

    def run(self, program: str) -> int:
        """Run a Python program on this installation in a process of its own; return its status."""
        place = {name: connection.settings_dict[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        prelude = PRELUDE.format(place=place, data=str(self.data.root), origin=ORIGIN)
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        return subprocess.run([sys.executable, "-c", prelude + program], check=False, env=environment).returncode

    def as_owner(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """Connect as the owner of the tables, who may drop every trigger."""
        return psycopg.connect(self.owner_dsn, autocommit=True)
