"""``zhunsheng check-law``: is the book of law sound, and does it say what the texts say?"""

import argparse
from dataclasses import asdict
from typing import Final

from zhunsheng.cli.main import settle, show
from zhunsheng.infra import clock, lawaudit, lawdata, lawtexts, wording

HELP: Final = "check parameters, citations and items against each other and against the imported texts"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to add: the whole book is checked."""


def run(args: argparse.Namespace) -> int:
    """Print the findings; 0 when there are none, 1 when there are some."""
    settle(args)
    book, texts = lawdata.book(), lawtexts.Texts(lawtexts.path())
    report = lawaudit.check(book, texts, wording.entries(), clock.today())
    size = f"{len(book.parameters)} 项规定、{len(book.instruments)} 部法律规范、{len(book.items)} 个事项"
    lines = [
        f"查了 {size}，对照了 {report.compared} 个事项的文本。",
        *(f"  {one.record}：{one.words()}" for one in report.findings),
        f"发现 {len(report.findings)} 处问题。" if report.findings else "没有发现问题。",
        f"没有文本可以对照：{len(report.without_text)} 个事项。" if report.without_text else "所有事项都对照了文本。",
        f"待法制人员确认的规定：{len(report.unconfirmed)} 项。",
        *(f"  {name}" for name in report.unconfirmed),
    ]
    result = {
        "findings": [asdict(one) for one in report.findings],
        "compared": report.compared,
        "without_text": report.without_text,
        "unconfirmed": report.unconfirmed,
        "digest": book.digest,
    }
    show(args, result, lines)
    return 1 if report.findings else 0
