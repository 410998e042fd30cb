"""What a verdict means, in the words of people who are no engineers.

One sentence for each check and state: what was proved, what was not, and what does not
fit. A sentence never quotes what a file says about itself, only the records by name and
digests by their beginning.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from zhunsheng.core.ledger.policy import CHINA
from zhunsheng.core.ledger.verdict import Check, Found, Signed, State, Verdict

HEADLINES: Final = {
    State.VERIFIED: "核验通过：与账本中的记录一致，签名人是您信任的。",
    State.REFUTED: "核验不通过：有内容与账本中的记录不一致。",
    State.UNREADABLE: "无法核验：这不是证明包或案卷，或者文件已经残缺。",
    State.UNTRUSTED: "尚不能确认：内容前后一致，但您信任的名单还不能为它担保。",
}

PROVED: Final = {
    "content": "公示的文字自写入账本以来一个字也没有改过。",
    "inclusion": "这条记录在账本里，是第 {index} 条（账本共 {size} 条）。",
    "pdf": "证明包写明的 PDF 文件摘要，就是公示文字里写明的那一个。",
    "log-signature": "账本的这一状态由“{origin}”签名，签名密钥在您的信任名单上。",
    "witness-quorum": "有 {found} 个见证方为账本的这一状态副署（要求 {expected} 个），最早在 {since}。",
    "stream": "所有事件同属一个案卷。",
}
"""Said when the check passed."""

FAILED: Final = {
    "content": "公示的文字与账本中的摘要不同：文字被改过。",
    "entry": "账本条目的格式不对。",
    "inclusion": "这条记录不在账本的这一状态里：条目、序号或证明被改过。",
    "origin": "证明包写的账本名称与签名的不同。",
    "size": "证明包写的账本条数与签名的不同。",
    "pdf": "证明包写的 PDF 摘要与公示文字里的不同。",
    "checkpoint": "账本状态的格式不对，签名无从核对。",
    "log-signature": "签名是伪造的，或者签名以后账本状态被改过。",
    "number": "案号与立卷时记录的不同。",
    "stream": "事件不属于同一个案卷。",
    "event-header": "事件的抬头格式不对。",
    "event-commitment": "事件的抬头被改过：与账本条目中的承诺值不同。",
    "event-payload": "事件的内容被改过：与抬头中的承诺值不同。",
    "event-salt": "事件的随机值格式不对。",
    "event-position": "事件的次序不连续：缺少、重复或调换了事件。",
    "event-order": "事件在账本中的先后与在案卷中的先后不同。",
    "event-of": "公示条目所指的决定不在这个案卷里。",
    "file-digest": "文件与案卷中记录的摘要不同：文件被改过或调换过。",
    "file-missing": "案卷提到的文件不在清单里。",
    "file-unbound": "清单列出的文件没有任何事件提到。",
    "file-unreadable": "清单列出的文件缺失，或者不能读取。",
    "file-path": "文件的路径越出了案卷的文件夹。",
    "file-extra": "案卷的文件夹里有清单没有列出的文件。",
}

NOT_SURE: Final = {
    "log-signature": "签名的密钥不在您的信任名单上（没有给出名单，或名单上没有它）。",
    "log-key-retired": "签名的密钥已经停用，没有足够的见证方证明签名是在停用以前做的。",
    "witness-quorum": "等待见证：要求 {expected} 个见证方副署，现在有 {found} 个。可以过一会儿重新下载，再核验。",
}
"""Said when the check is untrusted."""

NOT_CHECKED: Final = {
    "witness-quorum": "没有见证方参与：不能排除账本的主人给不同的人看不同的账本。",
    "inclusion": "没有核对这条记录是否在账本里。",
    "pdf": "公示文字没有写 PDF 的摘要，所以 PDF 文件没有得到证明。",
    "event-disposed": "内容已经依法销毁，只能证明事件发生过，不能证明它的内容。",
    "file-unbound": "没有现存的事件提到这个文件，它没有得到证明。",
    "file-extra": "清单以外的文件，没有得到证明。",
}

_TABLES: Final = {
    Found.PASSED: PROVED,
    Found.FAILED: FAILED,
    Found.UNTRUSTED: NOT_SURE,
    Found.NOT_CHECKED: NOT_CHECKED,
}

ALWAYS_OPEN: Final = (
    "不证明决定本身是否正确、合法。",
    "不证明写入账本以前的事情，例如现场情况是否如实记录。",
    "不证明以后有没有新的事件（更正、撤销、撤回公示）；请到公示网站查看最新状态。",
)
"""What no proof of this kind shows."""


def sentences(verdict: Verdict, kind: Found) -> list[str]:
    """Return one sentence for each thing that was found so, in the order of the checks."""
    table = {Found.PASSED: PROVED, Found.FAILED: FAILED, Found.UNTRUSTED: NOT_SURE, Found.NOT_CHECKED: NOT_CHECKED}[
        kind
    ]
    lines = []
    for check in verdict.checks:
        if check.state is kind and check.name in table:
            line = table[check.name].format(**_facts(check, verdict.signed))
            lines.append(f"{record(check.record)}：{line}" if check.record else line)
    return lines


def explain(verdict: Verdict) -> Iterator[str]:
    """Yield the lines for people."""
    yield HEADLINES[verdict.state]
    yield from _part("不一致之处：", sentences(verdict, Found.FAILED))
    yield from _part("还差什么：", sentences(verdict, Found.UNTRUSTED))
    if verdict.state is State.UNREADABLE:
        return
    yield from _part("证明了什么：" if verdict.state is State.VERIFIED else "相符之处：", proved(verdict))
    yield from _part("没有证明什么：", not_proved(verdict))


def proved(verdict: Verdict) -> list[str]:
    """Return what was shown; for a case file the records together, not one by one."""
    counted = [(name, sum(c.name == name and c.state is Found.PASSED for c in verdict.checks)) for name in _TOGETHER]
    together = [_TOGETHER[name].format(count=count) for name, count in counted if count]
    return together + sentences(verdict, Found.PASSED)


def not_proved(verdict: Verdict) -> list[str]:
    """Return what was not shown, this time and ever."""
    return [*sentences(verdict, Found.NOT_CHECKED), *ALWAYS_OPEN]


def record(text: str) -> str:
    """Name a record: ``event 3`` is 第 3 号事件, a path stays a path."""
    kind, _, number = text.partition(" ")
    if kind == "event" and number.isdigit():
        return f"第 {number} 号事件"
    return printable(text)


def printable(text: str) -> str:
    """Return the beginning of ``text`` without anything that could steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text[:300])


_TOGETHER: Final = {
    "event": "{count} 个事件的抬头、内容和次序都与账本一致，一个字也没有改过。",
    "file": "{count} 个文件都与案卷中记录的摘要一致。",
}


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  · {line}" for line in lines)


def _facts(check: Check, signed: Signed | None) -> dict[str, str]:
    """What the placeholders of a sentence stand for."""
    index = check.found.partition(" ")[0]
    facts = {"expected": check.expected, "found": check.found, "index": index, "origin": "", "size": "", "since": ""}
    if signed is not None:
        facts |= {
            "origin": printable(signed.checkpoint.origin),
            "size": str(signed.checkpoint.size),
            "since": _since(signed),
        }
    return facts


def _since(signed: Signed) -> str:
    times = [one.at for one in signed.trust.cosigners if one.at is not None] if signed.trust else []
    return "" if not times else f"{datetime.fromtimestamp(min(times), UTC).astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
