"""What the case file itself knows about a public page: who may be read, who must not, what is secret."""

from collections.abc import Mapping

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.disclosure.masks import Mask, numbered, strings
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.errors import Fault
from zhunsheng.core.redaction import Kind, Known, find, propose, residual
from zhunsheng.core.redaction.residual import ORIGINAL_SHOWN


def proposals(
    page: Mapping[str, Json], state: CaseState, document: Document, context: SheetContext
) -> tuple[Mask, ...]:
    """Return the masks a publisher begins with: what the fields of the case say, and what looks personal."""
    texts = [line for line in strings(_shown(page)) if line]
    found = propose(texts, _known(state, document, context))
    return numbered([(stand_in.original, stand_in.shown, stand_in.ground) for stand_in in found])


def still_personal(
    page: Mapping[str, Json], masks: tuple[Mask, ...], state: CaseState, document: Document, context: SheetContext
) -> tuple[Fault, ...]:
    """Re-read the masked page without knowing where the masks are; return what must not be published like this."""
    words = "\n".join(strings(_shown(page)))
    known = _known(state, document, context)
    secrets = [*(mask.original for mask in masks), *(secret for secret, _kind in known.secrets)]
    secrets += [name for name, _word in known.persons]
    allowed = [word for word in (*known.keep, *([] if known.citizen else [known.party])) if word]
    stand_ins = [mask.shown for mask in masks]
    # A stand-in excuses a guess on the page, never a secret; and it must tell nothing itself.
    told = (fault for words in stand_ins for fault in residual(words, secrets, allowed=allowed))
    guessed = residual(words, (), allowed=[*allowed, *stand_ins])
    read = residual(words, secrets, allowed=allowed)
    left = (fault for fault in read if fault.code == ORIGINAL_SHOWN or fault in guessed)
    return tuple(dict.fromkeys((*told, *left)))


def _shown(page: Mapping[str, Json]) -> Json:
    """Return the parts of a page that are sentences: not ids, digests, or the list of masks."""
    return [page.get(name) for name in ("title", "party", "plain", "paper", "cause")]


def _known(state: CaseState, document: Document, context: SheetContext) -> Known:
    party = state.party
    keep = [context.agency.name, context.agency.government, context.agency.court, document.number or ""]
    keep += [word for signer in context.officers for word in (signer.name, signer.certificate)]
    keep += [known.number for known in state.documents if known.number]
    citizen = party is not None and party.kind is PartyKind.CITIZEN
    if party is not None and not citizen:
        keep.append(party.code)
    return Known(
        party=party.name if party else "",
        citizen=citizen,
        operator=party.operator if party else "",
        persons=tuple(_persons(state)),
        secrets=tuple(_secrets(party, citizen=citizen)),
        keep=tuple(word for word in keep if word),
    )


def _persons(state: CaseState) -> list[tuple[str, str]]:
    """Return people that documents name: in fields of their own, or in a text beside a word that says who they are.

    The record says 从业人员郑秋分; the decision may only say 郑秋分, or part the name with a blank.
    """
    fields = (("witness_name", "见证人"), ("receiver", "签收人"))
    party = {state.party.operator, state.party.name} if state.party else set()
    named = [(read.text(document.content, name), word) for document in state.documents for name, word in fields]
    told = [text for document in state.documents for text in strings(dict(document.content))]
    named += [(span.text, span.role) for text in told for span in find(text) if span.kind is Kind.NAME]
    words: dict[str, str] = {}
    for name, word in named:
        words.setdefault(name, word)
    return [(name, word) for name, word in words.items() if name and name not in party]


def _secrets(party: Party | None, *, citizen: bool) -> list[tuple[str, Kind]]:
    if party is None:
        return []
    found = [(party.phone, Kind.TELEPHONE)]
    if citizen:
        found += [(party.code, Kind.RESIDENT_NUMBER), (party.address, Kind.ADDRESS)]
    return [(secret, kind) for secret, kind in found if secret]
