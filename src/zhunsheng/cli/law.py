"""``zhunsheng law …``: ask the book of law, with a day."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from zhunsheng.cli.main import COULD_NOT_RUN, show
from zhunsheng.core import procedures
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import Deadline, Moment, NotATermError, OutOfRangeError, deadline, moment
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.cite import cite
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.core.law.parameters import NoRuleError, Parameter, RepealedRuleError, UnknownNameError, Version
from zhunsheng.core.law.quantities import Choice, Fen, Number, Percent, Period, PeriodUnit, Value
from zhunsheng.core.procedures import UnknownProcedureError
from zhunsheng.infra import clock, env, lawdata, lawwords

HELP: Final = "ask the law: deadlines, parameters and procedures by date"


class AskError(Exception):
    """The question cannot be answered; ``known`` lists what could have been asked."""

    def __init__(self, code: str, detail: str, known: Sequence[str] = ()) -> None:
        self.code, self.detail, self.known = code, detail, tuple(known)
        super().__init__(detail)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the three questions."""
    questions = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    one = questions.add_parser("deadline", help="the last day of a term, with every day explained")
    one.add_argument("rule", metavar="RULE", help="name of the term, for example hearing.request")
    one.add_argument("--from", dest="start", required=True, metavar="DATE", help="YYYY-MM-DD, or with Thh:mm for hours")
    two = questions.add_parser("parameter", help="a legal number as in force on a day")
    two.add_argument("name", metavar="NAME", help="for example simple.fine_max.citizen")
    two.add_argument("--on", dest="day", metavar="DATE", help="YYYY-MM-DD (default: today)")
    three = questions.add_parser("procedure", help="stages, edges, gates, basis and forms of a procedure")
    three.add_argument("name", metavar="NAME", help="for example penalty-simple")
    three.add_argument("--on", dest="day", metavar="DATE", help="articles as numbered on this day (default: today)")
    for question in (one, two, three):
        # Also behind the question, where people write it; SUPPRESS keeps what stood before.
        question.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        question.add_argument("--data", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Answer one question; 2 when it cannot be answered."""
    try:
        result, lines = QUESTIONS[args.question](args, lawdata.book())
    except AskError as error:
        return complain(args, error)
    show(args, result, lines)
    return 0


def complain(args: argparse.Namespace, error: AskError) -> int:
    """Say what is wrong and what could have been asked."""
    if args.json:
        show(args, {"error": error.code, "detail": error.detail, "known": list(error.known)}, ())
    print(f"zhunsheng: {error.detail}", file=sys.stderr)
    if error.known:
        print("可以用的：" + "、".join(error.known), file=sys.stderr)
    return COULD_NOT_RUN


Answer = tuple[Json, list[str]]


def ask_deadline(args: argparse.Namespace, book: Book) -> Answer:
    """Return the end of a term."""
    name = _named(args.rule, terms(book), "期限", book)
    start = _moment(args.start)
    try:
        if isinstance(_at(name, _date(start), book).value, Period) and _in_hours(name, _date(start), book):
            return _hours(name, start, book)
        found = deadline(name, _date(start), book)
    except NotATermError as error:
        raise AskError(error.code, f"{name} 不是期限，不能推算日期。", terms(book)) from error
    except OutOfRangeError as error:
        raise AskError(error.code, f"从 {args.start} 推算 {name}，超出了能表示的日期。") from error
    except CitationError as error:
        raise AskError(error.code, f"{name} 的依据在 {args.start} 找不到：{error.citation}。") from error
    return deadline_json(found, book), lawwords.deadline(found, book)


def _hours(name: str, start: date | datetime, book: Book) -> Answer:
    if not isinstance(start, datetime):
        raise AskError("bad-date", f"{name} 按小时计算，要写到时分，例如 {start}T09:30。")
    found = moment(name, start, book)
    return moment_json(found, book), lawwords.moment(found, book)


def ask_parameter(args: argparse.Namespace, book: Book) -> Answer:
    """Return a number as in force on a day."""
    name, day = _named(args.name, sorted(book.parameters), "规定", book), _day(args.day)
    version, parameter = _at(name, day, book), book.parameter(name)
    until = parameter.dated.until(day)
    lines = [
        f"{parameter.title}：{lawwords.value(version.value)}",
        f"{lawwords.day(version.since)}起" + (f"，到{lawwords.day(until)}以前" if until else "，现在仍然有效"),
        f"依据：{_cited(version.basis, max(day, version.since), book)}",
        f"可靠程度：{lawwords.CONFIDENCE[version.confidence]}（{version.source}）",
    ]
    if version.note:
        lines.append(f"说明：{version.note}")
    return parameter_json(parameter, day, book), lines


def ask_procedure(args: argparse.Namespace, book: Book) -> Answer:
    """Return a procedure's table."""
    day = _day(args.day)
    try:
        found = procedures.get(args.name)
    except UnknownProcedureError as error:
        raise AskError(error.code, f"没有“{args.name}”这种程序。", sorted(procedures.PROCEDURES)) from error
    lines = [f"{found.title}（{found.name}，第 {found.version} 版，{_cited_then(found.basis, day, book)}）", "阶段："]
    lines += [f"  {key}  {label}" for key, label in found.stages]
    lines.append("步骤：")
    for row in found.rows:
        where = f"［{found.sub(row.sub).label}］" if row.sub else ""
        condition = f"，条件 {row.when}" if row.when else ""
        lines.append(f"  {where}{row.stage} → {row.to}：{row.form}{condition}；{_cited_then(row.basis, day, book)}")
        if row.gates:
            lines.append(f"      要过的关：{'、'.join(row.gates)}")
    lines.append("并行的事：")
    for sub in found.subs:
        term = f"，期限 {sub.term}" if sub.term else ""
        lines.append(f"  {sub.label}（{sub.key}{term}）；{_cited_then(sub.basis, day, book)}")
    return dict(procedures.describe(found, book, day)), lines


QUESTIONS: Final[dict[str, Callable[[argparse.Namespace, Book], Answer]]] = {
    "deadline": ask_deadline,
    "parameter": ask_parameter,
    "procedure": ask_procedure,
}


def terms(book: Book) -> list[str]:
    """Return the names of all parameters that run."""
    return sorted(name for name, parameter in book.parameters.items() if parameter.term is not None)


def _named(wanted: str, known: Sequence[str], kind: str, book: Book) -> str:
    """Return the name, also for a Chinese title; a near miss is told what it may have meant."""
    by_title = {book.parameters[name].title: name for name in known}
    name = by_title.get(wanted, wanted)
    if name in known:
        return name
    near = get_close_matches(wanted, [*known, *by_title], n=1)
    hint = f"是不是“{near[0]}”？" if near else ""
    raise AskError(UnknownNameError.code, f"没有“{wanted[:80]}”这个{kind}。{hint}", known)


def _at(name: str, day: date, book: Book) -> Version[Value]:
    try:
        return book.at(name, day)
    except RepealedRuleError as error:
        raise AskError(error.code, f"{name} 从 {error.since} 起已经废止。") from error
    except NoRuleError as error:
        first = book.parameter(name).dated.entries[0].since
        raise AskError(error.code, f"{name} 在 {day} 还没有规定；最早的一条从 {first} 起。") from error


def _in_hours(name: str, day: date, book: Book) -> bool:
    return book.period(name, day).unit is PeriodUnit.HOUR


def _day(words: str | None) -> date:
    if words is None:
        env.current()
        return clock.today()
    return _date(_moment(words))


def _moment(words: str) -> date | datetime:
    """Read ``YYYY-MM-DD`` or ``YYYY-MM-DDThh:mm``, nothing else: a guessed date is a wrong deadline."""
    try:
        if len(words) == len("2026-11-22"):
            return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
        return datetime.strptime(words, "%Y-%m-%dT%H:%M")  # noqa: DTZ007  local wall time, as written in the document
    except ValueError as error:
        raise AskError("bad-date", f"“{words[:40]}”不是真实的日期，要写成 2026-11-22。") from error


def _date(found: date | datetime) -> date:
    return found.date() if isinstance(found, datetime) else found


def _cited(citation: Citation, day: date, book: Book) -> str:
    try:
        return cite(citation, day, book)
    except CitationError:
        return str(citation)


def _cited_then(citation: Citation, day: date, book: Book) -> str:
    then = book.as_of(citation, day)
    return _cited(then, day, book) if then is not None else "当时没有对应的条文"


def value_json(value: Value) -> Json:
    """Return a quantity as JSON: ``{"value", "unit"}``; money in fen."""
    match value:
        case Fen():
            return {"value": int(value), "unit": "fen"}
        case Period():
            return {"value": value.length, "unit": value.unit.value}
        case Percent():
            return {"value": value.hundredths, "unit": "percent"}
        case Number():
            return {"value": value.count, "unit": "people"}
        case Choice():
            return {"value": value.word, "unit": "choice"}


def parameter_json(parameter: Parameter, day: date, book: Book) -> dict[str, Json]:
    """Return a parameter as in force on ``day`` as JSON."""
    version, until = parameter.at(day), parameter.dated.until(day)
    quantity = value_json(version.value)
    return {
        "name": parameter.name,
        "title": parameter.title,
        "on": day.isoformat(),
        **(quantity if isinstance(quantity, dict) else {}),
        "since": version.since.isoformat(),
        "until": until.isoformat() if until else None,
        "basis": str(version.basis),
        "article": _cited(version.basis, max(day, version.since), book),
        "confidence": version.confidence.value,
        "source": version.source,
        "note": version.note,
    }


def deadline_json(found: Deadline, book: Book) -> dict[str, Json]:
    """Return a deadline as JSON; the API gives the same."""
    return {
        "rule": found.name,
        "title": found.title,
        "trigger": found.trigger,
        "from": found.start.isoformat(),
        "period": value_json(found.period),
        "counted": found.counted.value,
        "last": found.last.isoformat(),
        "raw": found.raw.isoformat(),
        "shifted": found.shifted_to.isoformat(),
        "is_shifted": found.shifted,
        "whose": found.whose.value,
        "backwards": found.backwards,
        "provisional": found.provisional,
        "basis": str(found.basis),
        "article": _cited(found.basis, found.start, book),
        "counting_basis": str(found.counting_basis) if found.counting_basis else None,
        "shift_basis": str(found.shift_basis) if found.shift_basis else None,
        "confidence": found.confidence.value,
        "calendars": list(found.calendars),
        "note": found.note,
        "days": [
            {
                "day": step.day.isoformat(),
                "counted": step.counted,
                "number": step.number,
                "reason": step.reason.value,
                "kind": step.kind.value,
                "name": step.name,
                "published": step.published,
            }
            for step in found.explanation
        ],
        "explanation": list(lawwords.explanation(found, book)),
    }


def moment_json(found: Moment, book: Book) -> dict[str, Json]:
    """Return a term in hours as JSON."""
    return {
        "rule": found.name,
        "title": found.title,
        "trigger": found.trigger,
        "from": found.start.isoformat(timespec="minutes"),
        "period": value_json(found.period),
        "counted": "hours",
        "last": found.end.isoformat(timespec="minutes"),
        "whose": found.whose.value,
        "basis": str(found.basis),
        "article": _cited(found.basis, found.start.date(), book),
        "confidence": found.confidence.value,
    }
