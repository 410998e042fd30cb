"""A decision as PDF (tagged, archival, with seal and check code), against a bare kept compiler on the same words."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import typst

from bench import anchors
from bench.common import Measure, Target, compare, size
from zhunsheng.apps.cases import issuing
from zhunsheng.apps.cases.models import CaseRow
from zhunsheng.apps.journal import queries
from zhunsheng.apps.journal.refs import Ref
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.facts import SPOT_DECISION
from zhunsheng.core.casefile.fold import fold
from zhunsheng.core.disclosure.masks import strings
from zhunsheng.infra import clock
from zhunsheng.infra.glyphs import font_folder
from zhunsheng.infra.typesetting import typeset

PICTURES: Final = {"agency", "check"}  # stamp and code are drawings, written as text
BARE: Final = """#set page(paper: "a4", margin: 2.5cm)
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")
#set par(first-line-indent: 2em, leading: 0.8em)
#for words in json(bytes(sys.inputs.words)) [#words #parbreak()]
"""


def main() -> None:
    """Measure."""
    sheet = _decision()
    words = [text for text in strings({name: part for name, part in sheet.items() if name not in PICTURES}) if text]
    with TemporaryDirectory() as folder:
        source = Path(folder) / "bare.typ"
        source.write_text(BARE, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
        compiler = typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True)

        def bare(n: int) -> None:
            compiler.compile(format="pdf", sys_inputs={"words": json.dumps([*words, str(n)], ensure_ascii=False)})

        def ours(n: int) -> None:
            typeset(SPOT_DECISION, sheet | {"number": f"厦海卫公当罚〔2026〕{n}号"}, preview=False)

        compare(
            Measure("pdf.decision", "ms", "typst, kept compiler, same words and fonts", "lower", Target(2, 1.2)),
            lambda: _each(ours),
            lambda: _each(bare),
            n=size().typeset,
            settings=anchors.settings(),
            kilobytes=len(typeset(SPOT_DECISION, sheet, preview=False)) // 1024,
        )


def _decision() -> dict[str, Json]:
    row = CaseRow.objects.exclude(decision="").order_by("id").first()
    if row is None:
        raise SystemExit("no case has a decision: seed first")
    state = fold(queries.events(Ref(row.agency, "case", row.number)))
    document = state.latest(SPOT_DECISION)
    if document is None:
        raise SystemExit("the case has no decision")
    return issuing.document_sheet(state, document, at=clock.now())


def _each(act: object) -> float:
    """Return the median of milliseconds a document; each has other words, so nothing is remembered."""
    if not callable(act):
        raise TypeError
    act(_fresh())
    spent = []
    for _ in range(size().typeset):
        number, began = _fresh(), perf_counter()
        act(number)
        spent.append(perf_counter() - began)
    return 1000 * sorted(spent)[len(spent) // 2]


def _fresh() -> int:
    _numbers.append(_numbers[-1] + 1)
    return _numbers[-1]


_numbers: Final = [1]
