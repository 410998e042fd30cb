import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.apps.journal.world import CHEN, DAY, LIN, NOON, SHOP, World, note
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.commands import append, lock, once, replay
from zhunsheng.apps.journal.refs import (
    IdempotencyConflictError,
    KeyTakenError,
    New,
    PositionMovedError,
    StreamExistsError,
    StreamMissingError,
)
from zhunsheng.core.casefile.events import Event

ASKED = hashlib.sha256(b"the same form").digest()
ASKED_OTHERWISE = hashlib.sha256(b"another form").digest()


def filed_with_key(*texts: str, key: str = "k-1", actor: str = LIN, digest: bytes = ASKED) -> list[Event]:
    def act() -> list[Event]:
        return append(SHOP, [note(text) for text in texts], actor=actor, at=NOON, key=key, request_digest=digest)

    return once(act, actor=actor, key=key, request_digest=digest)


def test_what_is_appended_is_read_back(world: World) -> None:
    written = world.file(SHOP, "现场笔录", "当场决定")
    assert [event.position for event in written] == [1, 2]
    assert queries.events(SHOP) == written
    assert queries.events(SHOP, since=1) == written[1:]


def test_the_microsecond_survives(world: World) -> None:
    (event,) = world.file(SHOP, "x")
    assert event.recorded_at == queries.events(SHOP)[0].recorded_at == NOON


def test_a_stale_tab_is_refused_and_nothing_changes(world: World) -> None:
    world.file(SHOP, "a", "b")
    with pytest.raises(PositionMovedError) as refused, transaction.atomic():
        append(SHOP, [note("c")], actor=LIN, at=NOON, expected=1)
    assert (refused.value.expected, refused.value.found) == (1, 2)
    assert len(queries.events(SHOP)) == 2


def test_a_stream_is_opened_once(world: World) -> None:
    world.file(SHOP, "a")
    with pytest.raises(StreamExistsError), transaction.atomic():
        append(SHOP, [note("b")], actor=LIN, at=NOON, create=True)
    assert len(queries.events(SHOP)) == 1


@pytest.mark.parametrize("expected", [None, 0, 4])
def test_nothing_is_appended_to_a_stream_nobody_opened(world: World, expected: int | None) -> None:
    with pytest.raises(StreamMissingError), transaction.atomic():
        append(SHOP, [note("a")], actor=LIN, at=NOON, expected=expected)
    assert queries.events(SHOP) == []


def test_it_insists_on_the_transaction_of_a_command(world: World) -> None:
    with pytest.raises(RuntimeError):
        append(SHOP, [note("a")], actor=LIN, at=NOON, create=True)


def test_a_rollback_leaves_nothing(world: World) -> None:
    with transaction.atomic():
        append(SHOP, [note("a")], actor=LIN, at=NOON, create=True)
        transaction.set_rollback(True)
    assert queries.position(SHOP) is None


def test_the_same_request_gets_the_same_answer(world: World) -> None:
    world.file(SHOP, "opened")
    first = filed_with_key("a", "b")
    assert filed_with_key("a", "b") == first
    assert len(queries.events(SHOP)) == 3


def test_the_answer_to_one_request_holds_nothing_of_the_next(world: World) -> None:
    world.file(SHOP, "opened")
    first = filed_with_key("a", "b", key="k-1")
    filed_with_key("a", "b", key="k-2")  # the same content, meant twice
    world.file(SHOP, "no key")
    assert replay(LIN, "k-1", ASKED) == first


def test_one_key_for_two_contents_is_a_conflict(world: World) -> None:
    world.file(SHOP, "opened")
    filed_with_key("a")
    with pytest.raises(IdempotencyConflictError):
        filed_with_key("b", digest=ASKED_OTHERWISE)
    assert len(queries.events(SHOP)) == 2


def test_two_people_may_use_one_key(world: World) -> None:
    world.file(SHOP, "opened")
    filed_with_key("a", actor=LIN)
    filed_with_key("b", actor=CHEN)
    assert len(queries.events(SHOP)) == 3


def test_a_key_taken_meanwhile_is_named(world: World) -> None:
    world.file(SHOP, "opened")
    filed_with_key("a")
    with pytest.raises(KeyTakenError), transaction.atomic():
        append(SHOP, [note("a")], actor=LIN, at=NOON, key="k-1", request_digest=ASKED)


def test_a_double_click_files_once(world: World) -> None:
    world.file(SHOP, "opened")
    ready = threading.Barrier(8)

    def click(_: int) -> list[Event]:
        try:
            ready.wait()
            return filed_with_key("a")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(click, range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert len(queries.events(SHOP)) == 2


def test_of_two_tabs_at_one_position_one_wins(world: World) -> None:
    world.file(SHOP, "opened")
    ready = threading.Barrier(4)

    def tab(number: int) -> bool:
        try:
            ready.wait()
            with transaction.atomic(durable=True):
                append(SHOP, [note(f"tab {number}")], actor=LIN, at=NOON, expected=1)
        except PositionMovedError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tab, range(4))) == [False, False, False, True]
    assert len(queries.events(SHOP)) == 2


def test_writers_who_lock_first_all_get_in(world: World) -> None:
    world.file(SHOP, "opened")

    def writer(number: int) -> None:
        try:
            for n in range(5):
                with transaction.atomic(durable=True):
                    position = lock(SHOP)
                    append(SHOP, [note(f"{number}.{n}")], actor=LIN, at=NOON, expected=position)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(writer, range(6)))
    assert [event.position for event in queries.events(SHOP)] == list(range(1, 32))


def test_another_stream_does_not_wait(world: World) -> None:
    world.file(SHOP, "opened")
    other = SHOP.__class__(SHOP.agency, SHOP.kind, "other")

    def elsewhere() -> None:
        try:
            world.file(other, "at once")
        finally:
            connection.close()

    with transaction.atomic():
        append(SHOP, [note("slow")], actor=LIN, at=NOON)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(elsewhere).result(timeout=5)
    assert len(queries.events(other)) == 1


def test_it_costs_one_round_trip_where_the_position_is_known(world: World) -> None:
    world.file(SHOP, "opened")
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        append(SHOP, [note("a"), note("b")], actor=LIN, at=NOON, expected=1)
    assert len(asked) == 1


def test_what_it_publishes_stands_beside_the_commitment(world: World) -> None:
    world.file(SHOP, "opened")
    of = queries.commitment(SHOP, 1)
    with transaction.atomic():
        append(SHOP, [New("publication.approved", {}, DAY, public=b"page", of=of)], actor=LIN, at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_digest, of_commitment FROM journal_event WHERE position = 2")
        public, decision = cursor.fetchone()
    assert bytes(public) == hashlib.sha256(b"page").digest()
    assert bytes(decision).hex() == of
