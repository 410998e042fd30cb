"""The ordinary table, walked whole: what must hold at every place it can reach, whatever the answers.

Every promise has its own narrow table (``exhaustive``) and, where it speaks of what came
before, a memory: a set of words that each step adds to or takes from. The same promises
must fail for each fault planted into a copy of the table.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

import pytest

from tests.core.procedures.exhaustive import Move, asked_for, can_end, moves, narrowed, remembered
from zhunsheng.core.casefile import names as f
from zhunsheng.core.casefile.facts import SERVICE_RECEIPT
from zhunsheng.core.citation import Citation
from zhunsheng.core.procedures import PENALTY_ORDINARY as TABLE
from zhunsheng.core.procedures.checks import contradictions
from zhunsheng.core.procedures.model import EXEMPT, Place, Procedure, Row
from zhunsheng.core.procedures.ordinary.line import BACK_AGAIN
from zhunsheng.core.procedures.ordinary.words import RUNNING
from zhunsheng.core.procedures.walk import ABOUT

BASIS = Citation("xzcff", 57, 1)
ANSWER = ("defence", "hearing", "review", "discussion")
DECISIONS = (f.PENALTY_DECISION, f.NO_PENALTY_DECISION)

Promise = Callable[[Procedure], Iterator[str]]


def ready(place: Place, table: Procedure) -> Iterator[str]:
    """Say what a place at which a penalty is decided still lacks."""
    allowed = {
        "defence": {"open", "closed"},
        "hearing": {"offered", "closed", EXEMPT},
        "review": {"passed", EXEMPT},
        "discussion": {"held", EXEMPT},
    }
    for key, stages in allowed.items():
        if key in {sub.key for sub in table.subs} and place.sub(key) not in stages:
            yield f"decided while {key} is {place.sub(key) or 'not begun'}"


def decides_when_ready(table: Procedure) -> Iterator[str]:
    """No decision while the answer of the party, the hearing, the review or the discussion is open."""
    for key in ANSWER:  # each by itself: what the others forbid is allowed, and the table is small
        narrow = narrowed(table, (key,))
        for move in moves(narrow):
            if move.form == f.PENALTY_DECISION and move.before.stage != move.after.stage:
                yield from ready(move.before, narrow)


def remember_notice(memory: frozenset[str], move: Move) -> frozenset[str]:
    """Remember whether the notice in force was served, and whether the head approved notice and decision."""
    if move.form == f.PRIOR_NOTICE:
        return memory - {"served", "cleared"}
    if move.form == SERVICE_RECEIPT and move.truth.get(ABOUT + f.PRIOR_NOTICE) and move.before.stage == "noticed":
        return memory | {"served"}
    if move.form == f"{f.APPROVAL}.approved":
        return (memory | {"told-ok"}) if move.after.stage == "approved" else (memory | {"cleared"})
    if move.form == f"{f.FILING_REPORT}.approved":
        return memory | {"filed"}
    if move.form == f.INVESTIGATION_REPORT:
        return memory - {"told-ok", "cleared", "served"}
    return memory


def tells_before_deciding(table: Procedure) -> Iterator[str]:
    """No notice without approval, no penalty without a served notice and an approval later than it."""
    for memory, move in remembered(narrowed(table, ()), remember_notice):
        if move.form == f.PRIOR_NOTICE and "told-ok" not in memory:
            yield "told without approval"
        if move.form == f.PENALTY_DECISION and "served" not in memory:
            yield "decided without a served notice"
        if move.form == f.PENALTY_DECISION and "cleared" not in memory:
            yield "decided without approval"
        if move.form in DECISIONS and "filed" not in memory:
            yield "decided without a case"


def remember_review(memory: frozenset[str], move: Move) -> frozenset[str]:
    """Remember whether a review was passed since the party's answer, the hearing and the evidence last changed."""
    answered = move.form in {f.HEARING_REPORT, f.DEFENCE_RECONSIDERATION, f.INVESTIGATION_REPORT}
    evidence = move.form in {f.INQUIRY_RECORD, "onsite-record"} and move.before.sub("review") != ""
    if answered or evidence:
        return frozenset()
    if move.form == f.REVIEW_OPINION and move.truth.get("review-passed"):
        return frozenset({"passed"})
    if move.form == f.REVIEW_OPINION:
        return frozenset()
    return memory


