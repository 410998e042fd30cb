"""Only ``apps/journal`` writes the journal, and nothing anywhere changes or deletes an event, a leaf, a checkpoint."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, modules, name

WRITES = {"create", "acreate", "bulk_create", "get_or_create", "update_or_create", "save", "add", "set"}
REWRITES = {"update", "aupdate", "bulk_update", "delete", "adelete", "update_or_create", "raw_delete"}
MODELS = re.compile(r"\b(Stream|Event|Payload|Leaf|Pending|Checkpoint|Cosignature|Reading|Counter|Outbox)\.objects\b")
WRITING_SQL = re.compile(
    r"\b(insert\s+into|update|delete\s+from|truncate|copy|alter\s+table)\s+\"?journal_(\w+)", re.IGNORECASE
)
FOR_EVER = {"event", "payload", "leaf", "checkpoint", "cosignature", "reading"}
NEW = {"insert into", "copy"}

JOURNAL = PACKAGE / "apps" / "journal"
DISPOSAL = JOURNAL / "disposal.py"  # the one act that deletes a payload, in its own role


def broken_rules(source: str, *, in_journal: bool, in_disposal: bool = False) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr) as func) if MODELS.search(ast.unparse(func)):
                if attr in REWRITES or (attr in WRITES and not in_journal):
                    yield f"line {node.lineno}: {ast.unparse(func)}"
            case ast.Constant(value=str(text), lineno=line):
                for verb, table in WRITING_SQL.findall(text):
                    plain = re.sub(r"\s+", " ", verb.lower())
                    rewrites = plain not in NEW and table.lower() in FOR_EVER
                    if (rewrites and not (in_disposal and table == "payload")) or not in_journal:
                        yield f"line {line}: {plain} journal_{table}"
            case _:
                pass


# Tables are made by migrations; the guards these install are tested in tests/attacks.
LOOKED_AT = [path for path in modules() if "migrations" not in path.parts]


@pytest.mark.parametrize("path", LOOKED_AT, ids=name)
def test_module(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    in_journal = path.is_relative_to(JOURNAL)
    assert list(broken_rules(source, in_journal=in_journal, in_disposal=path == DISPOSAL)) == []


@pytest.mark.parametrize(
    "bad",
    [
        "Event.objects.create(kind='x')",
        "Event.objects.filter(pk=1).update(actor='y')",
        "models.Payload.objects.all().delete()",
        "cursor.execute('UPDATE journal_event SET actor = 1')",
        "cursor.execute('delete  from journal_leaf')",
        "cursor.execute(f'TRUNCATE {x}; INSERT INTO journal_event VALUES (1)')",
    ],
)
def test_the_rule_itself_bites(bad: str) -> None:
    assert list(broken_rules(bad, in_journal=False))


def test_even_the_journal_may_not_rewrite_an_event() -> None:
    assert list(broken_rules("execute('UPDATE journal_event SET kind = 1')", in_journal=True))
    assert not list(broken_rules("execute('INSERT INTO journal_event VALUES (1)')", in_journal=True))
    assert not list(broken_rules("execute('UPDATE journal_counter SET last = 1')", in_journal=True))
