"""Each act is ended before its first write, its second, and so on to the COMMIT and past it.

Whatever it was: all of it is there, or none; the number it took is given back; the same
request again leads to the same answer; the audit finds nothing.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.journal.world import ORIGIN, PRELUDE, World
from tests.conftest import REPOSITORY
from tests.recovery import dying
from tests.recovery.dying import DONE
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.disclosure import queries as drafts
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.portal import queries as portal
from zhunsheng.infra import clock
from zhunsheng.infra.blobs import Blobs

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]

Killer = Callable[[int], str]
MOST_WRITES = 80


@contextmanager
def killer(world: World, act: str, argument: str) -> Iterator[Killer]:
    """Give a function that runs the act, ends it at its n-th write, and returns what that was."""
    place = {name: connection.settings_dict[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    folder = str(world.data.root)
    program = PRELUDE.format(place=place, data=folder, origin=ORIGIN)
    program += f"from tests.recovery import dying\ndying.serve({act!r}, {argument!r}, {folder!r})\n"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ask, hear = process.stdin, process.stdout

        def run(write: int) -> str:
            ask.write(f"{write}\n")
            return hear.readline().strip()

        yield run
        ask.close()


def standing() -> dict[str, object]:
    """Return what is on record: events, numbers given, rows."""
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in ("journal_event", "journal_payload", "journal_pending", "journal_outbox"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()
        for table in ("journal_counter", "cases_case", "disclosure_delivery"):
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def whole_or_nothing(world: World, act: str, argument: str) -> list[str]:
    """End the act at each of its writes in turn and check after each; return what the writes were."""
    before, ends = standing(), list[str]()
    with killer(world, act, argument) as run:
        for write in range(1, MOST_WRITES):
            ends.append(run(write))
            assert ends[-1] != DONE, f"it never came to a COMMIT: {ends}"
            if "committed" in ends:
                # It happened, though nobody was told. Asked again, nothing more happens.
                after = standing()
                assert after != before
                assert run(write + 1) == DONE
                assert standing() == after
                return ends
            assert standing() == before, f"half of it is there after the end at {ends}"
    raise AssertionError(f"no end of writes: {ends}")


def check_clean(world: World) -> None:
    ledger.tick()
    assert audit(world.data.witness).findings == ()


def recorded() -> str:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    return number


def proposed() -> str:
    number = story.decided()
    dying.propose(number)
    return number


def test_a_case_is_opened_whole_or_not_at_all(bureau: World) -> None:
    ends = whole_or_nothing(bureau, "open", "one-page")
    assert ends[-2:] == ["commit", "committed"]
    assert "INSERT INTO journal_counter" in ends
    assert story.opened(key="one-page") == "厦海卫案〔2026〕1号"
    assert story.opened(key="another") == "厦海卫案〔2026〕2号"
    check_clean(bureau)


@pytest.mark.clause("R5", partly="recordings come with their own issue")
def test_a_decision_is_filed_whole_or_not_at_all_and_its_number_is_given_back(bureau: World) -> None:
    number = recorded()
    ends = whole_or_nothing(bureau, "file", number)
    assert {"open", "os.link", "INSERT INTO journal_counter", "commit", "committed"} <= set(ends)
    assert ends.index("os.link") < ends.index("commit")  # the bytes are there before anything names them
    documents = cases.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON).state.documents
    assert [document.number for document in documents][1:] == ["厦海卫公当罚〔2026〕1号"]
    check_clean(bureau)


def test_the_file_of_a_decision_that_was_never_filed_harms_nobody_and_is_swept(bureau: World) -> None:
    number, blobs = recorded(), Blobs(bureau.data.blobs)
    named = set(blobs.digests())
    with killer(bureau, "file", number) as run:
        ends: list[str] = []
        while "commit" not in ends:
            ends.append(run(len(ends) + 1))
    (orphan,) = set(blobs.digests()) - named
    check_clean(bureau)
    assert blobs.sweep(named, at=clock.now()) == []  # it may belong to a command that still runs
    assert orphan in blobs.sweep(named, at=clock.now() + timedelta(days=2))
    assert set(blobs.digests()) == named
    assert story.filed(number, "spot-decision", story.DECISION).number == "厦海卫公当罚〔2026〕1号"


def test_a_signature_is_given_whole_or_not_at_all(bureau: World) -> None:
    number = recorded()
    assert whole_or_nothing(bureau, "sign", number)[-1] == "committed"
    assert cases.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON).state.documents[0].unsigned == ()
    check_clean(bureau)


def test_a_proposal_is_made_whole_or_not_at_all(bureau: World) -> None:
    number = story.decided()
    assert whole_or_nothing(bureau, "propose", number)[-1] == "committed"
    check_clean(bureau)


def test_an_approval_is_given_whole_or_not_at_all_with_its_delivery(bureau: World) -> None:
    number = proposed()
    ends = whole_or_nothing(bureau, "approve", number)
    assert "INSERT INTO disclosure_delivery" in ends
    assert len(drafts.underway()) == 1
    check_clean(bureau)


@pytest.mark.clause("R5", partly="recordings come with their own issue")
def test_the_ledger_goes_on_after_an_end_at_any_of_its_writes(bureau: World) -> None:
    recorded()
    ends: list[str] = []
    with killer(bureau, "tick", "") as run:
        for write in range(1, MOST_WRITES):
            ends.append(run(write))
            looked = any(bureau.data.witness.iterdir())  # before that there is nobody to ask
            assert audit(bureau.data.witness if looked else None).findings == (), ends
            if ends[-1] == DONE:
                break
            story.opened(key=f"more/{write}")  # so that the next round has something to do
    assert "commit" in ends
    assert ends[-1] == DONE
    check_clean(bureau)


def test_a_publication_reaches_the_portal_once_whenever_the_worker_ends(bureau: World) -> None:
    number = proposed()
    dying.approve(number)
    ledger.tick()
    ends: list[str] = []
    with killer(bureau, "deliver", "") as run:
        for write in range(1, MOST_WRITES):
            ends.append(run(write))
            assert len(portal.listing("理发").rows) <= 1
            if ends[-1] == DONE:
                break
    assert [row.proof for row in portal.listing("理发").rows] == ["witnessed"]
    view = cases.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON)
    assert [event.kind for event in view.events].count("publication.delivered") == 1
    check_clean(bureau)
