"""``kill -9`` of every process of the running program, in the middle of work: nothing that was promised is lost.

``tests/cli/test_demo.py`` kills them at rest.

One demonstration serves all tests of this module. Each test kills, lets the officers go
on pressing, and then holds what they were told against what is there.
"""

import json
import os
import re
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.journeys.api import Api
from tests.journeys.demonstration import CHEN, Demo, demonstration, healthy, until
from tests.recovery.traffic import Traffic, approved, working
from zhunsheng.infra import processes

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300), pytest.mark.xdist_group("recovery")]

AGAIN_SECONDS = 60.0


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A running demonstration; the tests of this module may kill it, and leave it running."""
    with demonstration() as one:
        yield one


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def wait_until_well(demo: Demo) -> None:
    until(
        lambda: healthy(demo.office) and healthy(demo.portal),
        seconds=AGAIN_SECONDS,
        what=f"office and portal answer again; {demo.log[-2000:]}",
    )


def serials(traffic: Traffic) -> list[int]:
    return [int(re.split("[—〕号]", number)[1]) for number in traffic.promised.values()]


def check_promises(demo: Demo, traffic: Traffic) -> None:
    """Find each promised case with exactly the one record whose number was answered."""
    api = Api(demo, CHEN)
    for number, record in traffic.promised.items():
        documents = api.case(number)["documents"]
        assert isinstance(documents, list)
        assert [document["number"] for document in documents] == [record]
    given = serials(traffic)
    assert len(set(given)) == len(given)


def all_record_numbers(demo: Demo) -> list[int]:
    """Return the serial number of every on-site record there is."""
    api, numbers, after = Api(demo, CHEN), list[int](), ""
    while True:
        page = api.get(f"/cases?after={after}")
        rows = page["cases"]
        assert isinstance(rows, list)
        for row in rows:
            found = api.case(row["number"])["documents"]
            assert isinstance(found, list)
            numbers += [int(one["number"].split("—")[1]) for one in found if one["form"] == "onsite-record"]
        if not page["next"]:
            return numbers
        after = str(page["next"])


def check_numbers(demo: Demo) -> None:
    given = all_record_numbers(demo)
    assert sorted(given) == list(range(1, len(given) + 1))


def check_audit(demo: Demo) -> None:
    found = demo.audit()
    assert found["findings"] == []
    assert found["witnessed"]


def public(demo: Demo, publication: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{demo.portal}/p/{publication}.json", timeout=5) as answer:
        return bool(json.loads(answer.read())["publication"] == publication)
    return False


@pytest.mark.clause("R1", partly="the file as of a past moment comes with its own issue")
@pytest.mark.parametrize("name", ["office", "worker", "portal", "postgres"])
def test_a_killed_process_comes_back_and_every_promise_is_kept(demo: Demo, name: str) -> None:
    before = demo.pids[name]
    publication = approved(demo)
    with working(demo) as traffic:
        kill(before)
        until(lambda: demo.pids[name] != before, seconds=AGAIN_SECONDS, what=f"{name} runs again")
        wait_until_well(demo)
        traffic.more(3)
    check_promises(demo, traffic)
    check_numbers(demo)
    until(lambda: public(demo, publication), seconds=AGAIN_SECONDS, what="the approved publication is public")
    check_audit(demo)


def test_killing_the_program_itself_ends_its_children_and_loses_nothing(demo: Demo) -> None:
    assert demo.process is not None
    publication, children = approved(demo), [pid for name, pid in demo.pids.items() if name != "demo"]
    with working(demo) as traffic:
        demo.process.kill()
        demo.process.wait()
        until(lambda: not any(map(processes.is_alive, children)), seconds=AGAIN_SECONDS, what="the children end")
        demo.start()
        traffic.more(1)
    check_promises(demo, traffic)
    check_numbers(demo)
    until(lambda: public(demo, publication), seconds=AGAIN_SECONDS, what="the approved publication is public")
    check_audit(demo)


def test_a_power_cut_loses_nothing_that_was_answered(demo: Demo) -> None:
    """Everything dies at one moment, the database's own processes included."""
    assert demo.process is not None
    with working(demo) as traffic:
        for pid in demo.pids.values():
            processes.send_group(pid, signal.SIGKILL)
        demo.process.wait()
        demo.start()
        traffic.more(1)
    check_promises(demo, traffic)
    check_numbers(demo)
    check_audit(demo)
