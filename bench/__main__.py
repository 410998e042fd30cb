"""``python -m bench``: set up, fill, measure, print. ``--quick`` shows in seconds that every program runs."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from bench.common import QUICK, Measure, Watch, report, say, size
from zhunsheng.infra import database, datadir, env, postgres

CASES_SHARE: Final = 0.05  # of the audited events; results taken over are the rest
EVENTS_A_CASE: Final = 13
FEWEST_CASES: Final = 10  # one of them has a decision to typeset
PROGRAMS: Final = ("appending", "filing", "sequencing", "auditing", "proving", "reading", "typesetting")
BEFORE_PUBLICATIONS: Final = ("appending", "filing", "sequencing", "auditing")


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smallest sizes: the figures mean nothing")
    parser.add_argument("--data", type=Path, help="folder to work in, kept and filled up again (default: a new one)")
    parser.add_argument("--only", default=",".join(PROGRAMS), help=f"some of: {', '.join(PROGRAMS)}")
    args = parser.parse_args()
    os.environ[QUICK] = str(int(args.quick))
    wanted = [name for name in PROGRAMS if name in args.only.split(",")]
    with _folder(args.data) as folder, _installation(folder):
        _measure([name for name in wanted if name in BEFORE_PUBLICATIONS])
        rest = [name for name in wanted if name not in BEFORE_PUBLICATIONS]
        if rest:
            _seed(_cases(), size().publications)
            _measure(rest)
    return 0


def _measure(names: Sequence[str]) -> None:
    for name in names:
        if name == "auditing":
            _fill_for_audit()
        began = monotonic()
        _run("-m", "bench.program", name)
        say(f"{name}: {monotonic() - began:.0f} s")


def _fill_for_audit() -> None:
    """Seed about as many events as the audit is to read, of which a part belongs to case files."""
    _seed(_cases(), (size().events - _cases() * EVENTS_A_CASE) // 2)


def _cases() -> int:
    return max(FEWEST_CASES, int(size().events * CASES_SHARE) // EVENTS_A_CASE)


def _seed(cases: int, publications: int) -> None:
    watch = Watch()
    words = ["-m", "zhunsheng.cli.main", "seed", "--json", "--cases", str(cases), "--publications", str(publications)]
    done = json.loads(_run(*words, keep=True))
    busy, steal = watch.shares()
    spent = sum(done["seconds"].values())
    if done["events"]:
        measure = Measure("seed", "events/s", "", "higher")
        conditions = done | {"machine_busy": busy, "steal": steal}
        report(measure, done["events"] / spent, None, None, conditions)


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given.absolute()
        return
    with TemporaryDirectory(prefix="zhunsheng-bench-") as made:
        Path(made).chmod(0o711)  # the user that runs PostgreSQL must get through
        yield Path(made)


@contextmanager
def _installation(folder: Path) -> Iterator[None]:
    """Have an initialised installation with its server running, under settings of its own."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    for name in [name for name in os.environ if name.startswith("ZHUNSHENG_") or name == "DATABASE_URL"]:
        if name not in {"ZHUNSHENG_POSTGRES_BIN", "ZHUNSHENG_SYSTEM_FOLDER"}:
            del os.environ[name]
    env.change(ZHUNSHENG_DATA=str(folder / "data"), ZHUNSHENG_DEMO="1", ZHUNSHENG_LOG_LEVEL="warning")
    data = datadir.current()
    data.create()
    database.make_passwords(data)
    cluster = postgres.Cluster(data)
    cluster.prepare()
    cluster.start()
    try:
        _run("-m", "zhunsheng.cli.main", "init", keep=True)
        yield
    finally:
        cluster.stop()


def _run(*words: str, keep: bool = False) -> str:
    """Run a program of ours; its lines are ours unless they are to be kept."""
    done = subprocess.run(  # noqa: S603  (our own programs)
        [sys.executable, *words],
        check=True,
        stdout=subprocess.PIPE if keep else None,
        text=True,
    )
    return done.stdout or ""


if __name__ == "__main__":
    sys.exit(main())
