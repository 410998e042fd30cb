"""Who is looking, and at what: the one predicate by which every list and page is cut.

The agency comes first. Within it a role sees the whole agency or its own units; who has
neither kind of role (an ``admin``) sees no case at all. ``scope`` says it to the
database, ``sees`` says it of one row; both come from one ``_reach``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from zhunsheng.apps.accounts.models import Account
from zhunsheng.apps.accounts.roles import OWN_UNITS, WHOLE_AGENCY, Role

UnitsBelow = Callable[[str, str], frozenset[str]]


def _no_tree(agency: str, unit: str) -> frozenset[str]:
    del agency
    return frozenset({unit})


_units_below: UnitsBelow = _no_tree


def use_unit_tree(below: UnitsBelow) -> None:
    """Let the registry, which stands above accounts, say which units lie below a unit."""
    global _units_below  # noqa: PLW0603 - set once, when the registry starts
    _units_below = below


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person, as the rest of the program sees one."""

    account: str  # login; the actor of what he does
    name: str
    roles: frozenset[Role]
    agency: str
    unit: str
    units: frozenset[str]  # his unit and those below it
    officer: str  # officer id, or ""

    def has(self, *roles: Role) -> bool:
        """Return whether the person has one of ``roles``."""
        return not self.roles.isdisjoint(roles)


def viewer_for(account: Account) -> Viewer:
    """Return the viewer behind a signed-in account; a locked account has no roles left."""
    known = {role.value for role in Role}
    roles = frozenset(Role(role) for role in account.roles if role in known and account.active)
    units = _units_below(account.agency, account.unit) if account.unit else frozenset[str]()
    return Viewer(account.login, account.name, roles, account.agency, account.unit, units, account.officer)


def viewer_of(login: str) -> Viewer:
    """Return the viewer behind a login.

    Raises:
        Account.DoesNotExist: there is no such account.
    """
    return viewer_for(Account.objects.get(pk=login))


@dataclass(frozen=True, slots=True)
class _Reach:
    agency: str
    everything: bool
    units: frozenset[str]


def _reach(viewer: Viewer) -> _Reach:
    everything = viewer.has(*WHOLE_AGENCY)
    units = viewer.units if viewer.has(*OWN_UNITS) else frozenset[str]()
    return _Reach(viewer.agency, everything, units)


def scope(viewer: Viewer, *, agency: str = "agency", unit: str = "unit") -> Q:
    """Return the rows the viewer may see.

    Args:
        viewer: who looks.
        agency: column of the row's agency, as a lookup.
        unit: column of the unit that handles it, as a lookup.
    """
    reach = _reach(viewer)
    if reach.everything:
        return Q(**{agency: reach.agency})
    if not reach.units:
        return Q(pk__in=[])
    return Q(**{agency: reach.agency}) & Q(**{f"{unit}__in": sorted(reach.units)})


def sees(viewer: Viewer, *, agency: str, unit: str) -> bool:
    """Return whether the viewer may see one case of ``agency``, handled by ``unit``."""
    reach = _reach(viewer)
    return agency == reach.agency and (reach.everything or unit in reach.units)
