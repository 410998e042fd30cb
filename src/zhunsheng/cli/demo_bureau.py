"""The bureau of the demonstration, founded by the same commands that a real one uses.

People are named after solar terms, firms after tune titles (词牌), certificate numbers
begin with 示, credit codes carry an organisation number that nobody was ever given, and
addresses lie in a street that does not exist. Agency, government and court are the real
names of the place the system was written for; their dates are background knowledge.

``found`` can be run again at any time: each act has its own idempotency key, and what was
done is not done twice. Terms are counted from the year of the first run, so that a
demonstration does not run out of certificates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final

from django.utils.crypto import salted_hmac

from zhunsheng.apps.accounts.commands import create_account
from zhunsheng.apps.accounts.gates import SYSTEM
from zhunsheng.apps.accounts.roles import Role
from zhunsheng.apps.journal.refs import IdempotencyConflictError
from zhunsheng.apps.registry import commands
from zhunsheng.apps.registry.facts import AgencyName, Authorities
from zhunsheng.core.casefile.people import Capacity, Certificate, Party, PartyKind, Recusal
from zhunsheng.infra import lawdata
from zhunsheng.infra.clock import BEIJING

AGENCY: Final = "350205-health"
AREA: Final = "350205"
CATEGORY: Final = "卫生健康"
ISSUER: Final = "福建省人民政府（示例）"

NAMES: Final = (
    AgencyName(date(2015, 1, 1), "厦门市海沧区卫生和计划生育局", "厦门市海沧区卫生和计划生育局"),
    AgencyName(date(2019, 1, 1), "厦门市海沧区卫生健康局", "厦门市海沧区卫生健康局"),
)
_BEFORE: Final = "行政复议法(2017)第十二条；待确认"
_GOVERNMENT, _COURT = "厦门市海沧区人民政府", "厦门市海沧区人民法院"
AUTHORITIES: Final = (
    Authorities(date(2015, 1, 1), _GOVERNMENT, "厦门市卫生和计划生育委员会", _COURT, _BEFORE),
    Authorities(date(2019, 1, 1), _GOVERNMENT, "厦门市卫生健康委员会", _COURT, _BEFORE),
    Authorities(date(2024, 1, 1), _GOVERNMENT, "", _COURT, "行政复议法(2023)第二十四条；管辖法院待确认"),
)

LEADERS, OFFICE, POLICY, PUBLIC_HEALTH = "leaders", "office", "policy", "public-health"
INSPECTION, SECTION_1, SECTION_2 = "inspection", "inspection-1", "inspection-2"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    id: str
    name: str
    parent: str
    duties: tuple[str, ...]


UNITS: Final = (
    DemoUnit(LEADERS, "局领导", "", ("作出行政处罚决定", "决定回避", "主持集体讨论")),
    DemoUnit(OFFICE, "办公室", "", ("管理账号和人员信息", "保障经费和设备")),
    DemoUnit(POLICY, "政策法规科", "", ("三项制度领导小组办公室", "法制审核", "行政执法公示审核", "案卷评查")),
    DemoUnit(PUBLIC_HEALTH, "公共卫生科", "", ("公共场所卫生许可", "传染病防治监督管理")),
    DemoUnit(INSPECTION, "海沧区卫生计生监督所", "", ("受委托实施卫生监督检查和行政处罚",)),
    DemoUnit(SECTION_1, "监督一科", INSPECTION, ("公共场所卫生监督",)),
    DemoUnit(SECTION_2, "监督二科", INSPECTION, ("医疗机构和医疗废物监督",)),
)


@dataclass(frozen=True, slots=True)
class DemoPost:
    id: str
    name: str
    unit: str
    duties: tuple[str, ...]


POSTS: Final = (
    DemoPost("head", "局长", LEADERS, ("批准行政处罚", "决定执法人员回避")),
    DemoPost("administrator", "账号管理员", OFFICE, ("开立、停用账号",)),
    DemoPost("reviewer", "法制审核员", POLICY, ("审核重大执法决定", "审核公示内容")),
    DemoPost("archivist", "档案管理员", POLICY, ("保管案卷", "办理借阅")),
    DemoPost("publisher", "公示专员", POLICY, ("拟制公示文本", "按期公示")),
    DemoPost("section-head-1", "监督一科科长", SECTION_1, ("审核本科案件",)),
    DemoPost("inspector-1", "监督员", SECTION_1, ("公共场所监督检查", "当场处罚")),
    DemoPost("inspector-2", "监督员", SECTION_2, ("医疗机构监督检查",)),
)

MARKS: Final = ("公", "医")
MATTERS: Final = "公共场所卫生、医疗机构和医疗废物管理的监督检查和行政处罚"
POWERS: Final = "以委托机关名义实施监督检查，作出警告、罚款的行政处罚；不得再委托，不得实施行政强制措施"


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """``trouble`` says what is wrong with the certificate, or with the officer, on purpose."""

    id: str
    name: str
    unit: str
    post: str
    serial: int
    trouble: str = ""  # "" | expired | category | area | recused | no-certificate
    legal_qualification: str = ""


OFFICERS: Final = (
    DemoOfficer("chenguyu", "陈谷雨", SECTION_1, "inspector-1", 1),
    DemoOfficer("huangxiaoman", "黄小满", SECTION_1, "inspector-1", 2),
    DemoOfficer("linlichun", "林立春", SECTION_1, "section-head-1", 3),
    DemoOfficer("subailu", "苏白露", SECTION_1, "inspector-1", 4, "expired"),
    DemoOfficer("hanliqiu", "韩立秋", SECTION_1, "inspector-1", 5, "category"),
    DemoOfficer("qinxiaoshu", "秦小暑", SECTION_1, "inspector-1", 6, "area"),
    DemoOfficer("hechushu", "何处暑", SECTION_1, "inspector-1", 7, "recused"),
    DemoOfficer("yindahan", "尹大寒", SECTION_2, "inspector-2", 8),
    DemoOfficer("jiangmangzhong", "江芒种", SECTION_2, "inspector-2", 9),
    DemoOfficer("zhouhanlu", "周寒露", POLICY, "reviewer", 10, legal_qualification="示法资0010"),
    DemoOfficer("wudaxue", "吴大雪", LEADERS, "head", 11, "no-certificate"),
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    login: str
    name: str
    roles: tuple[Role, ...]
    unit: str
    officer: str = ""

    @property
    def password(self) -> str:
        """The password in this installation: strong, and derived from its own key, so that it is kept nowhere."""
        digest = salted_hmac("zhunsheng.demo.password", self.login, algorithm="sha256").hexdigest()
        return "-".join(digest[i : i + 5] for i in range(0, 20, 5))


ACCOUNTS: Final = (
    DemoAccount("chenguyu", "陈谷雨", (Role.OFFICER,), SECTION_1, "chenguyu"),
    DemoAccount("huangxiaoman", "黄小满", (Role.OFFICER,), SECTION_1, "huangxiaoman"),
    DemoAccount("linlichun", "林立春", (Role.UNIT_HEAD, Role.OFFICER), SECTION_1, "linlichun"),
    DemoAccount("yindahan", "尹大寒", (Role.OFFICER,), SECTION_2, "yindahan"),
    DemoAccount("fangdongzhi", "方冬至", (Role.PUBLISHER,), POLICY),
    DemoAccount("zhouhanlu", "周寒露", (Role.CHECKER, Role.PUBLISHER), POLICY, "zhouhanlu"),
    DemoAccount("shenlidong", "沈立冬", (Role.ARCHIVIST,), POLICY),
    DemoAccount("wudaxue", "吴大雪", (Role.SUPERVISOR,), LEADERS, "wudaxue"),
    DemoAccount("shenxiaoxue", "沈小雪", (Role.ADMIN,), OFFICE),
)


@dataclass(frozen=True, slots=True)
class DemoParty:
    party: Party
    mark: str  # 执法类别 under which it is inspected
    licence: str


def _firm(name: str, code: str, operator: str, house: int, mark: str = "公") -> DemoParty:
    """Return a firm of the street that does not exist; 92 begins the code of an 个体工商户."""
    kind = PartyKind.BUSINESS if code.startswith("92") else PartyKind.ORGANISATION
    party = Party(kind, f"海沧区{name}", code, operator, f"厦门市海沧区虚构路{house}号", f"000-{house:07d}")
    return DemoParty(party, mark, f"示海卫{mark}证字〔2025〕第{house:04d}号")


_CITIZEN = Party(PartyKind.CITIZEN, "魏小寒", "350205199001010002", "", "厦门市海沧区虚构路70号", "000-0000070")

DEMO_PARTIES: Final = (
    _firm("如梦令理发店", "92350205000000019Q", "许霜降", 12),
    _firm("忆江南美发店", "92350205000000027K", "孔雨水", 18),
    _firm("临江仙理发店", "92350205000000035E", "施惊蛰", 26),
    _firm("鹧鸪天宾馆", "91350205000000043C", "曹清明", 33),
    _firm("水调歌游泳馆", "9135020500000006XY", "华夏至", 58),
    _firm("浣溪沙口腔诊所", "523502050000000518", "严立夏", 41, "医"),
    _firm("西江月门诊部", "91350205000000078Y", "金大暑", 66, "医"),
    DemoParty(_CITIZEN, "公", ""),  # the serial 000 in the number is given to nobody
)
STORY_SHOP: Final = DEMO_PARTIES[0]
"""The barber shop of the story; 何处暑 is under recusal against it."""


@dataclass(frozen=True, slots=True)
class _Founding:
    """One run: when, and which year the terms are counted from."""

    at: datetime

    @property
    def year(self) -> int:
        return self.at.astimezone(BEIJING).year

    def once(self, name: str, act: Callable[[str], object]) -> None:
        """Do ``act`` under its key; an earlier run that did it in other words has done it."""
        try:
            act(f"demo/{AGENCY}/{name}")
        except IdempotencyConflictError:
            return


def found(at: datetime) -> tuple[DemoAccount, ...]:
    """Found the bureau as far as it is not there yet; return its accounts.

    Args:
        at: time of the acts, aware; its year in China is the one that terms are counted from.
    """
    found_registry(at)
    run = _Founding(at)
    for account in ACCOUNTS:
        run.once(f"account/{account.login}", partial(_open, account, at))
    return ACCOUNTS


def found_registry(at: datetime) -> None:
    """Found agency, units, posts, officers and items, without accounts (their passwords take time to hash)."""
    run = _Founding(at)
    run.once("agency", partial(_agency, at))
    for unit in UNITS:
        run.once(f"unit/{unit.id}", partial(_unit, unit, at))
    for number, (holder, capacity) in enumerate(_capacities(run.year), 1):
        run.once(f"capacity/{number}", partial(_grant, holder, capacity, at))
    for post in POSTS:
        run.once(f"post/{post.id}", partial(_post, post, at))
    for officer in OFFICERS:
        run.once(f"officer/{officer.id}", partial(_officer, officer, at))
        for certificate in _certificates(officer, run.year):
            run.once(f"certificate/{certificate.number}", partial(_certify, officer, certificate, at))
        if officer.trouble == "recused":
            run.once(f"recusal/{officer.id}", partial(_recuse, officer, at))
    commands.seed_items(lawdata.book(), agency=AGENCY, actor=SYSTEM, at=at)


def _agency(at: datetime, key: str) -> None:
    commands.register_agency(
        AGENCY, area=AREA, area_short="厦海", names=NAMES, authorities=AUTHORITIES, actor=SYSTEM, at=at, key=key
    )


def _unit(unit: DemoUnit, at: datetime, key: str) -> None:
    commands.register_unit(
        unit.id, agency=AGENCY, name=unit.name, parent=unit.parent, duties=unit.duties, actor=SYSTEM, at=at, key=key
    )


def _post(post: DemoPost, at: datetime, key: str) -> None:
    commands.establish_post(
        post.id, agency=AGENCY, name=post.name, unit=post.unit, duties=post.duties, actor=SYSTEM, at=at, key=key
    )


def _capacities(year: int) -> list[tuple[str, Capacity]]:
    """The divisions act for the bureau itself, the 监督所 under three 委托书 one after the other."""
    start = date(2015, 1, 1)
    own = [
        (PUBLIC_HEALTH, Capacity("permit", MARKS, AREA, "own", start)),
        (PUBLIC_HEALTH, Capacity("inspection", MARKS, AREA, "own", start)),
        (PUBLIC_HEALTH, Capacity("coercion", MARKS, AREA, "own", start)),
    ]
    terms = ((2018, 2020), (2021, 2023), (2024, year + 3))
    entrusted = [
        (
            INSPECTION,
            Capacity(act, MARKS, AREA, "entrusted", date(first, 1, 1), date(last, 12, 31), f"示海卫委〔{first}〕1号"),
        )
        for first, last in terms
        for act in ("inspection", "penalty")
    ]
    return own + entrusted


def _grant(unit: str, capacity: Capacity, at: datetime, key: str) -> None:
    entrusted = capacity.as_ == "entrusted"
    commands.grant_capacity(
        unit,
        capacity,
        agency=AGENCY,
        matters=MATTERS if entrusted else "",
        powers=POWERS if entrusted else "",
        published_on=date(capacity.valid_from.year - 1, 12, 20) if entrusted else None,
        actor=SYSTEM,
        at=at,
        key=key,
    )


def _officer(officer: DemoOfficer, at: datetime, key: str) -> None:
    commands.register_officer(
        officer.id,
        agency=AGENCY,
        name=officer.name,
        unit=officer.unit,
        post=officer.post,
        exam_passed_on=None if officer.trouble == "no-certificate" else date(2016, 3, 10),
        legal_qualification=officer.legal_qualification,
        actor=SYSTEM,
        at=at,
        key=key,
    )


def _certificates(officer: DemoOfficer, year: int) -> list[Certificate]:
    """An old certificate to 2021 and one in force, unless something is wrong with it on purpose."""
    if officer.trouble == "no-certificate":
        return []
    number = f"示海卫执法{officer.serial:04d}"
    category = "城市管理" if officer.trouble == "category" else CATEGORY
    area = "350203" if officer.trouble == "area" else AREA
    last = date(year - 1, 6, 30) if officer.trouble == "expired" else date(year + 3, 5, 31)
    return [
        Certificate(f"{number}（旧）", category, area, date(2016, 6, 1), date(2021, 5, 31)),
        Certificate(number, category, area, date(2021, 6, 1), last),
    ]


def _certify(officer: DemoOfficer, certificate: Certificate, at: datetime, key: str) -> None:
    commands.issue_certificate(officer.id, certificate, agency=AGENCY, issuer=ISSUER, actor=SYSTEM, at=at, key=key)


def _recuse(officer: DemoOfficer, at: datetime, key: str) -> None:
    shop = STORY_SHOP.party
    recusal = Recusal(shop.code, shop.name, date(2024, 3, 1), "与经营者有直接利害关系")
    commands.record_recusal(officer.id, recusal, agency=AGENCY, decided_by="局长 吴大雪", actor=SYSTEM, at=at, key=key)


def _open(account: DemoAccount, at: datetime, key: str) -> None:
    create_account(
        account.login,
        agency=AGENCY,
        name=account.name,
        password=account.password,
        roles=account.roles,
        unit=account.unit,
        officer=account.officer,
        actor=SYSTEM,
        at=at,
        key=key,
    )
