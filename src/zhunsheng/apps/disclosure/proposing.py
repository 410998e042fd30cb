"""What the case file itself knows about a public page: who may be read, who must not, what is secret."""

from collections.abc import Mapping

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Json
from zhunsheng.core.casefile.fold import CaseState, Document
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.disclosure.masks import Mask, numbered, strings
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.errors import Fault
from zhunsheng.core.redaction import Kind, Known, propose, residual


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
    allowed = [word for word in (*known.keep, *([] if known.citizen else [known.party])) if word]
    return residual(words, secrets, allowed=[*allowed, *(mask.shown for mask in masks)])


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
    """Return people that documents name in fields of their own: whoever attested, whoever received."""
    fields = (("witness_name", "见证人"), ("receiver", "签收人"))
    operator = state.party.operator if state.party else ""
    named = [(read.text(document.content, name), word) for document in state.documents for name, word in fields]
    return [(name, word) for name, word in dict.fromkeys(named) if name and name != operator]


def _secrets(party: Party | None, *, citizen: bool) -> list[tuple[str, Kind]]:
    if party is None:
        return []
    found = [(party.phone, Kind.TELEPHONE)]
    if citizen:
        found += [(party.code, Kind.RESIDENT_NUMBER), (party.address, Kind.ADDRESS)]
    return [(secret, kind) for secret, kind in found if secret]
