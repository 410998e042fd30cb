"""普通程序 (ordinary procedure), as a table: 行政处罚法 ch. 5 sections 3 and 4, ch. 6.

The main line: acceptance, filing with approval, investigation, deliberation, approval,
prior notice and its service, the party's answer, approval of the decision, decision,
closing with approval, archive. Beside it run, each as a sub-procedure: evidence
preservation, correction, termination, the clock of the decision, defence, hearing, legal
review, collective discussion; from the decision on service, payment, deferral,
enforcement, publication.

Three promises stand in the rows and are proved over every place the table can reach:

- A decision needs an approval, a *served* notice, a defence that was answered (or none), a
  hearing that was reported (or none asked for), a review that passed where review is
  needed, a collective discussion where that is needed.
- A hearing report and a reconsideration send review and discussion back to their beginning,
  new evidence too: the last review is always later than all of them.
- A new approval of a notice sends everything back that followed the old one: telling the
  party once more is no way round.

To change what may follow, change a row; see ``simple`` for the rest of the rules.
"""

from typing import Final

from zhunsheng.core.procedures.model import Procedure
from zhunsheng.core.procedures.ordinary.answer import HEARING, REVIEW
from zhunsheng.core.procedures.ordinary.beside import AFTERWARDS, SIDE
from zhunsheng.core.procedures.ordinary.forms import FORMS
from zhunsheng.core.procedures.ordinary.line import APPROVALS, BACK_AGAIN, DECISION, INVESTIGATION, NOTICE
from zhunsheng.core.procedures.ordinary.subs import SUBS
from zhunsheng.core.procedures.ordinary.words import ORDINARY, STAGES

PENALTY_ORDINARY: Final = Procedure(
    name="penalty-ordinary",
    version=1,
    title="普通程序",
    basis=ORDINARY,
    stages=STAGES,
    final="archived",
    closes_from="closed",
    rows=(*INVESTIGATION, *APPROVALS, *NOTICE, *HEARING, *REVIEW, *DECISION, *SIDE, *AFTERWARDS, *BACK_AGAIN),
    subs=SUBS,
    forms=FORMS,
)

__all__ = ["PENALTY_ORDINARY"]
