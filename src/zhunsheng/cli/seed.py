"""``zhunsheng seed``: fill an installation with case files and published results, by the thousand.

The events are written by the encoders of ``append``, so that nothing tells them from what an
office files: they are sequenced, witnessed and audited like all others. Both numbers are
totals: a second run adds what is missing, and an interrupted one is continued. Finished
cases are published first; the publications that are then still missing are results taken
over from the years before.

Meant for demonstrations, measurements and tests, and refused elsewhere: an event cannot be
taken out again.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final, TypeAlias, TypeVar

from django.db import connection, transaction

from zhunsheng.apps.cases import seeding as case_rows
from zhunsheng.apps.disclosure import seeding as disclosure
from zhunsheng.apps.journal import ledger, proofs
from zhunsheng.apps.journal.seeding import Tree, next_numbers, write
from zhunsheng.apps.journal.sequencer import NotTheOnlyOneError
from zhunsheng.apps.journal.sql import fetch
from zhunsheng.apps.journal.tilestore import StoreBusyError, TileStore, leaves
from zhunsheng.apps.portal import seeding as portal
from zhunsheng.apps.portal.commands import WITNESSED
from zhunsheng.apps.registry import queries as registry
from zhunsheng.cli import demo_bureau
from zhunsheng.cli.main import COULD_NOT_RUN, show
from zhunsheng.cli.seed_matters import MATTERS, MIX, Matter, Shape
from zhunsheng.cli.seed_names import firm
from zhunsheng.cli.seed_stories import SERIES, Script
from zhunsheng.core.ledger.bundle import Bundle
from zhunsheng.core.ledger.note import parse_checkpoint
from zhunsheng.core.ledger.tree import inclusion_proof
from zhunsheng.infra import clock, database, datadir, env, lawdata

HELP: Final = "fill a demonstration with case files and published results"
DJANGO: Final = True

AT_ONCE: Final = 400  # cases or results in a transaction
LEDGER_BATCH: Final = 32_768  # events in a checkpoint: few checkpoints, few files
CASE_DAYS: Final = 30  # working days the cases are spread over
CASE_LAG: Final = timedelta(days=10)  # the newest seeded case is older than that: its publication lies in the past
YEARS_BEFORE: Final = 4  # results taken over reach back so far, on so many days of each year
DAYS_A_YEAR: Final = 30
SETTLE_EVERY: Final = 10  # batches of publications
LEDGER_SECONDS: Final = 120.0
_SERIES_CASES: Final = "seed/cases"
_SERIES_RESULTS: Final = "seed/results"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Totals of seeded things."""

    cases: int
    publications: int


@dataclass(slots=True)
class Done:
    """What a run added."""

    cases: int = 0
    events: int = 0
    published: int = 0  # shown by the portal
    waiting: int = 0  # in the ledger, and not yet witnessed
    seconds: dict[str, float] = field(default_factory=dict)


Progress: TypeAlias = Callable[[str], None]
T = TypeVar("T")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--cases", type=_count, default=0, metavar="N", help="seeded case files there shall be")
    parser.add_argument("--publications", type=_count, default=0, metavar="N", help="seeded publications")
    parser.add_argument(
        "--yes-test-data", action="store_true", help="also where this is no demonstration; it cannot be undone"
    )


def run(args: argparse.Namespace) -> int:
    """Seed and report."""
    if not (env.current().demo or args.yes_test_data):
        words = "这不是演示系统,虚构数据写入后不能删除;确是测试系统时加 --yes-test-data (not a demonstration)"
        show(args, {"error": "not-a-demonstration"}, [])
        print(words, file=sys.stderr)
        return COULD_NOT_RUN
    done = seed(Wanted(args.cases, args.publications), lambda words: print(words, file=sys.stderr, flush=True))
    result = {"cases": done.cases, "events": done.events, "publications": done.published, "waiting": done.waiting}
    lines = [f"新增案件 {done.cases},事件 {done.events},公示 {done.published}"]
    if done.waiting:
        lines.append(f"{done.waiting} 条公示等待见证,再次运行本命令即可公示")
    show(args, result | {"seconds": done.seconds}, lines)
    return 0


