"""What scripts and other systems rely on is written down: a command, route or code without a line fails here."""

import argparse
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern

from tools import check_docs, errors_page, procedures_page
from zhunsheng.cli import demo, main
from zhunsheng.infra.datadir import DataDir
from zhunsheng.web.office.api.urls import api
from zhunsheng.web.public.urls import urlpatterns

REPOSITORY = Path(__file__).resolve().parent.parent.parent
REFERENCE = REPOSITORY / "docs" / "reference"
OF_EVERY_COMMAND = {"-h", "--help", "--data", "--json"}


def sections(page: str) -> dict[str, str]:
    """Return the text under each heading of third level, by its code: ``demo``, ``GET /cases``."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    found = re.split(r"^### `([^`]+)`$", text, flags=re.MULTILINE)
    return {name: re.split(r"^#{1,2} ", body, flags=re.MULTILINE)[0] for name, body in zip(found[1::2], found[2::2])}  # noqa: B905  (pairs by construction)


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every option of a command, those of its questions too."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                yield name
                yield from options(one)


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(f"zhunsheng.cli.{main.COMMANDS[name]}").arguments(parser)
    text = sections("commands.md").get(name)
    assert text is not None, f"docs/reference/commands.md has no section ### `{name}`"
    missing = {word for word in options(parser) if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)}
    assert missing - OF_EVERY_COMMAND == set()


def test_no_command_is_documented_that_is_not_there() -> None:
    assert sections("commands.md").keys() == main.COMMANDS.keys()


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/")))
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {address}", operation


@pytest.mark.parametrize(("name", "operation"), list(operations()), ids=[name for name, _ in operations()])
def test_every_route_of_the_office_api_and_its_parameters_are_documented(name: str, operation: dict[str, Any]) -> None:
    text = sections("office-api.md").get(name)
    assert text is not None, f"docs/reference/office-api.md has no section ### `{name}`"
    common = (REFERENCE / "office-api.md").read_text(encoding="utf-8").partition("## Routes")[0]
    asked = {one["name"] for one in operation.get("parameters", []) if one["in"] in {"query", "header"}}
    assert {one for one in asked if one not in text and not (one in common and one[0].isupper())} == set()


def test_every_member_of_the_office_api_s_bodies_is_documented() -> None:
    page = (REFERENCE / "office-api.md").read_text(encoding="utf-8")
    schemas = api.get_openapi_schema(path_prefix="/")["components"]["schemas"]
    members = {f"{name}.{member}" for name, one in schemas.items() for member in one.get("properties", {})}
    assert {
        one
        for one in members
        if f"`{one.rpartition('.')[2]}`" not in page and f'"{one.rpartition(".")[2]}"' not in page
    } == set()


def test_every_address_of_the_portal_is_documented() -> None:
    page = (REFERENCE / "portal.md").read_text(encoding="utf-8")
    missing = {written for one in urlpatterns if f"| `{(written := address(one))}" not in page}
    assert missing == set()


def address(pattern: URLPattern) -> str:
    """Return a route as the page writes it: ``/p/{id}.json``; of the tiles the part that stays."""
    plain = str(pattern.pattern).removeprefix("^").replace("(?P<path>", "").partition("(")[0]
    return "/" + re.sub(r"<slug:\w+>", "{id}", plain)


def test_every_code_is_documented() -> None:
    assert errors_page.PAGE.read_text(encoding="utf-8") == errors_page.page(), "make docs"


def test_every_alarm_has_its_meaning_and_no_other() -> None:
    assert errors_page.alarms() == errors_page.REASONS.keys()


def test_every_finding_of_the_audit_has_words() -> None:
    assert errors_page.found_in_code() - dict(errors_page.findings()).keys() == set()


def test_every_procedure_is_documented() -> None:
    assert procedures_page.PAGE.read_text(encoding="utf-8") == procedures_page.page(), "make docs"


def test_every_member_of_demo_json_is_documented(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    story = {"accounts": [{"role": "", "login": "", "password": "", "name": ""}], "cases": {}}
    demo._write(data, demo.Addresses("127.0.0.1", "localhost", 8000, tls=False), story, {"office": 1})
    shown = re.search(r"```json\n(.*?)```", (REFERENCE / "demo-json.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    written, documented = json.loads((tmp_path / "demo.json").read_bytes()), json.loads(shown[1])
    assert documented.keys() == written.keys()
    assert documented["accounts"][0].keys() == written["accounts"][0].keys()


def test_the_pages_that_the_code_points_to_are_there() -> None:
    named = {
        found
        for path in (REPOSITORY / "src").rglob("*")
        if path.suffix in {".py", ".js", ".html", ".toml", ".typ"}
        for found in re.findall(r"docs/[\w/.-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert {one for one in named if not (REPOSITORY / one).exists()} == set()


def test_no_link_between_the_documents_leads_nowhere() -> None:
    pages = [page for page in check_docs.pages() if not page.name.startswith("README") or "docs" in page.parts]
    assert [problem for page in pages for problem in check_docs.broken_links(page)] == []