def reviews_last(table: Procedure) -> Iterator[str]:
    """The last passed review is later than hearing report, reconsideration and new evidence."""
    for memory, move in remembered(narrowed(table, ("review", "hearing", "defence")), remember_review):
        needed = move.before.sub("review") != EXEMPT
        if move.form == f.PENALTY_DECISION and needed and "passed" not in memory:
            yield "decided on a review that was overtaken"


def discusses_after_review(table: Procedure) -> Iterator[str]:
    """The leaders discuss what the review has passed."""
    for move in moves(narrowed(table, ("review", "discussion"))):
        if move.form == f.COLLECTIVE_DISCUSSION and move.before.sub("review") not in {"passed", EXEMPT}:
            yield f"discussed while the review is {move.before.sub('review')}"
        if move.form == f.REVIEW_SUBMISSION and move.after.sub("discussion") == "held":
            yield "a discussion outlives a new review"


def begins_anew(table: Procedure) -> Iterator[str]:
    """A new notice is no way round: nothing that followed the old one stays."""
    for key, first in (("defence", "open"), ("hearing", "offered"), ("discussion", "due")):
        for move in moves(narrowed(table, (key,))):
            if move.form == f.PRIOR_NOTICE and move.after.sub(key) not in {first, EXEMPT}:
                yield f"{key} outlives a new notice"
    for move in moves(narrowed(table, ("review",))):
        anew = move.form == f.APPROVAL and move.after.stage == "approving"
        if anew and move.after.sub("review") not in {"", "due", EXEMPT}:
            yield "review outlives a new approval of the notice"


def keeps_no_goods(table: Procedure) -> Iterator[str]:
    """Nothing is under preservation when a case is closed, and nothing is preserved afterwards."""
    for move in moves(narrowed(table, ("preservation", "termination", "correction"))):
        if move.after.stage in {"closed", "archived"} and move.after.sub("preservation") != "none":
            yield f"{move.after.stage} with goods under preservation"


def settles(table: Procedure) -> Iterator[str]:
    """A decided case is closed when it was served, paid or handed to the court, put right, and approved."""
    keys = ("service", "payment", "enforcement", "correction")
    for move in moves(narrowed(table, keys)):
        if move.before.stage == "closing" and move.after.stage == "closed":
            if move.before.sub("service") != "closed":
                yield "closed without service"
            if move.before.sub("payment") not in {"closed", "enforcing", EXEMPT}:
                yield "closed unpaid"
            if move.before.sub("correction") == "ordered":
                yield "closed without looking again"
        if move.after.sub("payment") == "enforcing" and move.after.sub("enforcement") != "applied":
            yield "enforced without the court"
        if move.form == f.COURT_APPLICATION and move.before.sub("enforcement") != "pressed":
            yield "to the court without a reminder"


def decides_once(table: Procedure) -> Iterator[str]:
    for move in moves(narrowed(table, ("service", "clock"))):
        if move.form in DECISIONS and move.before.sub("clock") != "running":
            yield "decided twice"
        if move.form in DECISIONS and move.after.sub("clock") != "made":
            yield "a clock that goes on"
        if move.form == f.CLOSING_REPORT and move.before.stage != "decided":
            yield f"closed at {move.before.stage}"
    if any(move.before.stage == table.final for move in moves(narrowed(table, ("service",)))):
        yield "something may follow the end"


LIVELY = (
    ("defence", "hearing", "review"),
    ("defence", "review", "discussion"),
    ("hearing", "discussion"),
    ("termination", "preservation", "correction"),
    ("service", "payment", "enforcement", "publication", "deferral", "archive"),
    ("preservation", "correction", "service", "payment", "enforcement", "archive", "termination"),
    ("review", "discussion", "termination", "preservation", "clock"),
)


def goes_on(table: Procedure, sets: tuple[tuple[str, ...], ...] = LIVELY) -> Iterator[str]:
    """From everywhere the end can be reached."""
    for keys in sets:
        narrow = narrowed(table, keys)
        taken = moves(narrow)
        ends = can_end(narrow, taken, lambda place: place.stage == table.final)
        stuck = sorted({move.after.stage for move in taken if move.after not in ends})
        if stuck or not ends:
            yield f"a dead end at {', '.join(stuck)}"


NEEDED = ("review-needed", "discussion-needed", "hearing-offered")


def onward(table: Procedure) -> Procedure:
    """Return the table without the ways back to an earlier step."""
    return replace(table, rows=tuple(row for row in table.rows if row not in BACK_AGAIN))