def seed(wanted: Wanted, progress: Progress = lambda _words: None) -> Done:
    """Bring the number of seeded cases and publications up to ``wanted``; existing ones stay as they are."""
    done = Done()
    if not any(known.id == demo_bureau.AGENCY for known in registry.agencies()):
        demo_bureau.found(clock.now())
    steps = (("cases", _cases), ("results", _results), ("ledger", _sequence), ("portal", _show), ("analyze", _analyze))
    for name, step in steps:
        began = time.monotonic()
        step(wanted, done, progress)
        done.seconds[name] = round(time.monotonic() - began, 2)
    return done


def _cases(wanted: Wanted, done: Done, progress: Progress) -> None:
    scripts = _scripts(_recent_days(), matters=tuple(each for each in MATTERS if each.mark == "公"))
    for first, count in _missing(_SERIES_CASES, wanted.cases):
        with transaction.atomic(durable=True):
            _take(_SERIES_CASES, first, count)
            done.events += _write_cases(scripts, first, count, wanted.publications)
        done.cases += count
        progress(f"案件 {first + count - 1}/{wanted.cases}")


def _write_cases(scripts: Sequence[Script], first: int, count: int, publications: int) -> int:
    stories, rows, receipts = [], [], []
    serials = _serials(scripts, range(first, first + count))
    for n in range(first, first + count):
        script, shape, who = scripts[n % len(scripts)], _shape(n, publications), firm(n, "公")
        numbers = script.numbers(serials[n])
        stories.append(script.story(shape, who, numbers))
        rows.append(case_rows.Rows(script.row(shape, who, numbers), script.documents(shape, numbers)))
        if shape is Shape.PUBLISHED:
            receipts.append(script.receipt(numbers))
    events = write(stories)
    case_rows.save_new(rows)
    disclosure.delivered(receipts, proof=WITNESSED)
    return events


def _shape(n: int, publications: int) -> Shape:
    """Return how far the ``n``-th case has come; once enough are published, the finished ones wait."""
    shape = MIX[n % len(MIX)]
    return shape if shape is not Shape.PUBLISHED or _published_cases(n) <= publications else Shape.REPORTED


def _published_cases(count: int) -> int:
    """Return how many of the first ``count`` cases are published where nothing limits them."""
    whole, rest = divmod(count, len(MIX))
    each = [shape is Shape.PUBLISHED for shape in (*MIX[1:], MIX[0])]
    return whole * sum(each) + sum(each[:rest])


def _serials(scripts: Sequence[Script], numbers: range) -> dict[int, dict[str, int]]:
    """Take the numbers of a batch from the office's own series, each by its year."""
    by_year: dict[int, list[int]] = {}
    for n in numbers:
        by_year.setdefault(scripts[n % len(scripts)].day.year, []).append(n)
    taken: dict[int, dict[str, int]] = {n: {} for n in numbers}
    for series in SERIES:
        for year, members in sorted(by_year.items()):
            start = next_numbers(demo_bureau.AGENCY, series, year, len(members))
            for place, n in enumerate(members):
                taken[n][series] = start + place
    return taken


def _results(wanted: Wanted, done: Done, progress: Progress) -> None:
    """Take over as many results from before as publications are missing beside those of cases."""
    missing = wanted.publications - min(_published_cases(wanted.cases), wanted.publications)
    scripts = _scripts(_earlier_days(), matters=MATTERS) if missing else []
    for first, count in _missing(_SERIES_RESULTS, missing):
        stories = []
        for n in range(first, first + count):
            script = scripts[n % len(scripts)]
            number = f"{script.area}卫罚决〔{script.day.year}〕{n}号"
            stories.append(script.taken_over(firm(n, script.matter.mark), number))
        with transaction.atomic(durable=True):
            _take(_SERIES_RESULTS, first, count)
            done.events += write(stories)
        progress(f"历史公示 {first + count - 1}/{missing}")


def _sequence(_wanted: Wanted, _done: Done, progress: Progress) -> None:
    """Commit all that waits to the ledger and have it witnessed; a running worker does the same beside us."""
    log = replace(ledger.sequencer(), batch=LEDGER_BATCH)
    until = time.monotonic() + LEDGER_SECONDS
    while waiting := int(fetch("SELECT count(*) FROM journal_pending")[0][0]):
        progress(f"待存证 {waiting}")
        if _turn(log.run_once):
            until = time.monotonic() + LEDGER_SECONDS
        elif time.monotonic() > until:
            return
    while (head := proofs.head()) is not None and not head.witnessed and time.monotonic() < until:
        _turn(ledger.tick)


