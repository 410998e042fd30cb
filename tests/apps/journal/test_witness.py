import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typing_extensions import override

from tests.apps.journal.world import ORIGIN, SHOP, FailingStore, PowerCutError, World
from zhunsheng.apps.journal import cosigning, ledger, proofs
from zhunsheng.apps.journal.sources import Folder
from zhunsheng.apps.journal.tilestore import entries
from zhunsheng.apps.journal.witnessing import LogUnreadableError, Witness
from zhunsheng.cli.main import main
from zhunsheng.core.ledger.keys import KeyKind, SeedSigner
from zhunsheng.core.ledger.note import Checkpoint, parse_checkpoint, signed_checkpoint
from zhunsheng.core.ledger.trust import ForkError, RollbackError


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """The log as the portal serves it: files under one address."""
    handler = partial(Quiet, directory=str(world.data.log))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_it_signs_what_extends_what_it_saw(world: World) -> None:
    for n in range(3):
        world.file(SHOP, *[f"{n}.{m}" for m in range(100)])
        world.log.run_once()
        seen = world.look()
        assert seen == world.published()
    assert world.look() is None
    mine = list(entries(world.witness.store.fetch, 0, 300))
    assert mine == list(entries(world.store.fetch, 0, 300))


def test_it_may_come_late_and_miss_some(world: World) -> None:
    world.file(SHOP, *map(str, range(10)))
    world.log.run_once()
    world.look()
    for n in range(4):
        world.file(SHOP, *[f"{n}.{m}" for m in range(99)])
        world.log.run_once()
    assert world.look() == world.published()


def test_its_signature_is_published_by_the_log(world: World) -> None:
    world.file(SHOP, "a")
    ledger.tick()
    head = proofs.head()
    assert head is not None
    assert head.witnessed
    note, _ = parse_checkpoint(world.store.checkpoint() or b"")
    assert [line.name for line in note.signatures] == [ORIGIN, "test.example/witness"]


def test_a_shorter_log_is_a_rollback(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    old = world.store.checkpoint() or b""
    world.file(SHOP, "b")
    world.log.run_once()
    world.look()
    believed = world.witness.store.checkpoint()
    world.store.show(old)
    with pytest.raises(RollbackError):
        world.look()
    assert world.witness.store.checkpoint() == believed
    (evidence,) = (world.data.witness / "evidence").iterdir()
    assert (evidence / "offered").read_bytes() == old
    assert [alarm.reason for alarm in ledger.alarms()] == ["ledger-rollback"]


def test_two_roots_of_one_size_are_a_fork_and_the_log_s_own_signature_proves_it(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    world.look()
    other = signed_checkpoint(Checkpoint(ORIGIN, 1, b"x" * 32), world.log.signers).encode()
    world.store.show(other)
    with pytest.raises(ForkError):
        world.look()
    (evidence,) = (world.data.witness / "evidence").iterdir()
    assert (evidence / "offered").read_bytes() == other
    report = json.loads((evidence / "report.json").read_bytes())
    assert report["code"] == "ledger-fork"


def test_evidence_is_kept_once(world: World) -> None:
    test_two_roots_of_one_size_are_a_fork_and_the_log_s_own_signature_proves_it(world)
    with pytest.raises(ForkError):
        world.look()
    assert len(list((world.data.witness / "evidence").iterdir())) == 1


def test_damaged_files_are_no_fork_and_get_no_signature(world: World) -> None:
    world.file(SHOP, "a", "b")
    world.log.run_once()
    (tile,) = world.data.log.glob("tile/0/000.p/2")
    honest = tile.read_bytes()
    tile.write_bytes(b"y" * 64)
    with pytest.raises(LogUnreadableError):
        world.look()
    tile.write_bytes(honest)
    assert world.look() == world.published()


def test_entries_that_are_not_those_of_the_tiles_get_no_signature(world: World) -> None:
    world.file(SHOP, "a", "b")
    world.log.run_once()
    (bundle,) = world.data.log.glob("tile/entries/000.p/2")
    bundle.write_bytes(bundle.read_bytes().replace(b"zs1", b"zs9", 1))
    with pytest.raises(LogUnreadableError):
        world.look()
    assert world.witness.store.checkpoint() is None


def test_a_stranger_s_checkpoint_gets_no_signature(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    world.look()
    stranger = SeedSigner(ORIGIN, KeyKind.ED25519, b"s" * 32)
    world.store.show(signed_checkpoint(world.published(), [stranger]).encode())
    with pytest.raises(LogUnreadableError):
        world.look()


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_stopped_anywhere_it_goes_on(world: World, cut: int) -> None:
    world.file(SHOP, "a", "b")
    world.log.run_once()
    world.look()
    world.file(SHOP, "c")
    world.log.run_once()
    stopped = Witness(FailingStore(world.data.witness, cut), world.witness.signer, ledger.machine_seconds)
    with pytest.raises(PowerCutError):
        stopped.look(Folder(world.data.log))
    assert world.look() == world.published()


def test_a_lost_cosignature_is_fetched_again(world: World) -> None:
    world.file(SHOP, "a")
    world.log.run_once()
    world.look()
    got = cosigning.collect(world.log, ledger.policy(), cosigning.places(world.data))
    assert (got.new, got.silent) == (1, ())
    assert cosigning.collect(world.log, ledger.policy(), cosigning.places(world.data)).new == 0


def test_a_silent_witness_is_named_and_stops_nothing(world: World) -> None:
    world.file(SHOP, "a")
    ledger.tick()
    got = cosigning.collect(world.log, ledger.policy(), ["http://127.0.0.1:9/witness"])
    assert got.new == 0
    assert got.silent[0].startswith("http://127.0.0.1:9/witness: ")


def test_the_command_follows_an_address(
    world: World, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world.file(SHOP, *map(str, range(5)))
    ledger.tick()
    state = str(tmp_path / "witness")
    policy = str(world.data.policy)
    command = ["witness", "--state", state, "--log", address, "--once", "--policy", policy, "--json"]
    command += ["--data", str(world.data.root)]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["size"] == 5
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "nothing-new"
    world.store.show(signed_checkpoint(Checkpoint(ORIGIN, 5, b"x" * 32), world.log.signers).encode())
    assert main(command) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "ledger-fork"


def test_the_command_says_when_nobody_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "zhunsheng.cli.main", "witness", "--state", str(tmp_path), "--once"]
    done = subprocess.run([*command, "--log", "http://127.0.0.1:9/log"], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "log-unreachable" in done.stderr
