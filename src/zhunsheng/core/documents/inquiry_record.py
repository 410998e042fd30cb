"""The sheet of 询问笔录: one person, two officers, questions and answers (行政处罚法 art. 55)."""

from collections.abc import Iterator

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.documents.common import drawn, head, officer_lines, officers_row, party_row, refusal_box, stop
from zhunsheng.core.documents.context import SheetContext, Signer
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import BY_HAND, SEX, record_check, span, stamped

SPLIT = "47%"


def inquiry_record(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet."""
    start, end = read.moment(content, "started_at"), read.moment(content, "ended_at")
    refused = read.text(content, "opinion") == "refuse"
    image = drawn(content, "party_signature")
    result = head(form, ctx, start.date() if start else None) | {
        "page-sign": page_sign("被询问人", read.text(content, "asked_name"), image, "询问人、记录人", ctx),
        "fields": _fields(form, content, ctx),
        "told": list(_told(content, ctx)),
        "turns": [{"q": read.text(row, "question"), "a": read.text(row, "answer")} for row in read.rows(content, "qa")],
        "checked": record_check(content, "被询问人"),
        "signs": [
            party_row(
                "被询问人（签名）",
                read.text(content, "asked_name"),
                image,
                stamped(end or start),
                refused=BY_HAND if refused else "",
            ),
            officers_row("询问人、记录人", ctx),
        ],
    }
    if refused:
        result["refusal"] = refusal_box(
            read.text(content, "refusal_note"), read.text(content, "witness_name"), read.text(content, "witness_unit")
        )
    return result


def page_sign(role: str, name: str, image: str | None, officers: str, ctx: SheetContext) -> Json:
    """Return the signature line at the foot of each page but the last."""
    party: dict[str, Json] = {"name": name}
    if image:
        party["image"] = image
    return [{"role": role, "who": [party]}, {"role": officers, "who": officer_lines(ctx.officers)}]


def _fields(form: FormDef, content: Content, ctx: SheetContext) -> list[Json]:
    def say(name: str) -> Json:
        return read.text(content, name) or None

    relation = form.field("relation").choice_label(read.text(content, "relation"))
    asker, recorder = _parts(ctx)
    return [
        ["被询问人", say("asked_name"), "性别", SEX.get(read.text(content, "asked_sex")), SPLIT],
        ["身份证号", say("asked_code"), "年龄", say("asked_age"), SPLIT],
        ["住址", say("asked_address")],
        ["工作单位", say("asked_employer"), "职务", say("asked_post"), SPLIT],
        ["联系电话", say("asked_phone"), "与案关系", relation or None, SPLIT],
        ["询问时间", span(content)],
        ["询问地点", say("place")],
        ["询问人", asker, "记录人", recorder, SPLIT],
    ]


def _parts(ctx: SheetContext) -> tuple[Json, Json]:
    """Return who asked and who wrote: the last of the officers writes."""
    if not ctx.officers:
        return None, None
    *askers, recorder = ctx.officers if len(ctx.officers) > 1 else (ctx.officers[0], ctx.officers[0])
    return "、".join(map(_card, askers)), _card(recorder)


def _card(signer: Signer) -> str:
    return f"{signer.name}（{signer.certificate}）" if signer.certificate else signer.name


def _told(content: Content, ctx: SheetContext) -> Iterator[Json]:
    """Yield what was told before the first question, as far as it was told."""
    if not content:
        return
    names = "、".join(signer.name for signer in ctx.officers)
    words = f"我们是{ctx.agency.name}的执法人员{names}"
    shown = read.yes(content, "certificates_shown")
    words += "，这是我们的执法证件，请你过目。" if shown else "。（未出示执法证件。）"
    words += f"现就{read.text(content, 'matter')}依法向你询问，请如实回答，并对陈述的真实性负责；"
    words += "与本案无关的问题，你有权拒绝回答。"
    if read.yes(content, "recusal_told"):
        words += "你认为我们与本案有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避。"
    if read.yes(content, "rights_told"):
        words += "你有陈述和申辩的权利。"
    yield words
    undone = [
        name
        for name, field in (("申请回避的权利", "recusal_told"), ("陈述、申辩的权利", "rights_told"))
        if not read.yes(content, field)
    ]
    if undone:
        yield f"（未告知{'和'.join(undone)}。）"
    if read.yes(content, "recusal_asked"):
        yield stop("被询问人申请回避")
