"""The embedded server: what it must survive, and what it must never allow."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.server import forget
from zhunsheng.infra import database, postgres, processes, unprivileged
from zhunsheng.infra.datadir import DataDir

pytestmark = pytest.mark.postgres


@pytest.fixture
def data(tmp_path: Path) -> Iterator[DataDir]:
    made = DataDir(tmp_path / "data")
    made.create()
    database.make_passwords(made)
    yield made
    forget(made)


@pytest.fixture
def cluster(data: DataDir) -> postgres.Cluster:
    made = postgres.Cluster(data)
    made.prepare()
    return made


def address(cluster: postgres.Cluster, password: str | None = None) -> str:
    secret = database.passwords(cluster.data)["admin"] if password is None else password
    return database.Server(str(cluster.socket()), database.PORT, "postgres").url("postgres", secret)


def rows(cluster: postgres.Cluster) -> int:
    with psycopg.connect(address(cluster), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found is not None
    return int(found[0])


def test_it_recovers_after_its_postmaster_was_killed_and_keeps_every_commit(cluster: postgres.Cluster) -> None:
    process = cluster.start()
    assert rows(cluster) == 1
    idle = psycopg.connect(address(cluster))  # a backend that outlives the postmaster for a moment
    process.kill()
    cluster.start()
    assert rows(cluster) == 2
    with pytest.raises(psycopg.OperationalError):
        idle.execute("SELECT 1")
    idle.close()


def test_a_start_ends_the_server_a_killed_program_left(cluster: postgres.Cluster) -> None:
    left = cluster.start(with_parent=False)
    again = cluster.start()
    assert left.poll() is not None
    assert again.poll() is None
    assert cluster.is_running()


def test_a_lock_file_with_the_pid_of_a_stranger_does_not_keep_it_down(cluster: postgres.Cluster) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lock = cluster.home() / "postmaster.pid"
        lock.write_text(f"{stranger.pid}\n{cluster.home()}\n0\n5432\n\n\n0 0\nready\n", encoding="ascii")
        (cluster.socket() / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n", encoding="ascii")
        assert not cluster.is_running()
        cluster.start()
        assert rows(cluster) == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_it_ends_with_the_program_that_started_it_however_that_ends(data: DataDir) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from zhunsheng.infra import postgres, datadir\n"
        "cluster = postgres.Cluster(datadir.DataDir(Path(sys.argv[1])))\n"
        "cluster.prepare()\n"
        "print(cluster.start().pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    program = subprocess.Popen([sys.executable, "-c", script, str(data.root)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 10
    while processes.is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not processes.is_alive(pid)


def test_nobody_gets_in_without_the_password(cluster: postgres.Cluster) -> None:
    cluster.start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address(cluster, password="wrong"))
    assert "trust" not in (cluster.home() / "pg_hba.conf").read_text(encoding="ascii")


def test_it_listens_to_no_network(cluster: postgres.Cluster) -> None:
    cluster.start()
    with psycopg.connect(address(cluster)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_socket_path_too_long_for_the_kernel_is_put_elsewhere(tmp_path: Path) -> None:
    data = DataDir(tmp_path / ("deep" * 12) / ("deeper" * 12))
    data.create()
    database.make_passwords(data)
    cluster = postgres.Cluster(data)
    cluster.prepare()
    try:
        cluster.start()
        assert database.fits(cluster.socket())
        assert database.socket_folder(data) == cluster.socket()
        assert rows(cluster) == 1
    finally:
        forget(data)


def test_an_interrupted_initdb_is_not_taken_for_a_database(data: DataDir) -> None:
    cluster = postgres.Cluster(data)
    half = cluster.home().with_name("data.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    cluster.prepare()
    cluster.start()
    assert rows(cluster) == 1


def test_data_of_another_major_version_are_refused_with_words(cluster: postgres.Cluster) -> None:
    (cluster.home() / "PG_VERSION").write_text("9\n", encoding="ascii")
    with pytest.raises(database.DatabaseError, match="was written by PostgreSQL 9"):
        cluster.prepare()


def test_what_it_logs_holds_no_statement_and_no_value(cluster: postgres.Cluster) -> None:
    cluster.start()
    with psycopg.connect(address(cluster), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (name text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('secret-name')")
        for statement in ("INSERT INTO person VALUES ('secret-name')", "SELECT 'secret-name' FROM nowhere"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement.encode())
    cluster.stop()
    assert "secret-name" not in (cluster.data.run / "postgres.log").read_text(encoding="utf-8")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_as_root_it_runs_as_an_unprivileged_user(cluster: postgres.Cluster) -> None:
    process = cluster.start()
    assert Path(f"/proc/{process.pid}").stat().st_uid == unprivileged.account().uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_as_root_a_folder_closed_to_others_is_honoured_by_a_place_beside_it(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    data = DataDir(closed / "data")
    data.create()
    cluster = postgres.Cluster(data)
    home = cluster.home()
    try:
        assert not home.is_relative_to(closed)
        assert cluster.home() == home, "a second look finds the same place"
    finally:
        shutil.rmtree(home.parent)


def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(cluster: postgres.Cluster) -> None:
    shutil.move(cluster.home(), cluster.home().with_name("elsewhere"))
    with pytest.raises(database.DatabaseError, match="is gone"):
        postgres.Cluster(cluster.data).prepare()
    assert not cluster.home().exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_a_database_out_of_reach_is_not_replaced_by_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = DataDir(tmp_path / "data")
    data.create()
    database.make_passwords(data)
    with monkeypatch.context() as patch:
        patch.setattr(unprivileged.Account, "can", lambda *_: True)
        home = postgres.Cluster(data).home()
        assert home.is_relative_to(tmp_path)
        home.mkdir()
        (home / "PG_VERSION").write_text("18\n", encoding="ascii")
    with pytest.raises(database.DatabaseError, match="can no longer reach"):
        postgres.Cluster(data).prepare()
    assert postgres.Cluster(data).home() == home


def test_a_data_folder_can_be_moved_with_the_database_in_it(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "old")
    data.create()
    database.make_passwords(data)
    cluster = postgres.Cluster(data)
    cluster.prepare()
    if not cluster.home().is_relative_to(data.root):
        forget(data)
        pytest.skip("the server's user cannot reach the temporary folder")
    data.root.rename(tmp_path / "new")
    moved = postgres.Cluster(DataDir(tmp_path / "new"))
    try:
        moved.prepare()
        moved.start()
        assert rows(moved) == 1
    finally:
        forget(moved.data)


def test_two_programs_cannot_work_on_one_data_folder(data: DataDir) -> None:
    with processes.locked(data.run / "lock"):
        script = (
            "import sys\nfrom pathlib import Path\nfrom zhunsheng.infra import processes\n"
            "with processes.locked(Path(sys.argv[1])): pass\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(data.run / "lock")], check=False, capture_output=True, text=True
        )
    assert done.returncode != 0
    assert "LockedError" in done.stderr


def test_a_pid_used_again_is_not_mistaken_for_the_old_process() -> None:
    since = processes.start_time(os.getpid())
    assert since is not None
    assert processes.start_time(2**22 + 1) is None
    assert processes.is_alive(os.getpid())
    child = subprocess.Popen(["true"])
    time.sleep(0.2)
    assert not processes.is_alive(child.pid), "a zombie is not alive"
    child.wait()
