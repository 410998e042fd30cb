"""Which acts an account's page offers, with their fields and words: only what could be done now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from zhunsheng.apps.accounts import queries
from zhunsheng.apps.accounts.queries import AccountView
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.registry import queries as registry
from zhunsheng.apps.registry.facts import UnitView
from zhunsheng.web.office.acts import ONE_LINE, Field, Form
from zhunsheng.web.office.steps import roles_words
from zhunsheng.web.office.widgets import Option

TAKEN: Final = frozenset({"new"})
"""Words that stand in the addresses where a login or an id stands."""


def opening(agency: str, *, sent: bool = False) -> Form:
    """Return the form by which an account is opened; ``sent`` as in ``acts``."""
    used = set() if sent else {each.officer for each in queries.people(agency, *Role)}
    people = [
        Option(view.id, f"{view.name}（{view.unit_name}）")
        for view in registry.officer_list(agency)
        if view.id not in used
    ]
    whole, own = units(agency), "本人要在文书上签名的才选；已经有账号的不在里面"
    reach = "决定能看到哪些案件；执法人员和机构负责人要选"
    fields = (
        Field("login", "登录名", "小写字母和数字，最多 32 个，例如姓名的拼音。开立以后不能改", max=32),
        Field("name", "姓名", "照身份证上的写"),
        Field("role", "角色", "先给一个，别的开立以后再授。系统管理员不能兼别的角色", "document", options=roles(Role)),
        Field("unit", "机构", reach, "document", required=False, options=whole),
        Field("officer", "是哪一名执法人员", own, "document", required=False, options=tuple(people)),
    )
    return Form("open", "这个人是谁", "开立账号", fields)


def acts(view: AccountView, viewer: Viewer, *, sent: bool = False) -> tuple[Form, ...]:
    """Return the acts that ``viewer`` may do on the account as it stands; none on his own.

    With ``sent`` those that an older page may have offered too: of a request sent twice the
    second one finds the account changed by the first, and the command knows that.
    """
    if not viewer.has(Role.ADMIN) or (view.login == viewer.account and not sent):
        return ()
    return tuple(_acts(view, sent=sent))


def _acts(view: AccountView, *, sent: bool) -> Iterator[Form]:
    held = [role for role in Role if sent or role in view.roles]
    free = [role for role in Role if sent or role not in view.roles]
    reason = Field("reason", "理由", "写入记录，以后看得到", max=ONE_LINE)
    if free:
        field = Field("role", "角色", "授了以后这个人要重新登录", "document", options=roles(free))
        yield Form("grant", "授予角色", "授予角色", (field,))
    if held:
        field = Field("role", "角色", "收回以后这个人马上退出登录", "document", options=roles(held))
        yield Form("revoke", "收回角色", "收回角色", (field,), grave=True)
    others = tuple(option for option in units(view.agency) if sent or option.value != view.unit)
    field = Field("unit", "机构", "调了以后看新机构的案件，不再看原机构的", "document", options=others)
    yield Form("move", "调到另一个机构", "调到这个机构", (field,))
    words = "系统另定一个密码，在下一页只显示一次，请当面交给本人。原来的密码马上作废，这个人退出登录。"
    yield Form("password", "重设密码", "重设密码", help=words, after="handed-over")
    if sent or view.has_totp:
        yield Form("totp", "关掉动态验证码", "关掉动态验证码", (reason,), "只在本人换了或者丢了手机时用。", grave=True)
    if sent or view.active:
        yield Form(
            "lock", "停用账号", "停用账号", (reason,), "这个人马上退出登录，不能再登录；办过的事都还在。", grave=True
        )
    if sent or not view.active:
        yield Form("unlock", "恢复账号", "恢复账号", (reason,), "恢复以后，用原来的密码登录。")


def roles(chosen: Sequence[Role] | type[Role]) -> tuple[Option, ...]:
    """Return roles to choose from, by their Chinese names."""
    return tuple(Option(role.value, roles_words([role])) for role in chosen)


def units(agency: str) -> tuple[Option, ...]:
    """Return the units of an agency to choose from, those below another with its name before theirs."""
    known = registry.units(agency)
    return tuple(sorted((Option(unit.id, _placed(unit, known)) for unit in known.values()), key=lambda one: one.label))


def _placed(unit: UnitView, known: Mapping[str, UnitView]) -> str:
    return f"{known[unit.parent].name} {unit.name}" if unit.parent in known else unit.name
