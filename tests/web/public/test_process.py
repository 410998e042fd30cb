"""The portal in its own process: its own settings and a role that sees published tables and can change nothing."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from tests.apps.journal.world import SHOP, World
from tests.apps.portal.published import publish
from tests.server import credentials
from zhunsheng.infra import datadir, env

PROGRAM = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.db import connections, DatabaseError
from django.test import Client

given = json.load(sys.stdin)
for alias in connections:
    connections.settings[alias].update(NAME=given["name"], PASSWORD=given["password"])

def tried(alias, sql):
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(sql)
        return "done"
    except DatabaseError as error:
        return type(error.__cause__).__name__

client = Client(raise_request_exception=False, headers={"host": "localhost"})
answers = {}
for address in given["addresses"]:
    answer = client.get(address)
    kind, text = answer["Content-Type"].split(";")[0], answer.getvalue().decode("utf-8", "replace")
    answers[address] = [answer.status_code, kind, text]
print(json.dumps({
    "answers": answers,
    "tried": {sql: [tried(alias, sql) for alias in connections] for sql in given["statements"]},
    "apps": settings.INSTALLED_APPS,
}))
"""

PAGES = ["/", "/results/", "/results/?q=理发", "/p/p1", "/verify/", "/p/p1.json", "/p/p1.bundle", "/p/p1.pdf"]
DATA = [
    "/api/v1/publications",
    "/api/v1/publications?since=0",
    "/feed.atom",
    "/log/checkpoint",
    "/log/policy",
    "/healthz",
]
FILES = ["/static/public/proof.js", "/static/shared/verify/bundle.js", "/static/shared/components.css"]
ABSENT = ["/p/p2", "/nowhere", "/p/p2.json"]

REFUSED = [
    "SELECT * FROM public.journal_event",
    "SELECT * FROM public.journal_payload",
    "SELECT * FROM public.accounts_account",
    "SELECT * FROM public.cases_case",
    "INSERT INTO portal.portal_publication (id) VALUES ('x')",
    "UPDATE portal.portal_publication SET title = 'x'",
    "DELETE FROM portal.portal_publication",
    "TRUNCATE portal.portal_publication",
    "CREATE TABLE portal.own (id int)",
    "CREATE TABLE public.own (id int)",
    "SELECT pg_read_file('/etc/passwd')",
]


PASSWORDS = credentials()
"""Of the tests' server; the fixture ``world`` moves the data folder to one that has none."""


@pytest.fixture
def said(world: World) -> dict[str, Any]:
    """What the portal's process answers, asked once for everything."""
    world.file(SHOP, "one")
    world.log.run_once()
    publish()
    (world.data.root / "policy").write_text("log x\n", encoding="utf-8")
    given = {
        "name": str(connection.settings_dict["NAME"]),
        "password": PASSWORDS["portal"],
        "addresses": [*PAGES, *DATA, *FILES, *ABSENT],
        "statements": [*REFUSED, "SELECT count(*) FROM portal_publication"],
    }
    one = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zhunsheng.config.settings_portal",
        "ZHUNSHENG_DATA": str(datadir.current().root),
        "DATABASE_URL": f"postgresql:///{env.current().database}?host={one['HOST']}&port={one['PORT']}",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_address_answers_and_the_role_reads_published_tables_only(said: dict[str, Any]) -> None:
    answers = said["answers"]
    assert {address: answers[address][0] for address in [*PAGES, *DATA, *FILES]} == dict.fromkeys(
        [*PAGES, *DATA, *FILES], 200
    )
    assert {address: answers[address][0] for address in ABSENT} == dict.fromkeys(ABSENT, 404)
    assert "沁园春" in answers["/p/p1"][2]
    assert "还没有公开" in answers["/p/p2"][2]
    assert "没有这个地址" in answers["/nowhere"][2]
    assert answers["/static/public/proof.js"][1] == "text/javascript"
    for statement in REFUSED:
        assert set(said["tried"][statement]) <= {"InsufficientPrivilege", "UndefinedTable"}, statement
    assert said["tried"]["SELECT count(*) FROM portal_publication"] == ["done", "done"]
    assert not [app for app in said["apps"] if app.startswith("zhunsheng.apps.") and app != "zhunsheng.apps.portal"]
