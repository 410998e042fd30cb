"""The people every test knows, so that a test names a role and not a key.

Chen and Huang inspect public places together, with certificates in order. Lin heads
their section. Yin works in the other section. Fang publishes, Zhou checks (and could
publish), Wu supervises, Shen Lidong keeps the archive, Shen Xiaoxue keeps the accounts and
sees no case. Su's certificate has expired, Han's is of another category, Qin's of another
area, He is under recusal against the shop of the story.
"""

from datetime import UTC, datetime
from typing import Final

from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.cli import demo_bureau
from zhunsheng.core.casefile.people import Party

AGENCY: Final = demo_bureau.AGENCY
SECTION_1: Final = demo_bureau.SECTION_1
SECTION_2: Final = demo_bureau.SECTION_2

NOON: Final = datetime(2026, 11, 20, 4, tzinfo=UTC)  # a Friday, noon in China

CHEN, HUANG, LIN, YIN = "chenguyu", "huangxiaoman", "linlichun", "yindahan"
FANG, ZHOU, WU, SHEN, ADMIN = "fangdongzhi", "zhouhanlu", "wudaxue", "shenlidong", "shenxiaoxue"
EXPIRED, OTHER_CATEGORY, OTHER_AREA, RECUSED = "subailu", "hanliqiu", "qinxiaoshu", "hechushu"
"""Officers without an account: each may not act, for one reason."""

SHOP: Final[Party] = demo_bureau.STORY_SHOP.party
OTHER_SHOP: Final[Party] = demo_bureau.DEMO_PARTIES[1].party
HOTEL: Final[Party] = demo_bureau.DEMO_PARTIES[3].party
CITIZEN: Final[Party] = demo_bureau.DEMO_PARTIES[-1].party


def bureau(*, accounts: bool = False) -> None:
    """Found the bureau in the test's database; with accounts only if somebody is to sign in (hashing is slow)."""
    if accounts:
        demo_bureau.found(NOON)
    else:
        demo_bureau.found_registry(NOON)


def viewer(login: str) -> Viewer:
    """Return the person as a signed-in viewer, without an account in the database."""
    one = next(each for each in demo_bureau.ACCOUNTS if each.login == login)
    return Viewer(one.login, one.name, frozenset(one.roles), AGENCY, one.unit, _units(one.unit), one.officer)


def _units(unit: str) -> frozenset[str]:
    below = {each.id for each in demo_bureau.UNITS if each.parent == unit}
    return frozenset({unit, *below}) if unit else frozenset()


STRANGER: Final = Viewer(
    "stranger", "外人", frozenset({Role.OFFICER, Role.SUPERVISOR}), "990205-other", "other", frozenset({"other"}), ""
)
"""Of another agency, with every reach there."""
