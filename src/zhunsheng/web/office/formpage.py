"""The form page and the check page as views answer them: everything the two templates show, in one place each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhunsheng.apps.accounts.viewers import Viewer
from zhunsheng.apps.cases import issuing
from zhunsheng.apps.cases.filing import Prepared
from zhunsheng.apps.registry import queries as registry
from zhunsheng.core.casefile.fold import CaseState
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents import FormDef, FormKind
from zhunsheng.core.errors import Fault
from zhunsheng.infra import clock, forms, lawdata
from zhunsheng.infra.wording import Said, say
from zhunsheng.web.office import after
from zhunsheng.web.office.answers import answers
from zhunsheng.web.office.cards import officer_cards
from zhunsheng.web.office.gate import page
from zhunsheng.web.office.pools import ItemCard, item_card, pools_for
from zhunsheng.web.office.posted import Raw, hidden_pairs
from zhunsheng.web.office.said import place
from zhunsheng.web.office.widgets import Filling, parts
from zhunsheng.web.shared.clocks import article_words
from zhunsheng.web.shared.paper import paper


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form shows at one moment: answers, faults, and what was known when it was first shown."""

    raw: Raw
    key: str
    position: int | None
    faults: tuple[Fault, ...] = ()
    late: tuple[Fault, ...] = ()
    flagged: tuple[Fault, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()
    notice: str = ""
    kept: bool = False  # the answers came from this page: no older draft is offered over them
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class LateReason:
    """What is late, and the reason given so far."""

    code: str
    title: str
    text: str
    reason: str


def form_page(
    request: HttpRequest, viewer: Viewer, state: CaseState, form: FormDef, shown: Shown, *, at: datetime, status: int
) -> HttpResponse:
    """Answer with the form, its answers kept and its faults beside what they are about."""
    day = shown.day or clock.today()
    placed = place(form, shown.faults, day)
    filling = Filling(shown.raw, pools_for(state, day), placed, _carried(form, shown.carried))
    context = {
        **_frame(state, form),
        "parts": parts(form, filling),
        "summary": placed.summary,
        "refusals": [said for said in placed.general if said.article],
        "late": _late(shown, day),
        "flagged": [say(fault, day) for fault in shown.flagged],
        "notice": shown.notice,
        "key": shown.key,
        "position": "" if shown.position is None else shown.position,
        "kept": shown.kept,
        "carried_from": "、".join(dict.fromkeys(filling.carried.values())),
        "form_basis": form_basis(form, day),
        "officer_cards": officer_cards(state, form, shown.raw, viewer=viewer, at=at),
        "item_card": _item(state, shown.raw, day),
        "check_words": f"核对{form.title}",
    }
    return page(request, viewer, "form", context, place="cases", status=status)


def check_page(
    request: HttpRequest, viewer: Viewer, state: CaseState, prepared: Prepared, *, at: datetime
) -> HttpResponse:
    """Answer with the last look: answers, flaws, what follows, and the words of the finished sheet."""
    form, day = prepared.form, prepared.made_on
    issued = after.is_issued(form)
    context = {
        **_frame(state, form),
        "answers": answers(form, prepared.content, pools_for(state, day)),
        "flagged": [say(fault, day) for fault in prepared.flagged],
        "checked": after.passed(state, prepared),
        "checked_at": at,
        "after": after.what_follows(state, prepared),
        "paper": paper(issuing.preview_sheet(state, prepared)),
        "hidden": list(hidden_pairs(request.POST)),
        "issued": issued,
        "file_words": "签发决定书" if issued else f"存入{form.title}",
    }
    return page(request, viewer, "check", context, place="cases")


def _frame(state: CaseState, form: FormDef) -> Mapping[str, object]:
    number = state.number
    return {
        "form": form,
        "fact": form.kind is FormKind.FACT,
        "case_number": number,
        "case_url": reverse("office:case", args=[number]),
        "form_url": reverse("office:file", args=[number, form.id]),
        "officer_card_url": reverse("office:officer-card", args=[number, form.id]),
        "party": state.party.name if state.party else "",
    }


def form_basis(form: FormDef, day: date) -> Sequence[Article]:
    """Return the articles a form rests on, named as of ``day``."""
    book = lawdata.book()
    cited = (book.as_of(citation, day) for citation in form.basis)
    return [Article(article_words(citation, day, book), citation) for citation in cited if citation]


def _carried(form: FormDef, names: frozenset[str]) -> Mapping[str, str]:
    """Return, for each answer that was carried over, the title of the document it comes from."""
    known = forms.forms()
    sources = {name: form.field(name).carry.partition(".")[0] for name in names}
    return {name: known[source].title for name, source in sources.items() if source in known}


def _late(shown: Shown, day: date) -> Sequence[LateReason]:
    said: Sequence[Said] = [say(fault, day) for fault in shown.late]
    return [LateReason(each.code, each.title, each.text, shown.reasons.get(each.code, "")) for each in said]


def _item(state: CaseState, raw: Raw, day: date) -> ItemCard | None:
    found = registry.items(state.agency).get(str(raw.get("item") or ""))
    return item_card(found, day) if found else None
