"""The sheet of 现场笔录, composed from its typed facts. What was not done is said, not left out."""

from collections.abc import Iterator

from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import Finding, OnsiteRecord
from zhunsheng.core.casefile.people import Party, PartyKind
from zhunsheng.core.documents.common import (
    bare_end,
    drawn,
    head,
    officer_lines,
    officers_row,
    party_lines,
    party_row,
    person,
    refusal_box,
    stop,
)
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.words import clock_words, time_words

REFUSED = "（拒绝签名，见下栏）"
BLANK_LINES = 20  # for the pen, on a form without content


def onsite_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet; of no content, the blank form for the pen."""
    record = OnsiteRecord.of(content)
    day = record.started_at.date() if record.started_at else None
    image = drawn(content, "party_signature")
    result = head(form, ctx, day) | {
        "page-sign": _page_sign(record, ctx, image),
        "fields": _fields(record, ctx),
        "told": list(_told(record, ctx)) if content else None,
        "found": [_finding(number, finding) for number, finding in enumerate(record.findings, start=1)],
        "checked": _checked(record),
        "signs": _signs(record, ctx, image),
    }
    if record.obtained:
        result["obtained"] = [
            {"name": row.name, "count": row.count, "note": row.note or None} for row in record.obtained
        ]
    if not content:
        result["min-lines"] = BLANK_LINES
    if record.opinion == "refuse":
        result["refusal"] = refusal_box(record.refusal_note, record.witness_name, record.witness_unit)
    return result


def _fields(record: OnsiteRecord, ctx: SheetContext) -> list[Json]:
    return [
        *party_lines("被检查人", record.party, record.licence),
        ["检查机关", ctx.agency.name],
        ["检查时间", _span(record)],
        ["检查地点", record.place or None],
    ]


def _span(record: OnsiteRecord) -> Json:
    if record.started_at is None:
        return None
    words = time_words(record.started_at)
    end = record.ended_at
    if end is None:
        return words
    return f"{words}至{clock_words(end) if end.date() == record.started_at.date() else time_words(end)}"


def _told(record: OnsiteRecord, ctx: SheetContext) -> Iterator[Json]:
    """Yield what the officers said about themselves and the party's rights, as far as they said it."""
    names = "、".join(signer.name for signer in ctx.officers)
    numbers = "、".join(signer.certificate for signer in ctx.officers)
    words = f"我们是{ctx.agency.name}的执法人员{names}，执法证号为{numbers}"
    words += "，现向你出示执法证件，请你确认。" if record.certificates_shown else "。（未出示执法证件。）"
    words += f"今天依法对{_place_word(record.party)}进行监督检查，请予配合。"
    if record.recusal_told:
        words += "你认为执法人员与检查事项有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避。"
    if record.rights_told:
        words += "你对检查情况有权陈述和申辩。"
    yield words
    undone = [
        name
        for name, done in (("申请回避的权利", record.recusal_told), ("陈述、申辩的权利", record.rights_told))
        if not done
    ]
    if undone:
        yield f"（未告知{'和'.join(undone)}。）"
    if record.recusal_asked or record.told_text:
        yield "被检查人回答：" + ("申请回避。" if record.recusal_asked else "") + stop(record.told_text)


def _place_word(party: Party | None) -> str:
    return "你" if party is not None and party.kind is PartyKind.CITIZEN else "你单位"


def _finding(number: int, finding: Finding) -> str:
    place = f"{bare_end(finding.place)}：" if finding.place else ""
    return f"{number}．{place}{stop(finding.text)}"


def _checked(record: OnsiteRecord) -> Json:
    pages: list[Json] = ["以上笔录共", {"pages": True}, "页，"]
    match record.opinion:
        case "agree":
            return [[*pages, "我已看过，记录属实。"]]
        case "differ":
            return [[*pages, f"我已看过，有以下不同意见：{stop(record.opinion_text)}"]]
        case "refuse":
            return [[*pages, "已交被检查人核对，被检查人拒绝签名。"]]
        case _:
            return None


def _signs(record: OnsiteRecord, ctx: SheetContext, image: str | None) -> list[Json]:
    day = record.started_at.date() if record.started_at else None
    refused = REFUSED if record.opinion == "refuse" else ""
    rows: list[Json] = [
        party_row("被检查人（签名）", person(record.party), image, day.isoformat() if day else None, refused=refused),
        officers_row("执法人员（签名）", ctx),
    ]
    if record.witness_name and not refused:  # beside a refusal the witness signs in its frame
        unit = f"（{record.witness_unit}）" if record.witness_unit else ""
        rows.append({"role": "见证人（签名）", "who": [{"name": f"{record.witness_name}{unit}"}], "at": None})
    return rows


def _page_sign(record: OnsiteRecord, ctx: SheetContext, image: str | None) -> Json:
    party: dict[str, Json] = {"name": person(record.party)}
    if image:
        party["image"] = image
    return [{"role": "被检查人", "who": [party]}, {"role": "执法人员", "who": officer_lines(ctx.officers)}]
