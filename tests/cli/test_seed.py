"""Seeding: what comes in cannot be told from what an office files, and never lands where it must not."""

import json

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.apps.conftest import bureau
from tests.apps.journal.conftest import world
from tests.apps.journal.world import World
from tests.server import credentials
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import queries as cases
from zhunsheng.apps.journal import ledger, queries
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.apps.portal import queries as portal
from zhunsheng.cli import seed as command
from zhunsheng.cli.main import main
from zhunsheng.cli.seed import Wanted, seed
from zhunsheng.cli.seed_matters import MIX, Shape
from zhunsheng.cli.seed_names import firm
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.ledger.bundle import verify_bundle
from zhunsheng.core.ledger.verdict import State
from zhunsheng.infra import clock, env
from zhunsheng.infra.identifiers import is_credit_code

__all__ = ["bureau", "world"]

CASES = len(MIX) + 3
FINISHED = command._published_cases(CASES)


@pytest.fixture
def passwords(fresh_db: str) -> str:
    """Those of the roles, read before ``world`` moves to a data folder of its own."""
    return json.dumps(credentials())


@pytest.fixture
def place(passwords: str, world: World, bureau: None) -> World:
    """An installation with its bureau and the passwords that ``init`` makes."""
    (world.data.keys / "database.json").write_text(passwords, encoding="utf-8")
    return world


@pytest.fixture
def seeded(place: World) -> command.Done:
    return seed(Wanted(cases=CASES, publications=FINISHED + 5))


def case_events() -> dict[str, list[Event]]:
    return {ref.key: queries.events(ref) for ref in queries.streams("case")}


def test_the_whole_audit_finds_nothing(seeded: command.Done) -> None:
    done = audit()
    assert done.findings == ()
    assert done.events == done.leaves > seeded.events


def test_as_many_are_public_as_were_asked_for(seeded: command.Done) -> None:
    assert (seeded.cases, seeded.published, seeded.waiting) == (CASES, FINISHED + 5, 0)
    assert portal.listing().total == FINISHED + 5
    assert len(case_events()) == CASES


def test_every_publication_verifies_as_its_readers_would(seeded: command.Done) -> None:
    for row in portal.listing(limit=100).rows:
        found = portal.detail(row.id)
        assert found is not None
        assert row.proof == "witnessed"
        assert verify_bundle(found.bundle.encode(), ledger.policy()).state is State.VERIFIED


def test_nobody_who_must_stay_hidden_is_on_a_page(seeded: command.Done) -> None:
    hidden = {firm(n, mark).employee for n in range(CASES + 30) for mark in "公医"}
    shown = "".join(found.content for row in portal.listing(limit=100).rows if (found := portal.detail(row.id)))
    assert [name for name in hidden | {"郑秋分"} if name in shown] == []
    assert "从业人员甲" in shown


def test_its_documents_have_the_shape_of_filed_ones(place: World) -> None:
    number = story.finished()
    real = queries.events(Ref(cast.AGENCY, "case", number))
    seed(Wanted(cases=len(MIX), publications=0))
    made = next(events for events in case_events().values() if len(events) == Shape.REPORTED)

    def shapes(events: list[Event]) -> set[tuple[str, ...]]:
        return {(event.kind, *sorted(event.payload or {})) for event in events}

    assert shapes(made) == shapes(real)


def test_a_seeded_case_goes_on_like_any_other(seeded: command.Done) -> None:
    chen: Viewer = cast.viewer(cast.CHEN)
    recorded = next(key for key, events in case_events().items() if len(events) == Shape.RECORDED)
    view = cases.case_view(recorded, viewer=chen, at=clock.now())
    assert view.place.stage == "recorded"


def test_numbers_of_the_office_go_on_behind_the_seeded_ones(seeded: command.Done) -> None:
    assert story.opened() not in {key for key, events in case_events().items() if len(events) > 1}
    assert len(case_events()) == CASES + 1


def test_a_second_run_adds_nothing(seeded: command.Done) -> None:
    again = seed(Wanted(cases=CASES, publications=FINISHED + 5))
    assert (again.cases, again.events, again.published) == (0, 0, 0)


def test_a_run_that_broke_off_before_the_portal_is_continued(place: World) -> None:
    wanted = Wanted(cases=len(MIX), publications=3)
    for step in (command._cases, command._results):
        step(wanted, command.Done(), lambda _words: None)
    assert portal.listing().total == 0
    assert seed(wanted).published == 3
    assert audit().findings == ()


def test_fewer_publications_leave_finished_cases_waiting(place: World) -> None:
    seed(Wanted(cases=len(MIX), publications=2))
    lengths = [len(events) for events in case_events().values()]
    assert lengths.count(Shape.PUBLISHED) == 2
    assert portal.listing().total == 2


def test_it_refuses_an_installation_that_is_no_demonstration(world: object, capsys: pytest.CaptureFixture[str]) -> None:
    env.change(ZHUNSHENG_DEMO="0")
    try:
        assert main(["seed", "--cases", "1", "--json"]) == 2
    finally:
        env.change(ZHUNSHENG_DEMO="1")
    assert json.loads(capsys.readouterr().out)["error"] == "not-a-demonstration"
    assert queries.streams("case") == []


def test_every_invented_firm_has_a_well_formed_code_and_the_same_one_twice() -> None:
    firms = [firm(n, mark) for n in range(300) for mark in "公医"]
    assert all(is_credit_code(each.code) for each in firms)
    names: dict[str, str] = {}
    assert all(names.setdefault(each.code, each.name) == each.name for each in firms)