def _turn(act: Callable[[], object]) -> bool:
    """Do ``act`` unless the worker of a running installation is at it."""
    try:
        act()
    except (NotTheOnlyOneError, StoreBusyError):
        time.sleep(0.2)
        return False
    return True


def _show(_wanted: Wanted, done: Done, progress: Progress) -> None:
    """Carry over to the portal what is published, has no PDF and is not shown there: seeded results alone."""
    head, policy = proofs.head(), ledger.policy()
    if head is None:
        return
    paths = _Paths(head)
    with _owner() as owner, portal.bulk(owner):
        for number, batch in enumerate(_batches(disclosure.approved(head.size), disclosure.AT_ONCE), 1):
            shown = portal.known([each.publication for each in batch])
            fresh = [each for each in batch if not each.has_pdf and each.publication not in shown]
            if not head.witnessed:
                done.waiting += len(fresh)
                continue
            portal.show([portal.Outgoing(paths.bundle(each), each.at) for each in fresh], policy=policy)
            done.published += len(fresh)
            progress(f"公示 {done.published}")
            if number % SETTLE_EVERY == 0:
                portal.settle(owner)


class _Paths:
    """Proofs to one checkpoint, for all leaves: the tree is read once."""

    def __init__(self, head: proofs.Head) -> None:
        self._head = head
        self._origin = parse_checkpoint(head.checkpoint.encode())[1].origin
        self._tree: Tree | None = None

    def bundle(self, approved: disclosure.Approved) -> Bundle:
        """Return what anybody can carry away and check."""
        if self._tree is None:
            self._tree = Tree(leaves(TileStore(datadir.current().log).fetch, self._head.size))
        path = inclusion_proof(approved.index, self._head.size, self._tree)
        return Bundle(
            content=approved.content,
            entry=approved.entry,
            index=approved.index,
            proof=tuple(value.hex() for value in path),
            checkpoint=self._head.checkpoint,
            origin=self._origin,
            size=self._head.size,
        )


def _analyze(_wanted: Wanted, _done: Done, _progress: Progress) -> None:
    """Have the planner, and the search that asks its statistics, know what came in."""
    with _owner() as owner:
        owner.execute("ANALYZE")


def _owner() -> database.Connection:
    """Connect as the owner of the tables, who alone may tend indexes and statistics."""
    password = database.passwords(datadir.current())["owner"]
    ours, place = connection.settings_dict, database.server()
    same = replace(place, host=str(ours["HOST"]), port=int(ours["PORT"]))  # where this process is connected
    return database.connect(same.url(place.roles.owner, password, name=str(ours["NAME"])))


def _missing(series: str, total: int) -> Iterator[tuple[int, int]]:
    """Yield ``(first, count)`` of what an earlier run has not made."""
    made = fetch("SELECT last FROM journal_counter WHERE agency = %s AND series = %s", [demo_bureau.AGENCY, series])
    for first in range(int(made[0][0]) + 1 if made else 1, total + 1, AT_ONCE):
        yield first, min(AT_ONCE, total + 1 - first)


def _take(series: str, first: int, count: int) -> None:
    """Note a batch as made, in its own transaction: whoever comes second is rolled back."""
    if next_numbers(demo_bureau.AGENCY, series, 0, count) != first:
        raise RuntimeError("another run seeds the same installation")


def _scripts(days: Sequence[date], matters: Sequence[Matter]) -> list[Script]:
    area = registry.agency(demo_bureau.AGENCY).area_short
    return [Script(day, matters[place % len(matters)], area) for place, day in enumerate(days)]


def _recent_days() -> list[date]:
    calendar, newest = lawdata.book().calendar, clock.today() - CASE_LAG
    return [each.day for each in islice((one for one in calendar.before(newest) if one.works), CASE_DAYS)]


def _earlier_days() -> list[date]:
    """Return working days of the years before, a few of each month."""
    calendar, last = lawdata.book().calendar, clock.today().year - 1
    step = 365 // DAYS_A_YEAR
    starts = (date(year, 1, 5) + timedelta(days=step * n) for year in _years(last) for n in range(DAYS_A_YEAR - 1))
    return [next(one.day for one in calendar.after(start) if one.works) for start in starts]


def _years(last: int) -> range:
    return range(last - YEARS_BEFORE + 1, last + 1)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("a number from 0 on")
    return value
