"""docs/how-to/back-up-and-restore.md, step by step, with PostgreSQL's own programs: a restore is audited."""

import subprocess
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.apps.journal.world import CLINIC
from tests.attacks.scene import Scene
from zhunsheng.infra import env, postgres

pytestmark = pytest.mark.postgres


def program(name: str, *words: str) -> None:
    folder = env.current().postgres_bin or postgres.wheel_programs()
    done = subprocess.run([str(folder / name), *words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def back_up(scene: Scene, dump: Path) -> None:
    program("pg_dump", "--format=custom", f"--file={dump}", scene.world.owner_dsn)


def restore(scene: Scene, dump: Path) -> None:
    for one in connections.all():
        one.close()
    program("pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname", scene.world.owner_dsn, str(dump))


def events() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, commitment FROM journal_event ORDER BY id")
        return list(cursor.fetchall())


def test_a_restored_database_holds_every_event_and_passes_the_audit(scene: Scene, tmp_path: Path) -> None:
    before = events()
    back_up(scene, tmp_path / "dump")
    restore(scene, tmp_path / "dump")
    assert events() == before
    assert scene.found_with_witness() == set()


def test_after_a_restore_work_goes_on_where_it_stopped(scene: Scene, tmp_path: Path) -> None:
    back_up(scene, tmp_path / "dump")
    restore(scene, tmp_path / "dump")
    scene.world.file(CLINIC, "备案表")
    scene.round()
    assert scene.found_with_witness() == set()


def test_a_backup_older_than_what_the_witness_saw_is_found(scene: Scene, tmp_path: Path) -> None:
    back_up(scene, tmp_path / "dump")
    scene.world.file(CLINIC, "备案表")
    scene.round()
    restore(scene, tmp_path / "dump")
    assert scene.found_with_witness() != set()
