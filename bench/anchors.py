"""What the machine and plain programs reach, in the same database server: what our figures are divided by."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, LiteralString

import psycopg

from zhunsheng.infra import database, postgres

DATABASE: Final = "bench_anchors"
ROW: Final = 470  # bytes of one inserted row, about those of a small event
RECORD: Final = 512  # bytes of one event of the audited chain
SETTINGS: Final[tuple[LiteralString, ...]] = ("fsync", "synchronous_commit", "full_page_writes")


def connect() -> "psycopg.Connection[tuple[object, ...]]":
    """Connect to the anchors' own database as the server's administrator, who makes it if need be."""
    admin = database.admin_dsn()
    if admin is None:
        raise SystemExit("the bench needs the embedded server")
    with psycopg.connect(admin, autocommit=True) as first:
        if not first.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            first.execute(f"CREATE DATABASE {DATABASE}")
    return psycopg.connect(database.admin_dsn(name=DATABASE) or "", autocommit=True)


def settings() -> dict[str, str]:
    """Return what decides whether a commit is durable, as the server says it."""
    with connect() as one:
        shown = {name: str(_value(one, f"SHOW {name}")) for name in SETTINGS}
        return {"postgres": str(_value(one, "SHOW server_version")).split()[0], **shown}


def _value(one: "psycopg.Connection[tuple[object, ...]]", statement: LiteralString) -> object:
    row = one.execute(statement).fetchone()
    return row[0] if row else None


# --- One row a commit ------------------------------------------------------------------------

INSERT: Final = """\\set c random(1, 100000)
INSERT INTO ev (case_id, body, leaf) VALUES
    (:c, jsonb_build_object('t', 'note', 'p', repeat('x', 420)), decode(repeat('ab', 32), 'hex'));
"""


class Pgbench:
    """PostgreSQL's own load program, from the wheel: a 470-byte row a commit."""

    def __init__(self, folder: Path) -> None:
        """Make the table and write the script into ``folder``."""
        self._script = folder / "insert.sql"
        self._script.write_text(INSERT, encoding="ascii")
        with connect() as one:
            one.execute("DROP TABLE IF EXISTS ev")
            one.execute("CREATE TABLE ev (id bigserial PRIMARY KEY, case_id int, body jsonb, leaf bytea)")

    def commits(self, clients: int, seconds: int) -> float:
        """Return commits a second."""
        place = database.parse(database.admin_dsn(name=DATABASE) or "", DATABASE)
        words = [str(postgres.wheel_programs() / "pgbench"), "-n", "-M", "prepared", "-f", str(self._script)]
        words += ["-h", place.host, "-p", str(place.port), "-U", place.user, "-T", str(seconds)]
        words += ["-c", str(clients), "-j", str(min(clients, 2)), DATABASE]
        known = {**os.environ, "PGPASSWORD": place.password}
        done = subprocess.run(words, check=True, capture_output=True, text=True, env=known)  # noqa: S603  (our words)
        found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
        if found is None:
            raise RuntimeError(done.stdout)
        return float(found[1])


CHAIN: Final = "COPY (SELECT rec FROM chain ORDER BY seq) TO STDOUT (FORMAT binary)"

# --- Hashing ---------------------------------------------------------------------------------


def stream_tree(leaves: Iterable[bytes]) -> bytes:
    """Return the root of RFC 6962 over ``leaves``, one append at a time, nothing else."""
    stack: list[bytes] = []
    for index, leaf in enumerate(leaves):
        top, place = sha256(b"\x00" + leaf).digest(), index
        while place & 1:
            top = sha256(b"\x01" + stack.pop() + top).digest()
            place >>= 1
        stack.append(top)
    root = stack.pop()
    while stack:
        root = sha256(b"\x01" + stack.pop() + root).digest()
    return root


