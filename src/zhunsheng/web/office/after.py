"""Before something that cannot be undone: which rules it has passed, and what it sets in motion.

The rules passed are the gates of the procedure's rows, the dates are those of its terms:
nothing is said here that the table does not say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from zhunsheng.apps.cases.filing import Prepared
from zhunsheng.core import procedures
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.citation import Citation
from zhunsheng.core.deadlines import Deadline, deadline
from zhunsheng.core.documents import FormDef, FormKind
from zhunsheng.core.law.parameters import NoRuleError
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import Sub
from zhunsheng.web.shared import words
from zhunsheng.web.shared.clocks import article_words, length_words

PASSED: Final = {
    "enough-officers": "执法人员不少于两人",
    "certificates": "执法证有效，类别和区域相符",
    "recusals": "没有应当回避的执法人员",
    "unit-may-inspect": "承办机构有权检查这个事项",
    "unit-may-penalise": "承办机构有权以本机关名义处罚",
    "certificates-shown": "已主动出示执法证件",
    "rights-told-on-site": "已告知申请回避和陈述、申辩的权利",
    "rests-on-record": "有现场笔录在先",
    "same-party": "当事人与现场笔录一致",
    "facts-and-evidence": "事实、证据、时间、地点齐全",
    "cause-and-basis": "案由和处罚依据在违法行为发生时有效",
    "rights-told": "已告知事实、理由、依据和陈述、申辩的权利",
    "defence-heard": "陈述、申辩已听取并答复",
    "sanction-allowed": "处罚种类在条款规定之内",
    "fine-in-range": "罚款在条款的幅度之内",
    "fine-within-simple-limit": "没有超出当场处罚的限额",
    "remedies-known": "复议和诉讼的途径、期限已写明",
    "decision-signed": "决定书已由全部执法人员签名",
    "service-complete": "送达的人、时间和方式齐全",
}
"""What a passed gate says, for the gates an officer recognises; the others are silent when passed."""


@dataclass(frozen=True, slots=True)
class Point:
    """A rule that was passed, with its article."""

    text: str
    article: str
    citation: Citation | None


def passed(state: CaseState, prepared: Prepared) -> Sequence[Point]:
    """Return the rules of this step that nothing stands against, in the order of the table."""
    table = procedures.get(state.procedure.partition("@")[0])
    found = {fault.code for fault in (*prepared.refused, *prepared.late, *prepared.flagged)}
    names = dict.fromkeys(name for row in table.rows_of(prepared.form.id) for name in row.gates)
    gates = (GATES[name] for name in names if name in PASSED)
    return [_point(PASSED[gate.name], gate.basis, prepared) for gate in gates if found.isdisjoint(gate.codes)]


def _point(text: str, basis: Citation, prepared: Prepared) -> Point:
    cited = prepared.ctx.book.as_of(basis, prepared.made_on)
    return Point(text, article_words(cited, prepared.made_on, prepared.ctx.book) if cited else "", cited)


def is_issued(form: FormDef) -> bool:
    """Tell whether the form is sent out under a 文号 and the agency's seal, rather than kept in the file."""
    return form.kind is FormKind.ACT and form.numbering is not None and form.numbering.pattern.endswith("号")


def what_follows(state: CaseState, prepared: Prepared) -> Sequence[str]:
    """Return what filing this document leads to, in sentences."""
    title, lines = prepared.form.title, []
    if is_issued(prepared.form):
        lines.append(f"{title}取得文号，盖章，写入案卷；不能再修改，有错只能另作更正或者撤销。")
    elif prepared.form.numbering:
        lines.append(f"{title}取得编号，写入案卷；不能再修改，漏记的可以另写一份。")
    else:
        lines.append(f"{title}写入案卷，不能再修改。")
    others = len(prepared.officers) - 1
    if others > 0:
        lines.append(f"你这一份随存入签名；另外 {others} 名执法人员会在待办里收到签名的请求。")
    return [*lines, *_terms(state, prepared)]


def _terms(state: CaseState, prepared: Prepared) -> Iterator[str]:
    table = procedures.get(state.procedure.partition("@")[0])
    for sub in table.subs:
        due = _due(sub, prepared) if sub.runs_from == prepared.form.id else None
        if due is not None:
            last = f"{words.short_day(due.last)}（{words.weekday(due.last)}）"
            yield f"{sub.label}：最迟 {last}，{length_words(due)}。"


def _due(sub: Sub, prepared: Prepared) -> Deadline | None:
    try:
        return deadline(sub.term, prepared.made_on, prepared.ctx.book) if sub.term else None
    except NoRuleError:
        return None
