"""Pieces that several sheets are made of: head, signature lines, refusals."""

from collections.abc import Sequence
from datetime import date, datetime

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.documents.context import SheetContext, Signer
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.strokes import StrokesError, read_strokes, signature_svg

ISSUE_LATER = "签发后生成"
OPEN_LABELS = {PartyKind.BUSINESS: "经营者", PartyKind.ORGANISATION: "负责人"}


def head(form: FormDef, ctx: SheetContext, day: date | None, *, sealed: bool = False) -> dict[str, Json]:
    """Return what every sheet begins with. A preview has watermark and open number, never seal or code."""
    agency: dict[str, Json] = {"name": ctx.agency.name}
    if sealed and not ctx.preview and ctx.agency.seal:
        agency["seal"] = ctx.agency.seal
    result: dict[str, Json] = {
        "form": {"code": form.id, "title": form.title},
        "agency": agency,
        "number": ctx.number,
        "as-of": ctx.day.isoformat(),
        "copies": form.copies,
    }
    if day is not None:
        result["date"] = day.isoformat()
    if ctx.preview:
        result["state"] = "preview"
    return result


def check_mark(ctx: SheetContext) -> Json:
    """Return the code a stranger checks the sheet by; before issue there is none to check."""
    if ctx.preview or ctx.check is None:
        return {"code": ISSUE_LATER} if ctx.preview else None
    return {"qr": ctx.check.qr, "url": ctx.check.url, "code": ctx.check.code}


def moment(value: datetime | None) -> Json:
    """Return a time as the layouts read it, or None for a line to be filled by hand."""
    return None if value is None else [{"time": value.strftime("%Y-%m-%dT%H:%M")}]


def stop(text: str) -> str:
    """Return ``text`` with exactly one full stop, whatever its writer ended it with."""
    bare = bare_end(text)
    return f"{bare}。" if bare and bare[-1] not in "！？”）" else bare


def bare_end(text: str) -> str:
    """Return ``text`` without the mark it ends with, to be continued by a sentence of ours."""
    return text.rstrip().rstrip("。；，、.;, ")


def you(party: Party | None) -> str:
    """Return how the sheet addresses the party."""
    if party is None or party.kind is PartyKind.BUSINESS:
        return "你（单位）"
    return "你" if party.kind is PartyKind.CITIZEN else "你单位"


def drawn(content: Content, name: str) -> str | None:
    """Return the signature of a field as SVG, or None when nothing (readable) was drawn."""
    try:
        return signature_svg(read_strokes(content.get(name)))
    except StrokesError:
        return None


def officer_lines(officers: Sequence[Signer]) -> list[Json]:
    """Return the officers with certificate number; drawn where they have signed on a screen."""
    return [_officer(signer) for signer in officers]


def _officer(signer: Signer) -> Json:
    line: dict[str, Json] = {"name": signer.name, "id": signer.certificate}
    if signer.strokes:
        line["image"] = signature_svg(signer.strokes)
    return line


def officers_row(role: str, ctx: SheetContext) -> Json:
    """Return the signature row of the officers. The date is printed once all have signed, else left to the pen."""
    signed = [signer.signed_on for signer in ctx.officers if signer.signed_on]
    at = max(signed).isoformat() if signed and len(signed) == len(ctx.officers) else None
    return {"role": role, "who": officer_lines(ctx.officers), "at": at}


def party_row(role: str, name: str, image: str | None, at: str | None, *, refused: str = "") -> Json:
    """Return the signature row of the party, or the words that say why it stays empty."""
    if refused:
        return {"role": role, "who": [{"note": refused}], "at": ""}
    line: dict[str, Json] = {"name": name}
    if image:
        line["image"] = image
    return {"role": role, "who": [line], "at": at if image else None}


def refusal_box(note: str, witness_name: str, witness_unit: str) -> Json:
    """Return the framed note of a refusal, with the attesting witness if there was one."""
    box: dict[str, Json] = {"text": stop(note)}
    if witness_name:
        box["witness"] = {"name": witness_name, "unit": witness_unit}
    return box


def person(party: Party | None) -> str:
    """Return who signs for the party: himself, or the one who runs it."""
    if party is None:
        return ""
    return party.name if party.kind is PartyKind.CITIZEN else party.operator


def party_lines(label: str, party: Party | None, licence: str = "") -> list[Json]:
    """Return the block of lines about the party that stands first on the sheet."""
    if party is None:
        lines: list[Json] = [["信用代码", None, "负责人", None, "54%"], ["许可证号", None, "电话", None, "54%"]]
        return [[label, None], *lines, ["地址", None]]
    if party.kind is PartyKind.CITIZEN:
        return [[label, party.name, "电话", party.phone], ["身份证号", party.code], ["地址", party.address]]
    lines = [[label, party.name], ["信用代码", party.code, OPEN_LABELS[party.kind], party.operator, "54%"]]
    lines.append(["许可证号", licence, "电话", party.phone, "54%"] if licence else ["电话", party.phone])
    return [*lines, ["地址", party.address]]
