"""The database of a test is its own, and a test works with the rights of the app."""

import pytest
from django.db import connection, connections

from tests import server

pytestmark = pytest.mark.postgres


def test_each_alias_leads_to_the_clone(fresh_db: str) -> None:
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_database()")
            assert cursor.fetchone() == (fresh_db,)


def test_a_test_works_as_the_app_and_not_as_the_owner(fresh_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")
        user, is_super = cursor.fetchone() or ("", True)
    assert user.endswith("_app")
    assert not is_super


def test_nothing_of_one_test_reaches_the_next(database_server: server.TestServer, fresh_db: str) -> None:
    database_server.clone(f"{fresh_db}_2")
    try:
        assert fresh_db != f"{fresh_db}_2"
    finally:
        database_server.drop(f"{fresh_db}_2")
