"""What an audit found, and the checks that other applications add."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between what should be there and what is.

    ``record`` names the exact thing: a stream and a position (``haicang/case/厦海卫案〔2026〕1号 #3``), a leaf of
    the ledger, a file, a row of a projection, a trigger.
    """

    code: str
    record: str
    expected: str
    found: str

    def data(self) -> dict[str, str]:
        """Return what ``--json`` prints."""
        return asdict(self)


Check: TypeAlias = Callable[[], Iterable[Finding]]

_checks: Final[dict[str, Check]] = {}

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "header-changed": "事件的记载与其摘要不符,记载被改动",
        "payload-changed": "文书内容与其摘要不符,内容被改动",
        "payload-missing": "文书内容缺失",
        "event-missing": "事件缺失",
        "event-repeated": "同一位置有两个事件",
        "event-orphaned": "事件不属于任何案卷",
        "stream-behind": "案卷的最新位置被改小",
        "event-not-queued": "事件未进入存证日志,也未在等待",
        "event-overlooked": "事件等待存证过久",
        "leaf-order": "存证日志中的顺序与案卷中的顺序不符",
        "leaf-missing": "存证日志中的条目在数据库中缺失",
        "leaf-orphaned": "存证条目没有对应的事件",
        "leaf-uncommitted": "存证条目超出已签名的检查点",
        "leaf-changed": "数据库中的事件与已公布的存证条目不符",
        "entry-changed": "已公布的存证条目与其哈希不符",
        "tile-damaged": "已公布的存证文件缺失或损坏",
        "root-changed": "由事件重算的树根与检查点不符",
        "checkpoint-signature": "检查点的签名无效",
        "checkpoint-changed": "检查点的记载与其签名文本不符",
        "checkpoint-ahead": "已公布的检查点比数据库新,数据库可能被恢复为旧备份",
        "checkpoint-forked": "已公布的检查点与数据库不是同一棵树",
        "log-missing": "已公布的存证日志缺失",
        "log-behind": "存证日志长时间未公布",
        "file-missing": "文件缺失",
        "file-changed": "文件被替换或损坏",
        "delivery-differs": "公示的投递记录与案卷不符",
        "publication-changed": "公示平台上的内容与批准公开的不符",
        "publication-missing": "已公开的内容不在公示平台上",
        "trigger-missing": "数据库的保护触发器缺失、被停用或被改动",
        "privilege-missing": "数据库权限缺失",
        "privilege-added": "数据库权限多余",
        "role-mighty": "数据库角色权力过大",
        "witness-changed": "事件与见证人所见不符",
        "witness-missing": "见证人见过的事件已不存在",
        "witness-foreign": "事件从未被见证,却占据已见证的位置",
        "witness-reordered": "事件的顺序与见证人所见不符",
        "witness-rollback": "存证日志比见证人所见短",
        "log-rewritten": "已公布的存证日志与见证人所见不是同一棵树",
        "witness-damaged": "见证人的文件缺失或损坏",
        "witness-signature": "见证人的签名无效",
        "witness-alarm": "见证人已拒绝签名并保留了证据",
        "check-failed": "这项检查无法完成,数据可能已被破坏",
        "projection-differs": "由事件推出的数据被改动",
        "case-row-altered": "案件目录的数据与案卷不符",
    }
)


def register_check(name: str, check: Check) -> None:
    """Have ``check`` run by every audit. Apps do it in ``ready``; a name registered again replaces the old check."""
    _checks[name] = check


def registered() -> Iterator[tuple[str, Check]]:
    """Yield the registered checks by name."""
    yield from sorted(_checks.items())


def sentence(finding: Finding) -> str:
    """Return the finding for people."""
    words = WORDS.get(finding.code, finding.code)
    return f"{finding.record}:{words}({finding.code})。应为 {finding.expected},实为 {finding.found}"
