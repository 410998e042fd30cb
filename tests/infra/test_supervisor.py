"""The supervisor: what falls is raised, what ends is ended whole, and nothing outlives its master."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from zhunsheng.infra import processes
from zhunsheng.infra.supervisor import Child, Supervisor, end_recorded, spawn

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
WITH_GRANDCHILD = [
    sys.executable,
    "-c",
    (
        "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); "
        "open(sys.argv[1], 'w').write(str(p.pid)); time.sleep(60)"
    ),
]
DEAF = [
    sys.executable,
    "-c",
    "import signal, sys, time; signal.signal(15, signal.SIG_IGN); open(sys.argv[1], 'w').close(); time.sleep(60)",
]


def child(name: str, words: list[str]) -> Child:
    return Child(name, lambda: spawn(words, {}))


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_a_killed_child_is_started_again_and_put_on_record(tmp_path: Path) -> None:
    seen: list[dict[str, int]] = []
    keeper = Supervisor(tmp_path / "children.json", on_change=lambda pids: seen.append(dict(pids)))
    keeper.start(child("one", SLEEP))
    try:
        old = keeper.pids()["one"]
        os.kill(old, signal.SIGKILL)
        keeper.watch(until=lambda: keeper.pids()["one"] != old)
        new = keeper.pids()["one"]
        assert processes.is_alive(new)
        assert seen[-1] == {"one": new}
        assert json.loads((tmp_path / "children.json").read_bytes())["one"][0] == new
    finally:
        keeper.end()


def test_what_a_killed_child_left_is_ended_before_it_is_started_again(tmp_path: Path) -> None:
    note = tmp_path / "grandchild"
    keeper = Supervisor(tmp_path / "children.json")
    keeper.start(child("one", [*WITH_GRANDCHILD, str(note)]))
    try:
        assert wait_for(lambda: note.exists() and bool(note.read_text(encoding="ascii")))
        grandchild = int(note.read_text(encoding="ascii"))
        old = keeper.pids()["one"]
        os.kill(old, signal.SIGKILL)
        keeper.watch(until=lambda: keeper.pids()["one"] != old)
        assert wait_for(lambda: not processes.is_alive(grandchild))
    finally:
        keeper.end()


def test_a_child_that_fails_at_once_is_not_started_in_a_frenzy(tmp_path: Path) -> None:
    starts: list[float] = []

    def start() -> "subprocess.Popen[bytes]":
        starts.append(time.monotonic())
        return spawn([sys.executable, "-c", "raise SystemExit(1)"], {})

    keeper = Supervisor(tmp_path / "children.json")
    keeper.start(Child("broken", start))
    timer = threading.Timer(3, keeper.stop.set)
    timer.start()
    keeper.watch()
    timer.join()
    keeper.end()
    assert 3 <= len(starts) <= 6


def test_the_end_is_the_end_for_all_and_in_opposite_order(tmp_path: Path) -> None:
    keeper = Supervisor(tmp_path / "children.json")
    for name in ("first", "second"):
        keeper.start(child(name, SLEEP))
    pids = keeper.pids()
    keeper.end()
    assert [name for name, pid in pids.items() if processes.is_alive(pid)] == []
    assert not (tmp_path / "children.json").exists()


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    record = tmp_path / "children.json"
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from zhunsheng.infra.supervisor import Child, Supervisor, spawn\n"
        "keeper = Supervisor(Path(sys.argv[1]))\n"
        "keeper.start(Child('one', lambda: spawn([sys.executable, '-c', 'import time; time.sleep(60)'], {})))\n"
        "keeper.watch()\n"
    )
    master = subprocess.Popen([sys.executable, "-c", script, str(record)])
    assert wait_for(record.exists)
    pid, _ = json.loads(record.read_bytes())["one"]
    master.kill()
    master.wait()
    assert wait_for(lambda: not processes.is_alive(pid))
    assert end_recorded(record) == []


def test_a_start_ends_the_deaf_child_of_a_killed_supervisor(tmp_path: Path) -> None:
    note = tmp_path / "ready"
    left = subprocess.Popen([*DEAF, str(note)], process_group=0)
    assert wait_for(note.exists)
    record = tmp_path / "children.json"
    record.write_text(json.dumps({"deaf": [left.pid, processes.start_time(left.pid)]}), encoding="ascii")
    assert end_recorded(record, seconds=0.5) == ["deaf"]
    assert left.wait(5) == -signal.SIGKILL


def test_a_stranger_who_has_the_pid_now_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEP, process_group=0)
    record = tmp_path / "children.json"
    record.write_text(json.dumps({"one": [stranger.pid, 1]}), encoding="ascii")
    assert end_recorded(record) == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
