"""``zhunsheng found FILE``: found a bureau from a file, through the commands that the office uses.

All of it is one transaction: the commands judge each entry against those before it, and
one refusal takes everything back. Each act has its own key, so that the file can be run
again with more in it; an entry that was founded in other words is named and nothing is
written, because facts are changed by their own acts, in the office.
"""

import argparse
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from inspect import unwrap
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from zhunsheng.apps.accounts import queries
from zhunsheng.apps.accounts.commands import create_account
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.accounts.passwords import made_up
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.apps.registry import commands, gates
from zhunsheng.apps.registry.facts import AgencyName, Authorities
from zhunsheng.cli.found_file import Bureau, Entry, Place, Problem, read
from zhunsheng.cli.init import running_server
from zhunsheng.cli.main import show
from zhunsheng.core.casefile.events import Event
from zhunsheng.core.errors import Fault, RefusedError
from zhunsheng.infra import clock, datadir, lawdata, wording

HELP: Final = "found a bureau from a file: agency, units, posts, officers, first administrators"
DJANGO: Final = True
REFUSED: Final = 1
WORDS: Final[Mapping[str, str]] = {
    "agency": "机关",
    "names": "名称",
    "authorities": "救济机关",
    "units": "机构",
    "capacities": "职权",
    "posts": "岗位",
    "officers": "执法人员",
    "certificates": "执法证",
    "accounts": "管理员",
    "items": "执法事项",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An administrator's account that was opened just now; the password is kept nowhere."""

    login: str
    password: str


@dataclass(slots=True)
class Outcome:
    """What a run did, or why it did nothing."""

    agency: str = ""
    written: Counter[str] = field(default_factory=Counter)
    accounts: list[Opened] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="TOML file that describes the bureau")
    parser.add_argument("--check", action="store_true", help="judge everything, write nothing")


def run(args: argparse.Namespace) -> int:
    """Found what is missing; 1 when the file is refused."""
    with running_server(datadir.current()):
        done = found(args.file, clock.now(), check=args.check)
    result = {
        "agency": done.agency,
        "written": dict(done.written),
        "accounts": [asdict(one) for one in done.accounts],
        "problems": [asdict(one) for one in done.problems],
    }
    show(args, result, list(_told(done, args.file, check=args.check)))
    return REFUSED if done.problems else 0


def found(path: Path, at: datetime, *, check: bool = False) -> Outcome:
    """Found what the file describes and is not there yet: all of it, or nothing.

    Args:
        path: the file.
        at: time of the acts, aware.
        check: judge everything and keep nothing.

    Raises:
        BureauFileError: the file cannot be read at all.
    """
    bureau, problems = read(path)
    if problems:
        return Outcome(bureau.agency.id, problems=problems)
    run = _Founding(bureau, at)
    with transaction.atomic(durable=True):
        run.all()
        if check or run.done.problems:
            transaction.set_rollback(True)
            run.done.accounts.clear()
    if run.done.problems:
        run.done.written.clear()
    # If we stop after the commit the passwords were never shown: a further administrator in the file mends it.
    return run.done