def chain(count: int) -> None:
    """Store ``count`` records of 512 bytes, each with the hash of the one before."""
    before = bytes(32)
    with connect() as one:
        one.execute("DROP TABLE IF EXISTS chain")
        one.execute("CREATE TABLE chain (seq bigint PRIMARY KEY, rec bytea NOT NULL)")
        with one.cursor() as cursor, cursor.copy("COPY chain FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int8", "bytea"])
            for seq in range(count):
                payload = f'{{"seq":{seq},"text":"{"执法人员现场检查" * 16}"'.encode()[: RECORD - 32].ljust(RECORD - 32)
                before = sha256(before + payload).digest()
                copy.write_row((seq, payload + before))
        one.execute("ANALYZE chain")


def audit_chain() -> None:
    """Copy the chain out and recompute it."""
    before = bytes(32)
    with connect() as one, one.cursor() as cursor, cursor.copy(CHAIN) as copy:
        copy.set_types(["bytea"])
        for (record,) in copy.rows():
            before = sha256(before + record[: RECORD - 32]).digest()
            if before != record[RECORD - 32 :]:
                raise RuntimeError("the chain is broken")


class StoredNodes:
    """A tree whose nodes lie in SQLite, one SELECT a node: the plain way to keep proofs cheap."""

    def __init__(self, path: Path, leaves: Sequence[bytes]) -> None:
        """Store all nodes of the tree over ``leaves`` (hashes)."""
        self._size = len(leaves)
        self._db = sqlite3.connect(path)
        self._db.execute(
            "CREATE TABLE node (level INT, number INT, hash BLOB, PRIMARY KEY (level, number)) WITHOUT ROWID"
        )
        level, hashes = 0, list(leaves)
        while hashes:
            self._db.executemany("INSERT INTO node VALUES (?, ?, ?)", ((level, n, h) for n, h in enumerate(hashes)))
            hashes = [sha256(b"\x01" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2], strict=False)]
            level += 1
        self._db.commit()

    def path(self, index: int) -> list[bytes]:
        """Return the siblings of one leaf that are stored: a proof, but for the right edge."""
        found, level = [], 0
        while self._size >> level > 1:
            asked = (level, (index >> level) ^ 1)
            row = self._db.execute("SELECT hash FROM node WHERE level = ? AND number = ?", asked).fetchone()
            found += [row[0]] if row else []
            level += 1
        return found


def rebuilt_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the siblings of one leaf from a tree built for it: what costs nothing to keep."""
    found, hashes = [], list(leaves)
    while len(hashes) > 1:
        if index ^ 1 < len(hashes):
            found.append(hashes[index ^ 1])
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        odd = hashes[-1:] if len(hashes) & 1 else []
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
        index >>= 1
    return found


# --- Search ----------------------------------------------------------------------------------


class Bigrams:
    """SQLite's FTS5 over pairs of characters, row numbers newest first: the fastest of the guide's engines."""

    def __init__(self, path: Path, rows: Iterable[Sequence[object]]) -> None:
        """Index ``rows``, oldest first: what a list shows, and last the text it is found by."""
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE VIRTUAL TABLE page USING fts5 (pairs, content='', detail=none)")
        self._db.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, a, b, c, d)")
        for number, (*shown, text) in enumerate(rows, 1):
            pairs = " ".join(_pairs(str(text)))
            self._db.execute("INSERT INTO page (rowid, pairs) VALUES (?, ?)", (number, pairs))
            self._db.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?)", (number, *map(str, shown)))
        self._db.execute("INSERT INTO page (page) VALUES ('optimize')")
        self._db.commit()

    def newest(self, word: str, limit: int = 20) -> list[object]:
        """Return the lines of the newest pages with a word of two characters."""
        return self._db.execute(NEWEST, (f'"{word}"', limit)).fetchall()


NEWEST: Final = """
SELECT line.* FROM (SELECT rowid FROM page WHERE page MATCH ? ORDER BY rowid DESC LIMIT ?) AS hit
  JOIN line ON line.number = hit.rowid"""


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))
