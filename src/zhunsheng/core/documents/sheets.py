"""One composer for each form that has a layout: typed facts in, the data of the sheet out.

The data is the JSON that the layouts of ``lawdata/forms`` read. Layouts contain labels and
headings, never law; the sentences are made here.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.onsite_record import onsite_record
from zhunsheng.core.documents.publication_summary import publication_summary
from zhunsheng.core.documents.service_receipt import service_receipt
from zhunsheng.core.documents.spot_decision import spot_decision

Composer: TypeAlias = Callable[[FormDef, Content, SheetContext], dict[str, Json]]

COMPOSERS: Mapping[str, Composer] = {
    "onsite-record": onsite_record,
    "publication-summary": publication_summary,
    "service-receipt": service_receipt,
    "spot-decision": spot_decision,
}


def has_sheet(form: FormDef) -> bool:
    """Tell whether the form is printed. A filing for the record or a payment is an entry, not a sheet."""
    return bool(form.layout)


def sheet(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of ``form``.

    Raises:
        KeyError: the form has no sheet.
        CitationError: a provision does not resolve on its day.
        NoRuleError: the law data has no term for the day.
    """
    return COMPOSERS[form.id](form, content, ctx)
