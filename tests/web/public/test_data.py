"""The portal for programs: what a client relies on, and what a hostile one gets."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.apps.journal.world import SHOP, World
from tests.apps.portal.published import SHEET, bundle, content, publish
from tests.core.ledger.makers import COSIGNER, POLICY
from zhunsheng.core.ledger.bundle import verify_bundle
from zhunsheng.core.ledger.canonical import canonical
from zhunsheng.core.ledger.verdict import State

API = "/api/v1/publications"
ATOM = "{http://www.w3.org/2005/Atom}"


def listed(client: Client, query: str = "") -> dict[str, Any]:
    answer = client.get(API + query)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [row["id"] for row in found["publications"]]


def test_content_pdf_and_bundle_are_the_bytes_that_were_published(portal: Client) -> None:
    publish()
    assert portal.get("/p/p1.json").content == canonical(content())
    assert portal.get("/p/p1.pdf").content == SHEET
    given = portal.get("/p/p1.bundle")
    assert given.content == bundle(content(), COSIGNER)
    assert verify_bundle(given.content, POLICY).state is State.VERIFIED
    assert given["Content-Disposition"] == 'attachment; filename="p1.bundle"'


@pytest.mark.parametrize("ending", ["json", "pdf", "bundle"])
def test_what_is_not_published_is_a_problem_with_a_code(portal: Client, ending: str) -> None:
    answer = portal.get(f"/p/p1.{ending}")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["code"] == "not-published"


def test_a_list_is_walked_by_its_own_cursor(portal: Client) -> None:
    for n in range(25):
        publish(f"p{n:02}")
    first = listed(portal, "?q=理发")
    assert (len(first["publications"]), first["total"]) == (20, 25)
    second = listed(portal, f"?q=理发&after={quote(first['next'])}")
    assert (len(second["publications"]), second["next"], second["total"]) == (5, None, 25)
    assert len({*ids(first), *ids(second)}) == 25


def test_a_follower_misses_no_change_and_sees_a_proof_grow(portal: Client) -> None:
    publish("p1", witnessed=False)
    publish("p2")
    seen = listed(portal, "?since=0")
    assert (ids(seen), seen["next"]) == (["p1", "p2"], 2)
    publish("p1")
    later = listed(portal, f"?since={seen['next']}")
    assert [(row["id"], row["proof"], row["change"]) for row in later["publications"]] == [("p1", "witnessed", 3)]
    assert listed(portal, "?since=3") == {"publications": [], "next": 3}


@pytest.mark.parametrize("since", ["-1", "1.5", "x", "٣", "1e3", "9" * 19, "9" * 5000, "%00", " 1", "0x10"])
def test_a_change_number_that_is_none_is_refused(portal: Client, since: str) -> None:
    answer = portal.get(f"{API}?since={since}")
    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "bad-input"


def test_the_largest_change_number_is_no_overflow(portal: Client) -> None:
    assert listed(portal, "?since=" + "9" * 18)["publications"] == []


@pytest.mark.parametrize(
    "after", ["x", "~", "2026-11-20", "2026-13-01~p1", "2026-11-20~" + "p" * 41, "2026-11-20~%00", "~p1"]
)
def test_a_cursor_of_somebody_else_is_refused_by_the_api_and_passed_over_by_the_page(
    portal: Client, after: str
) -> None:
    publish()
    assert portal.get(f"{API}?after={after}").status_code == 400
    assert 'href="/p/p1"' in portal.get(f"/results/?after={after}").content.decode()


def test_the_api_refuses_a_query_it_would_have_to_cut(portal: Client) -> None:
    assert portal.get(f"{API}?q={'长' * 61}").status_code == 400
    assert portal.get(f"{API}?q={'长' * 60}").status_code == 200


def test_the_feed_has_permanent_ids_and_the_newest_first(portal: Client) -> None:
    publish("p1", decided_on="2026-11-18")
    publish("p2", decided_on="2026-11-20", title="a <b>&\"' title")
    answer = portal.get("/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314  (our own feed)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        "http://localhost:8001/p/p2",
        "http://localhost:8001/p/p1",
    ]
    assert entries[0].findtext(f"{ATOM}title") == "a <b>&\"' title"
    assert feed.findtext(f"{ATOM}id") == "http://localhost:8001/"


READ = ["/", "/results/?q=理发", "/p/p1", "/p/p1.json", "/p/p1.pdf", "/p/p1.bundle", API, "/feed.atom", "/verify/"]


@pytest.mark.parametrize("address", READ)
def test_who_has_the_bytes_is_told_so_and_must_ask_each_time(portal: Client, address: str) -> None:
    publish()
    first = portal.get(address)
    assert first["Cache-Control"] == "no-cache"  # a withdrawal must be seen at once
    again = portal.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    publish("p9")
    head = portal.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == portal.get(address)["ETag"]


def test_a_result_that_changes_gets_another_tag(portal: Client) -> None:
    publish(witnessed=False)
    before = portal.get("/p/p1.bundle")["ETag"]
    publish()
    assert portal.get("/p/p1.bundle", headers={"If-None-Match": before}).status_code == 200


def test_open_data_may_be_read_by_pages_of_others_and_pages_may_not(portal: Client) -> None:
    publish()
    for address in ("/p/p1.json", "/p/p1.bundle", API, "/feed.atom"):
        assert portal.get(address)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in portal.get("/p/p1").headers


def test_the_log_is_served_as_the_sequencer_wrote_it(world: World, portal: Client) -> None:
    assert portal.get("/log/checkpoint").status_code == 404
    world.file(SHOP, "one", "two")
    world.log.run_once()
    head = portal.get("/log/checkpoint")
    assert head.content == (world.data.log / "checkpoint").read_bytes()
    assert head["Cache-Control"] == "no-store"
    tile = next(path for path in (world.data.log / "tile").rglob("*") if path.is_file())
    answer = portal.get(f"/log/{tile.relative_to(world.data.log).as_posix()}")
    assert answer.content == tile.read_bytes()
    assert "immutable" in answer["Cache-Control"]
    assert portal.get("/log/tile/0/999")["Cache-Control"] == "no-cache"  # not there yet is not for ever


@pytest.mark.parametrize(
    "path",
    [
        "tile/../../keys/log.json",
        "tile/0/..%2f..%2fkeys",
        "tile/0/%2e%2e/keys",
        "window.json",
        "tile",
        "tile/0",
        "../policy",
    ],
)
def test_nothing_but_the_log_is_served_from_its_folder(portal: Client, path: str) -> None:
    assert portal.get(f"/log/{path}").status_code == 404


def hostile(vectors: Path) -> list[str]:
    naughty = json.loads((vectors / "hostile/naughty-strings.json").read_text("utf-8"))
    payloads = [json.loads(line) for line in (vectors / "hostile/payloads.jsonl").read_bytes().splitlines()]
    return [*naughty, *(payload["value"] for payload in payloads[::9]), "\0", "a\0b", "'" * 60, "长" * 5000]


def test_no_string_breaks_the_search_or_comes_back_as_markup(vectors: Path, portal: Client) -> None:
    publish()
    for string in hostile(vectors):
        asked, shown = quote(string.encode("utf-8", "surrogatepass")), string.strip()[:60]
        for name in ("q", "after", "month"):
            answer = portal.get(f"/results/?{name}={asked}")
            assert answer.status_code == 200, (name, string)
            assert "<" not in shown or shown == "<" or shown not in answer.content.decode(), (name, string)
        for name in ("q", "after", "since"):
            assert portal.get(f"{API}?{name}={asked}").status_code in {200, 400}, (name, string)
    assert ids(listed(portal)) == ["p1"]