class _Founding:
    """One run inside one transaction. Parts that build on others wait until those are without a fault."""

    def __init__(self, bureau: Bureau, at: datetime) -> None:
        self.bureau, self.at = bureau, at
        self.agency = bureau.agency.id
        self.done = Outcome(self.agency)

    def all(self) -> None:
        """Do every part; stop after the first one with problems, so that what follows from them is not listed too."""
        people = (self._officers, self._certificates, self._admins)
        for part in (self._agency, self._units, self._capacities, self._posts, *people):
            part()
            if self.done.problems:
                return
        adopted = unwrap(commands.seed_items)(lawdata.book(), agency=self.agency, actor=SYSTEM, at=self.at)
        self.done.written["items"] += len(adopted)

    def _agency(self) -> None:
        told, whole = self.bureau, self.bureau.agency
        names = [AgencyName(**_values(each)) for each in told.names]
        heard = [Authorities(**_values(each)) for each in told.authorities]
        first = partial(_of(commands.register_agency), names=names[:1], authorities=heard[:1], **_values(whole))
        places = [entry.place for entry in (*told.names[:1], *told.authorities[:1])]
        self._once("agency", "agency", whole.place, partial(first, self.agency), *places)
        if self.done.problems:
            return
        for name, entry in zip(names[1:], told.names[1:], strict=True):
            act = partial(_of(commands.rename_agency), self.agency, name)
            self._once("names", f"name/{name.since}", entry.place, act)
        for each, entry in zip(heard[1:], told.authorities[1:], strict=True):
            act = partial(_of(commands.set_authorities), self.agency, each)
            self._once("authorities", f"authorities/{each.since}", entry.place, act)

    def _units(self) -> None:
        for each in self.bureau.units:
            act = partial(_of(commands.register_unit), each.id, agency=self.agency, **_values(each))
            self._once("units", f"unit/{each.id}", each.place, act)

    def _capacities(self) -> None:
        for unit in self.bureau.units:
            for number, each in enumerate(unit.parts, 1):
                act = partial(_of(commands.grant_capacity), unit.id, agency=self.agency, **_values(each))
                self._once("capacities", f"capacity/{unit.id}/{number}", each.place, act)

    def _posts(self) -> None:
        for each in self.bureau.posts:
            act = partial(_of(commands.establish_post), each.id, agency=self.agency, **_values(each))
            self._once("posts", f"post/{each.id}", each.place, act)

    def _officers(self) -> None:
        for each in self.bureau.officers:
            act = partial(_of(commands.register_officer), each.id, agency=self.agency, **_values(each))
            self._once("officers", f"officer/{each.id}", each.place, act)

    def _certificates(self) -> None:
        for officer in self.bureau.officers:
            for each in officer.parts:
                act = partial(_of(commands.issue_certificate), officer.id, agency=self.agency, **_values(each))
                self._once("certificates", f"certificate/{each.id}", each.place, act)

    def _admins(self) -> None:
        for each in self.bureau.admins:
            known = queries.account(each.id)
            if known is not None and known.agency == self.agency:
                continue  # opened by an earlier run; what has become of it since is the business of the office
            unit = str(each.values["unit"])
            if unit and (faults := gates.known_unit(self.agency, unit)):
                self._refused(faults, each.place)
                continue
            password = made_up(secrets.token_urlsafe(), each.id)
            values = {**_values(each), "password": password, "roles": [Role.ADMIN], "agency": self.agency}
            if self._once(
                "accounts", f"account/{each.id}", each.place, partial(_of(create_account), each.id, **values)
            ):
                self.done.accounts.append(Opened(each.id, password))

    def _once(self, what: str, name: str, place: Place, act: Callable[..., Event], *parts: Place) -> bool:
        """Do ``act`` under its key; say whether it wrote something. A fault belongs to the first place that has it."""
        try:
            event = act(actor=SYSTEM, at=self.at, key=f"found/{self.agency}/{name}")
        except RefusedError as refusal:
            self._refused(refusal.faults, place, *parts)
            return False
        except IdempotencyConflictError:
            text = "已经登记过，内容和这里写的不一样；要改的，在办案平台上办 (founded before, in other words)"
            self.done.problems.append(place.problem("", "bureau-entry-changed", text))
            return False
        is_new = event.recorded_at == self.at
        self.done.written[what] += is_new
        return is_new

    def _refused(self, faults: Sequence[Fault], *places: Place) -> None:
        for fault in faults:
            name = fault.field or ""
            place = next((one for one in places if name in one.fields), places[0])
            shown = name if name in place.fields or "id" not in place.fields else "id"
            said = wording.say(fault, self.at.astimezone(clock.BEIJING).date())
            self.done.problems.append(place.problem(shown, fault.code, f"{said.text}{said.remedy}"))


def _of(command: Callable[..., Event]) -> Callable[..., Event]:
    """Return the command without its own transaction: the whole founding is one."""
    inner: Callable[..., Event] = unwrap(command)
    return inner


def _values(entry: Entry) -> dict[str, Any]:
    return dict(entry.values)


def _told(done: Outcome, path: Path, *, check: bool) -> Iterator[str]:
    if done.problems:
        for one in done.problems:
            where = " ".join(part for part in (one.where, one.field) if part)
            line = f"第 {one.line} 行 " if one.line else ""
            yield f"{path.name} {line}{where}：{one.text} [{one.code}]"
        yield f"有 {len(done.problems)} 处要改，什么也没有写入 (refused, nothing written)"
        return
    counts = "，".join(f"{WORDS[what]} {count}" for what, count in done.written.items() if count)
    if check:
        yield f"可以建立 (would be founded): {counts or '没有新的 (nothing new)'}；什么也没有写入 (nothing written)"
        return
    yield f"{done.agency}：{counts}" if counts else f"{done.agency}：没有新的 (nothing new)"
    for account in done.accounts:
        yield f"管理员 (administrator) {account.login}  密码 (password) {account.password}"
    if done.accounts:
        yield "密码只显示这一次，请本人登录后马上改 (shown once; to be changed at the first sign-in)"
