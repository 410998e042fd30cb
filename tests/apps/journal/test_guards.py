"""What the database itself refuses, by trigger for everybody, by privilege for the app."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.apps.journal.world import SHOP, World
from zhunsheng.apps.journal import roles
from zhunsheng.apps.journal.audit.guards import guard_findings
from zhunsheng.infra import database

REWRITES = [
    "UPDATE journal_event SET actor = 'x'",
    "DELETE FROM journal_event",
    "TRUNCATE journal_event CASCADE",
    "UPDATE journal_payload SET body = ''",
    "DELETE FROM journal_payload",
    "TRUNCATE journal_payload",
    "UPDATE journal_leaf SET index = 7",
    "DELETE FROM journal_leaf",
    "UPDATE journal_checkpoint SET note = ''",
    "DELETE FROM journal_checkpoint",
    "DELETE FROM journal_cosignature",
    "DELETE FROM journal_stream",
    "UPDATE journal_stream SET key = 'x'",
    "UPDATE journal_stream SET position = position - 1",
    "DELETE FROM journal_reading",
    "DELETE FROM journal_counter",
    "UPDATE journal_counter SET last = last - 1",
    "UPDATE journal_pending SET queued_at = now()",
    "DELETE FROM journal_pending",
]


@pytest.fixture
def filled(world: World) -> World:
    world.file(SHOP, "a", "b")
    world.log.run_once()
    world.file(SHOP, "c")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO journal_counter (agency, series, year, last) VALUES ('a', 's', 2026, 3)")
    return world


@pytest.mark.parametrize("statement", REWRITES)
def test_the_owner_is_stopped_by_a_trigger(filled: World, statement: str) -> None:
    with filled.as_owner() as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute(statement.encode())


@pytest.mark.parametrize("statement", [one for one in REWRITES if "journal_pending" not in one])
def test_the_app_is_stopped_before_that(filled: World, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_catalog_says_what_the_map_says(world: World) -> None:
    assert roles.catalog(database.server().roles) == roles.expected()
    assert roles.mighty(database.server().roles) == []


def test_the_portal_reads_published_tables_alone() -> None:
    granted = {grant for grant in roles.expected() if grant.role == "portal"}
    assert {(grant.table.schema, grant.privilege) for grant in granted} == {("portal", "SELECT")}


def test_only_disposal_may_delete_and_only_payloads() -> None:
    deleting = {(grant.role, grant.table.name) for grant in roles.expected() if grant.privilege == "DELETE"}
    journal = {(role, name) for role, name in deleting if name.startswith("journal_")}
    assert journal == {("disposal", "journal_payload"), ("app", "journal_pending"), ("app", "journal_outbox")}


def test_every_guard_of_the_migrations_is_known_to_the_audit(world: World) -> None:
    assert list(guard_findings()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'journal%'")
        assert cursor.fetchone() == (13,)
