"""Officers at work while something is killed: they press again until they are answered, as people do."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

from tests.journeys import content
from tests.journeys.api import Api
from tests.journeys.demonstration import CHEN, FANG, HUANG, ZHOU, Demo, until

T = TypeVar("T")

PATIENCE_SECONDS: Final = 90.0


def pressed(act: Callable[[], T]) -> T:
    """Do ``act`` again until it is answered. Its key stays the same, so that a lost answer is harmless."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except OSError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.2)


@dataclass(slots=True)
class Traffic:
    """What was promised to the officers: each case, and the number of its record, as they were answered."""

    demo: Demo
    promised: dict[str, str] = field(default_factory=dict)
    troubles: list[BaseException] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def work(self, login: str) -> None:
        """Open cases and write records until told to stop."""
        api = Api(self.demo, login)
        try:
            while not self.stop.is_set():
                self._one(api, f"{login}/{time.monotonic_ns()}")
        except BaseException as trouble:  # noqa: BLE001  (a thread's failure is the test's)
            self.troubles.append(trouble)

    def more(self, count: int) -> None:
        """Wait until ``count`` more promises were made."""
        goal = len(self.promised) + count
        until(lambda: len(self.promised) >= goal or self.troubles, seconds=PATIENCE_SECONDS, what="work goes on")
        assert not self.troubles, self.troubles

    def _one(self, api: Api, key: str) -> None:
        number = pressed(lambda: api.open_case(key=f"{key}/open"))
        record = content.record()
        answer = pressed(lambda: api.file(number, "onsite-record", record, key=f"{key}/record"))
        self.promised[number] = str(answer["number"])


@contextmanager
def working(demo: Demo) -> Iterator[Traffic]:
    """Let both officers work; afterwards let them finish what they have in hand."""
    traffic = Traffic(demo)
    threads = [threading.Thread(target=traffic.work, args=[login]) for login in (CHEN, HUANG)]
    for thread in threads:
        thread.start()
    try:
        traffic.more(2)
        yield traffic
    finally:
        traffic.stop.set()
        for thread in threads:
            thread.join()
    assert not traffic.troubles, traffic.troubles


def approved(demo: Demo) -> str:
    """Decide a case and approve its publication; return the publication's id. The worker has yet to carry it over."""
    chen, key = Api(demo, CHEN), f"approved/{time.monotonic_ns()}"
    number = chen.open_case(key=f"{key}/open")
    chen.file(number, "onsite-record", content.record(), key=f"{key}/record")
    chen.file(number, "spot-decision", content.decision(), key=f"{key}/decision")
    for document in ("d1", "d2"):
        Api(demo, HUANG).sign(number, document)
    Api(demo, FANG).publication(number, "propose", {}, key=f"{key}/propose")
    shown = Api(demo, ZHOU).publication(number)
    body = {"decision": "approve", "publication": shown["publication"], "page_digest": shown["page_digest"]}
    Api(demo, ZHOU).publication(number, "check", body, key=f"{key}/check")
    return str(shown["publication"])