def can_be_decided(table: Procedure, sets: tuple[tuple[str, ...], ...] = LIVELY[:3]) -> Iterator[str]:
    """While a case runs, a penalty can still be reached without beginning again, whatever is needed for it."""
    for keys in sets:
        narrow = narrowed(onward(table), keys)
        taken = [move for move in moves(narrow) if all(move.truth.get(name, True) for name in NEEDED)]
        deciding = {move.before for move in taken if move.form == f.PENALTY_DECISION}
        ends = can_end(narrow, taken, deciding.__contains__)
        stuck = sorted({move.after.stage for move in taken if move.after.stage in RUNNING and move.after not in ends})
        if stuck or not deciding:
            yield f"no way to a decision from {', '.join(stuck)}"


answering = partial(can_be_decided, sets=(("defence",),))
reviewing = partial(can_be_decided, sets=(("review",),))
keeping = partial(goes_on, sets=(("preservation", "termination"),))
ending = partial(goes_on, sets=(("archive",),))

PROMISES: tuple[Promise, ...] = (
    decides_when_ready,
    tells_before_deciding,
    reviews_last,
    discusses_after_review,
    begins_anew,
    keeps_no_goods,
    settles,
    decides_once,
    goes_on,
    can_be_decided,
)


@cache
def found_in_table(promise: Promise) -> tuple[str, ...]:
    return tuple(dict.fromkeys(promise(TABLE)))


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_table_keeps_its_promise(promise: Promise) -> None:
    assert found_in_table(promise) == ()


def test_the_walks_reach_what_they_should() -> None:
    """A walk that goes nowhere keeps every promise: so its size is a fact too."""
    stages = {move.after.stage for move in moves(narrowed(TABLE, ("termination", "archive")))} | {"new"}
    assert stages == {key for key, _ in TABLE.stages}
    places = {move.after for key in ANSWER for move in moves(narrowed(TABLE, (key,)))}
    assert len(places) > 150
    for key, expected in (
        ("review", {"due", "submitted", "returned", "opposed", "referred", "passed", EXEMPT}),
        ("hearing", {"offered", "asked", "summoned", "called", "held", "closed", EXEMPT}),
        ("defence", {"open", "made", "closed"}),
        ("discussion", {"due", "held", EXEMPT}),
    ):
        assert {place.sub(key) for place in places} - {""} == expected


def test_the_table_does_not_contradict_itself() -> None:
    assert list(contradictions(TABLE)) == []


def test_every_row_cites_its_provision_and_every_form_its_roles() -> None:
    assert all(row.basis for row in TABLE.rows)
    assert all(rule.roles or rule.form == "publication.delivered" for rule in TABLE.forms)
    assert all(asked_for(TABLE, (row,)) is not None for row in TABLE.rows)


# ---- planted faults: what must be found, in a copy of the table


def change(form: str, /, where: Callable[[Row], bool] = lambda _row: True, **changes: object) -> "Plant":
    """Change the rows of ``form``."""

    def planted(table: Procedure) -> Procedure:
        rows = tuple(
            replace(row, **changes) if row.form == form and where(row) else row  # type: ignore[arg-type]
            for row in table.rows
        )
        assert rows != table.rows, "the fault was not planted"
        return replace(table, rows=rows)

    return planted


def add(*rows: Row) -> "Plant":
    return lambda table: replace(table, rows=(*rows, *table.rows))


def drop(form: str, where: Callable[[Row], bool] = lambda _row: True) -> "Plant":
    def planted(table: Procedure) -> Procedure:
        rows = tuple(row for row in table.rows if not (row.form == form and where(row)))
        assert len(rows) < len(table.rows), "the fault was not planted"
        return replace(table, rows=rows)

    return planted


Plant = Callable[[Procedure], Procedure]


def both(first: Plant, second: Plant) -> Plant:
    """Plant two faults: where the table is guarded twice, one alone does no harm."""
    return lambda table: second(first(table))


def without(form: str, key: str) -> Plant:
    """Let the rows of ``form`` no longer wait for a sub-procedure, nor the approval of the decision."""

    def planted(table: Procedure) -> Procedure:
        rows = tuple(
            replace(row, requires=tuple(name for name in row.requires if name != key))
            if row.form in {form, f.APPROVAL}
            else row
            for row in table.rows
        )
        return replace(table, rows=rows)

    return planted


