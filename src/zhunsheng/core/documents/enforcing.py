"""The sheets of payment and enforcement: deferral, 催告书, 强制执行申请书.

行政处罚法 arts 66, 72; 行政强制法 arts 35, 53-55.
"""

from datetime import date

from zhunsheng.core.casefile import content as read
from zhunsheng.core.casefile.events import Content, Json
from zhunsheng.core.casefile.facts import party_of
from zhunsheng.core.citation import Citation
from zhunsheng.core.documents.common import bare_end, head, stop, you
from zhunsheng.core.documents.context import IssuedDocument, SheetContext
from zhunsheng.core.documents.correction_order import letter
from zhunsheng.core.documents.model import FormDef
from zhunsheng.core.documents.parts import dated, part, party_block, table
from zhunsheng.core.documents.words import Piece

DEFER = Citation("xzcff", 66, 2)
REMIND = Citation("xzqzf", 54)
REMIND_CONTENT = Citation("xzqzf", 35)
APPLY = Citation("xzqzf", 53)
INSTALMENTS = (("缴纳期限", "1fr", "c"), ("金额", "1fr", "r"))
MATERIALS = (("材料名称", "1fr", "l"), ("份数", "24mm", "c"))
_OWED = (("罚款", "fine_due"), ("没收违法所得", "gains_due"), ("加处罚款", "surcharge"))


def _decision(content: Content, ctx: SheetContext) -> IssuedDocument | None:
    return ctx.document(read.text(content, "document")) or ctx.newest("penalty-decision")


def _made_by(decision: IssuedDocument | None, who: str) -> list[Piece]:
    """Return 本机关于…作出…，并于…送达你单位。 as far as it is known."""
    if decision is None:
        return [f"本机关对{who}作出行政处罚决定。"]
    words: list[Piece] = ["本机关于", {"date": decision.on.isoformat()}, f"对{who}作出{decision.words}"]
    if decision.served_on:
        words += ["，并于", {"date": decision.served_on.isoformat()}, "送达"]
    return [*words, "。"]


