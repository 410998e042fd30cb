"""How the party may fight the decision: the words every decision must carry (行政处罚法 art. 52(2)).

Since 2024-01-01 a penalty made on the spot must go to reconsideration before the court
(行政复议法 2023 art. 23(1)(一)), only to the government of the same level (art. 24), and the
application may be handed in through the agency (art. 32). Before that the party could
choose, and the superior department could decide too. Which of the two holds is a dated
parameter; so are the terms.
"""

from datetime import date

from zhunsheng.core.deadlines import Counted, deadline
from zhunsheng.core.documents.context import SheetContext
from zhunsheng.core.documents.words import Piece
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.cite import numeral
from zhunsheng.core.law.quantities import Period, PeriodUnit

ORDER = "simple.reconsideration_first"
BODY = "reconsideration.body"
RECONSIDERATION = "reconsideration"
LITIGATION = "litigation"
LITIGATION_AFTER = "litigation.after_reconsideration"
PAY = "pay"
SURCHARGE = "surcharge.daily"

_UNITS = {PeriodUnit.DAY: "日", PeriodUnit.WORKING_DAY: "个工作日", PeriodUnit.MONTH: "个月", PeriodUnit.YEAR: "年"}


def term(period: Period) -> str:
    """Return ``六十日``, ``六个月``."""
    return f"{numeral(period.length)}{_UNITS[period.unit]}"


def within(ctx: SheetContext, name: str, day: date) -> str:
    """Return the term ``name`` as the party should read it: ``五个工作日`` where the law means working days.

    Raises:
        NoRuleError: the law data has no term for ``day``.
    """
    found = deadline(name, day, ctx.book)
    if found.counted is Counted.WORKING_DAYS:
        return f"{numeral(found.period.length)}个工作日"
    return term(found.period)


def must_reconsider_first(book: Book, day: date) -> bool:
    """Tell whether a penalty made on the spot on ``day`` must go to reconsideration before the court."""
    return book.choice(ORDER, day) == "first"


def remedies(ctx: SheetContext, day: date) -> list[Piece]:
    """Return the paragraph on remedies for a penalty made on the spot on ``day``.

    Raises:
        NoRuleError: the law data has no term for ``day``.
    """
    sixty = term(ctx.book.period(RECONSIDERATION, day))
    court = f"依法向{ctx.agency.court}提起行政诉讼。"
    if must_reconsider_first(ctx.book, day):
        after = term(ctx.book.period(LITIGATION_AFTER, day))
        return [
            "如不服本决定，依据",
            ctx.cite_exactly(ctx.book.at(ORDER, day).basis, day),
            (
                f"的规定，应当先自收到本决定书之日起{sixty}内向{ctx.agency.government}申请行政复议，"
                "也可以通过本机关提交行政复议申请；对行政复议决定不服的，"
                f"可以自收到行政复议决定书之日起{after}内{court}"
            ),
        ]
    return [
        (f"{_either(ctx, day, '本决定', '本决定书')}行政复议和行政诉讼期间，本决定不停止执行，法律另有规定的除外。")
    ]


def ordinary_remedies(ctx: SheetContext, day: date, act: str = "本决定") -> str:
    """Return the paragraph on remedies of an act that may be taken to either body at once (spec law 2.2).

    Args:
        ctx: the agency with its government and court, and the book of law.
        day: of the act.
        act: how the document calls itself: 本决定, 本通知.

    Raises:
        NoRuleError: the law data has no term for ``day``.
    """
    return f"{_either(ctx, day, act, f'{act}书')}申请行政复议或者提起行政诉讼，{act}不停止执行，法律另有规定的除外。"


def _either(ctx: SheetContext, day: date, act: str, paper: str) -> str:
    return (
        f"如不服{act}，可以自收到{paper}之日起{term(ctx.book.period(RECONSIDERATION, day))}内"
        f"向{_reconsiderers(ctx, day)}申请行政复议，"
        f"也可以自收到{paper}之日起{term(ctx.book.period(LITIGATION, day))}内依法向{ctx.agency.court}提起行政诉讼。"
    )


def _reconsiderers(ctx: SheetContext, day: date) -> str:
    both = ctx.agency.superior and ctx.book.choice(BODY, day) == "government-or-superior"
    return f"{ctx.agency.government}或者{ctx.agency.superior}" if both else ctx.agency.government


def performance(ctx: SheetContext, day: date, *, cash: bool) -> list[Piece]:
    """Return how and when the fine is paid, and what follows when it is not (行政处罚法 arts 67-72).

    Raises:
        NoRuleError: the law data has no term for ``day``.
    """
    if cash:
        return ["罚款由执法人员当场收缴，并出具国务院财政部门或者省级财政部门统一制发的专用票据。"]
    return [
        (
            f"罚款应当自收到本决定书之日起{term(ctx.book.period(PAY, day))}内到{ctx.agency.bank or '指定的银行'}"
            "或者通过电子支付系统缴纳。到期不缴纳的，依据"
        ),
        ctx.cite_exactly(ctx.book.at(SURCHARGE, day).basis, day),
        (
            f"的规定，每日按罚款数额的百分之{numeral(ctx.book.percent(SURCHARGE, day))}加处罚款，"
            "加处罚款的数额不超出罚款的数额。"
        ),
    ]


def ordinary_performance(
    ctx: SheetContext, day: date, who: str, *, fine: bool, gains: bool, bank: str, code: str
) -> list[Piece]:
    """Return how and when ``who`` pays what a decision of the ordinary procedure imposes; nothing without money.

    Only a fine carries a surcharge (行政处罚法 art. 72), and never more than itself.

    Raises:
        NoRuleError: the law data has no term for ``day``.
    """
    if not (fine or gains):
        return []
    where = bank or ctx.agency.bank or "指定的银行"
    what = "上述罚没款" if fine and gains else "上述罚款" if fine else "没收的违法所得"
    until, by_code = term(ctx.book.period(PAY, day)), f"（缴款识别码：{code}）" if code else ""
    words: list[Piece] = [
        f"{who}应当自收到本决定书之日起{until}内，持本决定书到{where}{by_code}或者通过电子支付系统缴纳{what}。"
    ]
    if not fine:
        return words
    rate = numeral(ctx.book.percent(SURCHARGE, day))
    return [
        *words,
        "到期不缴纳罚款的，依据",
        ctx.cite_exactly(ctx.book.at(SURCHARGE, day).basis, day),
        f"的规定，每日按罚款数额的百分之{rate}加处罚款，加处罚款的数额不超出罚款的数额。",
    ]
