"""Plainly invented firms and people by the thousand: firms after tune titles, people after solar terms.

Nothing is drawn by chance: the n-th party is the same in every installation, so that two
runs can be compared. Tune titles thin out, the first stands on some hundred times as many
signs as the last, because a search has to serve frequent and rare words alike.
"""

from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Final

from stdnum.cn import uscc

TUNES: Final = (
    *("如梦令", "忆江南", "临江仙", "鹧鸪天", "水调歌头", "浣溪沙", "西江月", "蝶恋花", "菩萨蛮", "清平乐"),
    *("念奴娇", "满江红", "虞美人", "踏莎行", "卜算子", "点绛唇", "江城子", "南乡子", "渔家傲", "采桑子"),
    *("破阵子", "声声慢", "雨霖铃", "青玉案", "永遇乐", "沁园春", "贺新郎", "水龙吟", "八声甘州", "定风波"),
    *("一剪梅", "醉花阴", "武陵春", "好事近", "谒金门", "诉衷情", "相见欢", "长相思", "生查子", "柳梢青"),
    *("小重山", "苏幕遮", "御街行", "天仙子", "行香子", "祝英台近", "木兰花慢", "齐天乐", "桂枝香", "暗香疏影"),
    *("扬州慢", "高阳台", "玉楼春", "更漏子", "河满子", "摸鱼儿", "摊破浣纱", "霜天晓角", "瑞龙吟", "六州歌头"),
)
"""Most frequent first: 卫生 is on every page, 如梦 on one of five, 瑞龙 on a few in a thousand."""

TRADES: Final = {
    "公": ("理发店", "美发店", "宾馆", "民宿", "游泳馆", "浴室", "美容院", "影剧院", "商场", "候诊室"),
    "医": ("口腔诊所", "中医诊所", "门诊部", "医务室", "卫生站", "护理站", "检验所", "体检中心"),
}
STREETS: Final = ("虚构路", "无名街", "示例大道", "样章巷")
SURNAMES: Final = "许孔施曹华严金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤"
TERMS: Final = (
    *("立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑"),
    *("立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒"),
)
BRANCHES: Final = 40
_CODE_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_RANKS: Final = tuple(accumulate(1 / (place + 2) ** 1.3 for place in range(len(TUNES))))


@dataclass(frozen=True, slots=True)
class Firm:
    """An 个体工商户 with its 经营者, and one of its people, whom no public page may name."""

    name: str
    code: str
    operator: str
    address: str
    phone: str
    employee: str


def firm(n: int, mark: str) -> Firm:
    """Return the ``n``-th firm of a field (公 or 医); the same ``n`` is the same firm."""
    drawn = _drawn(f"{mark}{n}")
    tune = bisect_right(_RANKS, _RANKS[-1] * drawn[0] / 2**32)
    trades = TRADES[mark]
    trade, branch = drawn[1] % len(trades), drawn[2] % BRANCHES
    serial = (tune * len(trades) + trade) * BRANCHES + branch
    house = f"{STREETS[branch % len(STREETS)]}{serial % 888 + 1}号"
    signed = f"海沧区{TUNES[tune]}{trades[trade]}" + (f"第{branch + 1}分店" if branch else "")
    person = _drawn(f"{mark}/{serial}")
    return Firm(
        name=signed,
        code=credit_code(serial + (500_000 if mark == "医" else 1_000)),
        operator=_person(person[0]),
        address=f"厦门市海沧区{house}",
        phone=f"000-{serial:07d}",
        employee=_person(person[0] + 1 + drawn[3] % 500),
    )


def credit_code(serial: int) -> str:
    """Return a well-formed credit code of an 个体工商户 (GB 32100) over an organisation number that nobody has."""
    body = f"00{serial:06d}"
    rest = sum(weight * int(digit) for weight, digit in zip(_CODE_WEIGHTS, body, strict=True)) % 11
    check = "0X987654321"[rest]  # GB 11714: 11 - rest, 10 written X, 11 written 0
    code = f"92350205{body}{check}"
    return code + str(uscc.calc_check_digit(code))


def _person(n: int) -> str:
    return SURNAMES[n // len(TERMS) % len(SURNAMES)] + TERMS[n % len(TERMS)]


def _drawn(word: str) -> tuple[int, int, int, int]:
    digest = sha256(f"zhunsheng seed {word}".encode()).digest()
    first, second, third, fourth = (int.from_bytes(digest[at : at + 4], "big") for at in range(0, 16, 4))
    return first, second, third, fourth
