"""What the attackers find, and what they can do: everything that the owner of database and machine can.

Leaves: 0 shop #1, 1 shop #2 (with a file), 2 clinic #1, 3 shop #3; then 4 clinic #2, 5 clinic #3.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
from django.db import connection, transaction

from tests.apps.journal.world import CLINIC, LIN, NOON, SHOP, World, note
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.commands import append
from zhunsheng.core.casefile.events import Json
from zhunsheng.infra.blobs import Blobs

Owner: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

TABLES = ("stream", "event", "payload", "pending", "leaf", "checkpoint", "cosignature")
PHOTO = b"the photo that was taken on site"
Found: TypeAlias = "set[tuple[str, str]]"


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    photo: str

    @classmethod
    def make(cls, world: World) -> "Scene":
        photo = Blobs(world.data.blobs).put(PHOTO)
        world.file(SHOP, "现场笔录")
        with transaction.atomic():
            files: list[Json] = [{"role": "photo", "name": "门面.jpg", "sha256": photo, "size": len(PHOTO)}]
            append(SHOP, [note("当场处罚决定书", fine=5000, files=files)], actor=LIN, at=NOON)
        world.file(CLINIC, "现场笔录")
        world.file(SHOP, "送达回证")
        scene = cls(world, photo)
        scene.round()
        world.file(CLINIC, "当场处罚决定书", "送达回证")
        scene.round()
        return scene

    def round(self) -> None:
        """One round of the worker: sequence, publish, witness, merge."""
        ledger.tick()

    @property
    def witness(self) -> Path:
        return self.world.data.witness

    def found(self) -> Found:
        """What the audit finds without a witness."""
        return {(finding.code, finding.record) for finding in audit(None, checks=()).findings}

    def found_with_witness(self) -> Found:
        return {(finding.code, finding.record) for finding in audit(self.witness, checks=()).findings}

    @contextmanager
    def owner(self) -> Iterator[Owner]:
        """The owner of the tables at work, with every trigger out of the way and all of them back afterwards."""
        connection.close()
        with self.world.as_owner() as owner:
            for table in TABLES:
                owner.execute(f"ALTER TABLE journal_{table} DISABLE TRIGGER USER")
            yield owner
            for table in TABLES:
                owner.execute(f"ALTER TABLE journal_{table} ENABLE TRIGGER USER")

    def rewrite_the_log(self) -> None:
        """Make a new ledger over what the database says now, signed with the real key."""
        with self.owner() as owner:
            owner.execute("TRUNCATE journal_cosignature, journal_leaf, journal_checkpoint, journal_pending")
            owner.execute("INSERT INTO journal_pending (event_id) SELECT id FROM journal_event ORDER BY id")
        shutil.rmtree(self.world.data.log)
        self.world.log.run_once()