def payment_deferral(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 延期（分期）缴纳罚款通知书.

    Raises:
        CitationError: the article does not resolve on the day.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    asked = read.day(content, "asked_on")
    when: list[Piece] = ["于", {"date": asked.isoformat()}] if asked else []
    reason = bare_end(read.text(content, "asked_text"))
    opening: list[Json] = [
        *_made_by(_decision(content, ctx), who),
        who,
        *when,
        f"因{reason}，申请延期（分期）缴纳罚款。",
    ]
    rows = [[dated(read.day(row, "due")), _yuan(row, "amount")] for row in read.rows(content, "instalments")]
    sections: list[Json] = [
        part(text=[opening, _granted(content, ctx, made, who)]),
        *table("分期缴纳的期限和金额", INSTALMENTS, rows),
        *([part(text=["到期仍不缴纳的，自期限届满之次日起依法加处罚款。"])] if _is_granted(content) else []),
    ]
    return letter(form, content, ctx, "被处罚人") | {"sections": sections}


def _is_granted(content: Content) -> bool:
    return read.text(content, "granted") in {"deferral", "instalments"}


def _yuan(row: Content, name: str) -> Json:
    amount = read.money(row, name)
    return "" if amount is None else [{"yuan": amount}]


def _granted(content: Content, ctx: SheetContext, made: date, who: str) -> Json:
    rested: list[Piece] = ["依据", ctx.cite(DEFER, made), "的规定，经本机关负责人批准，"]
    if not _is_granted(content):
        return [*rested, f"不同意{who}的申请。{stop(read.text(content, 'refusal_text'))}"]
    until = read.day(content, "until")
    last: list[Piece] = [{"date": until.isoformat()}] if until else []
    if read.text(content, "granted") == "deferral":
        return [*rested, f"同意{who}延期缴纳，应当于", *last, "前（含当日）缴清。"]
    return [*rested, f"同意{who}分期缴纳，各期的期限和金额如下表，最后一期应当于", *last, "前（含当日）缴清。"]


def owed_lines(content: Content) -> list[Json]:
    """Return what is still to be paid, line by line, and the sum."""
    rows: list[list[Piece]] = []
    for words, name in _OWED:
        amount = read.money(content, name)
        if amount:
            rows.append([words, {"money": amount}])
    if duty := read.text(content, "duty_text"):
        rows.append([bare_end(duty)])
    numbered: list[Json] = [
        [f"{place}．", *row, "；" if place < len(rows) else "。"] for place, row in enumerate(rows, start=1)
    ]
    if owed := read.money(content, "owed"):
        numbered.append(["以上应当缴纳的金额合计", {"money": owed}, "。"])
    return numbered


def reminder(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 催告书: term, way, amount and the right of defence (行政强制法 art. 35).

    Raises:
        CitationError: a provision does not resolve on the day.
    """
    who, made = you(party_of(content)), read.day(content, "made_on") or ctx.day
    by = read.day(content, "pay_by")
    until: list[Piece] = ["于", {"date": by.isoformat()}, "前（含当日）"] if by else []
    place = read.text(content, "pay_place") or ctx.agency.bank or "指定的银行"
    paying = f"金钱给付到{place}或者通过电子支付系统缴纳。" if read.money(content, "owed") else ""
    phone, where = read.text(content, "defence_contact"), read.text(content, "defence_place")
    told: list[Json] = [
        [
            *_made_by(_decision(content, ctx), who),
            f"{who}在法定期限内没有申请行政复议，也没有提起行政诉讼，至今没有履行（没有全部履行）下列义务：",
        ],
        *owed_lines(content),
        [
            "依据",
            ctx.cite(REMIND_CONTENT, made),
            "、",
            ctx.cite(REMIND, made),
            f"的规定，现催告{who}",
            *until,
            f"履行上述义务。{paying}",
        ],
        f"{who}收到本催告书后，有权进行陈述和申辩，请向本机关提出。催告书送达十日后{who}仍没有履行义务的，本机关将依法申请人民法院强制执行。",
        f"联系人和电话：{phone}。地址：{where}。",
    ]
    return letter(form, content, ctx, "被处罚人") | {"sections": [{"text": told}]}


def court_application(form: FormDef, content: Content, ctx: SheetContext) -> dict[str, Json]:
    """Return the data of the sheet of 强制执行申请书.

    Raises:
        CitationError: a provision does not resolve on the day.
    """
    made = read.day(content, "made_on") or ctx.day
    court = read.text(content, "court") or ctx.agency.court
    materials = [[read.text(row, "name"), read.text(row, "count")] for row in read.rows(content, "materials")]
    opinion, assets = read.text(content, "party_opinion"), read.text(content, "assets_text")
    return head(form, ctx, read.day(content, "made_on"), sealed=True) | {
        "party": [["申请人", ctx.agency.name], *party_block("被申请人", content)],
        "sections": [
            part("申请事项", text=[["申请对被申请人强制执行下列事项："], *owed_lines(content)]),
            part("事实和理由", text=_reasons(content, ctx, made)),
            *([part("当事人的意见", text=[stop(opinion)])] if opinion else []),
            *([part("可供执行的财产", text=[stop(assets)])] if assets else []),
            *table("附送材料", MATERIALS, materials),
            part(text=["此致", court]),
        ],
        "signs": [{"role": "行政机关负责人", "who": [{"name": _head(ctx)}], "at": None}],
    }


def _head(ctx: SheetContext) -> str:
    said = ctx.opined("approved")
    return said.name if said else ""


def _reasons(content: Content, ctx: SheetContext, made: date) -> list[Json]:
    reminded = ctx.newest("reminder")
    course: list[Json] = [
        *_made_by(_decision(content, ctx), "被申请人"),
        "被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼。",
    ]
    if reminded is not None:
        day = reminded.served_on or reminded.on
        course += ["本机关于", {"date": day.isoformat()}, f"向被申请人送达{reminded.words}，被申请人仍没有履行。"]
    facts = read.text(content, "facts_text")
    asked: list[Json] = ["依据", ctx.cite(APPLY, made), "的规定，特申请贵院强制执行。"]
    return [list[Json](course), *([stop(facts)] if facts else []), list[Json](asked)]
