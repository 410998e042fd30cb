"""Two checkers and one proposal: it is approved once, and delivered once."""

from dataclasses import replace
from functools import partial

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.journal.world import World
from tests.concurrency.at_once import at_once, parted
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.disclosure import commands, queries
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.portal import queries as portal
from zhunsheng.cli import delivering
from zhunsheng.core.casefile.events import EventKind
from zhunsheng.core.errors import RefusedError

pytestmark = pytest.mark.postgres

FIRST, SECOND = cast.viewer(cast.ZHOU), replace(cast.viewer(cast.ZHOU), account="second", name="第二审核人", officer="")


def proposed() -> tuple[str, str, str]:
    """Return case, publication, and the digest of the page as it was shown to both."""
    number = story.decided()
    draft = queries.drafting(number, viewer=cast.viewer(cast.FANG), at=cast.NOON)
    assert draft is not None
    publication = commands.propose(number, draft.masks, viewer=cast.viewer(cast.FANG), at=cast.NOON, key="propose")
    seen = queries.checking(number, viewer=FIRST, at=cast.NOON)
    assert seen is not None
    return number, publication, seen.page_digest


def kinds(number: str) -> list[str]:
    view = cases.case_view(number, viewer=cast.viewer(cast.CHEN), at=cast.NOON)
    return [event.kind for event in view.events if event.kind.startswith("publication.")]


@pytest.mark.clause("P6.2")
def test_two_checkers_who_approve_at_once_approve_once(bureau: World) -> None:
    number, publication, digest = proposed()
    approve = partial(commands.approve, number, publication, digest, at=cast.NOON)
    answers = at_once([partial(approve, viewer=one, key=one.account) for one in (FIRST, SECOND)])
    done, refused = parted(answers)
    assert (len(done), len(refused)) == (1, 1)
    assert isinstance(refused[0], RefusedError)
    assert kinds(number) == [EventKind.PUBLICATION_PROPOSED, EventKind.PUBLICATION_APPROVED]


def test_approved_by_one_and_sent_back_by_another_is_one_of_both(bureau: World) -> None:
    number, publication, digest = proposed()
    approve = partial(commands.approve, number, publication, digest, viewer=FIRST, at=cast.NOON, key="approve")
    back = partial(commands.send_back, number, publication, "漏了一处", viewer=SECOND, at=cast.NOON, key="back")
    done, refused = parted(at_once([approve, back]))
    assert (len(done), len(refused)) == (1, 1)
    assert len(kinds(number)) == 2


def test_two_workers_deliver_one_publication_once(bureau: World) -> None:
    number, publication, digest = proposed()
    commands.approve(number, publication, digest, viewer=FIRST, at=cast.NOON, key="approve")
    ledger.tick()
    _done, refused = parted(at_once([delivering.deliver, delivering.deliver]))
    assert not refused
    assert kinds(number).count(EventKind.PUBLICATION_DELIVERED) == 1
    assert [row.id for row in portal.listing("理发").rows] == [publication]
