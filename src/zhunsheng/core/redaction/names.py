"""Finding names of natural persons in running text.

A Chinese name cannot be told from other words by its form alone. What tells it is the
place: after a word that says who somebody is (患者, 投诉人, 法定代表人), it begins with a
surname, and it ends where punctuation or a word that cannot be part of a name follows. A
name found once is then known, and hidden wherever it stands. Names in no such place are
missed: that is why a second person reads every page before it is public.
"""

import re
from collections.abc import Iterator
from typing import Final

from zhunsheng.core.redaction.kinds import Kind, Span

_SINGLE: Final = frozenset(
    "王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅"
    "钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施"
    "文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲"
    "翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米"
    "柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储"
    "原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬"
    "来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诸战慕危玉银亢嵇公哈湛宾戎勾茅利呼居揭干但尉"
    "冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由晴喜"
)
_COMPOUND: Final = frozenset(
    {"欧阳", "上官", "司马", "司徒", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙"}
    | {"端木", "南宫", "西门", "独孤", "司空", "轩辕", "鲜于", "闾丘", "呼延", "钟离", "申屠", "太史", "澹台", "濮阳"}
)

EMPLOYEE: Final = "从业人员"
PATIENT: Final = "患者"
COMPLAINANT: Final = "投诉人"
WITNESS: Final = "见证人"
OTHER: Final = "某"

_ROLES: Final = {
    EMPLOYEE: (
        "从业人员|工作人员|员工|职工|雇员|服务员|店员|店长|店主|理发师|发型师|美发师|美容师|技师|收银员|厨师|保洁员|"
        "医师|医生|护士|护理人员|药师|检验员|主治医师|助理|学徒|陪同人|在场人|现场负责人"
    ),
    PATIENT: "患者|病人|病患|就诊人|产妇|孕妇|患儿|受害人|顾客|消费者|客人",
    COMPLAINANT: "投诉人|举报人|反映人|信访人|报案人",
    WITNESS: "见证人|证人|证明人",
    OTHER: (
        "当事人|被处罚人|被询问人|被检查人|被监督人|受送达人|代收人|收件人|签收人|委托代理人|代理人|听证参加人|"
        "法定代表人|主要负责人|负责人|经营者|业主|联系人|检查人|询问人|记录人|翻译人|家属|监护人|"
        "其母|其父|其妻|其夫|其子|其女|其兄|其弟|其姐|其妹|母亲|父亲|妻子|丈夫|儿子|女儿|姓名|签名|签字|本人|名叫|真名|实名|化名|自称"
    ),
}
_ROLE_OF: Final = {word: role for role, words in _ROLES.items() for word in words.split("|")}
_BY_LENGTH: Final = sorted(_ROLE_OF, key=len, reverse=True)
_TRIGGER: Final = re.compile(rf"(?P<role>{'|'.join(_BY_LENGTH)})(?:签名|签字)?(?:[:：为是叫,，]|\s){{0,2}}")
_WITHOUT_PAPERS: Final = re.compile(r"(?:合格证明|合格证|健康证明|健康证|资格证书|资格|证书|证)的(?=[一-鿿]{2})")
_NEXT: Final = re.compile(r"[、和及与]|\s*[,，]\s*")

# What may follow a name: the end, a mark, or a word no given name begins its next syllable with.
_END: Final = re.compile(
    r"$|[^一-鿿\d\w]|"
    r"在|于|的|到|来|直接|为|从事|驾|拒|说|称|承认|表示|陈述|未|没|无|不|持|向|与|和|及|等|是|已|正|系|现|因|对|将|"
    r"提|出示|签|给|被|把|用|自|述|反映|投诉|住|就诊|诊断|上岗|操作|提供|从|担任|认可|口头|陪同|同意|申请|当场|进行|"
    r"离|站|坐|拿|走|进|出|穿|戴|使用|配合|回答|解释|辩称|也|均|都|仍|还|就|会|能|可以|应|需|要|"
    r"昨|今|曾|男|女|先生|女士|医师|医生|护士|经|收|确认|所|接受|参与|负责|办理"
)
_WORD_AFTER: Final = re.compile(r"正在|直接|从事|来电|来到|在场|未能|所在|对此|到场|经营")
_HAN: Final = re.compile(r"[一-鿿·]")
# Ordinary words of case files that begin with a surname and stand where a name could.
_ORDINARY: Final = (
    "方面 安排 时间 现场 上述 全部 单位 计划 管理 常规 应当 连续 相关 公司 相应 成立 和其 包括 "
    "国家 有关 符合 平时 向其 关于 居住 利用 明确 满意 危险 全体 情况 姓名 信息 信用 证件 位于 "
    "路过 由于 但是 平均 解释 计算 申请 应急 荣誉 毛巾 石灰 水杯 干净 卫生 公示 公章 印章 文书 "
    "文件 明显 权利 权益 单据 任何 和家 和同 相符 对此 对于 常某 未予 安全 成年 易燃 温度 温馨 "
    "白色 黄色 蓝色 花色 强制 古籍 查询"
)
_NO_NAMES: Final = frozenset(_ORDINARY.split())


def names_in(text: str) -> Iterator[Span]:
    """Yield the names that a word beside them gives away, and those listed after them."""
    for trigger in _TRIGGER.finditer(text):
        yield from _listed(text, trigger.end(), trigger["role"])
    for paper in _WITHOUT_PAPERS.finditer(text):
        yield from _listed(text, paper.end(), "")


def surname_of(name: str) -> str:
    """Return the surname: the first two characters of a compound one, else the first."""
    return name[:2] if name[:2] in _COMPOUND else name[:1]


def cut(name: str) -> str:
    """Return a name as a page shows it where the person may be named in part: 苏某某, 欧阳某."""
    surname = surname_of(name)
    return surname + "某" * max(len(name) - len(surname), 1) if name else ""


def role_of(word: str) -> str:
    """Return which stand-in a person gets who is called ``word``."""
    return _ROLE_OF.get(word, EMPLOYEE)


def _listed(text: str, start: int, role: str) -> Iterator[Span]:
    name = _name_at(text, start)
    while name:
        yield Span(start, start + len(name), Kind.NAME, name, role)
        joint = _NEXT.match(text, start + len(name))
        if not joint:
            return
        start = joint.end()
        name = _name_at(text, start)


def _name_at(text: str, start: int) -> str:
    """Return the name that begins at ``start``, or "" when nothing there reads like one."""
    surname = next((text[start : start + n] for n in (2, 1) if _is_surname(text[start : start + n], n)), "")
    if not surname:
        return ""
    short = start + len(surname) + 1
    # 王芳正在: the word that follows the short name decides against the long one.
    for given in (1,) if _WORD_AFTER.match(text, short) else (2, 1):
        stop = start + len(surname) + given
        name = text[start:stop]
        if len(name) == len(surname) + given and _reads_as_name(name, surname) and _END.match(text, stop):
            return name
    return ""


def _is_surname(word: str, length: int) -> bool:
    return len(word) == length and word in (_COMPOUND if length == 2 else _SINGLE)  # noqa: PLR2004


def _reads_as_name(name: str, surname: str) -> bool:
    given = name[len(surname) :]
    if not all(_HAN.match(character) for character in name) or set(given) <= {"某"}:
        return False
    return name not in _NO_NAMES and name[:2] not in _NO_NAMES
