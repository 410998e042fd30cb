"""What the registry knows, as the rest of the program reads it: frozen, without a database behind it.

The core's own types (``Officer``, ``Certificate``, ``Unit``, ``Capacity``) carry what the
gates ask. Here is what lists, public pages and documents show besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from zhunsheng.core.casefile.people import Capacity, Certificate, Recusal
from zhunsheng.core.law.items import Item


class _Since(Protocol):
    @property
    def since(self) -> date: ...


T = TypeVar("T", bound=_Since)


@dataclass(frozen=True, slots=True)
class AgencyName:
    since: date
    name: str
    seal: str  # the words on the seal


@dataclass(frozen=True, slots=True)
class Authorities:
    """Who hears a remedy against the agency, from a day on (law.md 2.2)."""

    since: date
    government: str  # reconsideration
    superior: str  # also reconsideration, before 2024-01-01; "" = not any more
    court: str
    source: str  # where it is known from, or who must confirm it


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    area: str  # GB/T 2260, six digits
    area_short: str  # 地区简称 in a 文号, for example 厦海
    names: tuple[AgencyName, ...]  # oldest first
    authorities: tuple[Authorities, ...]  # oldest first

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1].name

    def name_on(self, day: date) -> str:
        """Return the name in use on ``day``; before the first known one, the first."""
        return _in_use(self.names, day).name

    def seal_on(self, day: date) -> str:
        """Return the words of the seal in use on ``day``."""
        return _in_use(self.names, day).seal

    def authorities_on(self, day: date) -> Authorities:
        """Return who hears remedies against an act of ``day``."""
        return _in_use(self.authorities, day)


@dataclass(frozen=True, slots=True)
class Mandate:
    """A capacity with what a 委托书 must say and where the public finds it (行政处罚法 art. 20)."""

    number: int  # within the unit, from 1
    capacity: Capacity
    matters: str  # 委托事项
    powers: str  # 权限
    published_on: date | None


@dataclass(frozen=True, slots=True)
class UnitView:
    id: str
    name: str
    agency: str
    parent: str  # unit id, or "" directly below the agency
    duties: tuple[str, ...]
    mandates: tuple[Mandate, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with the units below it."""

    unit: UnitView
    below: tuple["UnitNode", ...]


@dataclass(frozen=True, slots=True)
class PostView:
    id: str
    name: str
    unit: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateView:
    certificate: Certificate
    issuer: str
    withdrawn_because: str


@dataclass(frozen=True, slots=True)
class RecusalView:
    number: int  # within the officer's recusals, from 1
    recusal: Recusal
    decided_by: str
    lifted_on: date | None  # first day without it


@dataclass(frozen=True, slots=True)
class OfficerView:
    """An officer as the list shows him (the published columns of law.md 8.3, and the internal ones)."""

    id: str
    name: str
    unit: str
    unit_name: str
    post: str
    post_name: str
    certificates: tuple[CertificateView, ...]
    recusals: tuple[RecusalView, ...]
    exam_passed_on: date | None
    legal_qualification: str  # number, for legal reviewers; "" = none


@dataclass(frozen=True, slots=True)
class ItemView:
    item: Item
    last_day: date | None  # after which the bureau uses it no more


def _in_use(entries: Sequence[T], day: date) -> T:
    started = [entry for entry in entries if entry.since <= day]
    return started[-1] if started else entries[0]