PLANTED: dict[str, tuple[Promise, Plant, str]] = {
    "decision without review": (decides_when_ready, without(f.PENALTY_DECISION, "review"), "while review is"),
    "decision without hearing": (decides_when_ready, without(f.PENALTY_DECISION, "hearing"), "while hearing is"),
    "decision without answer": (decides_when_ready, without(f.PENALTY_DECISION, "defence"), "while defence is made"),
    "decision without discussion": (
        decides_when_ready,
        without(f.PENALTY_DECISION, "discussion"),
        "while discussion is due",
    ),
    "decision from the notice": (
        tells_before_deciding,
        add(Row("noticed", f.PENALTY_DECISION, "decided", BASIS)),
        "without a served notice",
    ),
    "decision at once": (
        tells_before_deciding,
        add(Row("notified", f.PENALTY_DECISION, "decided", BASIS)),
        "decided without approval",
    ),
    "notice without service": (
        tells_before_deciding,
        change(f.PRIOR_NOTICE, to="notified"),
        "without a served notice",
    ),
    "notice that skips the head": (
        tells_before_deciding,
        change(f"{f.APPROVAL}.checked", lambda row: row.to == "checked", to="approved"),
        "told without approval",
    ),
    "notice twice": (
        begins_anew,
        add(Row("notified", f.PRIOR_NOTICE, "notified", BASIS)),
        "outlives a new notice",
    ),
    "approval that keeps the review": (
        begins_anew,
        change(f.APPROVAL, lambda row: row.to == "approving", resets=()),
        "review outlives",
    ),
    "hearing after the review": (reviews_last, change(f.HEARING_REPORT, resets=()), "overtaken"),
    "answer after the review": (reviews_last, change(f.DEFENCE_RECONSIDERATION, resets=()), "overtaken"),
    "evidence after the review": (reviews_last, change(f.INQUIRY_RECORD, resets=()), "overtaken"),
    "report after the review": (
        reviews_last,
        both(change(f.INVESTIGATION_REPORT, resets=()), change(f.APPROVAL, resets=())),
        "overtaken",
    ),
    "returned counts as passed": (
        reviews_last,
        change(f.REVIEW_OPINION, lambda row: row.when == "review-returned", to="passed"),
        "overtaken",
    ),
    "opposed counts as passed": (
        reviews_last,
        change(f.REVIEW_OPINION, lambda row: row.when == "review-opposed", to="passed"),
        "overtaken",
    ),
    "discussion before review": (
        discusses_after_review,
        change(f.COLLECTIVE_DISCUSSION, requires=()),
        "discussed while",
    ),
    "discussion kept": (discusses_after_review, change(f.REVIEW_SUBMISSION, resets=()), "outlives a new review"),
    "goods forgotten": (
        keeps_no_goods,
        change(f"{f.CASE_TERMINATION}.approved", requires=("termination:proposed",)),
        "goods under preservation",
    ),
    "goods taken late": (
        keeps_no_goods,
        change(f.EVIDENCE_PRESERVATION, at=()),
        "goods under preservation",
    ),
    "unpaid and closed": (
        settles,
        change(f"{f.CLOSING_REPORT}.approved", requires=()),
        "",
    ),
    "court without reminder": (
        settles,
        add(Row("none", f.COURT_APPLICATION, "requested", BASIS, sub="enforcement")),
        "without a reminder",
    ),
    "second decision": (
        decides_once,
        add(Row("decided", f.PENALTY_DECISION, "decided", BASIS)),
        "decided twice",
    ),
    "an end that goes on": (
        decides_once,
        add(Row("archived", f.CLOSING_REPORT, "closing", BASIS)),
        "follow the end",
    ),
    "review without an answer": (
        reviewing,
        drop(f.REVIEW_OPINION, lambda row: row.to == "passed"),
        "no way to a decision",
    ),
    "made and never answered": (
        answering,
        drop(f.DEFENCE_RECONSIDERATION),
        "no way to a decision from",
    ),
    "goods for ever": (
        keeping,
        both(drop(f.PRESERVATION_DISPOSAL), drop(f"{f.EVIDENCE_PRESERVATION}.returned")),
        "a dead end",
    ),
    "closing for ever": (ending, drop(f"{f.CLOSING_REPORT}.approved"), "a dead end"),
    "archive lost": (ending, drop(f.ARCHIVE_RECORD), "a dead end"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    promise, plant, words = PLANTED[name]
    found = list(dict.fromkeys(promise(plant(TABLE))))
    assert any(words in each for each in found), (words, found)
