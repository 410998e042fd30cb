"""The database's own guards: triggers as the migrations made them, privileges as the map says."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from zhunsheng.apps.journal import roles
from zhunsheng.apps.journal.audit.findings import Finding
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.core.ledger.canonical import sha256
from zhunsheng.infra import database

# When a trigger fires, as pg_trigger.tgtype says it: 1 each row, 2 before, 8 delete, 16 update, 32 truncate.
REWRITE: Final = 2 | 8 | 16 | 32
UPDATE_TRUNCATE: Final = 2 | 16 | 32
DELETE_TRUNCATE: Final = 2 | 8 | 32
DELETE: Final = 2 | 8
AFTER_DELETE: Final = 8
EACH_UPDATE: Final = 1 | 2 | 16

# (table, trigger) -> function and firing; what each must refuse is written in migration 0002.
TRIGGERS: Final[Mapping[tuple[str, str], tuple[str, int]]] = MappingProxyType(
    {
        ("journal_event", "journal_event_append_only"): ("journal_refuse_rewrite", REWRITE),
        ("journal_leaf", "journal_leaf_append_only"): ("journal_refuse_rewrite", REWRITE),
        ("journal_checkpoint", "journal_checkpoint_append_only"): ("journal_refuse_rewrite", REWRITE),
        ("journal_cosignature", "journal_cosignature_append_only"): ("journal_refuse_rewrite", REWRITE),
        ("journal_reading", "journal_reading_append_only"): ("journal_refuse_rewrite", REWRITE),
        ("journal_payload", "journal_payload_fixed"): ("journal_refuse_rewrite", UPDATE_TRUNCATE),
        ("journal_payload", "journal_payload_disposal"): ("journal_payload_disposal", DELETE),
        ("journal_stream", "journal_stream_kept"): ("journal_refuse_rewrite", DELETE_TRUNCATE),
        ("journal_stream", "journal_stream_forward"): ("journal_stream_forward", EACH_UPDATE),
        ("journal_counter", "journal_counter_kept"): ("journal_refuse_rewrite", DELETE_TRUNCATE),
        ("journal_counter", "journal_counter_forward"): ("journal_counter_forward", EACH_UPDATE),
        ("journal_pending", "journal_pending_kept"): ("journal_refuse_rewrite", UPDATE_TRUNCATE),
        ("journal_pending", "journal_pending_committed"): ("journal_pending_committed", AFTER_DELETE),
    }
)
# SHA-256 of the functions' source: a function that was emptied is found as well as a trigger that was dropped.
FUNCTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "journal_counter_forward": "0c595df7722b079df25b3f5a6dd5556fb7e039a406eb419a2146d46f50d6f5fe",
        "journal_payload_disposal": "7372fa2aff6f324da362027b85b2b25133beeb581c0eb335229a3bc7c2d55a95",
        "journal_pending_committed": "e852b25941b0edf2137725bcbd60d1ca2741d1b2ad065d9fccc2fc5438b3739c",
        "journal_refuse_rewrite": "6b67978d0b386dc5d3505401ff5eee4f8a5195c6e58ffde50a814ab0b054fb89",
        "journal_stream_forward": "5f344d3780d5d51d385e944cd5c8d6990fd3ce48268d3afccdecec448bd490da",
    }
)

FOUND: Final = """
SELECT c.relname, t.tgname, p.proname, t.tgenabled::text, t.tgtype, p.prosrc
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND n.nspname = 'public' AND c.relname LIKE 'journal\\_%%'"""
ENABLED: Final = "O"


def guard_findings() -> Iterator[Finding]:
    """Yield the guards that are missing, disabled or changed, and the privileges that are not as mapped."""
    yield from _triggers()
    names = database.server().roles
    expected, found = roles.expected(), roles.catalog(names)
    for grant in sorted(expected - found):
        yield Finding("privilege-missing", str(grant), "granted", "not granted")
    for grant in sorted(found - expected):
        yield Finding("privilege-added", str(grant), "not granted", "granted")
    for role in roles.mighty(names):
        yield Finding("role-mighty", role, "no power over the tables' owner", "superuser, or member of the owner")


def _triggers() -> Iterator[Finding]:
    found = {(table, name): rest for table, name, *rest in fetch(FOUND)}
    for (table, trigger), (function, firing) in TRIGGERS.items():
        record = f"trigger {trigger} on {table}"
        there = found.get((table, trigger))
        if there is None:
            yield Finding("trigger-missing", record, "enabled", "not there")
            continue
        name, enabled, kind, source = there
        if enabled != ENABLED:
            yield Finding("trigger-missing", record, "enabled", "disabled")
        digest = sha256(str(source).encode()).hex()
        if (name, digest, kind) != (function, FUNCTIONS[function], firing):
            yield Finding("trigger-missing", record, f"{function} {FUNCTIONS[function][:16]}", f"{name} {digest[:16]}")
